"""Coordinates blurred on purpose, so that a map does not lead to a source's door."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.model import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomapper.model import Event, Place

# a degree is at most this long anywhere on the WGS84 ellipsoid
_WIDEST_DEGREE_M = 111_700.0
_HIGHEST = 89.0


def blurred(events: Iterable[Event], radius_m: float) -> Iterator[Event]:
    """Yield events whose points stand at the middle of a cell of a grid, not at their place.

    Each true place lies within `radius_m` metres of its new point, which is near and has that
    radius; what was near before keeps its radius on top. The grid is fixed, so that many maps of
    one place tell no more than one map. Regions stay as they are. Names and sentences stay too:
    what they tell, the map tells.
    """
    return (_blurred_event(event, radius_m) for event in events)


def _blurred_event(event: Event, radius_m: float) -> Event:
    place = event.place and _blurred_place(event.place, radius_m)
    origin = event.origin and _blurred_place(event.origin, radius_m)
    return replace(event, place=place, origin=origin)


def _blurred_place(place: Place, radius_m: float) -> Place:
    if place.precision not in (Precision.EXACT, Precision.NEAR):
        return place
    lon, lat = middle_of_cell(place.lon, place.lat, radius_m)
    radius_km = round(radius_m / 1000 + (place.radius_km or 0.0), 3)
    return replace(place, lon=lon, lat=lat, precision=Precision.NEAR, radius_km=radius_km)


def middle_of_cell(lon: float, lat: float, radius_m: float) -> tuple[float, float]:
    """Return longitude and latitude of the middle of the cell that holds a point.

    No point of a cell is farther than `radius_m` metres from its middle.

    Examples
    --------
    >>> middle_of_cell(36.25, 49.99, 5000)
    (36.25124, 49.97859)
    """
    side = radius_m * math.sqrt(2)
    row = side / _WIDEST_DEGREE_M
    middle = (math.floor(lat / row) + 0.5) * row
    nearest_equator = max(0.0, min(_HIGHEST, abs(middle) - row / 2))
    column = side / (_WIDEST_DEGREE_M * math.cos(math.radians(nearest_equator)))
    across = (math.floor(lon / column) + 0.5) * column
    return round(max(-180.0, min(180.0, across)), 5), round(max(-90.0, min(90.0, middle)), 5)
