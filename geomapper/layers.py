"""Events grouped by date, by actor and by type: what maps and reports are made of. No Folium here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomapper.model import Actor, Event

NO_DATE = "no date"
NO_ACTOR = "not stated"
OTHER_COLOUR = "#6b7280"
NO_ACTOR_COLOUR = "#8a929c"
_MOST_DAYS = 3_660
# Okabe and Ito (2008), darkened where white signs stand on them, and Tol's muted scheme
_COLOURS = (
    "#0072b2", "#c4500a", "#007a5a", "#9b4f96", "#a07800", "#332288", "#882255", "#44748c",
    "#661100", "#117733", "#aa4499", "#5f6b00", "#b30059", "#00687a", "#5b3fb5", "#3f7d20", "#8a3800", "#2f4b7c",
)  # fmt: skip


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


def colour(number: int) -> str:
    """Return the colour of the actor of a rank, from 0; those beyond the palette share one.

    Examples
    --------
    >>> colour(0), colour(500) == OTHER_COLOUR
    ('#0072b2', True)
    """
    return _COLOURS[number] if number < len(_COLOURS) else OTHER_COLOUR


def mark(number: int) -> str:
    """Return the letter of the actor of a rank, from 0, that shares its colour; "" where it has its own.

    Examples
    --------
    >>> mark(0), mark(18), mark(43), mark(44)
    ('', 'A', 'Z', 'AA')
    """
    letters, left = "", number - len(_COLOURS)
    while left >= 0:
        letters = chr(ord("A") + left % 26) + letters
        left = left // 26 - 1
    return letters


def named_actors(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the actors that the tables know or a text names, the most frequent first.

    What else stands in an actor's place is only called something ("fuel depot", "Hundreds").

    Examples
    --------
    >>> from geomapper.model import Actor
    >>> is_named(Actor("M23"), "M23 took it."), is_named(Actor("fuel depot"), "A fuel depot burnt.")
    (True, False)
    """
    events = tuple(events)
    named = {
        actor.name
        for event in events
        for actor in (event.actor, event.target)
        if actor is not None and is_named(actor, *(told.sentence for told in event.evidence))
    }
    return tuple(layer.key for layer in by_actor(events) if layer.key in named)


def is_named(actor: Actor, *sentences: str) -> bool:
    """Tell whether an actor is known, or has a name of its own in the sentences that tell of it.

    A capital letter or a digit within makes a name, and so does one at its beginning, but not
    where it begins a sentence.
    """
    if actor.code or actor.side or actor.role or actor.name.casefold() in _kinds():
        return True
    if any(letter.isupper() or letter.isdigit() for letter in actor.name[1:]):
        return True
    return actor.name[:1].isupper() and not any(each.startswith(actor.name) for each in sentences)


@cache
def _kinds() -> frozenset[str]:
    """Return what kinds of actors are called: gunmen, civilians, police."""
    from geomapper.coding.actors.table import ActorTable

    unknown = ActorTable.load().lexicon.unknown
    return frozenset((*unknown, *unknown.values()))


def actor_colours(events: Iterable[Event]) -> dict[str, str]:
    """Return the colour of each actor; the same on the map and elsewhere.

    Those that are named come first, the most frequent before the others.
    """
    events = tuple(events)
    named = named_actors(events)
    others = [layer.key for layer in by_actor(events) if layer.key not in {*named, NO_ACTOR}]
    own = {name: colour(number) for number, name in enumerate(named)}
    return own | dict.fromkeys(others, OTHER_COLOUR)


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
