"""Dates that say their own month or year: "8 April 2025", "3-5 May", "early May", "in 2014"."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from geomapper.coding.dates_intervals import (
    OPEN,
    between,
    day_near,
    made,
    month_of,
    on,
    season_of,
    share_of,
    shifted,
    weekday_before,
    year_of,
)
from geomapper.coding.dates_rules import rules
from geomapper.coding.dates_words import date_words
from geomapper.model import DatePrecision, DateRange

if TYPE_CHECKING:
    import re

    from geomapper.coding.dates_rules import Clock, Rule

_LAST_DAY = 31
_MONTHS_BACK = 24


def _iso(match: re.Match[str], _clock: Clock) -> DateRange | None:
    return on(made(int(match["year"]), int(match["number"]), int(match["day"])))


def _is_month(word: str) -> bool:
    """Tell whether a word is a month here: "may" and "march" only in capitals."""
    return word.lower() not in date_words().everyday or word[:1].isupper()


def _year_told(match: re.Match[str], clock: Clock, month: int, day: int) -> int | None:
    return int(match["year"]) if match["year"] else clock.year_for(month, day)


def _day_of_month(match: re.Match[str], clock: Clock) -> DateRange | None:
    month, day = date_words().months[match["month"].lower()], int(match["day"])
    if not _is_month(match["month"]) or not 1 <= day <= _LAST_DAY:
        return None
    year = _year_told(match, clock, month, day)
    return OPEN if year is None else on(made(year, month, day))


def _days_of_month(match: re.Match[str], clock: Clock) -> DateRange | None:
    month = date_words().months[match["month"].lower()]
    first, last = int(match["day"]), int(match["day2"])
    if not _is_month(match["month"]) or not 1 <= first < last <= _LAST_DAY:
        return None
    year = _year_told(match, clock, month, last)
    if year is None:
        return OPEN
    start, end = made(year, month, first), made(year, month, last)
    return between(start, end) if start and end else None


def _days_of_months(match: re.Match[str], clock: Clock) -> DateRange | None:
    months = date_words().months
    first, last = months[match["month"].lower()], months[match["month2"].lower()]
    year = _year_told(match, clock, last, int(match["day2"]))
    if year is None:
        return OPEN
    start = made(year - (first > last), first, int(match["day"]))
    end = made(year, last, int(match["day2"]))
    return between(start, end) if start and end and start <= end else None


def _weekday_of_month(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "Friday the 13th": the last one before the article."""
    words = date_words()
    day, now = int(match["day"]), clock.published
    if now is None:
        return OPEN
    wanted = {**words.weekdays, **words.short_weekdays}[match["dow"].lower()]
    for back in range(_MONTHS_BACK):
        month = month_of(now.year, now.month - back)
        one = (
            made(month.earliest.year, month.earliest.month, day)
            if month and month.earliest
            else None
        )
        if one is not None and one <= now and one.weekday() == wanted:
            return on(one)
    return None


def _month(match: re.Match[str], clock: Clock) -> DateRange | None:
    month = date_words().months[match["month"].lower()]
    if not _is_month(match["month"]):
        return None
    if (
        match["lead"]
        and match["lead"].strip().lower() == "that"
        and clock.period
        and clock.period.latest
    ):
        year: int | None = clock.period.latest.year
    else:
        year = _year_told(match, clock, month, 1)
    if year is None:
        return OPEN
    return share_of(month_of(year, month), _share(match["part"]))


def _months(match: re.Match[str], clock: Clock) -> DateRange | None:
    months = date_words().months
    first, last = months[match["month"].lower()], months[match["month2"].lower()]
    year = _year_told(match, clock, last, 1)
    if year is None or not (_is_month(match["month"]) and _is_month(match["month2"])):
        return OPEN if year is None else None
    start, end = month_of(year - (first > last), first), month_of(year, last)
    if start is None or end is None or start.earliest is None or end.latest is None:
        return None
    return between(start.earliest, end.latest, DatePrecision.MONTH)


def _share(part: str | None) -> tuple[float, float]:
    return date_words().parts[part.lower()] if part else (0.0, 1.0)


def _season_of_year(match: re.Match[str], _clock: Clock) -> DateRange | None:
    season = season_of(date_words().seasons[match["season"].lower()], int(match["year"]))
    return share_of(season, _share(match["part"]))


def _year(match: re.Match[str], _clock: Clock) -> DateRange | None:
    return share_of(year_of(int(match["year"])), _share(match["part"]))


def _years(match: re.Match[str], _clock: Clock) -> DateRange | None:
    first, last = int(match["year"]), int(match["year2"])
    last = last if last > 99 else first // 100 * 100 + last  # noqa: PLR2004
    if first >= last:
        return None
    return between(dt.date(first, 1, 1), dt.date(last, 12, 31), DatePrecision.YEAR)


def _decade(match: re.Match[str], _clock: Clock) -> DateRange | None:
    first = int(match["year"])
    whole = between(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), DatePrecision.YEAR)
    return share_of(whole, _share(match["part"]))


def _ordinal(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "the 16th": the one nearest to what the story told last."""
    near, day = clock.near, int(match["day"])
    return on(day_near(day, near, clock.published)) if near else OPEN


def _ordinals(match: re.Match[str], clock: Clock) -> DateRange | None:
    near = clock.near
    if near is None:
        return OPEN
    last = day_near(int(match["day2"]), near, clock.published)
    first = day_near(int(match["day"]), last, last) if last else None
    return between(first, last) if first and last else None


def _weekdays(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "between Monday and Wednesday", "the night of Wednesday to Thursday"."""
    if clock.published is None:
        return OPEN
    days = date_words().weekdays
    last = weekday_before(days[match["weekday2"].lower()], clock.published)
    first = weekday_before(days[match["weekday"].lower()], shifted(last, -1))
    return between(first, last)


_NOT_A_DAY = r"(?! (?:century|floor|anniversary|birthday|edition|parallel|round|(?-i:[A-Z])|brigade|division|regiment|battalion|corps|army|time|package))"


@cache
def absolute_rules() -> tuple[Rule, ...]:
    """Return the patterns of absolute dates in order of precedence."""
    return rules(
        [
            ("ISO day", "year", r"\b<year>-(?P<number>\d\d)-(?P<day>\d\d)\b(?!-)", _iso),
            (
                "dotted day",
                "year",
                r"(?<![\d.])(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.<year>\b",
                _iso,
            ),
            (
                "days of two months",
                "month",
                r"\b<hour?>(?:from |between )?<day> (?:of )?<month><to><day2> (?:of )?<month2><year?>",
                _days_of_months,
            ),
            (
                "days of two months",
                "month",
                r"\b<hour?>(?:from |between )?<month> <day><to><month2> <day2>\b<year?>",
                _days_of_months,
            ),
            (
                "days of a month",
                "month",
                r"\b<hour?>(?:from |between )?(?:the )?<day><to>(?:the )?<day2> (?:of )?<month><year?>",
                _days_of_month,
            ),
            (
                "days of a month",
                "month",
                r"\b<hour?>(?:from |between )?<month> <day><to><day2>\b(?!:)<year?>",
                _days_of_month,
            ),
            (
                "day of a month",
                "month",
                r"\b<hour?><dow?><day> (?:of )?<month><year?>",
                _day_of_month,
            ),
            (
                "day of a month",
                "month",
                r"\b<hour?><dow?><month> (?:the )?<day>\b(?!:|[.,]?\d)<year?>",
                _day_of_month,
            ),
            (
                "weekday and day",
                "weekday",
                r"\b<hour?><dow>,? the (?P<day>\d{1,2})(?:st|nd|rd|th)\b",
                _weekday_of_month,
            ),
            (
                "weekday and day",
                "weekday",
                r"\b<dow> (?P<day>\d{1,2})(?:st|nd|rd|th)?(?=\s?[:,;)\n\u2013\u2014]|\s-)",
                _weekday_of_month,
            ),
            ("season of a year", "season", r"\b<part?><season> (?:of )?<year>\b", _season_of_year),
            (
                "months",
                "month",
                r"\b(?:from |between )?<month> ?(?:-|\u2013|to|and|until|through) ?<month2> (?:of )?<year>\b(?P<part>)(?P<lead>)",
                _months,
            ),
            ("month of a year", "month", r"\b(?P<lead>)<part?><month>,? (?:of )?<year>\b", _month),
            (
                "part of a month",
                "month",
                r"\b(?P<lead>)(?P<year>)<part>(?:last )?<month>(?! \d)",
                _month,
            ),
            (
                "month",
                "month",
                r"\b(?P<lead>in |last |of |during |since |by |until |from |that |this |throughout |through )(?P<part>)(?P<year>)(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)\b(?! \d|[\u2019']s)",
                _month,
            ),
            (
                "month as a heading",
                "month",
                r"(?:^|(?<=\n))(?P<lead>)(?P<part>)<month>(?<!\.)<year?>(?=[.:] )",
                _month,
            ),
            (
                "weekdays",
                "weekday",
                r"\b(?:from |between |the night of |the night from )?<weekday>(?: night| evening)? ?(?:-|\u2013|to|and|until|through|into) ?<weekday2>\b<time?>",
                _weekdays,
            ),
            (
                "days of the month",
                "ordinal",
                r"\b(?:between|from) the (?P<day>\d{1,2})(?:st|nd|rd|th)<to>the (?P<day2>\d{1,2})(?:st|nd|rd|th)\b",
                _ordinals,
            ),
            (
                "day of the month",
                "ordinal",
                r"\b(?:on|by|until|since|from|before|after|(?:night|morning|evening|afternoon) of) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b"
                + _NOT_A_DAY,
                _ordinal,
            ),
            (
                "years",
                "year",
                r"\b(?:from |between |in |of )?<year> ?(?:-|\u2013|to|and) ?(?P<year2>(?:19|20)?\d\d)\b(?![\d-])",
                _years,
            ),
            ("decade", "year", r"\b<part?>(?:the )?(?P<year>(?:19|20)\d0)s\b", _decade),
            (
                "year",
                "year",
                r"\b(?:in|since|by|from|of|until|during|throughout|after|before|through) <part?><year>\b(?! ?(?:[\u00b0%-]|\w+ers\b|people|soldiers|troops|men|km|tonnes|homes|houses|hours))",
                _year,
            ),
            ("part of a year", "year", r"\b<part><year>\b", _year),
            (
                "year",
                "year",
                r"\bthe (?P<part>)<year> (?=war|coup|invasion|annexation|offensive|ceasefire|truce|uprising|revolution|conflict|election|agreement|accord|deal|siege|battle|massacre|bombing|attack)",
                _year,
            ),
        ],
        relative=False,
    )
