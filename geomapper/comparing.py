"""Two runs, or two periods of one, compared: what is new, what changed status, what is gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from geomapper.model import Event, Status


class Change(StrEnum):
    """What became of an event between two runs or periods."""

    SAME = "same"
    NEW = "new"
    STATUS = "status"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The events of both sides, each with its change.

    `changes` and `before` go by event id; `before` is the earlier status of those whose status
    changed.
    """

    events: tuple[Event, ...]
    changes: dict[str, Change]
    before: dict[str, Status]

    def count(self, change: Change) -> int:
        """Return how many events changed so."""
        return sum(each is change for each in self.changes.values())


def compare_runs(before: Iterable[Event], after: Iterable[Event]) -> Comparison:
    """Return what changed from one run to the next.

    An event is the same one where it has the same id, or else the same type, place, actor and
    target on days that overlap; open days overlap with all. What only the earlier run tells is
    kept and marked as gone.
    """
    earlier = tuple(before)
    after = tuple(after)
    known = _Known(earlier)
    pairs = [(event, known.take(event)) for event in after]
    matched = {old.id for _, old in pairs if old is not None}
    present = {event.id for event in after}
    gone = tuple(old for old in earlier if old.id not in matched and old.id not in present)
    changes = {event.id: _change(event, old) for event, old in pairs}
    changes |= {old.id: Change.GONE for old in gone}
    return Comparison((*after, *gone), changes, _before(pairs))


def compare_periods(events: Iterable[Event], since: dt.date) -> Comparison:
    """Return what the days from `since` on tell that those before do not, and the other way.

    Events are of one kind where type, place, actor and target are the same, whatever the days.
    An event that lasts over `since`, or that has no date, belongs to the earlier days.
    """
    events = tuple(events)
    later = tuple(event for event in events if _begins(event, since))
    earlier = tuple(event for event in events if not _begins(event, since))
    last = {_kind(event): event for event in sorted(earlier, key=_latest)}
    pairs = [(event, last.get(_kind(event))) for event in later]
    again = {_kind(event) for event in later}
    changes = {event.id: _change(event, old) for event, old in pairs}
    changes |= {
        event.id: Change.SAME if _kind(event) in again else Change.GONE for event in earlier
    }
    return Comparison(events, changes, _before(pairs))


class _Known:
    """Earlier events by id and by kind; each is taken once."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self._left = {event.id: event for event in events}
        self._by_kind: dict[tuple[str | None, ...], list[Event]] = defaultdict(list)
        for event in events:
            self._by_kind[_kind(event)].append(event)

    def take(self, event: Event) -> Event | None:
        """Return the earlier form of an event and forget it; None where it has none."""
        found = self._left.pop(event.id, None)
        if found is not None:
            return found
        for other in self._by_kind[_kind(event)]:
            if other.id in self._left and _overlap(other, event):
                return self._left.pop(other.id)
        return None


def _kind(event: Event) -> tuple[str | None, ...]:
    place = event.place
    return (
        event.type,
        (place.id or place.name) if place else None,
        event.actor.name if event.actor else None,
        event.target.name if event.target else None,
    )


def _overlap(one: Event, other: Event) -> bool:
    return _starts_in_time(one, other) and _starts_in_time(other, one)


def _starts_in_time(one: Event, other: Event) -> bool:
    first, last = one.dates.earliest, other.dates.latest
    return first is None or last is None or first <= last


def _begins(event: Event, since: dt.date) -> bool:
    first = event.dates.earliest or event.dates.latest
    return first is not None and first >= since


def _latest(event: Event) -> tuple[str, str]:
    last = event.dates.latest or event.dates.earliest
    return (last.isoformat() if last else "", event.id)


def _change(event: Event, old: Event | None) -> Change:
    if old is None:
        return Change.NEW
    return Change.SAME if event.status is old.status else Change.STATUS


def _before(pairs: Iterable[tuple[Event, Event | None]]) -> dict[str, Status]:
    return {
        event.id: old.status
        for event, old in pairs
        if old is not None and old.status is not event.status
    }
