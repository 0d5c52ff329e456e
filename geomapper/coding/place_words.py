"""The words by which a sentence says where something happens."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The table ``place_words.toml``.

    `prepositions` gives the kind of each, `deeds` whether an event type leaves its place or goes
    there; `nouns` are what a place is called, `belonging` who is of a place without being there.
    """

    prepositions: Mapping[str, str]
    deeds: Mapping[str, str]
    nouns: frozenset[str]
    belonging: frozenset[str]

    def kind_of(self, preposition: str) -> str:
        """Return the kind of a preposition by its first word, ``bare`` for none.

        Examples
        --------
        >>> words = place_words()
        >>> words.kind_of("out of"), words.kind_of(""), words.kind_of("despite")
        ('from', 'bare', 'other')
        """
        first = preposition.partition(" ")[0]
        return self.prepositions.get(first, "other") if first else "bare"

    def deed_of(self, event_type: str) -> str:
        """Return ``leaving``, ``going`` or ``staying``."""
        return self.deeds.get(event_type, "staying")


@cache
def place_words() -> PlaceWords:
    """Return the table that ships."""
    text = resources.files(__package__).joinpath("place_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return PlaceWords(
        _by_word(table["prepositions"]),
        _by_word(table["deeds"]),
        frozenset(table["nouns"]["place"].split()),
        frozenset(table["nouns"]["belonging"].split()),
    )


def _by_word(lists: Mapping[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in lists.items() for word in words.split()}
