"""Reading by our accurate model: one pass of a small encoder gives everything at once.

Tags, lemmas, dependencies, entities, and place names with their roles come from the heads of
one MiniLM encoder, run by ONNX Runtime in eight bits. ``training/`` holds the recipe.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geomapper.errors import LanguageError
from geomapper.language.decoding import best_tree
from geomapper.language.lemmas import right_lemma
from geomapper.language.splitting import split
from geomapper.language.words import is_english, tokenizer, unread, with_language
from geomapper.stages import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from geomapper.model import Document
    from geomapper.stages import Sentence

MODEL = Path(__file__).parent / "models" / "accurate"
NAME = "geomapper-minilm"
FILES = ("model.onnx", "relations.npy", "labels.json", "tokenizer.json", "card.json")
_MOST_WORDS = 80
_MOST_PIECES = 256
_BATCH = 8
_CLASSIFIER, _SEPARATOR = 101, 102
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class _Window:
    """Words of consecutive sentences: `words` are token indices, `sentences` numbers a word."""

    words: tuple[int, ...]
    sentences: tuple[int, ...]


@dataclass(slots=True)
class _Annotations:
    """What the heads say of each token of a document; heads are token indices."""

    heads: list[int]
    relations: list[str]
    universal: list[str]
    penn: list[str]
    lemmas: list[str]
    entities: list[str]
    places: list[str]
    place_scores: list[float]


class MiniLmAnalyzer:
    """Reads with the model that ships.

    Parameters
    ----------
    folder
        Holds ``model.onnx``, ``relations.npy``, ``labels.json`` and ``tokenizer.json``.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._labels: dict[str, list[str]] = json.loads(
            (folder / "labels.json").read_text(encoding="utf-8")
        )
        self._relations = np.load(folder / "relations.npy").astype(np.float32)
        self._session, self._pieces = _open_model(folder)
        self._piece_cache: dict[str, list[int]] = {}
        self.name = f"{NAME} {_version(folder)}"

    def analyze(self, document: Document) -> Reading:
        """Return a document as read; one in another language as words and sentences only."""
        document = with_language(document)
        doc = tokenizer().make_doc(document.text)
        if not is_english(document):
            return unread(document, doc)
        sentences = split(doc)
        found = _Annotations(
            heads=list(range(len(doc))),
            relations=["dep"] * len(doc),
            universal=["SPACE" if token.is_space else "X" for token in doc],
            penn=["_SP" if token.is_space else "" for token in doc],
            lemmas=[token.text for token in doc],
            entities=["O"] * len(doc),
            places=["O"] * len(doc),
            place_scores=[0.0] * len(doc),
        )
        windows = list(_windows(doc, sentences, self._count_pieces))
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].words))
        for at in range(0, len(order), _BATCH):
            self._read(doc, [windows[number] for number in order[at : at + _BATCH]], found)
        return Reading(document, _annotated(doc, sentences, found), sentences)

    def _ids(self, word: str) -> list[int]:
        known = self._piece_cache.get(word)
        if known is None:
            known = self._pieces.encode(word, add_special_tokens=False).ids or [100]
            if len(self._piece_cache) < 200_000:  # noqa: PLR2004
                self._piece_cache[word] = known
        return known

    def _count_pieces(self, word: str) -> int:
        return min(len(self._ids(word)), 20)

    def _read(self, doc: Doc, windows: list[_Window], found: _Annotations) -> None:
        """Run the model on a batch of windows and note what it says."""
        pieces, first = self._encoded(doc, windows)
        mask = (pieces > 0).astype(np.int64)
        inputs = {"pieces": pieces, "mask": mask, "first": first}
        arcs, dependents, heads, *tags = self._session.run(None, inputs)
        for row, window in enumerate(windows):
            count = len(window.words) + 1
            self._note_tags(doc, window, [each[row, 1:count] for each in tags], found)
            trees = _trees(arcs[row, :count, :count], window)
            labels = self._labelled(dependents[row, :count], heads[row, :count], trees)
            for position, token in enumerate(window.words):
                head = trees[position]
                found.heads[token] = window.words[head - 1] if head else token
                found.relations[token] = labels[position] if head else "root"

    def _encoded(
        self, doc: Doc, windows: list[_Window]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, firsts = [], []
        for window in windows:
            row, first = [_CLASSIFIER], [0]
            for token in window.words:
                first.append(len(row))
                row.extend(self._ids(doc[token].text)[:20])
            rows.append([*row, _SEPARATOR])
            firsts.append(first)
        return _padded(rows), _padded(firsts)

    def _note_tags(
        self, doc: Doc, window: _Window, tags: Sequence[NDArray[np.float32]], found: _Annotations
    ) -> None:
        universal, penn, rules, entities, places = tags
        names = self._labels
        chances = _softmax(places)
        spans = _legal(chances, names["places"])
        kinds = _legal(_softmax(entities), names["entities"])
        for position, token in enumerate(window.words):
            found.universal[token] = names["universal"][int(universal[position].argmax())]
            found.penn[token] = names["penn"][int(penn[position].argmax())]
            rule = names["lemma_rules"][int(rules[position].argmax())]
            word = doc[token].text
            found.lemmas[token] = right_lemma(word, found.universal[token], lemma(word, rule))
            found.entities[token] = names["entities"][kinds[position]]
            found.places[token] = names["places"][spans[position]]
            found.place_scores[token] = float(chances[position, spans[position]])

    def _labelled(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32], tree: list[int]
    ) -> list[str]:
        chosen = heads[tree]
        left = np.einsum("ni,rij->nrj", dependents[1:], self._relations, optimize=True)
        scores = np.einsum("nrj,nj->nr", left, chosen)
        scores[:, self._labels["relations"].index("root")] = _NEVER
        return [self._labels["relations"][int(best)] for best in scores.argmax(axis=1)]


def lemma(word: str, rule: str) -> str:
    """Return the lemma that a rule of `training.minilm_data.lemma_rule` makes of a word.

    Examples
    --------
    >>> lemma("Seized", "l|1|"), lemma("cities", "l|3|y"), lemma("Kyiv", "k|0|")
    ('seize', 'city', 'Kyiv')
    """
    case, dropped, added = rule.split("|", 2)
    source = word if case == "k" else word.lower()
    kept = len(source) - int(dropped)
    return source[:kept] + added if kept > 0 else source


def _windows(doc: Doc, sentences: Sequence[Sentence], pieces: Any) -> Iterator[_Window]:  # noqa: ANN401
    """Yield runs of sentences of at most 80 words and 254 word pieces."""
    words: list[int] = []
    numbers: list[int] = []
    size = 2
    for number, sentence in enumerate(sentences):
        inside = [index for index in range(*sentence.tokens) if not doc[index].is_space]
        need = sum(pieces(doc[index].text) for index in inside)
        if words and (len(words) + len(inside) > _MOST_WORDS or size + need > _MOST_PIECES):
            yield _Window(tuple(words), tuple(numbers))
            words, numbers, size = [], [], 2
        for index in inside:
            length = pieces(doc[index].text)
            if words and (size + length > _MOST_PIECES or len(words) >= _MOST_WORDS * 2):
                yield _Window(tuple(words), tuple(numbers))
                words, numbers, size = [], [], 2
            words.append(index)
            numbers.append(number)
            size += length
    if words:
        yield _Window(tuple(words), tuple(numbers))


def _trees(arcs: NDArray[np.float32], window: _Window) -> list[int]:
    """Return the heads of a window's words, numbered from 1 in the window; 0 for each root."""
    heads = [0] * len(window.words)
    numbers = np.array(window.sentences)
    for number in dict.fromkeys(window.sentences):
        inside = np.flatnonzero(numbers == number) + 1
        rows = np.concatenate([[0], inside])
        for position, head in zip(inside, best_tree(arcs[np.ix_(rows, rows)]), strict=True):
            heads[position - 1] = int(rows[head])
    return heads


def _legal(chances: NDArray[np.float32], names: list[str]) -> list[int]:
    """Return the tags, an inside tag never without the beginning of its kind before it."""
    chosen = []
    before = "O"
    for row in chances:
        best = int(row.argmax())
        name = names[best]
        if name.startswith("I-") and before[2:] != name[2:]:
            best = names.index(f"B-{name[2:]}") if before == "O" else names.index(f"I-{before[2:]}")
            name = names[best]
        chosen.append(best)
        before = name
    return chosen


def _annotated(doc: Doc, sentences: Sequence[Sentence], found: _Annotations) -> Doc:
    """Return a Doc with all that the model said; white space hangs on the word before it."""
    from spacy.tokens import Doc as NewDoc

    starts = [False] * len(doc)
    for sentence in sentences:
        starts[sentence.tokens[0]] = True
    previous = 0
    for token in doc:
        if token.is_space and token.i:
            found.heads[token.i] = previous
        else:
            previous = token.i
    new = NewDoc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=found.penn,
        pos=found.universal,
        lemmas=found.lemmas,
        heads=found.heads,
        deps=found.relations,
        ents=found.entities,
    )
    new.spans["places"] = _place_spans(new, found)
    return new


def _place_spans(doc: Doc, found: _Annotations) -> Any:  # noqa: ANN401 - spaCy's SpanGroup
    from spacy.tokens import Span as Tokens
    from spacy.tokens import SpanGroup

    spans, scores = [], []
    start = 0
    while start < len(doc):
        tag = found.places[start]
        end = start + 1
        if tag.startswith("B-"):
            while end < len(doc) and found.places[end] == f"I-{tag[2:]}":
                end += 1
            spans.append(Tokens(doc, start, end, label=tag[2:]))
            scores.append(round(min(found.place_scores[start:end]), 4))
        start = end
    return SpanGroup(doc, name="places", spans=spans, attrs={"scores": scores})


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def _padded(rows: list[list[int]]) -> NDArray[np.int64]:
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _version(folder: Path) -> str:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return str(card["version"])


@cache
def _open_model(folder: Path) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise LanguageError(
            f"the language model in {folder.name} lacks {', '.join(missing)}: install the package again"
        )
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    return session, pieces
