"""Events that the tests in the browser draw, and an independent count of what a filter leaves."""

import datetime as dt

from shapely import box

from geomapper.model import (
    Actor,
    DatePrecision,
    DateRange,
    Event,
    Evidence,
    Place,
    Precision,
    Provenance,
    Span,
    Status,
)

PROVENANCE = Provenance("geomapper 0", "g 1", "c 1", "m 1")
START = dt.date(2025, 4, 1)
ACTORS = ("Russian forces", "Ukrainian forces", None)
TYPES = (
    ("shelling", "strike"),
    ("drone_strike", "strike"),
    ("territory_captured", "capture"),
    ("protest", "unrest"),
)
STATUSES = (Status.REPORTED, Status.CLAIMED, Status.DENIED, Status.PLANNED)


def place_of(number, name):
    """Return a point, a region (3), a circle (4) or nowhere (5), by the number."""
    kind = number % 7
    if kind == 5:
        return None
    area = box(36, 47, 38, 49) if kind == 3 else None
    precision = Precision.ADMIN1 if kind == 3 else Precision.NEAR if kind == 4 else Precision.EXACT
    lon, lat = (37, 48) if kind == 3 else (30 + number * 0.37 % 9, 46 + number * 0.23 % 5)
    code = "ADM1" if kind == 3 else "PPL"
    radius = 10.0 if kind == 4 else None
    return Place(
        f"p{kind}" if kind == 3 else f"p{number}", name, lon, lat, code, precision, "UA",
        radius_km=radius, area=area,
    )  # fmt: skip


def dates_of(number):
    first = START + dt.timedelta(number % 11)
    if number % 9 == 8:
        return DateRange()
    return DateRange(first, first + dt.timedelta(number % 2 * 2), DatePrecision.DAY)


def event(number, text=None):
    """Return an event that differs by its number; with `text`, it stands in every field."""
    sentence = text or f"Sentence {number} tells it."
    event_type, family = TYPES[number % len(TYPES)]
    status = STATUSES[number % len(STATUSES)]
    actor = text or ACTORS[number % 3]
    origin = Place("o", "Origin", 34.0, 50.5, "PPL", Precision.EXACT)
    telling = Evidence(
        "doc", Span(0, len(sentence)), sentence, sentence[:8], Span(0, 8), status,
        text, text, text, text or "https://example.org/a", START,
    )  # fmt: skip
    return Event(
        f"id{number:03}", event_type, family, dates_of(number), place_of(number, text or f"Place {number}"),
        Actor(actor) if actor else None, Actor("Ukrainian forces") if number % 5 == 0 else None,
        status, (telling,), cross_border=number % 7 == 2, origin=origin if number % 7 == 2 else None,
    )  # fmt: skip


EVENTS = [event(number) for number in range(60)]


def passes(made, choice):
    """Tell whether an event passes: counted here without anything of the page's."""
    return (
        _actor_passes(made, choice["actor"], choice["role"])
        and (not choice["type"] or made.type in choice["type"])
        and (not choice["status"] or made.status.value in choice["status"])
        and _days_pass(made, choice["first"], choice["last"], undated=choice["undated"])
        and all(word in _words(made) for word in choice["text"].lower().split())
    )


def _actor_passes(made, wanted, role):
    if not wanted:
        return True
    actor = made.actor.name if made.actor else None
    target = made.target.name if made.target else None
    if role == "any":
        return actor in wanted or (target is not None and target in wanted)
    return (actor if role == "actor" else target) in wanted


def _days_pass(made, first, last, *, undated):
    if first is None and last is None:
        return True
    start, end = made.dates.earliest, made.dates.latest
    if start is None:
        return undated
    return (last is None or start <= last) and (first is None or end >= first)


def _words(made):
    parts = [made.id, made.evidence[0].sentence]
    parts += [each.name for each in (made.actor, made.target, made.place, made.origin) if each]
    return "\n".join(parts).lower()
