"""Events as GeoJSON by RFC 7946: longitude first, rings by the right-hand rule, no ``crs``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geomapper.errors import OptionError
from geomapper.frames import row
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Event, Place, Provenance

_DIGITS = 5


class GeoJsonExporter:
    """Writes a FeatureCollection, every event a feature with the public schema's properties.

    Parameters
    ----------
    codebook
        Gives the codes of other schemes; by default ours.
    points
        Draw regions as a representative point instead of their area; each such feature says
        so in the member ``point_for_area``, since a centroid reads as false precision.
    """

    suffix = ".geojson"

    def __init__(self, codebook: Codebook | None = None, *, points: bool = False) -> None:
        self._codebook = codebook
        self._points = points

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        write_whole(path, self.dumps(events, provenance=provenance))

    def dumps(self, events: Iterable[Event], *, provenance: Provenance) -> str:
        """Return the FeatureCollection as text, the same for the same events.

        Raises
        ------
        OptionError
            A coordinate is not finite or not on Earth.
        """
        lines = [self._line(event) for event in events]
        about = _dump({**asdict(provenance)})
        body = ",\n".join(lines)
        return (
            f'{{"type":"FeatureCollection","geomapper":{about},"features":[\n{body}\n]}}\n'
            if lines
            else f'{{"type":"FeatureCollection","geomapper":{about},"features":[]}}\n'
        )

    def _line(self, event: Event) -> str:
        place = event.place
        shape = None if place is None else self._shape(place)
        feature: dict[str, Any] = {"type": "Feature", "id": event.id}
        if shape is not None:
            feature["bbox"] = _bounds(shape)
        feature["geometry"] = None if shape is None else geometry_of(shape)
        if place is not None and self._points and place.area is not None:
            feature["point_for_area"] = True
        feature["properties"] = row(event, self._codebook)
        return _dump(feature)

    def _shape(self, place: Place) -> BaseGeometry:
        if self._points:
            from shapely import Point

            return Point(place.lon, place.lat)
        return place.geometry


def geometry_of(shape: BaseGeometry) -> dict[str, Any]:
    """Return a shape as a GeoJSON geometry: five decimals, outer rings counter-clockwise.

    Raises
    ------
    OptionError
        A coordinate is not finite or not on Earth.

    Examples
    --------
    >>> from shapely import Point
    >>> geometry_of(Point(37.7400001, 48.14))
    {'type': 'Point', 'coordinates': [37.74, 48.14]}
    """
    from shapely.geometry import mapping
    from shapely.geometry.polygon import orient

    _must_be_on_earth(shape)
    if shape.geom_type == "Polygon":
        shape = orient(shape)
    elif shape.geom_type == "MultiPolygon":
        shape = type(shape)([orient(part) for part in shape.geoms])
    found = mapping(shape)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _must_be_on_earth(shape: BaseGeometry) -> None:
    west, south, east, north = shape.bounds
    if not (-180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0):  # noqa: PLR2004
        raise OptionError(f"coordinates {shape.bounds} are not degrees of longitude and latitude")


def _bounds(shape: BaseGeometry) -> list[float]:
    return [round(value, _DIGITS) for value in shape.bounds]


def _rounded(coordinates: Sequence[Any]) -> list[Any]:
    if coordinates and isinstance(coordinates[0], int | float):
        return [round(float(value), _DIGITS) for value in coordinates[:2]]
    return [_rounded(part) for part in coordinates]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
