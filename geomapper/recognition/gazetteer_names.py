"""Names that the gazetteer knows and the language model may have overlooked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from geomapper.gazetteer import Gazetteer
    from geomapper.language.columns import Words
    from geomapper.model import Place

_LEAST_POPULATION = 15_000
_LEAST_POPULATION_STRICT = 100_000
_LEAST_LETTERS = 4
_ADMINISTRATIVE = frozenset({"ADM1", "PCLI", "PCLD", "PCLS", "RGN", "CONT", "TERR", "ADMD"})
_PLACE_WORDS_BEFORE = frozenset(
    {
        "of",
        "in",
        "near",
        "from",
        "to",
        "at",
        "around",
        "outside",
        "into",
        "toward",
        "towards",
        "over",
        "on",
    }
)


def names_in_gazetteer(
    doc: Doc, words: Words, gazetteer: Gazetteer, *, strict: bool
) -> Iterator[tuple[int, int, Role | None]]:
    """Yield stretches of tokens that are names of known places, and demonyms.

    Longest first. With `strict`, for use beside a model that finds place names itself, only
    names that leave little doubt; without, any name of a place of some size in a place-like
    context. Words that stand in lower case elsewhere in the document are passed over.
    """
    texts = words.texts
    lower = {text for text in texts if text.islower()}
    after = 0
    for index in [index for index, text in enumerate(texts) if _may_begin(text)]:
        if index < after:
            continue
        end = index + _length(texts, index, gazetteer)
        role = _kind(doc, index, end, gazetteer, lower, strict=strict) if end > index else None
        if end > index and role != Role.NAME_PART:
            yield index, end, role
            after = end


def _length(words: list[str], index: int, gazetteer: Gazetteer) -> int:
    longest = gazetteer.longest(words, index)
    if longest == 0 and gazetteer.demonym(words[index]) is not None:
        return 1
    return longest


def _may_begin(word: str) -> bool:
    first = word[:1]
    return first.isupper() or (first.isalpha() and not first.islower())


def _kind(
    doc: Doc, start: int, end: int, gazetteer: Gazetteer, lower: set[str], *, strict: bool
) -> Role | None:
    """Return the role, None where only the context says, `NAME_PART` for no place at all."""
    text = doc[start:end].text
    if _is_person(doc, start, end):
        return Role.NAME_PART
    demonym = gazetteer.demonym(text) if end - start == 1 else None
    if demonym is not None:
        return Role.DEMONYM if demonym.country or demonym.kind == "region" else Role.NAME_PART
    if text.lower() in lower or len(text) < _LEAST_LETTERS:
        return Role.NAME_PART
    places = gazetteer.lookup(text)
    if not places:
        return Role.NAME_PART
    best = places[0]
    if best.feature_code in _ADMINISTRATIVE or best.id.startswith("overlay:"):
        return None
    needed = _LEAST_POPULATION_STRICT if strict else _LEAST_POPULATION
    if best.population >= needed and _in_context(doc, start, best):
        return None
    return Role.NAME_PART


def _is_person(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the tokens are part of a person's name of several words."""
    people = [index for index in range(start, end) if doc[index].ent_type_ == "PERSON"]
    if not people:
        return False
    before = doc[start].ent_iob_ == "I"
    after = end < len(doc) and doc[end].ent_iob_ == "I"
    return before or after or end - start > 1


def _in_context(doc: Doc, start: int, place: Place) -> bool:
    if place.population >= _LEAST_POPULATION_STRICT and (
        not doc[start].is_sent_start or doc[start].pos_ == "PROPN"
    ):
        return True
    return start > 0 and doc[start - 1].text.lower() in _PLACE_WORDS_BEFORE
