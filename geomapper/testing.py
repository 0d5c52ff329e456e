"""Contract checks for authors of plug-ins; ours pass the same ones.

Each function raises `AssertionError` with a sentence where the contract is broken.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geomapper.model import Provenance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomapper.model import Event, Mention, Resolution
    from geomapper.stages import Coder, Exporter, Merger, Reading, Recognizer, Resolver


def check_recognizer(recognizer: Recognizer, reading: Reading) -> tuple[Mention, ...]:
    """Check that mentions are in order, do not overlap, and quote the text; return them."""
    mentions = tuple(recognizer.recognize(reading))
    text = reading.document.text
    for mention in mentions:
        _that(mention.text == mention.span.of(text), f"{mention} does not quote the text")
        _that(0.0 <= mention.score <= 1.0, f"the score of {mention} is not between 0 and 1")
    for before, after in pairwise(mentions):
        _that(before.span.end <= after.span.start, f"{before} and {after} overlap or change order")
    _that(tuple(recognizer.recognize(reading)) == mentions, "a second run finds other mentions")
    return mentions


def check_resolver(
    resolver: Resolver, reading: Reading, mentions: Sequence[Mention]
) -> tuple[Resolution, ...]:
    """Check that every mention gets one resolution, best first, on the globe; return them."""
    resolutions = tuple(resolver.resolve(reading, mentions))
    _that(len(resolutions) == len(mentions), "there is not one resolution a mention")
    for mention, resolution in zip(mentions, resolutions, strict=True):
        _that(resolution.mention == mention, f"{resolution} is not about {mention}")
        for candidate in resolution.candidates:
            place = candidate.place
            _that(
                -180 <= place.lon <= 180 and -90 <= place.lat <= 90,  # noqa: PLR2004 - degrees
                f"{place} is off the globe",
            )
            _that(0.0 <= candidate.score <= 1.0, f"the score of {place} is not between 0 and 1")
    _that(tuple(resolver.resolve(reading, ())) == (), "no mentions must give no resolutions")
    return resolutions


def check_coder(
    coder: Coder, reading: Reading, resolutions: Sequence[Resolution]
) -> tuple[Event, ...]:
    """Check that events point back to their sentences, with ids of their own; return them."""
    events = tuple(coder.code(reading, resolutions))
    text = reading.document.text
    ids = [event.id for event in events]
    _that(len(set(ids)) == len(ids), "two events share an id")
    for event in events:
        _that(bool(event.evidence), f"{event.id} has no evidence")
        for telling in event.evidence:
            _that(telling.sentence == telling.span.of(text), f"{event.id} misquotes its sentence")
            _that(
                telling.trigger == telling.trigger_span.of(text),
                f"{event.id} misquotes its trigger",
            )
    _that(tuple(coder.code(reading, resolutions)) == events, "a second run codes other events")
    return events


def check_merger(merger: Merger, events: Sequence[Event]) -> tuple[Event, ...]:
    """Check that no evidence is lost, and that merging twice changes nothing; return the events."""
    merged = tuple(merger.merge(events))
    before = {telling.trigger_span for event in events for telling in event.evidence}
    after = {telling.trigger_span for event in merged for telling in event.evidence}
    _that(before == after, "merging lost evidence")
    _that(len(merged) <= len(events), "merging made events")
    return merged


def check_exporter(exporter: Exporter, events: Sequence[Event], folder: Path) -> Path:
    """Check that a file of the exporter's suffix is written, the same twice; return its path."""
    provenance = Provenance("package", "gazetteer", "codebook", "model")
    paths = [folder / f"{name}{exporter.suffix}" for name in ("one", "two")]
    for path in paths:
        exporter.export(events, path, provenance=provenance)
        _that(path.is_file(), f"{path.name} was not written")
    _that(paths[0].read_bytes() == paths[1].read_bytes(), "two exports differ")
    return paths[0]


def _that(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)
