"""A codebook held to its own examples: each coded as its type, no counter-example on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomapper.coding.codebook import EventType
    from geomapper.model import Event
    from geomapper.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Unproven:
    """A sentence of a codebook that is not coded as the codebook says, with the reason."""

    type: str
    sentence: str
    reason: str


def unproven(pipeline: Pipeline) -> Iterator[Unproven]:
    """Yield the examples that are not coded as their type, and counter-examples that are.

    A counter-example fails where an event of its type is pinned. A codebook without examples
    yields nothing.
    """
    for event_type in pipeline.codebook.types.values():
        yield from _examples_missed(pipeline, event_type)
        yield from _counter_examples_met(pipeline, event_type)


def _examples_missed(pipeline: Pipeline, event_type: EventType) -> Iterator[Unproven]:
    for sentence in event_type.examples:
        found = sorted({event.type for event in _coded(pipeline, sentence)})
        if event_type.id not in found:
            reason = f"coded as {', '.join(found) or 'nothing'}"
            yield Unproven(event_type.id, sentence, reason)


def _counter_examples_met(pipeline: Pipeline, event_type: EventType) -> Iterator[Unproven]:
    for sentence in event_type.counter_examples:
        met = [
            each
            for each in _coded(pipeline, sentence)
            if each.type == event_type.id and each.is_pinned
        ]
        if met:
            because = met[0].reasons[0] if met[0].reasons else "no reason kept"
            reason = f"a counter-example, yet coded by {met[0].evidence[0].trigger!r} ({because})"
            yield Unproven(event_type.id, sentence, reason)


def _coded(pipeline: Pipeline, sentence: str) -> tuple[Event, ...]:
    return pipeline.code(Document("example", sentence, language="en")).events


def line_of(sentence: str, text: str) -> int | None:
    r"""Return the line, from 1, on which a sentence stands in a codebook's text; None if nowhere.

    Examples
    --------
    >>> line_of("Shells fell.", 'examples = [\n  "Shells fell.",\n]')
    2
    """
    written = sentence.replace("\\", "\\\\").replace('"', '\\"')
    lines = enumerate(text.splitlines(), start=1)
    return next((n for n, line in lines if sentence in line or written in line), None)
