"""Events grouped by date, by actor and by type: what maps and reports are made of. No Folium here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomapper.model import Event

NO_DATE = "no date"
NO_ACTOR = "not stated"
_MOST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class Layer:
    """Some of a set of events: `key` says which, `events` are positions in the set, in order."""

    key: str
    events: tuple[int, ...]


def by_date(events: Iterable[Event]) -> tuple[Layer, ...]:
    """Return a layer a day, by date; an event of several days is in each, one without any in the last.

    An event known only by a latest day counts on that day. No events give no layers.
    """
    return _grouped(events, _days, last=NO_DATE)


def by_actor(events: Iterable[Event]) -> tuple[Layer, ...]:
    """Return a layer an actor, as initiator or target, the most frequent first."""
    layers = _grouped(events, _actors, last=NO_ACTOR)
    return tuple(
        sorted(layers, key=lambda layer: (layer.key == NO_ACTOR, -len(layer.events), layer.key))
    )


def by_type(events: Iterable[Event]) -> tuple[Layer, ...]:
    """Return a layer an event type, by name."""
    return _grouped(events, lambda event: (event.type,), last="")


def _grouped(
    events: Iterable[Event], keys: Callable[[Event], Iterable[str]], *, last: str
) -> tuple[Layer, ...]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        for key in dict.fromkeys(keys(event)):
            found[key].append(number)
    order = sorted(found, key=lambda key: (key == last, key))
    return tuple(Layer(key, tuple(found[key])) for key in order)


def _days(event: Event) -> Iterable[str]:
    first = event.dates.earliest or event.dates.latest
    final = event.dates.latest or event.dates.earliest
    if first is None or final is None:
        return (NO_DATE,)
    count = min((final - first).days, _MOST_DAYS)
    return ((first + dt.timedelta(days)).isoformat() for days in range(count + 1))


def _actors(event: Event) -> Iterable[str]:
    names = [actor.name for actor in (event.actor, event.target) if actor is not None]
    return names or (NO_ACTOR,)
