"""Which events a user asked for: by period, actor, type, status and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from geomapper.errors import OptionError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from geomapper.model import Event, Status


_SHOWN = 3


def nearest(name: str, known: Iterable[str], count: int = _SHOWN) -> tuple[str, ...]:
    """Return the most alike of some known names, the nearest first; a name inside another is near.

    Examples
    --------
    >>> nearest("Drone strikes", ["shelling", "drone_strike", "protest"], 1)
    ('drone_strike',)
    """
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")

    def unlike(each: str) -> tuple[float, str]:
        alike = SequenceMatcher(None, wanted, each.casefold()).ratio()
        return -alike - (len(wanted) > _SHOWN and wanted in each.casefold()), each

    return tuple(sorted(set(known), key=unlike)[:count])


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter: AND between its fields, OR inside one; an empty field lets all pass.

    `earliest` and `latest` keep events whose dates overlap the period; one without any date
    passes only where no period is asked for. `actors` are parts of names or sides, as
    initiator or target, in any case. `types` are event types or families.

    Examples
    --------
    >>> Selection(types=("strike",)).words()
    ('type strike',)
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    min_confidence: float = 0.0

    def of(self, events: Iterable[Event]) -> Iterator[Event]:
        """Yield those of `events` that pass, in their order."""
        return (event for event in events if self.holds(event))

    def holds(self, event: Event) -> bool:
        """Tell whether `event` passes."""
        return (
            self._holds_dates(event)
            and self._holds_actor(event)
            and (not self.types or event.type in self.types or event.family in self.types)
            and (not self.statuses or event.status in self.statuses)
            and event.confidence >= self.min_confidence
        )

    def must_know(self, types: Iterable[str]) -> None:
        """Refuse a type or family that is none of `types`, and name the nearest.

        Raises
        ------
        OptionError
            One of the filter's types is unknown.

        Examples
        --------
        >>> Selection(types=("shell",)).must_know(["shelling"])
        Traceback (most recent call last):
        geomapper.errors.OptionError: no event type or family 'shell'; nearest: shelling
        """
        known = frozenset(types)
        for name in self.types:
            if name not in known:
                raise OptionError(
                    f"no event type or family {name!r}; nearest: {', '.join(nearest(name, known))}"
                )

    def strange_actors(self, events: Iterable[Event]) -> dict[str, tuple[str, ...]]:
        """Return the filter's actors whom no event has, each with the nearest that some have."""
        if not self.actors:
            return {}
        names = {name for event in events for name in _actor_names(event)}
        return {
            wanted: nearest(wanted, names)
            for wanted in self.actors
            if not any(wanted.casefold() in name.casefold() for name in names)
        }

    def words(self) -> tuple[str, ...]:
        """Return the filter in words, for outputs to state; nothing where all pass."""
        period = [f"from {self.earliest}"] if self.earliest else []
        period += [f"to {self.latest}"] if self.latest else []
        confidence = [f"confidence at least {self.min_confidence:g}"] if self.min_confidence else []
        return (
            *period,
            *(f"actor {name}" for name in self.actors),
            *(f"type {name}" for name in self.types),
            *(f"status {status.value}" for status in self.statuses),
            *confidence,
        )

    def _holds_dates(self, event: Event) -> bool:
        if self.earliest is None and self.latest is None:
            return True
        first = event.dates.earliest or event.dates.latest
        last = event.dates.latest or event.dates.earliest
        if first is None or last is None:
            return False
        return (self.latest is None or first <= self.latest) and (
            self.earliest is None or last >= self.earliest
        )

    def _holds_actor(self, event: Event) -> bool:
        if not self.actors:
            return True
        names = [name.casefold() for name in _actor_names(event)]
        return any(wanted.casefold() in name for wanted in self.actors for name in names)


def _actor_names(event: Event) -> Iterator[str]:
    """Yield the names, sides and codes of an event's actors."""
    for actor in (event.actor, event.target):
        if actor is not None:
            yield from (each for each in (actor.name, actor.side, actor.code) if each)
