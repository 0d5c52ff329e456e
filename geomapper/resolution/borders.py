"""Places told by a border: "near the border with Russia", "along the Thai-Cambodian border"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.gazetteer import distance_km
from geomapper.model import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Mention, Place

_REACH = 60
_LINE = r"(?:border|frontier)"
_PARTS = r"(?: (?:crossings?|posts?|area|region|zone|villages?|towns?))?"
_WITH = re.compile(rf"\b{_LINE}s?{_PARTS} with (?:the |neighbou?ring )*$")
_OF = re.compile(rf"\b{_LINE}{_PARTS} (?:between|separating|dividing) (?:the )?$")
_AFTER = re.compile(rf"[ -](?:land |sea |state )?{_LINE}\b")
_GAPS = frozenset({"-", "–", "—", " - ", " – ", "/"})
_LEAST_KM = 10.0
_MOST_KM = 250.0
_WIDE = (Precision.ADMIN1, Precision.COUNTRY)


def borders_on(text: str, mention: Mention) -> bool:
    """Tell whether a name is what a border is said to be with: "near the border with Russia"."""
    return bool(_WITH.search(text[max(0, mention.span.start - _REACH) : mention.span.start]))


def border_between(text: str, left: Mention, right: Mention) -> bool:
    """Tell whether two names are the sides of a border: "the border between X and Y", "X-Y border"."""
    gap = text[left.span.end : right.span.start]
    if gap in (" and ", " and the "):
        return bool(_OF.search(text[max(0, left.span.start - _REACH) : left.span.start]))
    return gap in _GAPS and bool(_AFTER.match(text[right.span.end : right.span.end + _REACH]))


def place_at_border(
    sides: Iterable[Place], other: Place, gazetteer: Gazetteer
) -> tuple[Place, str] | None:
    """Return the stretch where the first fitting side meets another place, and words for it.

    `sides` are regions and countries in order of preference. The place is a point on the shared
    border with a radius in kilometres that reaches its ends. None where no side borders on
    `other`, or only along more than 500 km: then the text says too little.
    """
    for side in sides:
        if side.id == other.id or side.precision not in _WIDE:
            continue
        line = gazetteer.border(side, other)
        if not line:
            continue
        lon, lat = _middle(line)
        radius = max(distance_km(lon, lat, x, y) for x, y in line)
        if radius > _MOST_KM:
            continue
        name = f"border of {side.name} with {other.name}"
        return replace(
            side,
            id=f"{side.id}/border/{other.id}",
            name=name,
            lon=round(lon, 5),
            lat=round(lat, 5),
            precision=Precision.NEAR,
            radius_km=max(_LEAST_KM, round(radius, 1)),
            feature_code="AREA",
            admin1=side.admin1 if side.precision is Precision.ADMIN1 else None,
            admin2=None,
            population=0,
            area=None,
        ), name
    return None


def _middle(line: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """Return the point of a line nearest to its centre."""
    lon = sum(x for x, _ in line) / len(line)
    lat = sum(y for _, y in line) / len(line)
    return min(line, key=lambda point: distance_km(lon, lat, *point))
