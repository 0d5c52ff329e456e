"""What an analyst changed by hand, told by comparing a row with a digest of it as it was made.

Every row that geomapper writes carries in ``as_made`` three characters for each column that a
person may correct, and three for its geometry. A file may travel through QGIS or a spreadsheet:
as long as that one column survives, a changed column shows, and which.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from geomapper.columns import KINDS, Kind, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

EDITABLE = (
    "type", "subtype", "title", "source", "url", "published", "actor", "actor_side", "target",
    "target_side", "place", "country", "admin1", "admin2", "dispute", "precision", "radius_km",
    "date_start", "date_end", "date_precision", "status", "attribution", "cross_border", "origin",
    "origin_lon", "origin_lat", "killed", "killed_low", "killed_high", "wounded", "captured",
    "time_frame", "confidence", "sentence",
)  # fmt: skip
GEOMETRY = "geometry"
BY_HAND = "added by hand"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LENGTH = 3
_PARTS_OF_A_DEGREE = 100_000


def as_made(row: Row, geometry: BaseGeometry | None) -> str:
    """Return the digest of a row and its geometry, as `changed_columns` reads it.

    Examples
    --------
    >>> len(as_made({"type": "shelling"}, None)) == 3 * (len(EDITABLE) + 1)
    True
    """
    return "".join(_digests(row, geometry))


def changed_columns(row: Row, geometry: BaseGeometry | None) -> tuple[str, ...]:
    """Return the columns of a row that are not as they were made; the row must be typed.

    A row without a digest was not made by geomapper, and nothing can be told of it. A column
    that the row lacks was not changed but left out.

    Examples
    --------
    >>> row = {"type": "shelling", "killed": 2}
    >>> changed_columns({**row, "killed": 3, "as_made": as_made(row, None)}, None)
    ('killed',)
    """
    made = row.get("as_made") or ""
    if len(made) != _LENGTH * (len(EDITABLE) + 1):
        return ()
    before = (made[at : at + _LENGTH] for at in range(0, len(made), _LENGTH))
    names = (*EDITABLE, GEOMETRY)
    return tuple(
        name
        for name, old, new in zip(names, before, _digests(row, geometry), strict=True)
        if old != new and (name in row or name == GEOMETRY)
    )


def is_moved(made: str, geometry: BaseGeometry | None) -> bool:
    """Tell whether a geometry is not the one that the digest `made` was made of."""
    return made[-_LENGTH:] != _digest(_outline(geometry))


def joined(before: str | None, *names: str) -> str | None:
    """Return what was edited earlier and now, each once, as the column ``edited`` holds it.

    Examples
    --------
    >>> joined("place", "killed", "place")
    'place, killed'
    """
    earlier = before.split(", ") if before else []
    return ", ".join(dict.fromkeys((*earlier, *names))) or None


def _digests(row: Row, geometry: BaseGeometry | None) -> Iterator[str]:
    for column in EDITABLE:
        yield _digest(_canonical(column, row.get(column)))
    yield _digest(_outline(geometry))


def _canonical(column: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if KINDS[column] is Kind.REAL:
        return format(float(str(value)), ".4g")
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _outline(geometry: BaseGeometry | None) -> str:
    """Return what stays the same of a geometry when a format reorders its rings or rounds it."""
    if geometry is None or geometry.is_empty:
        return ""
    from shapely import get_coordinates

    whole = (get_coordinates(geometry) * _PARTS_OF_A_DEGREE).round().astype("int64")
    lon, lat = whole.sum(axis=0).tolist()
    return f"{lon} {lat}"


@lru_cache(maxsize=4_096)  # most cells say what others say too
def _digest(text: str) -> str:
    number = zlib.crc32(text.encode("utf-8", "surrogatepass"))
    return "".join(_ALPHABET[number >> shift & 63] for shift in (0, 6, 12))
