"""Words of war in their everyday senses: peas are shelled, hearts captured, cancer fought.

What makes a sense everyday is knowledge of the world, and stands in ``everyday.toml``: who does
it, to what, with what. A word in such a sense names no event, whoever proposes it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from geomapper.coding.surroundings import around, before, made_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from geomapper.coding.clauses import Clause

_PARTS = ("compound", "amod")


@dataclass(frozen=True, slots=True)
class Sense:
    """An everyday sense: of which `words`, and what must stand around them; empty asks nothing."""

    why: str
    words: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    with_: frozenset[str] = frozenset()
    way: frozenset[str] = frozenset({"with", "by", "against"})
    part: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


def everyday_sense(clause: Clause, start: int, end: int) -> str | None:
    """Return why a trigger names no event, in the sentence of tokens `start` to `end`, else None."""
    lemma = clause.head.lemma_.lower()
    words: set[str] | None = None
    for sense in senses():
        if (sense.words and lemma not in sense.words) or not _fits(sense, clause):
            continue
        if sense.near or sense.unless:
            words = words if words is not None else around(clause, start, end)
            if (sense.near and words.isdisjoint(sense.near)) or not words.isdisjoint(sense.unless):
                continue
        return sense.why
    return None


@cache
def senses() -> tuple[Sense, ...]:
    """Return the senses of ``everyday.toml``, in its order."""
    return tuple(_sense(row, _groups()) for row in _table()["senses"])


@cache
def _groups() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _table()["groups"].items()}


def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("everyday.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _sense(row: Mapping[str, str], groups: Mapping[str, frozenset[str]]) -> Sense:
    given = {("with_" if key == "with" else key): text for key, text in row.items()}
    why = given.pop("why")
    return Sense(why, **{key: _expanded(text.split(), groups) for key, text in given.items()})


def _expanded(words: Iterable[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(groups[w[1:]] if w.startswith("@") else {w} for w in words))


def _fits(sense: Sense, clause: Clause) -> bool:
    """Tell whether the nouns around a trigger are what a sense asks for."""
    head = clause.head
    with_ = [each.token for each in clause.obliques if each.preposition in sense.way]
    return (
        (not sense.subject or _are_all(clause.subjects, sense.subject))
        and (not sense.object or any(_is_one(each, sense.object) for each in clause.objects))
        and (not sense.with_ or any(_is_one(each, sense.with_) for each in with_))
        and (not sense.part or (head.dep_ in _PARTS and _is_one(head.head, sense.part)))
        and (not sense.before or not before(head).isdisjoint(sense.before))
    )


def _are_all(nouns: Sequence[Token], wanted: frozenset[str]) -> bool:
    return bool(nouns) and all(_is_one(each, wanted) for each in nouns)


def _is_one(noun: Token, wanted: frozenset[str]) -> bool:
    """Tell whether a common noun is one of those wanted; of an army or a wave, what it is made of."""
    if noun.lemma_.lower() in _groups()["measures"]:
        noun = made_of(noun)
    return noun.pos_ == "NOUN" and (noun.lemma_.lower() in wanted or noun.lower_ in wanted)
