"""The recognizer that ships: the language model's names and the gazetteer's, one list.

A model finds names that no gazetteer has, a gazetteer finds those that a model overlooks; both
are asked, overlaps go to the model, and rules over the parse settle the roles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomapper.model import Mention, Role, Span
from geomapper.recognition.gazetteer_names import names_in_gazetteer
from geomapper.recognition.roles import RoleRules
from geomapper.recognition.trimming import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

    from geomapper.gazetteer import Gazetteer
    from geomapper.stages import Reading

PLACES = "places"
_PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
_ENTITY_SCORE = 0.7
_GAZETTEER_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens taken for a place name: `start` to `end`, not including `end`.

    `role` is what the finder says, None where it does not say; `score` its certainty, 0 to 1.
    """

    start: int
    end: int
    role: Role | None
    score: float


class UnionRecognizer:
    """Finds place names by language model and gazetteer together, and gives them roles.

    Parameters
    ----------
    gazetteer
        Knows names and demonyms.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._rules = RoleRules(gazetteer)

    def recognize(self, reading: Reading) -> tuple[Mention, ...]:
        """Return the mentions in order of their spans, none overlapping another.

        A document in a language that is not read is searched by gazetteer alone.
        """
        doc = reading.doc
        by_model, by_names = list(self._from_model(doc)), list(self._from_gazetteer(reading))
        widened = [_widened(doc, each, by_names) for each in by_model]
        found = _without_overlaps([*widened, *by_names])
        repeated = _without_overlaps([*found, *_repetitions(doc, found)])
        return tuple(self._mentions(reading, repeated))

    def _from_model(self, doc: Doc) -> Iterator[Found]:
        if PLACES in doc.spans:
            scores = doc.spans[PLACES].attrs.get("scores") or [1.0] * len(doc.spans[PLACES])
            for span, score in zip(doc.spans[PLACES], scores, strict=True):
                yield from _trimmed(doc, span, Role(span.label_), score)
            return
        for span in doc.ents:
            if span.label_ in _PLACE_LABELS:
                yield from _trimmed(doc, span, None, _ENTITY_SCORE)
            elif span.label_ == "NORP" and self._gazetteer.demonym(span.text):
                yield from _trimmed(doc, span, Role.DEMONYM, _ENTITY_SCORE)

    def _from_gazetteer(self, reading: Reading) -> Iterator[Found]:
        has_model = PLACES in reading.doc.spans
        for start, end, role in names_in_gazetteer(reading, self._gazetteer, strict=has_model):
            bounds = trimmed(reading.doc, start, end)
            if bounds is not None:
                yield Found(*bounds, role, _GAZETTEER_SCORE)

    def _mentions(self, reading: Reading, found: Iterable[Found]) -> Iterator[Mention]:
        doc, text = reading.doc, reading.document.text
        for each in found:
            last = doc[each.end - 1]
            span = Span(doc[each.start].idx, last.idx + len(last))
            role, score = self._rules.role(reading, each.start, each.end, each.role, each.score)
            yield Mention(span, span.of(text), role, score)


def _widened(doc: Doc, each: Found, names: list[Found]) -> Found:
    """Return a model's name as long as the gazetteer's around it: "Gulf of Aden" for "Aden"."""
    for name in names:
        contains = name.start <= each.start and each.end <= name.end
        is_longer = name.end - name.start > each.end - each.start
        in_organisation = any(token.ent_type_ == "ORG" for token in doc[name.start : name.end])
        if contains and is_longer and not in_organisation and each.role is not Role.NAME_PART:
            bounds = trimmed(doc, name.start, name.end)
            return replace(each, start=bounds[0], end=bounds[1]) if bounds else each
    return each


def _trimmed(doc: Doc, span: Tokens, role: Role | None, score: float) -> Iterator[Found]:
    bounds = trimmed(doc, span.start, span.end)
    if bounds is not None:
        yield Found(*bounds, role, float(score))


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Return the stretches in order of place; of two that overlap the surer stays."""
    taken: set[int] = set()
    kept = []
    for each in sorted(found, key=lambda f: (-f.score, f.start - f.end, f.start)):
        tokens = range(each.start, each.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(each)
    return sorted(kept, key=lambda f: f.start)


def _repetitions(doc: Doc, found: list[Found]) -> Iterator[Found]:
    """Yield other occurrences, to the letter, of names of the document that were found."""
    names: dict[str, list[Found]] = {}
    for each in found:
        names.setdefault(doc[each.start].text, []).append(each)
    covered = {index for each in found for index in range(each.start, each.end)}
    for token in doc:
        if token.i in covered or token.text not in names:
            continue
        for each in names[token.text]:
            end = token.i + each.end - each.start
            if doc[token.i : end].text == doc[each.start : each.end].text and _may_repeat(
                doc, token.i, end
            ):
                yield Found(token.i, end, None, 0.9 * each.score)
                break


def _may_repeat(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the tokens are not inside a person or organisation, nor in lower case."""
    inside = any(token.ent_type_ in ("PERSON", "ORG") for token in doc[start:end])
    return not inside and doc[start].text[:1].isupper()
