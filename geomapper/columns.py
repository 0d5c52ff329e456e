"""The columns of the public schema: their order, what kind of value each holds, and how it is read.

Formats differ in what they hold (a spreadsheet knows no null, GeoJSON no dates), so a value that
comes back in is brought to its column's kind by `typed` first.
"""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CRS = "EPSG:4326"
Row = dict[str, Any]


class Kind(StrEnum):
    """What a column holds; an unknown value of any kind is None."""

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "number"
    DAY = "day"
    FLAG = "true or false"
    TELLINGS = "tellings"


KINDS: Mapping[str, Kind] = {
    "id": Kind.TEXT,
    "type": Kind.TEXT,
    "subtype": Kind.TEXT,
    "family": Kind.TEXT,
    "document": Kind.TEXT,
    "title": Kind.TEXT,
    "source": Kind.TEXT,
    "url": Kind.TEXT,
    "published": Kind.DAY,
    "actor": Kind.TEXT,
    "actor_side": Kind.TEXT,
    "target": Kind.TEXT,
    "target_side": Kind.TEXT,
    "place": Kind.TEXT,
    "place_id": Kind.TEXT,
    "country": Kind.TEXT,
    "admin1": Kind.TEXT,
    "admin2": Kind.TEXT,
    "dispute": Kind.TEXT,
    "de_facto_admin": Kind.TEXT,
    "precision": Kind.TEXT,
    "radius_km": Kind.REAL,
    "geo_precision": Kind.WHOLE,
    "where_prec": Kind.WHOLE,
    "date_start": Kind.DAY,
    "date_end": Kind.DAY,
    "date_precision": Kind.TEXT,
    "date_prec": Kind.WHOLE,
    "time_precision": Kind.WHOLE,
    "status": Kind.TEXT,
    "attribution": Kind.TEXT,
    "cross_border": Kind.FLAG,
    "origin": Kind.TEXT,
    "origin_lon": Kind.REAL,
    "origin_lat": Kind.REAL,
    "killed": Kind.WHOLE,
    "killed_low": Kind.WHOLE,
    "killed_high": Kind.WHOLE,
    "wounded": Kind.WHOLE,
    "captured": Kind.WHOLE,
    "time_frame": Kind.TEXT,
    "confidence": Kind.REAL,
    "sentence": Kind.TEXT,
    "sentence_start": Kind.WHOLE,
    "sentence_end": Kind.WHOLE,
    "trigger": Kind.TEXT,
    "plover": Kind.TEXT,
    "cameo": Kind.TEXT,
    "acled": Kind.TEXT,
    "sources": Kind.TELLINGS,
    "edited": Kind.TEXT,
    "as_made": Kind.TEXT,
}
COLUMNS = tuple(KINDS)
_LARGEST = 2**53
_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def typed(column: str, value: object) -> Any:  # noqa: ANN401 - of the column's kind
    """Return a value as its column holds it, None where it is empty or not a number.

    Raises
    ------
    ValueError
        The value is not of the column's kind; the message says which and what it should be.

    Examples
    --------
    >>> typed("killed", "2.0"), typed("cross_border", "TRUE"), typed("place", "")
    (2, True, None)
    >>> typed("date_start", "8/4/2025")
    Traceback (most recent call last):
    ValueError: date_start is '8/4/2025': expected a day as YYYY-MM-DD
    """
    kind = KINDS[column]
    if is_empty(value):
        return None
    try:
        return _READERS[kind](value)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        expected = "a day as YYYY-MM-DD" if kind is Kind.DAY else f"a {kind.value}"
        raise ValueError(f"{column} is {str(value)[:40]!r}: expected {expected}") from error


def is_empty(value: object) -> bool:
    """Tell whether a value says nothing: None, an empty text, NaN or NaT."""
    return value is None or value == "" or (not isinstance(value, list) and value != value)  # noqa: PLR0124


def typed_row(values: Mapping[str, object]) -> Row:
    """Return the columns of the schema that `values` has, each as its kind."""
    return {column: typed(column, values[column]) for column in COLUMNS if column in values}


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _whole(value: object) -> int:
    number = _real(value)
    if not number.is_integer() or abs(number) > _LARGEST:
        raise ValueError(value)
    return int(number)


def _real(value: object) -> float:
    number = float(str(value).strip().replace(",", "."))
    if number in (float("inf"), float("-inf")):
        raise ValueError(value)
    return number


def _day(value: object) -> str:
    return dt.date.fromisoformat(str(value).strip()[:10]).isoformat()


def _flag(value: object) -> bool:
    return value if isinstance(value, bool) else _FLAGS[_text(value).strip().lower()]


def _tellings(value: object) -> list[dict[str, Any]]:
    rows = json.loads(value) if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return [dict(each) for each in rows]


_READERS = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.REAL: _real,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.TELLINGS: _tellings,
}
