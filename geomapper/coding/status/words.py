"""Words that say how certain an event is, from ``words.toml``, and the way up to them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomapper.coding.clauses import Clause

_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Lemmas in lower case, by what they say of an event."""

    speech: frozenset[str]
    claiming: frozenset[str]
    confirming: frozenset[str]
    denying: frozenset[str]
    planning: frozenset[str]
    failing: frozenset[str]
    possible: frozenset[str]
    possible_words: frozenset[str]
    future: frozenset[str]
    planned_words: frozenset[str]
    negations: frozenset[str]
    happening: frozenset[str]
    fearing: frozenset[str]
    ceasing: frozenset[str]
    retracting: frozenset[str]
    planning_deeds: frozenset[str]
    doubtful: frozenset[str]
    ready: frozenset[str]
    plans: frozenset[str]
    threats: frozenset[str]
    works: frozenset[str]
    neutral: frozenset[str]
    official: frozenset[str]
    reports: frozenset[str]
    untrue: frozenset[str]
    belligerent: frozenset[str]
    observers: frozenset[str]
    little: frozenset[str]
    media: frozenset[str]
    local: frozenset[str]
    defending: frozenset[str]
    doubting: frozenset[str]
    bearing_out: frozenset[str]
    announcing: frozenset[str]
    own: frozenset[str]

    @property
    def undoing(self) -> frozenset[str]:
        """Words after which nothing took place: "failed", "ceased", "withdrew the claim"."""
        return self.negations | self.failing | self.ceasing | self.retracting


@cache
def status_words() -> StatusWords:
    """Return the lists of ``words.toml``."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return StatusWords(*(frozenset(table[field.name].split()) for field in fields(StatusWords)))


def negates(child: Token, words: StatusWords) -> bool:
    """Tell whether a word negates what it hangs on: not "not only"."""
    after = child.nbor().lower_ if child.i + 1 < len(child.doc) else ""
    return child.lower_ in words.negations and after not in ("only", "just", "merely", "least")


def beside(token: Token) -> Iterator[Token]:
    """Yield what hangs on a word or on its auxiliaries: "did not, as many had feared, close"."""
    for child in token.children:
        yield child
        if child.dep_ in ("aux", "aux:pass", "cop") and child.i < token.i:
            yield from child.children


def is_negated(token: Token, words: StatusWords) -> bool:
    """Tell whether a negation hangs on a word or on its auxiliaries."""
    return any(negates(each, words) for each in beside(token))


def ancestors(clause: Clause) -> Iterator[Token]:
    """Yield the trigger of a clause and what it depends on, up to the root."""
    token = clause.head
    for _ in range(_MOST_STEPS):
        yield token
        if token.head.i == token.i:
            return
        token = token.head
