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
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

    from geomapper.gazetteer import Gazetteer
    from geomapper.stages import Reading

PLACES = "places"
_PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
_ENTITY_SCORE = 0.7
_GAZETTEER_SCORE = 0.5


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
        by_names = list(self._from_gazetteer(doc, words))
        found = _without_overlaps([*_widened(doc, by_model, by_names), *by_names])
        repeated = _without_overlaps([*found, *_repetitions(doc, words, found)])
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


def _widened(doc: Doc, found: list[Found], names: list[Found]) -> Iterator[Found]:
    """Yield a model's names as long as the gazetteer's around them: "Gulf of Aden" for "Aden"."""
    around = {index: name for name in names for index in range(name.start, name.end)}
    for each in found:
        name = around.get(each.start)
        yield each if name is None else _as_long(doc, each, name)


def _as_long(doc: Doc, each: Found, name: Found) -> Found:
    contains = name.start <= each.start and each.end <= name.end
    is_longer = name.end - name.start > each.end - each.start
    if not contains or not is_longer or each.role is Role.NAME_PART:
        return each
    if any(token.ent_type_ == "ORG" for token in doc[name.start : name.end]):
        return each
    return replace(each, start=name.start, end=name.end)


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
