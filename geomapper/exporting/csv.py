"""Events as CSV that a spreadsheet opens: UTF-8 with BOM, longitude, latitude and WKT."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from geomapper.columns import COLUMNS
from geomapper.exporting.records import RecordExporter
from geomapper.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

# what a spreadsheet takes for a formula, in full width too, as Excel does in East Asia
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
COORDINATES = ("lon", "lat", "wkt")


class CsvExporter(RecordExporter):
    """Writes a row an event, in the columns of the public schema, then lon, lat and WKT.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. With
    `points`, WKT is the point of a region instead of its area.
    """

    suffix = ".csv"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        del provenance  # a table has no place for it
        outlines: dict[int, str] = {}
        with (
            replacing(path) as temporary,
            temporary.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            table = csv.writer(file, lineterminator="\r\n")
            table.writerow([*COLUMNS, *COORDINATES])
            for record in self.records(events):
                table.writerow(_cells(record, outlines))


def _cells(record: Record, outlines: dict[int, str]) -> list[Any]:
    place = record.event.place
    point = (None, None) if place is None else (round(place.lon, 5), round(place.lat, 5))
    cells = (_cell(value) for value in record.values.values())
    return [*cells, *point, _wkt(record, outlines)]


def _wkt(record: Record, outlines: dict[int, str]) -> str:
    from shapely import to_wkt

    if record.shape is None:
        return ""
    text = outlines.get(id(record.shape))
    if text is None:
        text = str(to_wkt(record.shape, rounding_precision=5))
        if record.shape.geom_type != "Point":
            outlines[id(record.shape)] = text
    return text


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return guarded(value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs; `unguarded` gives the text again.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'tis"), guarded("'=1+1")
    ("'=1+1", "'tis", "''=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell without the apostrophe that `guarded` put before it.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
