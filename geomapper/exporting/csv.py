"""Events as CSV that a spreadsheet opens: UTF-8 with BOM, longitude, latitude and WKT."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from geomapper.frames import COLUMNS, row
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Event, Provenance

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


class CsvExporter:
    """Writes a row an event, in the columns of the public schema, then lon, lat and WKT.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. With
    `points`, WKT is the point of a region instead of its area.
    """

    suffix = ".csv"

    def __init__(self, codebook: Codebook | None = None, *, points: bool = False) -> None:
        self._codebook = codebook
        self._points = points

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        del provenance  # a table has no place for it
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow([*COLUMNS, "lon", "lat", "wkt"])
        for event in events:
            table.writerow(self._cells(event))
        write_whole(path, _BYTE_ORDER_MARK + text.getvalue())

    def _cells(self, event: Event) -> list[Any]:
        place = event.place
        point = (None, None) if place is None else (round(place.lon, 5), round(place.lat, 5))
        shape = "" if place is None else self._wkt(event)
        values = row(event, self._codebook).values()
        return [*(_cell(value) for value in values), *point, shape]

    def _wkt(self, event: Event) -> str:
        from shapely import Point, to_wkt

        if event.place is None:
            return ""
        shape = Point(event.place.lon, event.place.lat) if self._points else event.place.geometry
        return str(to_wkt(shape, rounding_precision=5))


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
