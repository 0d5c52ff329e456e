"""Training data of the accurate model: corpora become windows of words with labels a head.

A window is a few consecutive sentences, at most `MAX_WORDS` words. Words are spaCy's tokens (in
treebanks, the treebank's own); every head reads a word at its first word piece.

The corpora of place names follow different guidelines, so a label there is a *set* of tags:
LGL marks a demonym but says no roles, GeoVirus marks none, only GeoWebNews marks names inside
names. Training maximises the probability of the set (marginal likelihood), so that no corpus
teaches what it does not know.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language

ROLES = ("literal", "metonym", "demonym", "dateline", "name_part")
PLACE_TAGS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
ENTITY_LABELS = ("PERSON", "ORG", "LOC", "FAC", "NORP", "DATE")
ENTITY_TAGS = ("O", *(f"{prefix}-{label}" for label in ENTITY_LABELS for prefix in "BI"))
ALL_TAGS = frozenset(range(len(PLACE_TAGS)))
MAX_WORDS = 128
KEPT_SUBTYPES = frozenset(
    "nsubj:pass aux:pass csubj:pass obl:agent nmod:poss compound:prt acl:relcl obl:tmod "
    "nmod:tmod obl:unmarked".split()
)
_BREAK = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+")
_ANY_ROLE = ("literal", "metonym", "demonym", "dateline")
_UNMARKED = {
    "geowebnews": (),
    "lgl": ("name_part",),
    "trnews": ("name_part",),
    "geovirus": ("name_part", "demonym"),
    "tudloc2013": ("name_part", "demonym"),
    "humset": ("name_part", "demonym"),
    "dispatches": ("name_part", "demonym"),
}
_GEOWEBNEWS_ROLES = {
    "Literal": ("literal", "dateline"),
    "Mixed": ("literal", "dateline"),
    "Coercion": ("literal",),
    "Literal_Modifier": ("literal",),
    "Metonymic": ("metonym",),
    "Non_Literal_Modifier": ("metonym", "demonym"),
    "Demonym": ("demonym",),
    "Language": ("demonym",),
    "Embedded_Literal": ("name_part",),
    "Embedded_Non_Lit": ("name_part",),
}
_DISPATCH_ROLES = {"event": "literal", "mention": "literal"}


@dataclass(slots=True)
class Window:
    """A few sentences: words, and for each head the labels that the corpus knows, else None.

    `heads` are word numbers from 1 within the window, 0 for a root; `sentences` the number of
    each word's sentence; `places` the permitted place tags of each word, `triggers` the
    permitted event types (0 for none), `statuses` a number a trigger, -100 elsewhere; `arguments`
    pairs a trigger's position with each word's role in its event.
    """

    words: list[str]
    sentences: list[int]
    heads: list[int] | None = None
    relations: list[str] | None = None
    universal: list[str] | None = None
    penn: list[str] | None = None
    lemmas: list[str] | None = None
    entities: list[int] | None = None
    places: list[frozenset[int]] | None = None
    triggers: list[frozenset[int]] | None = None
    statuses: list[int] | None = None
    arguments: list[tuple[int, list[int]]] | None = None


def held_out(document_id: str, share: int = 7) -> bool:
    """Tell whether a document is kept for measuring: one in `share`, by the hash of its id."""
    return int(hashlib.sha1(document_id.encode()).hexdigest(), 16) % share == 0  # noqa: S324


def treebank_windows(path: Path, most: int = MAX_WORDS) -> Iterator[Window]:
    """Yield the windows of a packed CoNLL-U file, consecutive sentences joined.

    A window holds `most` words, and one sentence at least: with 1 each sentence stands alone.
    """
    window = Window([], [], [], [], [], [], [])
    for sentence in _conllu(path):
        if window.words and (sentence is None or len(window.words) + len(sentence) > most):
            yield window
            window = Window([], [], [], [], [], [], [])
        if sentence is not None:
            _append_sentence(window, sentence)
    if window.words:
        yield window


def _append_sentence(window: Window, sentence: list[list[str]]) -> None:
    before = len(window.words)
    number = window.sentences[-1] + 1 if window.sentences else 0
    for fields in sentence:
        head = int(fields[6])
        window.words.append(fields[1].replace(" ", "_"))
        window.sentences.append(number)
        _known(window.heads).append(before + head if head else 0)
        _known(window.relations).append(_relation(fields[7]) if head else "root")
        _known(window.universal).append(fields[3])
        _known(window.penn).append(fields[4])
        _known(window.lemmas).append(fields[2])


def _known(labels: list[Any] | None) -> list[Any]:
    return labels if labels is not None else []


def _relation(label: str) -> str:
    return label if label in KEPT_SUBTYPES else label.split(":", maxsplit=1)[0]


def _conllu(path: Path) -> Iterator[list[list[str]] | None]:
    sentence: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc"):
                yield None
            elif fields[0].isdigit():
                sentence.append(fields)
            elif not line.strip() and sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def entity_windows(path: Path, nlp: Language) -> Iterator[Window]:
    """Yield the windows of a packed JSON lines file ``{"text", "ents"}``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = [(s, e, label) for s, e, label in row["ents"] if label in ENTITY_LABELS]
            for words, offsets, sentences in _word_windows(row["text"], nlp):
                window = Window(words, sentences)
                window.entities = [_entity_tag(start, end, spans) for start, end in offsets]
                yield window


def _entity_tag(start: int, end: int, spans: list[tuple[int, int, str]]) -> int:
    for first, last, label in spans:
        if start < last and first < end:
            return ENTITY_TAGS.index(f"{'B' if start <= first else 'I'}-{label}")
    return 0


def place_windows(
    documents: Iterable[dict[str, Any]], corpus: str, nlp: Language
) -> Iterator[Window]:
    """Yield the windows of documents with place names, tags as far as `corpus` knows them."""
    unmarked = frozenset(
        {0, *(_tag(prefix, role) for role in _UNMARKED[corpus] for prefix in "BI")}
    )
    for document in documents:
        spans = sorted(_place_spans(document, corpus))
        for words, offsets, sentences in _word_windows(document["text"], nlp):
            window = Window(words, sentences)
            window.places = [_place_tags(start, end, spans, unmarked) for start, end in offsets]
            yield window


def metonymy_windows(documents: Iterable[dict[str, Any]], nlp: Language) -> Iterator[Window]:
    """Yield the windows of ReLocaR, which says of one name a sentence whether it is literal."""
    roles = {"literal": ("literal",), "associative": ("metonym",)}
    for document in documents:
        spans: list[tuple[int, int, tuple[str, ...]]] = [
            (name["start"], name["end"], roles[name["group"]])
            for name in document["toponyms"]
            if name.get("group") in roles
        ]
        for words, offsets, sentences in _word_windows(document["text"], nlp):
            window = Window(words, sentences)
            window.places = [_place_tags(start, end, spans, ALL_TAGS) for start, end in offsets]
            yield window


def _tag(prefix: str, role: str) -> int:
    return PLACE_TAGS.index(f"{prefix}-{role}")


def _place_tags(
    start: int, end: int, spans: list[tuple[int, int, tuple[str, ...]]], unmarked: frozenset[int]
) -> frozenset[int]:
    for first, last, roles in spans:
        if start < last and first < end:
            if not roles:
                return unmarked | {_tag(prefix, "name_part") for prefix in "BI"}
            return frozenset(_tag("B" if start <= first else "I", role) for role in roles)
    return unmarked


def _place_spans(
    document: dict[str, Any], corpus: str
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    if corpus == "dispatches":
        yield from _dispatch_spans(document)
        return
    for name in document["toponyms"]:
        roles: tuple[str, ...] = _ANY_ROLE
        if corpus == "geowebnews":
            roles = _GEOWEBNEWS_ROLES[name["type"]]
        elif corpus == "geovirus":
            roles = ("literal", "metonym", "dateline")
        elif corpus == "humset":
            literal = name.get("group") == "literal"
            roles = ("literal", "dateline") if literal else ("metonym", "demonym", "name_part")
        yield name["start"], name["end"], roles


def _dispatch_spans(document: dict[str, Any]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for place in document["places"]:
        yield place["start"], place["end"], (_DISPATCH_ROLES.get(place["role"], place["role"]),)
    for trap in document["traps"]:
        demonym = trap["why"] in ("demonym", "ethnic")
        yield trap["start"], trap["end"], ("demonym",) if demonym else ()


def _word_windows(
    text: str, nlp: Language, most: int = MAX_WORDS
) -> Iterator[tuple[list[str], list[tuple[int, int]], list[int]]]:
    words: list[str] = []
    offsets: list[tuple[int, int]] = []
    sentences: list[int] = []
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        tokens = [token for token in nlp.make_doc(text[start:end]) if not token.is_space]
        for first in range(0, len(tokens), MAX_WORDS):
            part = tokens[first : first + MAX_WORDS]
            if words and len(words) + len(part) > most:
                yield words, offsets, sentences
                words, offsets, sentences = [], [], []
            words.extend(token.text for token in part)
            offsets.extend((start + token.idx, start + token.idx + len(token)) for token in part)
            sentences.extend(number for _ in part)
    if words:
        yield words, offsets, sentences


def lemma_rule(word: str, lemma: str) -> str:
    """Return the rule that makes `lemma` of `word`: case, how many characters go, which come.

    Examples
    --------
    >>> lemma_rule("Seized", "seize"), lemma_rule("cities", "city"), lemma_rule("Kyiv", "Kyiv")
    ('l|1|', 'k|3|y', 'k|0|')
    """
    case = "k" if lemma[:1] == word[:1] else "l"
    source = word if case == "k" else word.lower()
    common = 0
    while common < min(len(source), len(lemma)) and source[common] == lemma[common]:
        common += 1
    return f"{case}|{len(source) - common}|{lemma[common:]}"
