"""Places that a user adds: a CSV table or a GeoJSON file becomes an index in memory."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from geomapper.errors import GazetteerError
from geomapper.gazetteer.building import build_index
from geomapper.gazetteer.index import Index
from geomapper.gazetteer.sources import entry_of_row, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomapper.gazetteer.entries import Entry


def open_any(path: Path) -> Index:
    """Return the index behind a path: a bundle folder, a CSV table or a GeoJSON file.

    A CSV needs the columns ``name``, ``lon``, ``lat``; ``alternates`` (parted by ``|``),
    ``feature_code``, ``country``, ``admin1`` and ``population`` are read where they stand. A GeoJSON feature needs
    the property ``name``; its area becomes the place's area.

    Raises
    ------
    GazetteerError
        The path is missing, of another kind, or a row of it is wrong.
    """
    if path.is_dir():
        return Index.open(path)
    readers = {".csv": _from_csv, ".geojson": _from_geojson, ".json": _from_geojson}
    read = readers.get(path.suffix.lower())
    if read is None or not path.is_file():
        raise GazetteerError(
            f"{path} is no gazetteer: expected a folder made by `geomapper gazetteer build`, "
            "a .csv with name, lon, lat, or a .geojson"
        )
    entries = list(read(path))
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    index = build_index(entries, name=path.stem, version=version)
    index.manifest["table"] = True
    return index


def _from_csv(path: Path) -> Iterator[Entry]:
    for number, row in enumerate(rows_of(path), start=2):
        try:
            yield entry_of_row(row, path.stem)
        except ValueError as error:
            raise GazetteerError(f"{path}, line {number}: {error}") from error


def _from_geojson(path: Path) -> Iterator[Entry]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        for number, feature in enumerate(features, start=1):
            yield _from_feature(feature, path.stem, number)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GazetteerError(
            f"{path} is no GeoJSON of named features: {error or type(error).__name__}"
        ) from error


def _from_feature(feature: dict[str, Any], table: str, number: int) -> Entry:
    from shapely.geometry import shape

    properties = {key: str(value) for key, value in feature["properties"].items() if value}
    geometry = shape(feature["geometry"])
    point = geometry.representative_point()
    row = {"id": f"{table}:{number}", **properties, "lon": str(point.x), "lat": str(point.y)}
    is_area = geometry.geom_type in ("Polygon", "MultiPolygon")
    row.setdefault("feature_code", "RGN" if is_area else "PPL")
    entry = entry_of_row(row, table)
    if not is_area:
        return entry
    from dataclasses import replace

    return replace(entry, wkb=bytes(geometry.wkb))
