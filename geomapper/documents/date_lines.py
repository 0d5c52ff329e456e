"""The day that an article's own text says it was published: a date line, or a wire's dateline."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = {name[:3]: n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH_OF = {name: n for n, name in enumerate(_MONTHS, 1)} | _SHORT
_MONTH = rf"(?P<month>{'|'.join([*_MONTHS, 'sept', *(name[:3] for name in _MONTHS)])})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +)?"
_ZONE = r"(?:[a-z]{1,5}|[+-]\d\d:?\d\d)"
_TIME = rf"(?:,? *(?:at +|t)?\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\.\d+)? *(?:[ap]\.?m\.?)?(?: *\(?{_ZONE}\)?)?)?"
_DATES = (
    rf"{_YEAR}-(?P<number>\d\d)-{_DAY}",
    rf"{_DAY}\.(?P<number>\d{{1,2}})\.{_YEAR}",
    rf"{_DAY} +(?:of +)?{_MONTH},? +{_YEAR}",
    rf"{_MONTH} +{_DAY},? +{_YEAR}",
)
_UPDATED = r"(?:last +)?(?:updated|modified|update)"
_LABEL = r"(?:(?:first +)?(?:published|posted|issued|released|filed)|date|publication date|dated)"
_WHOLE = tuple(
    re.compile(
        rf"^\W*(?:(?:(?P<label>{_LABEL})|(?P<updated>{_UPDATED}))(?: +on\b| +at\b)? *:? *)?"
        rf"{_WEEKDAY}{date}{_TIME}\W*$",
        re.IGNORECASE,
    )
    for date in _DATES
)
_BYLINE = tuple(re.compile(rf"^by +[^.;:]{{2,80}}, +{date}$", re.IGNORECASE) for date in _DATES[2:])
_PIECES = re.compile(r" *[|\u2022\u00b7\u2013\u2014] *| - ")
_TOWN = r"[A-Z][\w.'\u2019 -]{1,40}(?:, *[A-Z][\w.' -]{1,30}){0,2}"
_WIRE = tuple(
    re.compile(
        rf"^{_TOWN}(?: *\([^)\n]{{1,40}}\))?, *(?i:{date})(?: *\([^)\n]{{1,40}}\))?"
        r" *(?:--?|\u2013|\u2014|:)\s"
    )
    for date in (
        rf"{_MONTH} *{_DAY}(?:,? +{_YEAR})?(?![\d:])",
        rf"{_DAY} +{_MONTH}(?:,? +{_YEAR})?(?![\d:])",
    )
)
_COPYRIGHT = re.compile(rf"(?:\u00a9|\(c\)|copyright)[^\n\d]{{0,40}}{_YEAR}", re.IGNORECASE)
_YEAR_OF_ADDRESS = re.compile(rf"/{_YEAR}(?:[/-])")
_HEAD, _TAIL = 10, 4
_LONGEST = 120
_LABELLED, _BARE, _LATER, _WIRED = range(4)


def date_told(text: str, url: str | None = None) -> dt.date | None:
    r"""Return the day that a text says it was published, None where it says none.

    A line that says nothing else ("14 May 2025", "Published: May 14, 2025 10:03 GMT"), at the
    head or the foot, goes before "Updated ..." and before a dateline ("GOMA, May 14, 2025
    (Reuters) - "). A dateline without a year counts where the address or the copyright line
    tells the year. Where the text has bare date lines of several days it is a chronicle, and they
    date nothing. Days like 05/06/2025 can be read two ways and are not read.

    Examples
    --------
    >>> date_told("Two towns\n14 May 2025\n\nShells hit Nikopol on Monday.")
    datetime.date(2025, 5, 14)
    >>> date_told("KYIV, Nov 3 (Interfax) - Shells hit Nikopol.") is None
    True
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    told = [(n, *each) for n, line in enumerate(lines) for each in _of_line(line)]
    is_chronicle = len({day for _, rank, day in told if rank == _BARE}) > 1
    found = [
        (rank, day)
        for number, rank, day in told
        if number < _HEAD or (rank != _BARE and number >= len(lines) - _TAIL)
        if rank != _BARE or not is_chronicle
    ]
    wired = (_of_wire(line, text, url) for line in lines[:_HEAD])
    found += [(_WIRED, day) for day in wired if day is not None]
    return min(found, key=_rank, default=(0, None))[1]


def _rank(pair: tuple[int, dt.date]) -> int:
    return pair[0]


def _of_line(line: str) -> Iterator[tuple[int, dt.date]]:
    if line.endswith(".") or len(line) > _LONGEST:
        return
    for piece in _PIECES.split(line):
        for pattern in _WHOLE:
            match = pattern.match(piece)
            day = _day(match, None) if match is not None else None
            if match is not None and day is not None:
                yield (_LABELLED if match["label"] else _LATER if match["updated"] else _BARE), day
                break
    for pattern in _BYLINE:
        match = pattern.match(line)
        day = _day(match, None) if match is not None else None
        if day is not None:
            yield _LABELLED, day


def _of_wire(line: str, text: str, url: str | None) -> dt.date | None:
    for pattern in _WIRE:
        match = pattern.match(line[: 2 * _LONGEST] + " ")
        if match is not None:
            return _day(match, None if match["year"] else _year_known(text, url))
    return None


def _year_known(text: str, url: str | None) -> int | None:
    match = _YEAR_OF_ADDRESS.search(url or "") or _COPYRIGHT.search(text)
    return int(match["year"]) if match is not None else None


def _day(match: re.Match[str], year: int | None) -> dt.date | None:
    """Return the day of a match, None where the calendar has none or its year is not known."""
    told = match.groupdict()
    year = int(told["year"]) if told.get("year") else year
    month = int(told["number"]) if told.get("number") else _MONTH_OF[told["month"].lower()]
    if year is None:
        return None
    try:
        return dt.date(year, month, int(told["day"]))
    except ValueError:
        return None
