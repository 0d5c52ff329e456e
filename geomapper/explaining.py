"""Why an event is what, where and when it is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomapper.model import DateRange, Document, Event
    from geomapper.pipeline import Pipeline


def explanation(pipeline: Pipeline, documents: Iterable[Document], event_id: str) -> str:
    """Return the explanation of the event whose id is, or begins with, `event_id`.

    Raises
    ------
    DocumentError
        None of the documents holds such an event; the message lists those that they hold.
    """
    known: list[str] = []
    for document in documents:
        for event in pipeline.code(document).events:
            if event.id.startswith(event_id):
                return told(event)
            known.append(f"{event.id} {event.type} {event.place.name if event.place else '-'}")
    found = "; ".join(known) or "none"
    raise DocumentError(f"no event {event_id!r} in these articles; events there: {found}")


def told(event: Event) -> str:
    """Return all that is known of one event and why, a line each."""
    place = event.place
    where = (
        f"{place.name} ({place.precision.value}; {place.lon:.4f} {place.lat:.4f})"
        if place
        else "no place"
    )
    lines = [
        f"{event.id}  {event.type} ({event.family})",
        f"  actor   {event.actor.name if event.actor else 'the text does not say'}",
        f"  target  {event.target.name if event.target else 'the text does not say'}",
        f"  place   {where}",
        f"  date    {days(event.dates)}",
        f"  status  {event.status.value}"
        + (f", says {event.attribution}" if event.attribution else ""),
        f"  certain {event.confidence:.2f}",
        "told by",
        *(
            f"  {each.document} [{each.span.start}:{each.span.end}] "
            f"{_marked(each.sentence, each.trigger_span.start - each.span.start, len(each.trigger))}"
            for each in event.evidence
        ),
        "because",
        *(f"  {reason}" for reason in event.reasons),
    ]
    return "\n".join(lines)


def days(dates: DateRange) -> str:
    """Return an interval in words.

    Examples
    --------
    >>> from geomapper.model import DateRange
    >>> days(DateRange())
    'open'
    """
    if dates.is_open:
        return "open"
    if dates.earliest is None:
        return f"by {dates.latest}"
    if dates.latest is None:
        return f"since {dates.earliest}"
    span = (
        f"{dates.earliest}"
        if dates.earliest == dates.latest
        else f"{dates.earliest} to {dates.latest}"
    )
    return f"{span} ({dates.precision.value})"


def _marked(sentence: str, start: int, length: int) -> str:
    flat = sentence if 0 <= start <= len(sentence) else ""
    if not flat:
        return " ".join(sentence.split())
    marked = f"{flat[:start]}»{flat[start : start + length]}«{flat[start + length :]}"
    return " ".join(marked.split())
