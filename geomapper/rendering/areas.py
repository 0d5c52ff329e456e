"""Areas as the page draws them: rings of differences, in parts of a degree, longitude first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomapper.model import Precision

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomapper.model import Event

_MOST_RINGS = 60


class Areas:
    """The areas of regions, each once, as rings of hundredths of a degree."""

    def __init__(self) -> None:
        self.rings: list[list[list[int]]] = []
        self._numbers: dict[str, int] = {}

    def number(self, event: Event) -> int:
        """Return the area of an event that its place only names a region for, -1 for a point."""
        place = event.place
        if place is None or not event.is_pinned or place.area is None:
            return -1
        if place.precision not in (Precision.ADMIN1, Precision.COUNTRY):
            return -1
        if place.id not in self._numbers:
            self._numbers[place.id] = len(self.rings)
            self.rings.append(area_rings(place.area))
        return self._numbers[place.id]


def area_rings(area: BaseGeometry, *, parts: int = 100, holes: bool = False) -> list[list[int]]:
    """Return the rings of an area, the largest polygons first: a first point, then differences.

    `parts` of a degree are one; with `holes` the inner rings follow their outer one. What is
    not a polygon is passed over.
    """
    simple = area.simplify(1 / parts)
    polygons = [part for part in _flat(simple) if part.geom_type == "Polygon" and not part.is_empty]
    largest = sorted(polygons, key=lambda part: -part.area)[:_MOST_RINGS]
    rings = [
        ring
        for part in largest
        for ring in ((part.exterior, *part.interiors) if holes else (part.exterior,))
    ]
    return [_differences(ring.coords, parts) for ring in rings]


def _flat(geometry: Any) -> list[Any]:  # noqa: ANN401 - shapely has no types
    parts = getattr(geometry, "geoms", None)
    return [geometry] if parts is None else [each for part in parts for each in _flat(part)]


def _differences(coordinates: Any, parts: int) -> list[int]:  # noqa: ANN401 - pairs of degrees
    out: list[int] = []
    before = (0, 0)
    for lon, lat, *_ in coordinates:
        point = (round(lon * parts), round(lat * parts))
        if not out or point != before:
            out += [point[0] - before[0], point[1] - before[1]]
            before = point
    return out
