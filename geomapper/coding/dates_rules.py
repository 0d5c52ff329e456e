"""What a rule for dates is: a pattern, and what resolves its matches on the article's clock."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - the examples use it
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.dates_words import any_of, date_words
from geomapper.model import DatePrecision, DateRange

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = date_words()
_REACH = 64
_PIECE = re.compile(r"(?<!\?P)<([a-z]+\d?\??)>")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a phrase is resolved against.

    `published` is the article's day, None where nobody said. `day` is the day that the story has
    reached, for "the next day"; `period` the last date told at all, for "that year". With
    `is_future` a weekday or a month and day lies ahead.
    """

    published: dt.date | None = None
    day: dt.date | None = None
    period: DateRange | None = None
    is_future: bool = False

    @property
    def story(self) -> dt.date | None:
        """The day of the story, else the article's."""
        return self.day or self.published

    @property
    def near(self) -> dt.date | None:
        """The day of the story, else the middle of the period told last, else the article's day."""
        if self.day is not None or self.period is None:
            return self.story
        first, last = self.period.earliest, self.period.latest
        if first is None or last is None or self.period.precision is not DatePrecision.MONTH:
            return self.story
        return first + (last - first) / 2

    def year_for(self, month: int, day: int) -> int | None:
        """Return the year of a month and day without one: the latest such day not after the article.

        Examples
        --------
        >>> Clock(dt.date(2025, 4, 8)).year_for(12, 20)
        2024
        """
        if self.published is None:
            return None
        here = (self.published.month, self.published.day)
        if self.is_future:
            return self.published.year + ((month, day) < here)
        return self.published.year - ((month, day) > here)


Resolve = Callable[[re.Match[str], Clock], DateRange | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; `resolve` answers None for what is no date after all.

    `key` names the words that every match holds (see `KEYS`), so that the pattern is tried only
    near them. With `is_relative` the phrase means nothing without the article's own day or the
    story's.
    """

    name: str
    key: str
    pattern: re.Pattern[str]
    resolve: Resolve
    is_relative: bool


def rules(rows: Iterable[tuple[str, str, str, Resolve]], *, relative: bool) -> tuple[Rule, ...]:
    """Return rules whose patterns may name the pieces of `PIECES` as ``<month>``."""
    return tuple(
        Rule(name, key, compiled(text), resolve, relative) for name, key, text, resolve in rows
    )


def compiled(text: str) -> re.Pattern[str]:
    """Return the pattern with its pieces filled in, blind to case."""
    filled = _PIECE.sub(lambda match: PIECES[match[1]], text)
    return re.compile(filled, re.IGNORECASE)


def number(text: str | None) -> int:
    """Return the count that a word or digits say, 1 for None.

    Examples
    --------
    >>> number("two"), number("48"), number(None)
    (2, 48, 1)
    """
    if not text:
        return 1
    return int(text) if text.isdecimal() else _WORDS.numbers[" ".join(text.lower().split())]


PIECES = {
    "month": rf"(?P<month>{any_of(_WORDS.months)})\b\.?",
    "month2": rf"(?P<month2>{any_of(_WORDS.months)})\b\.?",
    "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
    "day2": r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "year?": r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d)\b(?! ?[hH]))?",
    "weekday": rf"(?P<weekday>{any_of(_WORDS.weekdays)})",
    "weekday2": rf"(?P<weekday2>{any_of(_WORDS.weekdays)})",
    "dow": rf"(?P<dow>{any_of((*_WORDS.weekdays, *_WORDS.short_weekdays))})\b\.?",
    "dow?": rf"(?:(?:{any_of((*_WORDS.weekdays, *_WORDS.short_weekdays))})\b\.?,? (?:the |\()?)?",
    "season": rf"(?P<season>{any_of(_WORDS.seasons)})",
    "part?": rf"(?:(?:the )?(?P<part>{any_of(_WORDS.parts)})(?: |-| in | of ))?",
    "part": rf"(?:the )?(?P<part>{any_of(_WORDS.parts)})(?: |-| in | of )",
    "number": rf"(?P<number>\d{{1,3}}|{any_of(_WORDS.numbers)})",
    "to": r"\s?(?:-|\u2013|\u2014|to|and|until|till|through|into)\s?",
    "time?": r"(?: (?:early |late |mid-?)?(?:morning|afternoon|evening|night|noon|midday|midnight|(?:at |before |after )(?:dawn|dusk|night)))?",
    "hour?": r"(?:(?:the )?(?:(?:early|small) hours|night|evening|morning|afternoon|dawn|eve) (?:of|on) |overnight (?:on |to |into )?|early (?:on )?|late (?:on )?)?",
    "unit": r"(?P<unit>hour|day|night|week|month|year|decade)s?",
}

KEYS = {
    "month": compiled(rf"\b(?:{any_of(_WORDS.months)})\b"),
    "weekday": compiled(rf"\b(?:{any_of((*_WORDS.weekdays, *_WORDS.short_weekdays))})\b"),
    "year": compiled(r"\b(?:19|20)\d\d"),
    "ordinal": compiled(r"\d(?:st|nd|rd|th)\b"),
    "season": compiled(rf"\b(?:{any_of(_WORDS.seasons)})\b"),
    "unit": compiled(r"\b(?:hour|day|night|weekend|week|month|year|decade)s?\b"),
    "part": compiled(
        r"\b(?:today|yesterday|tomorrow|day|night|overnight|eve|morning|afternoon|evening|noon|hours"
        r"|mid-morning|mid-afternoon|midday|midnight|dawn|dusk|daybreak|nightfall|sunset|sunrise)\b"
    ),
}


def windows(text: str, key: str) -> list[tuple[int, int]]:
    """Return the stretches of a text around the words of a key, merged and cut at blanks.

    Examples
    --------
    >>> windows("It fell in May.", "month")
    [(0, 15)]
    """
    found: list[tuple[int, int]] = []
    for match in KEYS[key].finditer(text):
        reach = max(match.start() - _REACH, 0)
        start = max(text.find(" ", reach, match.start()), 0) if reach else 0
        end = min(match.end() + _REACH, len(text))
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
