"""Which telling gave which figure, and what a later one corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from geomapper.model import Casualties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomapper.model import Event, Evidence, Span

_COUNTS = ("killed", "wounded", "captured")
_RANGES = {"killed": ("killed", "killed_low", "killed_high")}


def with_figures(event: Event) -> Event:
    """Return an event whose only telling carries the event's figures; others are as they were."""
    if len(event.evidence) != 1 or event.evidence[0].casualties is not None:
        return event
    return replace(event, evidence=(replace(event.evidence[0], casualties=event.casualties),))


def latest_figures(evidence: Iterable[Evidence]) -> Casualties | None:
    """Return each figure as the latest telling gives it that gives one; None where none were kept.

    Latest is by publication, then by document and place in the text; undated ones come first.
    """
    told = [each.casualties for each in in_order(evidence) if each.casualties is not None]
    if not told:
        return None
    found = Casualties()
    for figures in told:
        for count in _COUNTS:
            if getattr(figures, count) is not None:
                names = _RANGES.get(count, (count,))
                found = replace(found, **{name: getattr(figures, name) for name in names})
    return found


def in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return tellings from the earliest to the latest publication; undated ones first."""
    return sorted(evidence, key=_when)


def corrections(event: Event) -> tuple[str, ...]:
    """Return in words what later tellings of an event say otherwise; one telling gives ``()``."""
    told = in_order(event.evidence)
    lines = [line for count in _COUNTS for line in _changes(told, count, partial(_figure, count))]
    return (*lines, *_changes(told, "status", lambda each: each.status.value))


def _changes(
    told: list[Evidence], name: str, value: Callable[[Evidence], object | None]
) -> list[str]:
    given = [(each, value(each)) for each in told if value(each) is not None]
    return [
        f"{name} {old}, then {new} ({where(later)})"
        for (_, old), (later, new) in pairwise(given)
        if old != new
    ]


def where(telling: Evidence) -> str:
    """Return the document of a telling, with its day where it is known."""
    return f"{telling.document}, {telling.published}" if telling.published else telling.document


def _figure(count: str, telling: Evidence) -> int | None:
    found: int | None = getattr(telling.casualties, count, None)
    return found


def _when(telling: Evidence) -> tuple[dt.date, str, Span, Span]:
    published = telling.published or dt.date.min
    return published, telling.document, telling.span, telling.trigger_span
