"""The words that tell time, from ``date_words.toml``, and the pieces of patterns made of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class DateWords:
    """Lower-case words and what they count: months 1-12, weekdays 0 (Monday) to 6.

    `short_weekdays` count beside a day of the month only ("Mon 27"). `parts` gives the share of
    a period, 0 to 1, at which a part of it begins and ends.
    """

    months: Mapping[str, int]
    everyday: frozenset[str]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    parts: Mapping[str, tuple[float, float]]
    memorial: frozenset[str]
    future: frozenset[str]


@cache
def date_words() -> DateWords:
    """Return the shipped table."""
    text = resources.files(__package__).joinpath("date_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    months, weekdays = table["months"], table["weekdays"]
    short = _counted(weekdays["short"], 0) | {k: n - 1 for k, n in weekdays["also"].items()}
    return DateWords(
        months=_counted(months["names"], 1) | _counted(months["short"], 1) | months["also"],
        everyday=frozenset(months["everyday"].split()),
        weekdays=_counted(weekdays["names"], 0),
        short_weekdays=short,
        seasons=_pairs(table["seasons"]),
        numbers=_counted(table["numbers"]["words"], 0) | table["numbers"]["also"],
        parts=_pairs(table["parts"]),
        memorial=frozenset(table["memorial"]["words"].split()),
        future=frozenset(table["future"]["words"].split()),
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first.

    Examples
    --------
    >>> any_of(["may", "march"])
    'march|may'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _counted(text: str, first: int) -> dict[str, int]:
    return {word: n for n, word in enumerate(text.split(), first)}


def _pairs(table: Mapping[str, list[Any]]) -> dict[str, tuple[Any, Any]]:
    return {name: (pair[0], pair[1]) for name, pair in table.items()}
