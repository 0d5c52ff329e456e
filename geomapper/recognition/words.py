"""The word lists behind the roles, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Lemmas in lower case, by what they say of a place name beside them."""

    political_verbs: frozenset[str]
    locative_verbs: frozenset[str]
    addressed_verbs: frozenset[str]
    party_nouns: frozenset[str]
    state_nouns: frozenset[str]
    ground_nouns: frozenset[str]
    directions: frozenset[str]
    ground_prepositions: frozenset[str]
    dateline_agencies: frozenset[str]
    street_words: frozenset[str]
    organisation_words: frozenset[str]
    organisation_heads: frozenset[str]
    named_after: frozenset[str]
    bodies: frozenset[str]
    movements: frozenset[str]
    nicknames: frozenset[str]
    government_nouns: frozenset[str]
    speech_verbs: frozenset[str]


@cache
def role_words() -> RoleWords:
    """Return the lists that ship with the package.

    Examples
    --------
    >>> "accuse" in role_words().political_verbs
    True
    """
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return RoleWords(*(frozenset(table[field.name].split()) for field in fields(RoleWords)))
