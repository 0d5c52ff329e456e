"""Distances in kilometres between what was given and what was meant."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

_EARTH_RADIUS_KM = 6371.0088
WORST_KM = 20039.0


def km_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance in kilometres of two points in degrees, longitude first.

    Examples
    --------
    >>> round(km_between(30.52, 50.45, 36.23, 49.99))
    409
    """
    north, other_north = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_north - north) / 2) ** 2
    half += (
        math.cos(north) * math.cos(other_north) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def centre(shape: BaseGeometry) -> tuple[float, float]:
    """Return the mean of the vertices of a shape: longitude, latitude."""
    from shapely import get_coordinates

    lon, lat = get_coordinates(shape).mean(axis=0)
    return float(lon), float(lat)


def holds(shape: BaseGeometry, lon: float, lat: float) -> bool:
    """Tell whether an area holds a point inside one of its outer rings; a point holds nothing."""
    return any(_inside(ring, lon, lat) for ring in _outer_rings(shape))


def is_area(shape: BaseGeometry) -> bool:
    """Tell whether a shape has an outer ring."""
    return any(True for _ in _outer_rings(shape))


def _outer_rings(shape: BaseGeometry) -> Iterator[Sequence[tuple[float, ...]]]:
    if shape.geom_type == "Polygon":
        yield list(shape.exterior.coords)
    for part in getattr(shape, "geoms", ()):
        yield from _outer_rings(part)


def _inside(ring: Sequence[tuple[float, ...]], lon: float, lat: float) -> bool:
    odd = False
    for (x, y, *_), (next_x, next_y, *_) in pairwise(ring):
        if (y > lat) != (next_y > lat) and lon < (next_x - x) * (lat - y) / (next_y - y) + x:
            odd = not odd
    return odd


def log_error_area(errors: Sequence[float]) -> float | None:
    """Return the area under the sorted ln(1 + km) curve: 0 best, 1 worst; None without errors.

    After Gritta et al., "What's missing in geographical parsing?" (2018); distances are capped
    at half the equator.

    Examples
    --------
    >>> log_error_area([0.0, 0.0]), log_error_area([20039.0])
    (0.0, 1.0)
    """
    if not errors:
        return None
    heights = sorted(math.log1p(min(each, WORST_KM)) / math.log1p(WORST_KM) for each in errors)
    if len(heights) == 1:
        return heights[0]
    return sum((a + b) / 2 for a, b in pairwise(heights)) / (len(heights) - 1)
