"""Events as GeoJSON by RFC 7946: longitude first, rings by the right-hand rule, no ``crs``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomapper.exporting.records import RecordExporter, about
from geomapper.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

_DIGITS = 5
_RECORD_SEPARATOR = "\x1e"


class GeoJsonExporter(RecordExporter):
    """Writes a FeatureCollection, every event a feature with the public schema's properties.

    With `points`, a region drawn as a point says so in the member ``point_for_area``, since a
    centroid reads as false precision.
    """

    suffix = ".geojson"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        _write(self._pieces(events, provenance), path)

    def dumps(self, events: Iterable[Event], *, provenance: Provenance) -> str:
        """Return the FeatureCollection as text, the same for the same events.

        Raises
        ------
        OutputError
            A coordinate is not finite or not on Earth.
        """
        return "".join(self._pieces(events, provenance))

    def _pieces(self, events: Iterable[Event], provenance: Provenance) -> Iterator[str]:
        yield f'{{"type":"FeatureCollection","geomapper":{_dump(about(provenance))},"features":['
        bounds = _Bounds()
        before = "\n"
        for feature in features(self.records(events), bounds):
            yield before
            yield feature
            before = ",\n"
        yield "]" if before == "\n" else "\n]"
        yield f',"bbox":{_dump(bounds.values)}}}\n' if bounds.values else "}\n"


class GeoJsonLinesExporter(RecordExporter):
    """Writes a feature a line, for streams: newline-delimited GeoJSON.

    The separator of RFC 8142 is left out, since most tools want plain lines; see
    `GeoJsonSequenceExporter`.
    """

    suffix = ".geojsonl"
    _before = ""

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        del provenance  # a sequence of features has no place for it
        lines = features(self.records(events), _Bounds())
        _write((f"{self._before}{line}\n" for line in lines), path)


class GeoJsonSequenceExporter(GeoJsonLinesExporter):
    """Writes a GeoJSON text sequence by RFC 8142: each feature between a separator and a newline."""

    suffix = ".geojsons"
    _before = _RECORD_SEPARATOR


class _Bounds:
    """The bounding box of all that was written; west, south, east, north, in degrees."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def add(self, box: list[float]) -> None:
        """Widen the box so that `box` is inside."""
        before = self.values or box
        low, high = map(min, before[:2], box[:2]), map(max, before[2:], box[2:])
        self.values = [*low, *high]


def features(records: Iterable[Record], bounds: _Bounds) -> Iterator[str]:
    """Yield each record as the text of a GeoJSON feature; a region's outline is made once."""
    shapes: dict[int, str] = {}
    for record in records:
        start: dict[str, Any] = {"type": "Feature", "id": record.values["id"]}
        text = "null"
        if record.shape is not None:
            start["bbox"] = _box(record.shape)
            bounds.add(start["bbox"])
            text = shapes.get(id(record.shape)) or _dump(geometry_of(record.shape))
            if record.shape.geom_type != "Point":
                shapes[id(record.shape)] = text
        if record.is_point_for_area:
            start["point_for_area"] = True
        properties = _dump(record.values)
        yield f'{_dump(start)[:-1]},"geometry":{text},"properties":{properties}}}'


def geometry_of(shape: BaseGeometry) -> dict[str, Any]:
    """Return a shape as a GeoJSON geometry: five decimals, outer rings counter-clockwise.

    Examples
    --------
    >>> from shapely import Point
    >>> geometry_of(Point(37.7400001, 48.14))
    {'type': 'Point', 'coordinates': [37.74, 48.14]}
    """
    from shapely.geometry import mapping
    from shapely.geometry.polygon import orient

    if shape.geom_type == "GeometryCollection":
        parts = [geometry_of(part) for part in shape.geoms]
        return {"type": "GeometryCollection", "geometries": parts}
    if shape.geom_type == "Polygon":
        shape = orient(shape)
    elif shape.geom_type == "MultiPolygon":
        shape = type(shape)([orient(part) for part in shape.geoms])
    found = mapping(shape)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _box(shape: BaseGeometry) -> list[float]:
    return [round(value, _DIGITS) for value in shape.bounds]


def _rounded(coordinates: Sequence[Any]) -> list[Any]:
    if coordinates and isinstance(coordinates[0], int | float):
        return [round(float(value), _DIGITS) for value in coordinates[:2]]
    return [_rounded(part) for part in coordinates]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _write(pieces: Iterable[str], path: Path) -> None:
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        file.writelines(pieces)
