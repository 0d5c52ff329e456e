"""Events as the columns that the page reads, and how they get into it unharmed.

No text from outside enters a Folium or Jinja string: the data goes into the rendered page as
JSON, in which nothing can end a script or begin one.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from geomapper.layers import NO_ACTOR, by_actor
from geomapper.model import Precision, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Actor, Event, Evidence, Provenance

PACKED_ABOVE = 5_000
_EPOCH = dt.date(1970, 1, 1)
_AREA_TOLERANCE = 0.01
_OTHER = "#6b7280"
# Okabe and Ito (2008), darkened where white signs stand on them, and Tol's muted scheme
_COLOURS = (
    "#0072b2", "#c4500a", "#007a5a", "#9b4f96", "#a07800", "#332288", "#882255", "#44748c",
    "#661100", "#117733", "#aa4499", "#5f6b00",
)  # fmt: skip
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def page_data(
    events: Sequence[Event], *, title: str | None, provenance: Provenance, codebook: Codebook
) -> dict[str, Any]:
    """Return what the page shows as JSON values, a list a column; days count from 1970.

    An event without a place, or with a status that is not pinned, keeps its row and has no point.
    """
    texts = texts_of_page()
    names = [layer.key for layer in by_actor(events) if layer.key != NO_ACTOR]
    actors: dict[str | None, int] = {name: number for number, name in enumerate(names, start=1)}
    actors[None] = 0
    types = {name: number for number, name in enumerate(codebook.types)}
    areas = _Areas()
    statuses = {status: number for number, status in enumerate(Status)}
    world = "attribution" if provenance.worldview == "un" else "attribution_de_facto"
    return {
        "title": title or texts["title"],
        "subtitle": "; ".join(provenance.filters),
        "attribution": texts[world],
        "made_by": [
            provenance.package,
            provenance.gazetteer,
            provenance.codebook,
            provenance.language_model,
        ],
        "texts": texts,
        "actors": [texts["unknown_actor"], *names],
        "colors": [_OTHER, *(_colour(number) for number in range(len(names)))],
        "families": [{"id": key, "label": label} for key, label in codebook.families.items()],
        "types": [
            {
                "id": each.id,
                "label": each.label,
                "family": each.family,
                "codes": " · ".join(filter(None, (each.plover, each.cameo, each.acled))),
            }
            for each in codebook.types.values()
        ],
        "statuses": [status.value for status in Status],
        **_columns(events, actors, types, statuses, areas),
        "areas": areas.rings,
    }


def _columns(
    events: Sequence[Event],
    actors: dict[str | None, int],
    types: dict[str, int],
    statuses: dict[Status, int],
    areas: _Areas,
) -> dict[str, list[Any]]:
    places = [event.place if event.is_pinned else None for event in events]
    return {
        "id": [event.id for event in events],
        "type": [types.get(event.type, 0) for event in events],
        "status": [statuses[event.status] for event in events],
        "actor": [actors[_name(event.actor)] for event in events],
        "target": [actors[_name(event.target)] for event in events],
        "pinned": [int(event.is_pinned) for event in events],
        "lon": [round(place.lon, 4) if place else None for place in places],
        "lat": [round(place.lat, 4) if place else None for place in places],
        "radius": [place.radius_km if place else None for place in places],
        "area": [areas.number(event) for event in events],
        "precision": [event.place.precision.value if event.place else None for event in events],
        "place": [event.place.name if event.place else None for event in events],
        "dispute": [event.place.dispute if event.place else None for event in events],
        "start": [_day(event.dates.earliest) for event in events],
        "end": [_day(event.dates.latest) for event in events],
        "origin": [event.origin.name if event.origin else None for event in events],
        "originLon": [_origin(event, "lon") for event in events],
        "originLat": [_origin(event, "lat") for event in events],
        "crossBorder": [int(bool(event.cross_border)) for event in events],
        "killed": [event.casualties.killed for event in events],
        "wounded": [event.casualties.wounded for event in events],
        "captured": [event.casualties.captured for event in events],
        "confidence": [round(event.confidence, 2) for event in events],
        "edited": [event.edited for event in events],
        "sources": [[_source(each) for each in event.evidence] for event in events],
    }


class _Areas:
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


def area_rings(area: BaseGeometry) -> list[list[int]]:
    """Return the outer rings of an area: the first point and differences, hundredths of a degree."""
    simple = area.simplify(_AREA_TOLERANCE)
    parts = [part for part in getattr(simple, "geoms", [simple]) if part.geom_type == "Polygon"]
    return [
        _differences(part.exterior.coords) for part in sorted(parts, key=lambda p: -p.area)[:60]
    ]


def _differences(coordinates: Any) -> list[int]:  # noqa: ANN401 - pairs of degrees
    out: list[int] = []
    before = (0, 0)
    for lon, lat, *_ in coordinates:
        point = (round(lon * 100), round(lat * 100))
        if not out or point != before:
            out += [point[0] - before[0], point[1] - before[1]]
            before = point
    return out


def json_for_page(value: Any) -> str:  # noqa: ANN401 - any JSON
    r"""Return JSON that cannot leave its script element.

    Examples
    --------
    >>> json_for_page("</script><b>&")
    '"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text.encode("utf-8", "replace").decode("utf-8")


def packed(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return JSON packed by gzip, in base64, the same bytes every time, as a JSON string."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    squeezed = gzip.compress(data.encode("utf-8", "replace"), 9, mtime=0)
    return json.dumps(base64.b64encode(squeezed).decode("ascii"))


@cache
def texts_of_page() -> dict[str, str]:
    """Return the texts of the page."""
    text = resources.files(__package__).joinpath("assets", "texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _source(telling: Evidence) -> dict[str, Any]:
    return {
        "document": telling.document,
        "title": telling.title,
        "source": telling.source,
        "url": telling.url,
        "published": telling.published.isoformat() if telling.published else None,
        "sentence": telling.sentence,
        "at": _utf16(telling.sentence, telling.trigger_span.start - telling.span.start),
        "length": _utf16(telling.trigger, len(telling.trigger)),
        "attribution": telling.attribution,
    }


def _utf16(text: str, offset: int) -> int:
    """Return an offset as the page counts it, in UTF-16 units."""
    if offset < 0:
        return -1
    return offset + sum(ord(each) > 0xFFFF for each in text[:offset])  # noqa: PLR2004


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor else None


def _day(day: dt.date | None) -> int | None:
    return (day - _EPOCH).days if day else None


def _origin(event: Event, axis: str) -> float | None:
    if event.origin is None or not event.is_pinned:
        return None
    return round(float(getattr(event.origin, axis)), 4)


def _colour(number: int) -> str:
    return _COLOURS[number] if number < len(_COLOURS) else _OTHER
