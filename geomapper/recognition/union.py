"""The recognizer that ships: the language model's names and the gazetteer's, one list.

A model finds names that no gazetteer has, a gazetteer finds those that a model overlooks; both
are asked, overlaps go to the model, and rules over the parse settle the roles.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.language.columns import Words
from geomapper.model import Mention, Role, Span
from geomapper.recognition.found import Found
from geomapper.recognition.gazetteer_names import names_in_gazetteer
from geomapper.recognition.roles import RoleRules
from geomapper.recognition.trimming import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

    from geomapper.gazetteer import Gazetteer
    from geomapper.stages import Reading

PLACES = "places"
_PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
_ENTITY_SCORE = 0.7
_GAZETTEER_SCORE = 0.5
_LEAST_CHANCE = 0.03


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
        words = Words.of(doc, reading.document.text)
        by_model = list(self._from_model(doc))
        possible = _Possible(doc)
        by_names = [each for each in self._from_gazetteer(doc, words) if possible.at_all(each)]
        widened = (possible.widened(each, name) for each, name in _around(by_model, by_names))
        found = _without_overlaps([*widened, *by_names])
        again = [each for each in _repetitions(doc, words, found) if possible.at_all(each)]
        repeated = _without_overlaps([*found, *again])
        return tuple(self._mentions(doc, words, repeated))

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

    def _from_gazetteer(self, doc: Doc, words: Words) -> Iterator[Found]:
        has_model = PLACES in doc.spans
        for start, end, role in names_in_gazetteer(doc, words, self._gazetteer, strict=has_model):
            bounds = trimmed(doc, start, end)
            if bounds is not None:
                yield Found(*bounds, role, _GAZETTEER_SCORE)

    def _mentions(self, doc: Doc, words: Words, found: Iterable[Found]) -> Iterator[Mention]:
        for each in found:
            span = Span(words.starts[each.start], words.end(each.end - 1))
            role, score = self._rules.role(doc, words, each)
            yield Mention(span, span.of(words.text), role, score)


class _Possible:
    """What a model thinks possible, though unlikely: its word against gazetteer and repetition."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._chances: Sequence[float] | None = (
            doc.spans[PLACES].attrs.get("chances") if PLACES in doc.spans else None
        )

    def at_all(self, each: Found) -> bool:
        """Tell whether one of the words may belong to a name; where no model says so, it may."""
        chances = self._chances
        return chances is None or max(chances[each.start : each.end]) > _LEAST_CHANCE

    def widened(self, each: Found, name: Found | None) -> Found:
        """Return a model's name as long as the gazetteer's around it: "Gulf of Aden" for "Aden"."""
        if name is None or each.role is Role.NAME_PART:
            return each
        contains = name.start <= each.start and each.end <= name.end
        if not contains or name.end - name.start == each.end - each.start:
            return each
        if any(token.ent_type_ == "ORG" for token in self._doc[name.start : name.end]):
            return each
        if self._chances is not None and min(self._chances[name.start : name.end]) < _LEAST_CHANCE:
            return each
        return replace(each, start=name.start, end=name.end)


def _around(found: list[Found], names: list[Found]) -> Iterator[tuple[Found, Found | None]]:
    """Yield each of `found` with the gazetteer's name that holds its first word."""
    around = {index: name for name in names for index in range(name.start, name.end)}
    for each in found:
        yield each, around.get(each.start)


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


def _repetitions(doc: Doc, words: Words, found: list[Found]) -> Iterator[Found]:
    """Yield other occurrences, to the letter, of names of the document that were found."""
    names: dict[str, list[Found]] = {}
    for each in found:
        names.setdefault(words.texts[each.start], []).append(each)
    covered = {index for each in found for index in range(each.start, each.end)}
    texts = words.texts
    for index, text in enumerate(texts):
        if text not in names or index in covered:
            continue
        for each in names[text]:
            end = index + each.end - each.start
            if texts[index:end] == texts[each.start : each.end] and _may_repeat(doc, index, end):
                yield Found(index, end, None, 0.9 * each.score)
                break


def _may_repeat(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the tokens are not inside a person or organisation, nor in lower case."""
    inside = any(token.ent_type_ in ("PERSON", "ORG") for token in doc[start:end])
    return not inside and doc[start].text[:1].isupper()
