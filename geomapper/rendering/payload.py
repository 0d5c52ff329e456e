"""Events as the columns that the page reads, and how they get into it unharmed.

No text from outside enters a Folium or Jinja string: the data goes into the rendered page as
JSON, in which nothing can end a script or begin one.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from geomapper.layers import NO_ACTOR_COLOUR, actor_colours, mark, named_actors
from geomapper.model import Precision, Status
from geomapper.rendering.areas import Areas
from geomapper.rendering.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Actor, Event, Evidence, Provenance

PACKED_ABOVE = 5_000
_EPOCH = dt.date(1970, 1, 1)
_DIGITS = 4
_BEYOND_UTF16_UNIT = 0xFFFF
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def page_data(
    events: Sequence[Event],
    *,
    title: str | None,
    provenance: Provenance,
    codebook: Codebook,
    texts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what the page shows as JSON values, a list a column; days count from 1970.

    Names and sentences stand once in ``strings``, columns hold their numbers, -1 for none. An
    event without a place, or with a status that is not pinned, keeps its row and has no point.
    """
    texts = texts or Texts.load()
    colours = actor_colours(events)
    names = list(colours)
    named = len(named_actors(events))
    world = "attribution" if provenance.worldview == "un" else "attribution_de_facto"
    strings, areas = Strings(), Areas()
    types = _types(events, codebook)
    numbers = _Numbers(names, types)
    columns = _columns(events, numbers, strings, areas)
    told = _told([event.evidence for event in events], numbers, strings)
    return {
        "title": title or texts["title"],
        "subtitle": "; ".join(provenance.filters),
        "notes": [],
        "attribution": texts[world],
        "made_by": [
            provenance.package,
            provenance.gazetteer,
            provenance.codebook,
            provenance.language_model,
        ],
        "texts": dict(texts),
        "actors": [texts["unknown_actor"], *names],
        "named": 1 + named,
        "colors": [NO_ACTOR_COLOUR, *colours.values()],
        "marks": ["", *(mark(number) for number in range(named))],
        "families": _families(types, codebook),
        "types": types,
        "statuses": [status.value for status in Status],
        "precisions": [precision.value for precision in Precision],
        **columns,
        "told": told,
        "areas": areas.rings,
        "strings": strings.texts,
    }


class Strings:
    """Texts that stand once each, in the order of their first use."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """Return the number of a text, -1 for None."""
        if text is None:
            return -1
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


class _Numbers:
    """The numbers of actors, types and statuses; an actor that is not stated is 0."""

    def __init__(self, names: Iterable[str], types: Iterable[dict[str, str]]) -> None:
        self._actors = {name: number for number, name in enumerate(names, start=1)}
        self._types = {name: number for number, name in enumerate(each["id"] for each in types)}
        self._statuses = {status: number for number, status in enumerate(Status)}

    def actor(self, actor: Actor | None) -> int:
        return self._actors[actor.name] if actor else 0

    def type(self, event: Event) -> int:
        return self._types[event.type]

    def status(self, told: Event | Evidence) -> int:
        return self._statuses[told.status]


def _types(events: Iterable[Event], codebook: Codebook) -> list[dict[str, str]]:
    """Return the types of the codebook, and after them those that only the events know."""
    others = {each.type: each.family for each in events if each.type not in codebook.types}
    return [
        {
            "id": each.id,
            "label": each.label,
            "family": each.family,
            "codes": " · ".join(filter(None, (each.plover, each.cameo, each.acled))),
        }
        for each in codebook.types.values()
    ] + [
        {"id": name, "label": name, "family": family, "codes": ""}
        for name, family in sorted(others.items())
    ]


def _families(types: Iterable[dict[str, str]], codebook: Codebook) -> list[dict[str, str]]:
    labels = {**{each["family"]: each["family"] for each in types}, **codebook.families}
    return [{"id": key, "label": label} for key, label in labels.items()]


def _columns(
    events: Sequence[Event], numbers: _Numbers, strings: Strings, areas: Areas
) -> dict[str, list[Any]]:
    pinned = [event.place if event.is_pinned else None for event in events]
    places = [event.place for event in events]
    precisions = {precision: number for number, precision in enumerate(Precision)}
    return {
        "id": [event.id for event in events],
        "type": [numbers.type(event) for event in events],
        "status": [numbers.status(event) for event in events],
        "actor": [numbers.actor(event.actor) for event in events],
        "target": [numbers.actor(event.target) for event in events],
        "pinned": [int(event.is_pinned) for event in events],
        "lon": [round(place.lon, _DIGITS) if place else None for place in pinned],
        "lat": [round(place.lat, _DIGITS) if place else None for place in pinned],
        "radius": [place.radius_km if place else None for place in pinned],
        "area": [areas.number(event) for event in events],
        "precision": [precisions[place.precision] if place else -1 for place in places],
        "place": [strings.number(place.name) if place else -1 for place in places],
        "dispute": [strings.number(place.dispute) if place else -1 for place in places],
        "start": [_day(event.dates.earliest) for event in events],
        "end": [_day(event.dates.latest) for event in events],
        "origin": [strings.number(event.origin.name if event.origin else None) for event in events],
        "originLon": [_origin(event, "lon") for event in events],
        "originLat": [_origin(event, "lat") for event in events],
        "crossBorder": [int(bool(event.cross_border)) for event in events],
        "killed": [event.casualties.killed for event in events],
        "wounded": [event.casualties.wounded for event in events],
        "captured": [event.casualties.captured for event in events],
        "confidence": [round(event.confidence, 2) for event in events],
        "edited": [strings.number(event.edited) for event in events],
    }


def _told(
    tellings: Iterable[Sequence[Evidence]], numbers: _Numbers, strings: Strings
) -> dict[str, list[Any]]:
    """Return every telling as columns; those of event `i` stand from ``offset[i]`` on."""
    offset = [0]
    flat: list[Evidence] = []
    for each in tellings:
        flat.extend(each)
        offset.append(len(flat))
    return {
        "offset": offset,
        **{
            name: [strings.number(getattr(telling, name)) for telling in flat]
            for name in ("document", "title", "source", "url", "attribution", "sentence")
        },
        "published": [_day(telling.published) for telling in flat],
        "status": [numbers.status(telling) for telling in flat],
        "at": [
            _utf16(telling.sentence, telling.trigger_span.start - telling.span.start)
            for telling in flat
        ],
        "length": [_utf16(telling.trigger, len(telling.trigger)) for telling in flat],
    }


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


def _utf16(text: str, offset: int) -> int:
    """Return an offset as the page counts it, in UTF-16 units."""
    if offset < 0:
        return -1
    if text.isascii():
        return offset
    return offset + sum(ord(each) > _BEYOND_UTF16_UNIT for each in text[:offset])


def _day(day: dt.date | None) -> int | None:
    return (day - _EPOCH).days if day else None


def _origin(event: Event, axis: str) -> float | None:
    if event.origin is None or not event.is_pinned:
        return None
    return round(float(getattr(event.origin, axis)), _DIGITS)
