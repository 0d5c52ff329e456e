"""Events as a GeoPackage: points, areas, arrows and a table of all, styled as the map is.

Written by SQLite itself, so that dates are dates and the same events give the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any

from geomapper.columns import COLUMNS, KINDS, Kind
from geomapper.errors import OutputError
from geomapper.exporting.qgis_style import layer_style
from geomapper.exporting.records import RecordExporter, about
from geomapper.layers import actor_colours
from geomapper.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

WITHOUT_PLACE = "without_place"
_TIME = "2000-01-01T00:00:00.000Z"
_SCHEMA = "https://www.rfc-editor.org/rfc/rfc8259"
_SQL_TYPES = {
    Kind.TEXT: "TEXT", Kind.WHOLE: "INTEGER", Kind.REAL: "REAL", Kind.DAY: "DATE",
    Kind.FLAG: "BOOLEAN", Kind.TELLINGS: "TEXT",
}  # fmt: skip
_ARROW_COLUMNS = (
    "id", "type", "family", "actor", "target", "origin", "place", "date_start", "date_end", "status",
)  # fmt: skip
_LAYERS = {
    "areas": ("MULTIPOLYGON", "Events known to a region, as the region", COLUMNS),
    "arrows": ("LINESTRING", "From where an event came across a border", _ARROW_COLUMNS),
    "points": ("POINT", "Events with a place, as points", COLUMNS),
}
Cells = tuple[Any, ...]


class GeoPackageExporter(RecordExporter):
    """Writes the layers ``points``, ``areas`` and ``arrows``, and the table ``events`` of all.

    ``events`` is a view over the layers and over ``without_place``, so that a correction in a
    layer shows there at once. QGIS finds its styles in ``layer_styles``.
    """

    suffix = ".gpkg"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        events = tuple(events)
        with replacing(path) as temporary:
            try:
                with closing(sqlite3.connect(temporary)) as file:
                    self._fill(file, events, provenance)
            except sqlite3.OperationalError as error:
                raise OutputError(f"{path} cannot be written: {error}") from error

    def _fill(
        self, file: sqlite3.Connection, events: tuple[Event, ...], provenance: Provenance
    ) -> None:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _sql(""))
        file.execute("BEGIN")
        _describe(file, about(provenance))
        rows = _sorted_into_layers(self.records(events))
        colours = actor_colours(events)
        for layer, (shape_type, text, columns) in _LAYERS.items():
            _write_layer(file, layer, shape_type, text, columns, rows[layer])
            style = layer_style(shape_type, colours)
            file.execute(
                "INSERT INTO layer_styles VALUES (NULL, '', '', ?, 'geom', 'geomapper', ?, '',"
                " 1, 'as the map', '', NULL, ?)",
                (layer, style, _TIME),
            )
        _write_tables(file, rows[WITHOUT_PLACE])
        file.execute("COMMIT")


def _sorted_into_layers(records: Iterable[Record]) -> dict[str, list[tuple[Any, Cells]]]:
    rows: dict[str, list[tuple[Any, Cells]]] = {WITHOUT_PLACE: [], **{name: [] for name in _LAYERS}}
    for record in records:
        cells = tuple(_cell(value) for value in record.values.values())
        arrow = _arrow(record)
        if arrow is not None:
            rows["arrows"].append((arrow, tuple(record.values[name] for name in _ARROW_COLUMNS)))
        if record.shape is None:
            rows[WITHOUT_PLACE].append((None, cells))
        elif record.shape.geom_type == "Point":
            rows["points"].append((record.shape, cells))
        else:
            rows["areas"].append((_as_multi(record.shape), cells))
    return rows


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return int(value) if isinstance(value, bool) else value


def _arrow(record: Record) -> BaseGeometry | None:
    origin, place = record.event.origin, record.event.place
    if origin is None or place is None or (origin.lon, origin.lat) == (place.lon, place.lat):
        return None
    from shapely import LineString

    return LineString([(origin.lon, origin.lat), (place.lon, place.lat)])


def _as_multi(shape: BaseGeometry) -> BaseGeometry:
    from shapely import MultiPolygon

    return MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape


def _write_layer(
    file: sqlite3.Connection,
    layer: str,
    shape_type: str,
    text: str,
    columns: Sequence[str],
    rows: Sequence[tuple[BaseGeometry, Cells]],
) -> None:
    file.execute(
        f'CREATE TABLE "{layer}" ("fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,'
        f' "geom" {shape_type}, {_declared(columns)})'
    )
    file.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
        (layer, layer, text, _TIME, *_bounds([shape for shape, _ in rows])),
    )
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (layer, shape_type)
    )
    marks = ", ".join("?" * (len(columns) + 2))
    file.executemany(f'INSERT INTO "{layer}" VALUES ({marks})', _numbered(rows))  # noqa: S608 - our name
    _write_index(file, layer, rows)


def _write_index(
    file: sqlite3.Connection, layer: str, rows: Sequence[tuple[BaseGeometry, Cells]]
) -> None:
    file.execute(
        f'CREATE VIRTUAL TABLE "rtree_{layer}_geom" USING rtree(id, minx, maxx, miny, maxy)'
    )
    boxes = (
        (number, box[0], box[2], box[1], box[3])
        for number, box in enumerate((shape.bounds for shape, _ in rows), start=1)
    )
    file.executemany(f'INSERT INTO "rtree_{layer}_geom" VALUES (?, ?, ?, ?, ?)', boxes)  # noqa: S608
    for statement in _sql("_index").splitlines():
        if statement.startswith("CREATE"):
            file.execute(Template(statement).substitute(layer=layer))
    file.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec/#extension_rtree', 'write-only')",
        (layer,),
    )


def _write_tables(file: sqlite3.Connection, rows: Sequence[tuple[None, Cells]]) -> None:
    file.execute(
        f'CREATE TABLE "{WITHOUT_PLACE}" ("fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,'
        f" {_declared(COLUMNS)})"
    )
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    numbered = ((number, *cells) for number, (_, cells) in enumerate(rows, start=1))
    file.executemany(f'INSERT INTO "{WITHOUT_PLACE}" VALUES ({marks})', numbered)  # noqa: S608
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    parts = (
        f'SELECT "fid"{start} AS "fid", {names} FROM "{name}"'  # noqa: S608 - our names
        for name, start in (
            ("points", ""),
            ("areas", " + 1000000000"),
            (WITHOUT_PLACE, " + 2000000000"),
        )
    )
    file.execute(f'CREATE VIEW "events" AS {" UNION ALL ".join(parts)}')
    for name, text in (
        (WITHOUT_PLACE, "Events whose text names no place"),
        ("events", "All events, as a table to read; correct them in the layers"),
        ("layer_styles", "How QGIS draws the layers"),
    ):
        file.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, ?, ?, NULL, NULL, NULL, NULL, 0)",
            (name, name, text, _TIME),
        )


def _describe(file: sqlite3.Connection, made: dict[str, Any]) -> None:
    text = json.dumps({"geomapper": made}, ensure_ascii=False)
    file.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)", (_SCHEMA, text)
    )
    file.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        (_TIME,),
    )


def _declared(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}" {_SQL_TYPES[KINDS[column]]}' for column in columns)


def _numbered(rows: Sequence[tuple[BaseGeometry, Cells]]) -> Iterator[Cells]:
    blobs: dict[int, bytes] = {}
    for number, (shape, cells) in enumerate(rows, start=1):
        yield (number, _blob(shape, blobs), *cells)


def _blob(shape: BaseGeometry, known: dict[int, bytes]) -> bytes:
    """Return a shape as a GeoPackage holds it: a header with its bounds, then well-known binary."""
    from shapely import to_wkb

    blob = known.get(id(shape))
    if blob is None:
        is_point = shape.geom_type == "Point"
        west, south, east, north = shape.bounds
        head = struct.pack("<2sBBi", b"GP", 0, 1 if is_point else 3, 4326)
        box = b"" if is_point else struct.pack("<4d", west, east, south, north)
        blob = head + box + bytes(to_wkb(shape, byte_order=1))
        if not is_point:
            known[id(shape)] = blob
    return blob


def _bounds(shapes: Sequence[BaseGeometry]) -> tuple[float | None, ...]:
    if not shapes:
        return (None,) * 4
    from shapely import total_bounds

    return tuple(float(value) for value in total_bounds(shapes))


def _sql(part: str) -> str:
    return resources.files(__package__).joinpath(f"geopackage{part}.sql").read_text("utf-8")
