"""Merging events that are one: the same type, place and days, and no rival actors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomapper.merging.figures import latest_figures, with_figures
from geomapper.model import Casualties, DatePrecision, DateRange, Event, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomapper.model import Actor, Evidence

_RANK = {
    Status.CONFIRMED: 0, Status.DENIED: 1, Status.REPORTED: 2, Status.CLAIMED: 3,
    Status.PLANNED: 4, Status.HYPOTHETICAL: 5, Status.NEGATED: 6,
}  # fmt: skip
_PRECISE = {
    DatePrecision.DAY: 0, DatePrecision.WEEK: 1, DatePrecision.MONTH: 2, DatePrecision.SEASON: 3,
    DatePrecision.YEAR: 4, DatePrecision.BEFORE: 5, DatePrecision.UNKNOWN: 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentMerger:
    """Merges within a document: a place and a type tell one event unless days or actors differ."""

    def merge(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Return the events in the order of their first telling; no events give ``()``."""
        given = [with_figures(event) for event in events]
        position = {event.id: number for number, event in enumerate(given)}
        told = _until_settled(tuple(sorted(given, key=_telling_order)), _joined_in_document)
        return tuple(sorted(told, key=lambda event: position[event.id]))


@dataclass(frozen=True, slots=True)
class CrossDocumentMerger:
    """Merges across documents, where days must be known and overlap."""

    def merge(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Return the events sorted by day and id, whatever their order was."""
        given = tuple(sorted(map(with_figures, events), key=_order))
        return tuple(sorted(_until_settled(given, _joined_across), key=_order))


def same(one: Event, other: Event, *, strict: bool = False) -> bool:
    """Tell whether two events of one type and place may be one: days meet, sides do not clash.

    Both are pinned or neither is, and no speaker says one and denies the other. With `strict` an
    event without days is like no other.
    """
    if _contradict(one, other):
        return False
    if one.place is None or one.status.is_pinned is not other.status.is_pinned:
        return False
    if strict and (one.dates.latest is None or other.dates.latest is None):
        return False
    return _days_meet(one.dates, other.dates, strict=strict) and _agree(one.actor, other.actor)


def _contradict(one: Event, other: Event) -> bool:
    """Tell whether one speaker says one event and denies the other: they are two."""
    voices = [
        {(each.document, each.attribution) for each in event.evidence if each.attribution}
        for event in (one, other)
    ]
    denials = [event.status is Status.DENIED for event in (one, other)]
    return denials[0] is not denials[1] and not voices[0].isdisjoint(voices[1])


def merged(one: Event, other: Event) -> Event:
    """Return one event with the evidence of both: the surer status, the preciser days."""
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    dates = min(one.dates, other.dates, key=lambda dates: _PRECISE[dates.precision])
    status = min(one.status, other.status, key=_RANK.__getitem__)
    return replace(
        one,
        dates=dates,
        actor=one.actor or other.actor,
        target=one.target or other.target,
        status=status,
        attribution=one.attribution or other.attribution,
        cross_border=one.cross_border if one.cross_border is not None else other.cross_border,
        origin=one.origin or other.origin,
        casualties=_casualties(one, other, evidence),
        confidence=round(1 - (1 - one.confidence) * (1 - 0.5 * other.confidence), 4),
        evidence=evidence,
    )


def _until_settled(
    events: tuple[Event, ...], join: Callable[[tuple[Event, ...]], tuple[Event, ...]]
) -> tuple[Event, ...]:
    """Join until nothing more joins: what became more precise may meet what it did not before."""
    joined = join(events)
    while len(joined) < len(events):
        events, joined = joined, join(joined)
    return joined


def _joined_in_document(events: tuple[Event, ...]) -> tuple[Event, ...]:
    told = _merged(events, lambda event: (event.evidence[0].document, event.type, _place(event)))
    return _placeless_joined(told)


def _joined_across(events: tuple[Event, ...]) -> tuple[Event, ...]:
    return _merged(events, lambda event: (event.type, _place(event)), strict=True)


def _merged(events: Iterable[Event], key: object, *, strict: bool = False) -> tuple[Event, ...]:
    groups: dict[object, list[int]] = defaultdict(list)
    kept: list[Event] = []
    for event in events:
        group = groups[key(event)]  # type: ignore[operator]
        for number in group:
            if same(kept[number], event, strict=strict):
                kept[number] = merged(kept[number], event)
                break
        else:
            group.append(len(kept))
            kept.append(event)
    return tuple(kept)


def _placeless_joined(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Join an event without a place to the one of its type and parties that has one."""
    kept = list(events)
    for event in events:
        if event.place is not None or event.target is None:
            continue
        for number, other in enumerate(kept):
            parties = _agree(event.actor, other.actor) and _agree(event.target, other.target)
            if (
                other.place is not None
                and other.target is not None
                and event.type == other.type
                and event.status.is_pinned is other.status.is_pinned
                and event.evidence[0].document == other.evidence[0].document
                and parties
                and _days_meet(event.dates, other.dates, strict=False)
            ):
                kept[number] = replace(merged(other, event), place=other.place)
                kept.remove(event)
                break
    return tuple(kept)


def _place(event: Event) -> str:
    return event.place.id.partition("/")[0] if event.place else event.id


def _days_meet(one: DateRange, other: DateRange, *, strict: bool) -> bool:
    if one.is_open or other.is_open:
        return not strict
    if DatePrecision.BEFORE in (one.precision, other.precision):
        known, bound = (one, other) if other.precision is DatePrecision.BEFORE else (other, one)
        return (
            known.latest is None
            or bound.latest is None
            or (known.earliest or known.latest) <= bound.latest
        )
    if None in (one.earliest, one.latest, other.earliest, other.latest):
        return False
    assert one.earliest and one.latest and other.earliest and other.latest  # noqa: PT018
    return one.earliest <= other.latest and other.earliest <= one.latest


def _agree(one: Actor | None, other: Actor | None) -> bool:
    if one is None or other is None:
        return True
    return one.name == other.name or (one.side is not None and one.side == other.side)


def _casualties(one: Event, other: Event, evidence: Iterable[Evidence]) -> Casualties:
    """Return the latest figures told, except where an analyst wrote others by hand."""
    latest = None if one.edited or other.edited else latest_figures(evidence)
    if latest is not None:
        return latest
    names = ("killed", "killed_low", "killed_high", "wounded", "captured")
    first, second = (one, other) if one.edited else (other, one)
    pairs = ((getattr(first.casualties, n), getattr(second.casualties, n)) for n in names)
    return Casualties(*(new if new is not None else old for new, old in pairs))


def _telling_order(event: Event) -> tuple[str, int, int, str]:
    first = event.evidence[0]
    return first.document, first.span.start, first.trigger_span.start, event.id


def _order(event: Event) -> tuple[str, str]:
    day = event.dates.earliest or event.dates.latest
    return (day.isoformat() if day else "9999", event.id)
