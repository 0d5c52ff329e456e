"""What the heads of our models say of each token, and how it is written into a Doc."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.strings import StringStore
    from spacy.tokens import Doc

    from geomapper.language.columns import Words
    from geomapper.stages import Cue, Sentence

_NUMBERED = ("relations", "universal", "penn", "entities", "places")
_INSIDE, _OUTSIDE, _BEGINS = 1, 2, 3
_IOB = {"I": _INSIDE, "O": _OUTSIDE, "B": _BEGINS}


@dataclass(slots=True)
class Annotations:
    """What was read of each token: numbers into the label lists of the model, -1 for nothing.

    `heads` are token indices, a root's its own; `lemmas` are texts; `cues` the words that may tell
    events.
    """

    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    universal: NDArray[np.int64]
    penn: NDArray[np.int64]
    entities: NDArray[np.int64]
    places: NDArray[np.int64]
    place_scores: NDArray[np.float32]
    place_chances: NDArray[np.float32]
    lemmas: list[str]
    cues: list[Cue] = field(default_factory=list)

    @classmethod
    def unread(cls, words: Words, sentences: Sequence[Sentence]) -> Annotations:
        """Return annotations that say nothing: all words hang on the first of their sentence."""
        size = len(words)
        heads = np.arange(size)
        for start, end in (sentence.tokens for sentence in sentences):
            heads[start:end] = start
        return cls(
            heads,
            **{name: np.full(size, -1, dtype=np.int64) for name in _NUMBERED},
            place_scores=np.zeros(size, dtype=np.float32),
            place_chances=np.zeros(size, dtype=np.float32),
            lemmas=list(words.texts),
            cues=[],
        )


def _bridge(blank: list[int], numbers: NDArray[np.int64], names: list[str]) -> None:
    """Let white space inside a name belong to it, as where a line was wrapped."""
    for index in reversed(blank):
        following = numbers[index + 1] if index + 1 < len(numbers) else -1
        if following >= 0 and names[following][0] == "I":
            numbers[index] = following


def annotate(doc: Doc, words: Words, found: Annotations, labels: dict[str, list[str]]) -> Doc:
    """Write annotations into a tokenised Doc, and return it; white space hangs on the word before it."""
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
    from spacy.parts_of_speech import IDS

    strings = doc.vocab.strings
    blank = np.array(words.blank, dtype=bool)
    universal = _coded([IDS[name] for name in labels["universal"]], IDS["X"], found.universal)
    penn = _coded([strings.add(name) for name in labels["penn"]], 0, found.penn)
    for numbers, names in ((found.entities, labels["entities"]), (found.places, labels["places"])):
        _bridge(np.flatnonzero(blank).tolist(), numbers, names)
    found.place_scores[blank] = 1.0
    universal[blank], penn[blank] = IDS["SPACE"], strings.add("_SP")
    columns = {
        TAG: penn,
        POS: universal,
        LEMMA: np.fromiter(map(_adder(strings), found.lemmas), np.uint64, len(doc)),
        HEAD: (_settled(found.heads, blank) - np.arange(len(doc))).astype(np.int64).view(np.uint64),
        DEP: _coded(
            [strings.add(n) for n in labels["relations"]], strings.add("dep"), found.relations
        ),
        ENT_IOB: _coded([_IOB[name[0]] for name in labels["entities"]], _OUTSIDE, found.entities),
        ENT_TYPE: _coded(
            [strings.add(name[2:]) if name[2:] else 0 for name in labels["entities"]],
            0,
            found.entities,
        ),
    }
    if len(doc):
        table: Any = np.stack(list(columns.values()), axis=1)
        doc.from_array(list(columns), table)
    doc.spans["places"] = _place_spans(doc, found, labels["places"])
    return doc


def _adder(strings: StringStore) -> Any:  # noqa: ANN401 - a bound method of a C class
    return strings.add


def _coded(codes: list[int], nothing: int, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    return np.array([*codes, nothing], dtype=np.uint64)[numbers]


def _settled(heads: NDArray[np.int64], blank: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the heads, those of white space at the last word before it."""
    filled = np.where(blank, 0, np.arange(len(heads)))
    return np.where(blank, np.maximum.accumulate(filled), heads)


def _place_spans(doc: Doc, found: Annotations, names: list[str]) -> Any:  # noqa: ANN401 - a SpanGroup
    from spacy.tokens import Span, SpanGroup

    spans, scores = [], []
    tags = [*names, "O"]
    for start, end, role in _stretches([tags[number] for number in found.places.tolist()]):
        spans.append(Span(doc, start, end, label=role))
        scores.append(round(float(found.place_scores[start:end].min()), 4))
    return SpanGroup(
        doc,
        name="places",
        spans=spans,
        attrs={"scores": scores, "chances": found.place_chances.tolist()},
    )


def _stretches(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, role = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if role and tag != f"I-{role}":
            yield start, index, role
            role = ""
        if tag[0] == "B":
            start, role = index, tag[2:]
