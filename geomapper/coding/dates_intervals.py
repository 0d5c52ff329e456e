"""Intervals of days: the arithmetic of months, weeks and seasons, without any words.

Every function answers None where the calendar has no such day (31 February, the year 10000).
"""

from __future__ import annotations

import calendar
import datetime as dt

from geomapper.model import DatePrecision, DateRange

OPEN = DateRange()
_DAYS_AS_DAYS = 3
_DAYS_AS_WEEK = 8
_DAYS_AS_MONTH = 32
_WEEK = 7


def made(year: int | None, month: int, day: int) -> dt.date | None:
    """Return a day, None where the calendar has none or the year is unknown.

    Examples
    --------
    >>> made(2025, 2, 30) is None
    True
    """
    if year is None:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shifted(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later, held inside the calendar."""
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def on(day: dt.date | None) -> DateRange | None:
    """Return one day as an interval."""
    return None if day is None else DateRange(day, day, DatePrecision.DAY)


def between(first: dt.date, last: dt.date, precision: DatePrecision | None = None) -> DateRange:
    """Return the days from one to the other, in either order, by default as precise as long."""
    first, last = min(first, last), max(first, last)
    return DateRange(first, last, precision or _precision_of((last - first).days))


def before(day: dt.date | None) -> DateRange:
    """Return "no later than"; open without a day."""
    return OPEN if day is None else DateRange(None, day, DatePrecision.BEFORE)


def month_of(year: int, month: int) -> DateRange | None:
    """Return a whole month; `month` may run over (13 is next January)."""
    total = year * 12 + month - 1
    first = made(total // 12, total % 12 + 1, 1)
    if first is None:
        return None
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return DateRange(first, last, DatePrecision.MONTH)


def year_of(year: int) -> DateRange | None:
    """Return a whole year."""
    first, last = made(year, 1, 1), made(year, 12, 31)
    return DateRange(first, last, DatePrecision.YEAR) if first and last else None


def season_of(months: tuple[int, int], year: int) -> DateRange | None:
    """Return a season that begins in `year`; winter ends in the next one."""
    first, last = months
    begin = month_of(year, first)
    end = month_of(year if last > first else year + 1, last)
    if begin is None or end is None:
        return None
    return DateRange(begin.earliest, end.latest, DatePrecision.SEASON)


def latest_season(months: tuple[int, int], now: dt.date, *, is_over: bool) -> DateRange | None:
    """Return the last season that began before `now`, or with `is_over` that ended before it."""
    for year in range(now.year, now.year - 3, -1):
        season = season_of(months, year)
        if season is None or season.earliest is None or season.latest is None:
            return None
        if (season.latest if is_over else season.earliest) < now:
            return season
    return None


def week_of(day: dt.date, weeks: int = 0) -> DateRange:
    """Return the week from Monday to Sunday that holds a day, or so many weeks later."""
    monday = shifted(day, -day.weekday() + _WEEK * weeks)
    return DateRange(monday, shifted(monday, _WEEK - 1), DatePrecision.WEEK)


def until(dates: DateRange | None, last: dt.date) -> DateRange | None:
    """Return an interval cut off after `last`; None where it begins later."""
    if dates is None or dates.earliest is None or dates.earliest > last:
        return None
    return DateRange(dates.earliest, min(dates.latest or last, last), dates.precision)


def share_of(whole: DateRange | None, share: tuple[float, float]) -> DateRange | None:
    """Return a part of an interval: `share` is where it begins and ends, 0 to 1.

    Examples
    --------
    >>> late = share_of(month_of(2025, 4), (2 / 3, 1.0))
    >>> str(late.earliest), str(late.latest)
    ('2025-04-21', '2025-04-30')
    """
    if whole is None or whole.earliest is None or whole.latest is None:
        return whole
    days = (whole.latest - whole.earliest).days + 1
    first = shifted(whole.earliest, round(share[0] * days))
    last = shifted(whole.earliest, max(round(share[1] * days) - 1, 0))
    return between(first, last, whole.precision)


def weekday_before(weekday: int, now: dt.date, *, is_strict: bool = False) -> dt.date:
    """Return the last such weekday up to `now`, that day itself unless `is_strict`."""
    back = (now.weekday() - weekday) % _WEEK
    return shifted(now, -(back or (_WEEK if is_strict else 0)))


def weekday_after(weekday: int, now: dt.date, *, is_strict: bool = False) -> dt.date:
    """Return the first such weekday from `now` on, that day itself unless `is_strict`."""
    ahead = (weekday - now.weekday()) % _WEEK
    return shifted(now, ahead or (_WEEK if is_strict else 0))


def day_near(day: int, near: dt.date, last: dt.date | None) -> dt.date | None:
    """Return the `day` of a month that lies nearest to a date and not after `last`."""
    found = []
    for month in (-1, 0, 1):
        whole = month_of(near.year, near.month + month)
        if whole is not None and whole.earliest is not None:
            one = made(whole.earliest.year, whole.earliest.month, day)
            if one is not None and (last is None or one <= last):
                found.append(one)
    return min(found, key=lambda one: abs((one - near).days), default=None)


def _precision_of(days: int) -> DatePrecision:
    if days <= _DAYS_AS_DAYS:
        return DatePrecision.DAY
    if days <= _DAYS_AS_WEEK:
        return DatePrecision.WEEK
    return DatePrecision.MONTH if days < _DAYS_AS_MONTH else DatePrecision.YEAR
