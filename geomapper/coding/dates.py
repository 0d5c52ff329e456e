"""When something happened: date phrases, resolved on the article's own clock, never on today's.

Every phrase becomes an interval of days with a precision. Relative phrases of an article without
a publication date stay open, unless they count from a day that the text itself tells. The
patterns stand in `dates_absolute` and `dates_relative`, the words in ``date_words.toml``.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - the examples use it
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from geomapper.coding.dates_absolute import absolute_rules
from geomapper.coding.dates_intervals import OPEN, before
from geomapper.coding.dates_relative import relative_rules
from geomapper.coding.dates_rules import KEYS, Clock, windows
from geomapper.coding.dates_words import any_of, date_words
from geomapper.model import DatePrecision, DateRange, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomapper.coding.dates_rules import Rule

_LOOK_BACK = 48
_LOOK_AHEAD = 12
_BOUND = re.compile(
    r"\b(?P<word>since|by|as of)(?: (?:at least|about|around|the (?:start|beginning|end) of|late|early|last))?\s*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?P<word>since|by|as of)\s", re.IGNORECASE)
_NARRATED = re.compile(r",? (?:when|after)\b", re.IGNORECASE)
_DATELINE = re.compile(r"(?:^|\n)[^\W\d_][^\n.;]{0,60}[(,]\s*$")
_AFTER_DATELINE = re.compile(r"\s?\)?\s?(?:\([^)\n]{0,20}\)\s?)?(?:-|\u2013|\u2014|:)\s")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a text: where it stands, what it says, and the days it means.

    `kind` is ``date``, ``since`` (from that day up to the article) or ``by`` (no later than that
    day); `rule` names the pattern. `is_relative` phrases count from the article's day or from
    the story's.
    """

    span: Span
    text: str
    dates: DateRange
    kind: str
    rule: str
    is_relative: bool = False


def date_prec(dates: DateRange) -> int:
    """Return UCDP's date precision.

    1 the day is known, 2 within two to six days, 3 the week, 4 the month, 5 longer or unknown
    (UCDP GED codebook, "date_prec").

    Examples
    --------
    >>> date_prec(DateRange(dt.date(2025, 4, 1), dt.date(2025, 4, 30), DatePrecision.MONTH)), date_prec(DateRange())
    (4, 5)
    """
    if dates.earliest is None or dates.latest is None:
        return 5
    days = (dates.latest - dates.earliest).days + 1
    for most, code in ((1, 1), (6, 2), (7, 3), (31, 4)):
        if days <= most:
            return code
    return 5


def time_precision(dates: DateRange) -> int:
    """Return ACLED's time precision: 1 the day, 2 the week, 3 the month or less (ACLED codebook).

    Examples
    --------
    >>> time_precision(DateRange(dt.date(2025, 4, 1), dt.date(2025, 4, 1), DatePrecision.DAY))
    1
    """
    return {1: 1, 2: 2, 3: 2}.get(date_prec(dates), 3)


class DateReader:
    """Finds date phrases in a text and resolves them.

    Parameters
    ----------
    published
        The article's own day; None leaves relative phrases open.
    """

    def __init__(self, published: dt.date | None) -> None:
        self._published = published
        self._told: dict[str, tuple[DatePhrase, ...]] = {}

    def within(self, text: str, span: Span) -> tuple[DatePhrase, ...]:
        """Return the phrases that begin inside a span of a whole article, as its story dates them.

        The article is read once and kept: "the next day" counts from the sentence before.

        Examples
        --------
        >>> text = "It fell on Friday. The next day they left."
        >>> [str(each.dates.earliest) for each in DateReader(dt.date(2025, 4, 8)).within(text, Span(19, 42))]
        ['2025-04-05']
        """
        if text not in self._told:
            self._told[text] = self.phrases(text)
        return tuple(phrases_between(self._told[text], span))

    def phrases(
        self, text: str, offset: int = 0, *, anchor: dt.date | None = None, is_future: bool = False
    ) -> tuple[DatePhrase, ...]:
        """Return the date phrases of a text in order, none overlapping another.

        The text may be a sentence or a whole article: "two days later" counts from the day told
        last in it, and before any was told from `anchor`. `offset` is added to spans. With
        `is_future` weekdays and days without a year lie ahead of the article. Datelines and
        anniversaries are no dates of events and left out. The time is linear in the text.

        Examples
        --------
        >>> reader = DateReader(dt.date(2025, 4, 8))
        >>> [str(each.dates.earliest) for each in reader.phrases("It fell on Friday; two days later they left.")]
        ['2025-04-04', '2025-04-06']
        """
        clock = Clock(self._published, anchor, None, is_future)
        found = []
        for match, rule in _matches(text):
            if _is_no_event(text, match):
                continue
            now = replace(clock, is_future=is_future or _is_ahead(text, match))
            dates = rule.resolve(match, now)
            if dates is None:
                continue
            kind, bounded = _bounded(text, match, dates, self._published)
            span = Span(match.start() + offset, match.end() + offset)
            found.append(DatePhrase(span, match[0], bounded, kind, rule.name, rule.is_relative))
            clock = _moved(clock, dates, kind)
        return tuple(found)

    def default(self) -> DateRange:
        """Return the days of an event without a date phrase: no later than the article."""
        return default_dates(self._published)


def default_dates(published: dt.date | None) -> DateRange:
    """Return what is known of an event without any date: that it was before the article.

    Examples
    --------
    >>> default_dates(None).is_open
    True
    """
    return before(published)


def phrases_between(phrases: tuple[DatePhrase, ...], span: Span) -> Iterator[DatePhrase]:
    """Yield the phrases that begin inside a span."""
    return (phrase for phrase in phrases if span.start <= phrase.span.start < span.end)


def _matches(text: str) -> list[tuple[re.Match[str], Rule]]:
    """Return the matches in order; where two overlap, the rule that comes first has it."""
    covered = bytearray(len(text))
    found = []
    near = {key: windows(text, key) for key in KEYS}
    for rule in (*absolute_rules(), *relative_rules()):
        for window in near[rule.key]:
            for match in rule.pattern.finditer(text, *window):
                start, end = match.span()
                if start < end and not any(covered[start:end]):
                    covered[start:end] = b"\x01" * (end - start)
                    found.append((match, rule))
    return sorted(found, key=lambda each: each[0].start())


@cache
def _memorial() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(date_words().memorial)})\b[^.,;]*$", re.IGNORECASE)


@cache
def _future() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{any_of(date_words().future)}) (?:for|on|of|by|to \w+)?\s*(?:on )?$", re.IGNORECASE
    )


def _is_no_event(text: str, match: re.Match[str]) -> bool:
    """Tell whether a date is an anniversary's or stands in a dateline."""
    head = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _memorial().search(head):
        return True
    line = text[max(0, match.start() - 80) : match.start()]
    is_first = match.start() <= len(line)
    return bool(
        is_first
        and _DATELINE.search(line)
        and _AFTER_DATELINE.match(text, match.end(), match.end() + 30)
    )


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    return bool(_future().search(text[max(0, match.start() - _LOOK_BACK) : match.start()]))


def _bounded(
    text: str, match: re.Match[str], dates: DateRange, published: dt.date | None
) -> tuple[str, DateRange]:
    """Return the interval as the word before the phrase, or its first, bounds it."""
    head = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    found = _LEADING.match(match[0]) or _BOUND.search(head)
    word = found["word"].lower() if found else ""
    if word == "since" and dates.earliest is not None:
        if _NARRATED.match(text, match.end(), match.end() + _LOOK_AHEAD):
            return "date", dates
        is_past = published is not None and published >= dates.earliest
        return "since", DateRange(dates.earliest, published if is_past else None, dates.precision)
    if (
        word in ("by", "as of")
        and dates.latest is not None
        and not match[0].lower().startswith("by ")
    ):
        return "by", DateRange(None, dates.latest, DatePrecision.BEFORE)
    if word == "by" and dates.latest is not None and any(each.isdigit() for each in match[0]):
        return "by", DateRange(None, dates.latest, DatePrecision.BEFORE)
    return "date", dates


def _moved(clock: Clock, dates: DateRange, kind: str) -> Clock:
    """Return the clock after a date was told: the story has reached that day."""
    if dates.earliest is None or dates.latest is None or kind == "since":
        return clock
    if clock.published is not None and dates.earliest > clock.published:
        return clock
    day = dates.latest if dates.precision is DatePrecision.DAY else None
    return replace(clock, day=day, period=dates)


__all__ = [
    "OPEN",
    "DatePhrase",
    "DateReader",
    "date_prec",
    "default_dates",
    "phrases_between",
    "time_precision",
]
