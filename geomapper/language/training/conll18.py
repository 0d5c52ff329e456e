"""Score reading from raw text to dependencies by the rule of the CoNLL 2018 shared task.

``python -m geomapper.language.training.conll18 --corpora DIR [--model NAME]`` prints F1 of words,
sentences, UAS and LAS on the treebanks' test parts, punctuation counted. A word counts where gold
and system have one with the same characters; an arc where both of its words do; labels are
compared without their subtypes (Zeman et al. 2018). Words that gold splits off a longer token
("we've") lie where their letters are.
"""

from __future__ import annotations

import argparse
import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geomapper.language import load_analyzer
from geomapper.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomapper.stages import Reading

Bounds = tuple[int, int]


@dataclass(slots=True)
class Parsed:
    """A parsed text: of each word its bounds, its head's (None for a root's) and its relation."""

    text: str = ""
    words: list[Bounds] = field(default_factory=list)
    heads: list[Bounds | None] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    sentences: list[Bounds] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 of words, sentences, unlabelled and labelled arcs, 0 to 1."""

    words: float
    sentences: float
    uas: float
    las: float


def gold_documents(lines: Iterable[str]) -> Iterator[Parsed]:
    """Yield the documents of a CoNLL-U file with their raw text; paragraphs stand a line apart."""
    parsed = Parsed()
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("# newdoc") and parsed.text:
            yield parsed
            parsed = Parsed()
        elif line.startswith("# newpar") and parsed.text:
            parsed.text = f"{parsed.text.rstrip()}\n\n"
        elif not line.strip() and rows:
            _add_sentence(parsed, rows)
            rows = []
        elif line[:1].isdigit():
            rows.append(line.rstrip("\n").split("\t"))
    if rows:
        _add_sentence(parsed, rows)
    if parsed.text:
        yield parsed


def _add_sentence(parsed: Parsed, rows: list[list[str]]) -> None:
    bounds: list[Bounds] = []
    until, inside = 0, 0
    for fields in rows:
        number, _, last = fields[0].partition("-")
        if last:
            until, inside = int(last), len(parsed.text)
            parsed.text += fields[1] + _space_after(fields)
        elif number.isdigit():
            if int(number) <= until:
                bounds.append((inside, inside + len(fields[1])))
                inside += len(fields[1])
                continue
            start = len(parsed.text)
            bounds.append((start, start + len(fields[1])))
            parsed.text += fields[1] + _space_after(fields)
    words = [fields for fields in rows if fields[0].isdigit()]
    parsed.words += bounds
    parsed.heads += [bounds[int(each[6]) - 1] if each[6] != "0" else None for each in words]
    parsed.relations += [_plain(each[7]) for each in words]
    parsed.sentences.append((bounds[0][0], bounds[-1][1]))


def _space_after(fields: list[str]) -> str:
    return "" if "SpaceAfter=No" in fields[9] else " "


def _plain(relation: str) -> str:
    return relation.partition(":")[0].lower()


def as_parsed(reading: Reading) -> Parsed:
    """Return what was read, in the shape of the gold."""
    tokens = [token for token in reading.doc if not token.is_space]
    bounds = {token.i: (token.idx, token.idx + len(token)) for token in tokens}
    return Parsed(
        reading.document.text,
        [bounds[token.i] for token in tokens],
        [None if token.head.i == token.i else bounds.get(token.head.i) for token in tokens],
        ["root" if token.head.i == token.i else _plain(token.dep_) for token in tokens],
        [(sentence.span.start, sentence.span.end) for sentence in reading.sentences],
    )


def score(pairs: Iterable[tuple[Parsed, Parsed]]) -> Scores:
    """Return the scores of (gold, system) pairs; no pairs score 0.

    Examples
    --------
    >>> gold = Parsed("It fell.", [(0, 2), (3, 7), (7, 8)], [(3, 7), None, (3, 7)],
    ...               ["nsubj", "root", "punct"], [(0, 8)])
    >>> score([(gold, gold)])
    Scores(words=1.0, sentences=1.0, uas=1.0, las=1.0)
    """
    right = dict.fromkeys(("words", "sentences", "uas", "las"), 0)
    sizes = dict.fromkeys(right, 0)
    for gold, system in pairs:
        theirs = dict(
            zip(system.words, zip(system.heads, system.relations, strict=True), strict=True)
        )
        right["sentences"] += len(set(gold.sentences) & set(system.sentences))
        sizes["sentences"] += len(gold.sentences) + len(system.sentences)
        for name in ("words", "uas", "las"):
            sizes[name] += len(gold.words) + len(system.words)
        for word, head, relation in zip(gold.words, gold.heads, gold.relations, strict=True):
            if word in theirs:
                given, label = theirs[word]
                right["words"] += 1
                right["uas"] += given == head
                right["las"] += given == head and label == relation
    return Scores(**{name: 2 * right[name] / sizes[name] if sizes[name] else 0.0 for name in right})


def measured(corpora: Path, bank: str, model: str) -> Scores:
    """Return the scores of a model on the test part of a treebank, ``ewt`` or ``gum``."""
    path = corpora / "training" / "ud" / f"{bank}-test.conllu.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        gold = list(gold_documents(lines))
    analyzer = load_analyzer(model)
    read = [as_parsed(analyzer.analyze(Document("", g.text, language="en"))) for g in gold]
    return score(zip(gold, read, strict=True))


def main() -> None:
    """Print a line a model and treebank."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", nargs="*", default=["accurate", "fast"])
    arguments = parser.parse_args()
    for bank in ("ewt", "gum"):
        for name in arguments.model:
            found = measured(arguments.corpora, bank, name)
            typer.echo(
                f"{bank} {name:9} words {found.words:.3f} sentences {found.sentences:.3f}"
                f" UAS {found.uas:.3f} LAS {found.las:.3f}"
            )


if __name__ == "__main__":
    main()
