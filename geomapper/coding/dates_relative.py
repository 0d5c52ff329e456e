"""Dates that count from the article's day or the story's: "on Friday", "two days later", "overnight"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomapper.coding.dates_intervals import (
    OPEN,
    before,
    between,
    latest_season,
    month_of,
    on,
    season_of,
    shifted,
    until,
    week_of,
    weekday_after,
    weekday_before,
    year_of,
)
from geomapper.coding.dates_rules import number, rules
from geomapper.coding.dates_words import date_words
from geomapper.model import DatePrecision, DateRange

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Callable

    from geomapper.coding.dates_rules import Clock, Rule

_SATURDAY = 5
_DAYS_IN = {"hour": 1, "day": 1, "night": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
_VAGUE = {
    "hour": (0, 1),
    "day": (2, 6),
    "night": (1, 6),
    "week": (14, 42),
    "month": (60, 300),
    "year": (730, 3650),
    "decade": (7300, 14600),
}


def _weekday(match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.published
    if now is None:
        return OPEN
    wanted, lead = date_words().weekdays[match["weekday"].lower()], (match["lead"] or "").lower()
    if "next" in lead or "coming" in lead:
        return on(weekday_after(wanted, now, is_strict=True))
    if clock.is_future:
        return on(weekday_after(wanted, now))
    return on(weekday_before(wanted, now, is_strict="last" in lead or "previous" in lead))


def _today(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return on(clock.published) or OPEN


def _yesterday(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return on(shifted(clock.published, -1)) if clock.published else OPEN


def _tomorrow(match: re.Match[str], clock: Clock) -> DateRange | None:
    days = 2 if "after" in match[0].lower() else 1
    return on(shifted(clock.published, days)) if clock.published else OPEN


def _same_day(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return on(clock.story) or OPEN


def _day_before(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return on(shifted(clock.story, -1)) if clock.story else OPEN


def _day_after(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return on(shifted(clock.day, 1)) if clock.day else before(clock.published)


def _overnight(_match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.published
    return between(shifted(now, -1), now, DatePrecision.DAY) if now else OPEN


def _by_then(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "by dusk": on the day that the story has reached, else the article's or the eve."""
    return on(clock.day) or _overnight(match, clock)


def _ago(match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.published
    return _back(now, match["unit"].lower(), number(match["number"])) if now else OPEN


def _earlier(match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.story
    return _back(now, match["unit"].lower(), number(match["number"])) if now else OPEN


def _later(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "two days later", which means nothing where the story has no day yet."""
    if clock.day is None:
        return before(clock.published)
    dates = _back(clock.day, match["unit"].lower(), -number(match["number"]))
    return dates if clock.published is None else until(dates, clock.published) or dates


def _back(now: dt.date, unit: str, count: int) -> DateRange | None:
    """Return the interval so many units before a day, after it for a negative count."""
    if unit == "hour":
        return between(shifted(now, -_days_of_hours(max(count, 0))), now, DatePrecision.DAY)
    if unit in ("day", "night"):
        return on(shifted(now, -count))
    if unit == "week":
        middle = shifted(now, -7 * count)
        return between(shifted(middle, -3), shifted(middle, 3), DatePrecision.WEEK)
    if unit == "month":
        return month_of(now.year, now.month - count)
    return year_of(now.year - count * (10 if unit == "decade" else 1))


def _days_of_hours(hours: int) -> int:
    """Return in how many days back so many hours lie, a begun day as a whole one."""
    return (hours + 23) // 24


def _units_ago(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "weeks ago", "months earlier": more than one, less than the next unit."""
    now = clock.published
    if now is None:
        return OPEN
    near, far = _VAGUE[match["unit"].lower()]
    return between(shifted(now, -far), shifted(now, -near))


def _past(match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.published
    if now is None:
        return OPEN
    unit, count = match["unit"].lower(), number(match["number"])
    days = _days_of_hours(count) if unit == "hour" else count * _DAYS_IN[unit]
    return between(shifted(now, -days), now)


def _recent(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "in recent weeks": up to now, over a few of the units."""
    now = clock.published
    if now is None:
        return OPEN
    days = {"hour": 1, "day": 7, "night": 7, "week": 30, "month": 180, "year": 1095}
    return between(shifted(now, -days.get(match["unit"].lower(), 3652)), now)


def _coming(match: re.Match[str], clock: Clock) -> DateRange | None:
    now = clock.published
    if now is None:
        return OPEN
    return between(
        now, shifted(now, _DAYS_IN[match["unit"].lower()] * max(number(match["number"]), 3))
    )


def _named_period(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "last week", "this month", "earlier this year", "next year"."""
    now = clock.published
    if now is None:
        return OPEN
    step = {"this": 0, "next": 1, "coming": 1}.get(match["which"].lower(), -1)
    dates = _PERIODS[match["unit"].lower()](now, step)
    return until(dates, now) if step == 0 else dates


def _weekend(now: dt.date, step: int) -> DateRange:
    """Return the weekend nearest before a day; `step` -1 leaves out one that is still on."""
    ahead = weekday_after(_SATURDAY, now, is_strict=True)
    back = weekday_before(_SATURDAY, now)
    saturday = (
        ahead if step > 0 else shifted(back, -7) if step < 0 and (now - back).days <= 1 else back
    )
    return between(saturday, shifted(saturday, 1), DatePrecision.DAY)


def _weekend_past(_match: re.Match[str], clock: Clock) -> DateRange | None:
    return _weekend(clock.published, 0) if clock.published else OPEN


_PERIODS: dict[str, Callable[[dt.date, int], DateRange | None]] = {
    "week": week_of,
    "weekend": _weekend,
    "month": lambda now, step: month_of(now.year, now.month + step),
    "year": lambda now, step: year_of(now.year + step),
    "night": lambda now, _step: between(shifted(now, -1), now, DatePrecision.DAY),
}


def _season(match: re.Match[str], clock: Clock) -> DateRange | None:
    """Resolve "last summer" (the last that is over), "this spring", "in the autumn"."""
    now, months = clock.published, date_words().seasons[match["season"].lower()]
    if now is None:
        return OPEN
    which = match["which"].lower()
    if which == "next":
        return season_of(months, now.year + (months[0] <= now.month))
    if clock.is_future:
        this = season_of(months, now.year)
        is_over = this is not None and this.latest is not None and this.latest < now
        return season_of(months, now.year + is_over)
    if which in _ONLY_AHEAD:
        return None
    found = latest_season(months, now, is_over=which in ("last", "previous"))
    return until(found, now) if found else None


_ONLY_AHEAD = ("for", "for the", "by", "by the", "come")
_COUNT = r"\b(?:about |around |almost |nearly |barely |just |some |less than |more than |over |only )?<number>(?: of| full| or two)? <unit> "
_NO_PAPER = r"(?! (?:Times|Telegraph|Mail|Express|Mirror|World|prayers))"


@cache
def relative_rules() -> tuple[Rule, ...]:
    """Return the patterns of relative dates in order of precedence."""
    return rules(
        [
            (
                "near day",
                "part",
                r"\b(?:earlier|later|late|early)? ?\b(?:today|this (?:morning|afternoon|evening))\b",
                _today,
            ),
            ("day after tomorrow", "part", r"\b(?:the day after )?tomorrow\b", _tomorrow),
            ("near day", "part", r"\byesterday<time?>\b", _yesterday),
            (
                "weekday",
                "weekday",
                r"\b<hour?>(?P<lead>last |next |this coming |this |coming |previous |early |late )?(?<!black )(?<!bloody )<weekday>\b"
                + _NO_PAPER
                + r"<time?>\b",
                _weekday,
            ),
            (
                "the same day",
                "part",
                r"\b(?:earlier|later) (?:in|on|that|the same) (?:the )?day\b|\b(?:on |during |in |at )?(?:the same|that|the very same) (?:day|night|morning|afternoon|evening)\b",
                _same_day,
            ),
            (
                "the day before",
                "part",
                r"\b(?:on |during )?the (?:previous|preceding) (?:day|night|morning|afternoon|evening)\b|\b(?:the|a) (?:day|night) (?:before|earlier)\b|\bon the eve of\b",
                _day_before,
            ),
            (
                "the day after",
                "part",
                r"\b(?:on |during )?the (?:next|following) (?:day|night|morning|afternoon|evening)\b|\b(?:the|a|one) (?:day|night) (?:after|later)\b",
                _day_after,
            ),
            (
                "past units",
                "unit",
                r"\b(?:over|in|during|for|within|throughout)? ?(?:the|these) (?:past|last|previous|preceding) (?:<number> )?<unit>\b(?! of\b)",
                _past,
            ),
            ("past units", "unit", r"\b(?:past|last) <number> <unit>\b", _past),
            (
                "recent units",
                "unit",
                r"\b(?:in|over|during|within) (?:the )?(?:most )?recent <unit>\b",
                _recent,
            ),
            (
                "coming units",
                "unit",
                r"\b(?:in|over|during|within) the (?:next|coming) (?:<number> )?<unit>\b",
                _coming,
            ),
            ("count of units ago", "unit", _COUNT + r"ago\b", _ago),
            (
                "count of units earlier",
                "unit",
                _COUNT + r"(?:earlier|before|previously)\b",
                _earlier,
            ),
            ("count of units later", "unit", _COUNT + r"(?:later|after|afterwards)\b", _later),
            (
                "units ago",
                "unit",
                r"\b(?:just |only |a few |several |many )?<unit>(?<=s) (?:ago|earlier)\b",
                _units_ago,
            ),
            (
                "named period",
                "unit",
                r"\b(?:earlier |later |late |early )?(?P<which>last|this|previous|next|coming) (?P<unit>weekend|week|month|year|night)\b(?![-\u2019'])",
                _named_period,
            ),
            ("weekend", "unit", r"\b(?:over|at|during) the weekend\b", _weekend_past),
            (
                "season",
                "season",
                r"\b(?P<which>last|this|previous|next|in the|during the|in|for the|for|by the|by|come) <season>\b(?! (?:of )?\d)",
                _season,
            ),
            (
                "the night",
                "part",
                r"\b(?:overnight|during the night|in the night|at night|before dawn|in the (?:early|small) hours|since midnight|at dawn|before sunrise)\b",
                _overnight,
            ),
            (
                "by then",
                "part",
                r"\bby (?:noon|midday|dusk|dawn|daybreak|nightfall|evening|midnight|sunset|sunrise|mid-morning|mid-afternoon|morning|the afternoon|the evening)\b",
                _by_then,
            ),
        ],
        relative=True,
    )
