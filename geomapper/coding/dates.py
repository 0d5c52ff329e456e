"""When something happened: date phrases, resolved on the article's own clock, never on today's.

Every phrase becomes an interval of days with a precision. Relative phrases of an article without
a publication date stay open.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomapper.model import DatePrecision, DateRange, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?P<weekday>" + "|".join(_DAYS) + r")"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|midday|at dawn|dawn))?"
_DASH = r"\s?(?:-|–|—|to|and|until|through)\s?"
_OPEN = DateRange()
_MEMORIAL = re.compile(r"(?:anniversary|birthday|day of remembrance)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a text: where it stands, what it says, and the days it means.

    `kind` is ``date``, ``since``, ``by`` or ``relative``; `rule` names the pattern.
    """

    span: Span
    text: str
    dates: DateRange
    kind: str
    rule: str


def date_prec(dates: DateRange) -> int:
    """Return UCDP's date precision: 1 day, 2 two to six days, 3 week, 4 month, 5 more or unknown.

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
    """Return ACLED's time precision: 1 the day, 2 the week, 3 the month or less.

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

    def phrases(
        self, text: str, offset: int = 0, *, anchor: dt.date | None = None
    ) -> tuple[DatePhrase, ...]:
        """Return the date phrases of a text in order, none overlapping another.

        `offset` is added to spans. `anchor` is the day that "the same day" and "two days later"
        count from, by default the publication.
        """
        clock = _Clock(self._published, anchor)
        taken: list[DatePhrase] = []
        for rule, pattern, resolve in _rules():
            for match in pattern.finditer(text):
                span = Span(match.start() + offset, match.end() + offset)
                if any(span.overlaps(each.span) for each in taken):
                    continue
                if _MEMORIAL.search(text[max(0, match.start() - 40) : match.start()]):
                    continue
                dates = resolve(match, clock)
                if dates is not None:
                    kind, dates = _bounded(text[: match.start()], dates, clock)
                    taken.append(DatePhrase(span, match[0], dates, kind, rule))
        return tuple(sorted(taken, key=lambda phrase: phrase.span))

    def default(self) -> DateRange:
        """Return the days of an event without a date phrase: no later than the article."""
        return default_dates(self._published)


@dataclass(frozen=True, slots=True)
class _Clock:
    published: dt.date | None
    anchor: dt.date | None = None

    @property
    def now(self) -> dt.date | None:
        return self.published

    def around(self) -> dt.date | None:
        return self.anchor or self.published


def _bounded(before: str, dates: DateRange, clock: _Clock) -> tuple[str, DateRange]:
    """Return the interval as the word before the phrase bounds it: since, by, until, before."""
    match = re.search(
        r"\b(since|from|by|until|till|before|as of|after)(?: (?:at least|early|late|about|the (?:start|beginning|end) of))?\s*$",
        before,
        re.IGNORECASE,
    )
    word = match[1].lower() if match else ""
    if word == "since" and dates.earliest is not None:
        last = clock.published
        if last is None or last < dates.earliest:
            return "since", DateRange(dates.earliest, None, dates.precision)
        return "since", DateRange(dates.earliest, last, dates.precision)
    if word in ("by", "as of") and dates.latest is not None:
        return "by", DateRange(None, dates.latest, DatePrecision.BEFORE)
    return "date", dates


def _day(day: dt.date) -> DateRange:
    return DateRange(day, day, DatePrecision.DAY)


def _span(first: dt.date, last: dt.date, precision: DatePrecision) -> DateRange:
    return DateRange(min(first, last), max(first, last), precision)


def _month(year: int, month: int) -> DateRange:
    last = calendar.monthrange(year, month)[1]
    return _span(dt.date(year, month, 1), dt.date(year, month, last), DatePrecision.MONTH)


def _year_of(month: int, day: int, clock: _Clock) -> int | None:
    """Return the year of a month and day without one: the latest that is not in the future."""
    if clock.published is None:
        return None
    year = clock.published.year
    try:
        later = dt.date(year, month, min(day, 28)) > clock.published + dt.timedelta(days=45)
    except ValueError:
        return year
    return year - 1 if later else year


def _made(year: int | None, month: int, day: int) -> dt.date | None:
    if year is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _full_date(match: re.Match[str], clock: _Clock) -> DateRange | None:
    month = _MONTHS[match["month"].lower()]
    day = int(match["day"])
    year = int(match["year"]) if match["year"] else _year_of(month, day, clock)
    if year is None and 1 <= day <= 31:  # noqa: PLR2004
        return _OPEN
    made = _made(year, month, day)
    return _day(made) if made else None


def _day_range(match: re.Match[str], clock: _Clock) -> DateRange | None:
    month = _MONTHS[match["month"].lower()]
    first, last = int(match["day"]), int(match["day2"])
    year = int(match["year"]) if match["year"] else _year_of(month, last, clock)
    if year is None:
        return _OPEN
    start, end = _made(year, month, first), _made(year, month, last)
    if start is None or end is None or end < start:
        return None
    return _span(start, end, _precision_of((end - start).days))


def _two_dates(match: re.Match[str], clock: _Clock) -> DateRange | None:
    first_month, last_month = _MONTHS[match["month"].lower()], _MONTHS[match["month2"].lower()]
    year = int(match["year"]) if match["year"] else _year_of(last_month, int(match["day2"]), clock)
    if year is None:
        return _OPEN
    start = _made(year if first_month <= last_month else year - 1, first_month, int(match["day"]))
    end = _made(year, last_month, int(match["day2"]))
    return _span(start, end, _precision_of((end - start).days)) if start and end else None


def _precision_of(days: int) -> DatePrecision:
    if days <= 3:  # noqa: PLR2004
        return DatePrecision.DAY
    return DatePrecision.WEEK if days <= 8 else DatePrecision.MONTH  # noqa: PLR2004


def _iso(match: re.Match[str], _clock: _Clock) -> DateRange | None:
    made = _made(int(match["year"]), int(match["m"]), int(match["day"]))
    return _day(made) if made else None


def _month_of_year(match: re.Match[str], clock: _Clock) -> DateRange | None:
    month = _MONTHS[match["month"].lower()]
    if (
        match["month"].lower() in ("may", "march")
        and not match["year"]
        and not match["part"]
        and not match["lead"]
    ):
        return None
    year = int(match["year"]) if match["year"] else _year_of(month, 1, clock)
    if year is None:
        return _OPEN
    whole = _month(year, month)
    part = (match["part"] or "").lower().strip().rstrip("-")
    return _part_of(whole, part)


def _part_of(whole: DateRange, part: str) -> DateRange:
    if whole.earliest is None or whole.latest is None or not part:
        return whole
    days = (whole.latest - whole.earliest).days + 1
    cuts = {"early": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "middle of": (1 / 3, 2 / 3), "late": (2 / 3, 1),
            "start of": (0, 1 / 3), "beginning of": (0, 1 / 3), "end of": (2 / 3, 1)}  # fmt: skip
    if part in ("first week of", "first week in"):
        return _span(whole.earliest, whole.earliest + dt.timedelta(6), DatePrecision.WEEK)
    low, high = cuts.get(part.removeprefix("the ").strip(), (0.0, 1.0))
    first = whole.earliest + dt.timedelta(round(low * days))
    last = whole.earliest + dt.timedelta(max(round(high * days) - 1, 0))
    return _span(first, last, whole.precision)


def _ordinal_day(match: re.Match[str], clock: _Clock) -> DateRange | None:
    """Resolve "the 16th": of the month of the anchor."""
    anchor = clock.around()
    if anchor is None:
        return _OPEN
    made = _made(anchor.year, anchor.month, int(match["day"]))
    if made is not None and clock.published is not None and made > clock.published:
        before = anchor.replace(day=1) - dt.timedelta(1)
        made = _made(before.year, before.month, int(match["day"]))
    return _day(made) if made else None


def _weekday(match: re.Match[str], clock: _Clock) -> DateRange | None:
    now = clock.published
    if now is None:
        return _OPEN
    wanted = _DAYS[match["weekday"].lower()]
    lead = (match["lead"] or "").lower()
    if "next" in lead or "coming" in lead or "this coming" in lead:
        ahead = (wanted - now.weekday()) % 7 or 7
        return _day(now + dt.timedelta(ahead))
    back = (now.weekday() - wanted) % 7
    if ("last" in lead or "previous" in lead) and back == 0:
        back = 7
    day = now - dt.timedelta(back)
    return _day(day)


def _near_day(match: re.Match[str], clock: _Clock) -> DateRange | None:
    word = match[0].lower()
    relative_to_story = "same day" in word or "that day" in word
    base = (
        clock.around()
        if relative_to_story
        or "previous day" in word
        or "day before" in word
        or "eve" in word
        or "day after" in word
        or "next day" in word
        or "following day" in word
        else clock.published
    )
    if base is None:
        return _OPEN
    if (
        word.startswith(("yesterday",))
        or "previous day" in word
        or "day before" in word
        or "eve of" in word
    ):
        return _day(base - dt.timedelta(1))
    if "tomorrow" in word:
        return _day(base + dt.timedelta(1))
    if "day after" in word or "next day" in word or "following day" in word:
        return _day(base + dt.timedelta(1))
    return _day(base)


def _overnight(_match: re.Match[str], clock: _Clock) -> DateRange | None:
    base = clock.published
    if base is None:
        return _OPEN
    return _span(base - dt.timedelta(1), base, DatePrecision.DAY)


def _ago(match: re.Match[str], clock: _Clock) -> DateRange | None:
    base = clock.published if match["how"].lower() == "ago" else clock.around()
    if base is None:
        return _OPEN
    count = _count(match["number"])
    sign = 1 if match["how"].lower() in ("later", "after") else -1
    unit = match["unit"].lower()
    if unit == "hour":
        return _span(base - dt.timedelta(1), base, DatePrecision.DAY)
    if unit == "day":
        return _day(base + sign * dt.timedelta(count))
    if unit == "week":
        middle = base + sign * dt.timedelta(7 * count)
        return _span(middle - dt.timedelta(3), middle + dt.timedelta(3), DatePrecision.WEEK)
    if unit == "month":
        total = base.year * 12 + base.month - 1 + sign * count
        return _month(total // 12, total % 12 + 1)
    year = base.year + sign * count
    return _span(dt.date(year, 1, 1), dt.date(year, 12, 31), DatePrecision.YEAR)


def _past(match: re.Match[str], clock: _Clock) -> DateRange | None:
    base = clock.published
    if base is None:
        return _OPEN
    count = _count(match["number"]) if match["number"] else 1
    days = {
        "hour": -(-count // 24),
        "day": count,
        "week": 7 * count,
        "month": 30 * count,
        "year": 365 * count,
    }
    back = days[match["unit"].lower()]
    precision = _precision_of(back) if back < 32 else DatePrecision.YEAR  # noqa: PLR2004
    return _span(base - dt.timedelta(back), base, precision)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _named_period(match: re.Match[str], clock: _Clock) -> DateRange | None:
    """Resolve "last week", "this month", "earlier this year"."""
    base = clock.published
    if base is None:
        return _OPEN
    back = 1 if match["which"].lower() in ("last", "previous") else 0
    unit = match["unit"].lower()
    if unit == "week":
        monday = base - dt.timedelta(base.weekday() + 7 * back)
        last = monday + dt.timedelta(6) if back else base
        return _span(monday, last, DatePrecision.WEEK)
    if unit == "weekend":
        saturday = base - dt.timedelta((base.weekday() - 5) % 7 or (7 if back else 0))
        return _span(saturday, saturday + dt.timedelta(1), DatePrecision.DAY)
    if unit == "month":
        total = base.year * 12 + base.month - 1 - back
        whole = _month(total // 12, total % 12 + 1)
        return whole if back else _span(whole.earliest or base, base, DatePrecision.MONTH)
    if unit == "year":
        year = base.year - back
        return _span(
            dt.date(year, 1, 1), dt.date(year, 12, 31) if back else base, DatePrecision.YEAR
        )
    if unit == "night":
        return _span(base - dt.timedelta(1), base, DatePrecision.DAY)
    return _season(unit, base, None)


def _season(name: str, base: dt.date, year: int | None) -> DateRange | None:
    first, last = _SEASONS[name]
    if year is None:
        year = base.year
        start = dt.date(year, first, 1)
        end_year = year if last > first else year + 1
        end = dt.date(end_year, last, calendar.monthrange(end_year, last)[1])
        while end >= base:
            year -= 1
            start = dt.date(year, first, 1)
            end_year = year if last > first else year + 1
            end = dt.date(end_year, last, calendar.monthrange(end_year, last)[1])
        return _span(start, end, DatePrecision.SEASON)
    end_year = year if last > first else year + 1
    end = dt.date(end_year, last, calendar.monthrange(end_year, last)[1])
    return _span(dt.date(year, first, 1), end, DatePrecision.SEASON)


def _season_of_year(match: re.Match[str], clock: _Clock) -> DateRange | None:
    base = clock.published or dt.date(int(match["year"]), 12, 31)
    return _season(match["season"].lower(), base, int(match["year"]))


def _year(match: re.Match[str], _clock: _Clock) -> DateRange | None:
    year = int(match["year"])
    whole = _span(dt.date(year, 1, 1), dt.date(year, 12, 31), DatePrecision.YEAR)
    return _part_of(whole, (match["part"] or "").lower().strip().rstrip("-"))


def _nights(match: re.Match[str], clock: _Clock) -> DateRange | None:
    return _day_range(match, clock)


Resolve = "Callable[[re.Match[str], _Clock], DateRange | None]"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"
_MONTH2 = r"(?P<month2>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_PARTS = r"(?:(?:the )?(?P<part>early|mid|late|middle of|start of|beginning of|end of|first week (?:of|in))[ -])?"


@cache
def _rules() -> tuple[
    tuple[str, re.Pattern[str], Callable[[re.Match[str], _Clock], DateRange | None]], ...
]:
    """Return the patterns in order of precedence, each with what resolves it."""
    table: list[tuple[str, str, Callable[[re.Match[str], _Clock], DateRange | None]]] = [
        ("ISO day", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b", _iso),
        ("dotted day", r"\b(?P<day>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)\b", _iso),
        (
            "two days of two months",
            rf"\b{_DAY} {_MONTH}{_DASH}{_DAY2} {_MONTH2}{_YEAR}",
            _two_dates,
        ),
        (
            "two days of two months",
            rf"\b{_MONTH} {_DAY}{_DASH}{_MONTH2} {_DAY2}\b{_YEAR}",
            _two_dates,
        ),
        ("days of a month", rf"\b{_DAY}{_DASH}{_DAY2} (?:of )?{_MONTH}{_YEAR}", _day_range),
        ("days of a month", rf"\b{_MONTH} {_DAY}{_DASH}{_DAY2}\b{_YEAR}", _day_range),
        ("day of a month", rf"\b{_DAY} (?:of )?{_MONTH}\b{_YEAR}", _full_date),
        ("day of a month", rf"\b{_MONTH} {_DAY}\b(?!:|\.\d){_YEAR}", _full_date),
        (
            "season of a year",
            r"\b(?P<season>spring|summer|autumn|fall|winter) (?:of )?(?P<year>(?:19|20)\d\d)\b",
            _season_of_year,
        ),
        (
            "month",
            rf"\b{_PARTS}(?P<lead>in |last |of |during )?{_MONTH}(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?\b(?! \d)",
            _month_of_year,
        ),
        (
            "weekday",
            rf"\b(?P<lead>last |next |this coming |this |previous |early (?:on )?|late (?:on )?)?(?:the night of )?{_WEEKDAY}(?!['’]s \w+ (?:party|times))\b{_PART}",
            _weekday,
        ),
        (
            "count of units ago",
            rf"\b(?:about |around |almost |nearly |more than |over )?{_NUMBER}(?: of)? (?P<unit>hour|day|week|month|year)s? (?P<how>ago|earlier|before|later|after)\b",
            _ago,
        ),
        (
            "hours earlier",
            r"\b(?P<number>)hours (?P<how>earlier|before|ago|after|later)\b",
            _overnight,
        ),
        (
            "past units",
            rf"\b(?:over|in|during|for|within)? ?the (?:past|last|previous|preceding) (?:{_NUMBER} )?(?P<unit>hour|day|week|month|year)s?\b",
            _past,
        ),
        (
            "past units",
            rf"\b(?:past|last) (?:{_NUMBER} )(?P<unit>hour|day|week|month|year)s?\b",
            _past,
        ),
        (
            "named period",
            r"\b(?:earlier )?(?P<which>last|this|previous) (?P<unit>week|weekend|month|year|night|spring|summer|autumn|fall|winter)\b",
            _named_period,
        ),
        ("named period", r"\bover the (?P<which>)(?P<unit>weekend)\b", _named_period),
        (
            "the night",
            r"\b(?:overnight|during the night|in the night|at night|before dawn|in the early hours)\b",
            _overnight,
        ),
        (
            "near day",
            r"\b(?:today|yesterday(?: (?:morning|afternoon|evening|night))?|tonight|this (?:morning|afternoon|evening)|tomorrow|earlier in the day|(?:on )?the (?:same|previous|next|following) day|the day (?:before|after)|that day|on the eve of)\b",
            _near_day,
        ),
        (
            "day of the month",
            r"\b(?:on|by|the night of) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b",
            _ordinal_day,
        ),
        (
            "year",
            r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\bfrom )|(?<=\bof )|(?<=\buntil )|(?<=\bduring ))(?P<part>early |mid-|late )?(?P<year>(?:19|20)\d\d)\b",
            _year,
        ),
    ]
    return tuple(
        (rule, re.compile(pattern, re.IGNORECASE), resolve) for rule, pattern, resolve in table
    )


def default_dates(published: dt.date | None) -> DateRange:
    """Return what is known of an event without any date: that it was before the article.

    Examples
    --------
    >>> default_dates(None).is_open
    True
    """
    if published is None:
        return _OPEN
    return DateRange(None, published, DatePrecision.BEFORE)


def phrases_between(phrases: tuple[DatePhrase, ...], span: Span) -> Iterator[DatePhrase]:
    """Yield the phrases that lie inside a span."""
    return (phrase for phrase in phrases if span.start <= phrase.span.start < span.end)
