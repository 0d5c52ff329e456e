"""The rows of a GeoPackage: of every layer and table in it that holds events."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    Found = tuple[str, dict[str, object], BaseGeometry | None]

_NEEDED = {"type", "as_made"}
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_HEADER_BYTES = 8


def read_geopackage(path: Path) -> tuple[list[Found], object]:
    """Return where each event stands, its values and its shape, and what the file says made them.

    Tables that have the columns ``type`` and ``as_made`` are read, views are not: they show what
    the tables hold.

    Raises
    ------
    DocumentError
        The file is missing, is no GeoPackage, or has no such table.
    """
    if not path.is_file():
        raise DocumentError(f"{path}: no such file or folder")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            file.execute("PRAGMA trusted_schema = OFF")
            layers = dict(_layers(file))
            rows = [row for name in layers for row in _rows(file, path, name, layers[name])]
            about = _about(file)
    except (sqlite3.Error, OverflowError) as error:
        raise DocumentError(f"{path} is not a GeoPackage that can be read: {error}") from error
    if not layers:
        raise DocumentError(f"{path} holds no events: expected layers that geomapper wrote")
    return rows, about


def _layers(file: sqlite3.Connection) -> Iterator[tuple[str, str | None]]:
    """Yield the tables of events, each with its column of geometry or None."""
    shapes = dict(file.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in tables.fetchall():
        columns = {each[1] for each in file.execute(f"PRAGMA table_info({_quoted(name)})")}
        if columns >= _NEEDED:
            yield name, shapes.get(name)


def _rows(
    file: sqlite3.Connection, path: Path, layer: str, shape_column: str | None
) -> Iterator[Found]:
    cursor = file.execute(f"SELECT * FROM {_quoted(layer)}")  # noqa: S608 - quoted
    names = [each[0] for each in cursor.description]
    for number, cells in enumerate(cursor, start=1):
        values = dict(zip(names, cells, strict=True))
        where = f"{path}, layer {layer}, row {number}"
        blob = values.pop(shape_column, None) if shape_column else None
        yield where, values, _shape(blob, where)


def _shape(blob: Any, where: str) -> BaseGeometry | None:  # noqa: ANN401 - what a cell holds
    from shapely import from_wkb
    from shapely.errors import ShapelyError

    if blob is None:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < _HEADER_BYTES:
        raise DocumentError(f"{where}: its geometry is not that of a GeoPackage")
    envelope = (blob[3] >> 1) & 7
    if envelope >= len(_ENVELOPE_BYTES):
        raise DocumentError(f"{where}: its geometry has an envelope of an unknown kind")
    try:
        shape: BaseGeometry = from_wkb(blob[_HEADER_BYTES + _ENVELOPE_BYTES[envelope] :])
    except ShapelyError as error:
        raise DocumentError(f"{where}: its geometry is broken: {error}") from error
    parts = tuple(getattr(shape, "geoms", ()))
    return parts[0] if len(parts) == 1 else shape


def _about(file: sqlite3.Connection) -> object:
    try:
        found = file.execute(
            "SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'"
        ).fetchone()
        return json.loads(found[0]).get("geomapper") if found else None
    except (sqlite3.OperationalError, ValueError, AttributeError):
        return None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
