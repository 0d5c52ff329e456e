"""What must hold of every document that goes through the whole pipeline, however strange."""

import json
import time
from itertools import pairwise

from geomapper.explaining import told
from geomapper.exporting import GeoJsonExporter
from geomapper.frames import COLUMNS, row
from geomapper.merging import CrossDocumentMerger

SECONDS = 10.0


def check(pipeline, document):
    """Send a document through, hold its places and events to the rules; return the events."""
    began = time.process_time()
    coded = pipeline.code(document)
    assert time.process_time() - began < SECONDS, f"{document.id} took too long"
    check_mentions(coded.resolutions, document.text)
    for event in coded.events:
        check_event(event, document)
    ids = [event.id for event in coded.events]
    assert len(set(ids)) == len(ids), "two events share an id"
    CrossDocumentMerger().merge(coded.events)
    written = GeoJsonExporter().dumps(coded.events, provenance=pipeline.provenance)
    read = json.loads(written.encode("utf-8"))
    assert [each["id"] for each in read["features"]] == ids
    return coded.events


def check_mentions(resolutions, text):
    spans = [each.mention.span for each in resolutions]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for each in resolutions:
        assert each.mention.text == each.mention.span.of(text)
        for candidate in each.candidates:
            check_place(candidate.place)
            assert 0.0 <= candidate.score <= 1.0


def check_place(place):
    assert -180.0 <= place.lon <= 180.0
    assert -90.0 <= place.lat <= 90.0
    west, south, east, north = place.geometry.bounds
    assert -180.0 <= west <= east <= 180.0
    assert -90.0 <= south <= north <= 90.0
    assert place.radius_km is None or 0.0 < place.radius_km < 1000.0


def check_event(event, document):
    assert event.evidence
    for telling in event.evidence:
        assert telling.document == document.id
        assert 0 <= telling.span.start < telling.span.end <= len(document.text)
        assert telling.sentence == telling.span.of(document.text)
        assert telling.trigger == telling.trigger_span.of(document.text)
        assert telling.span.start <= telling.trigger_span.start
        assert telling.trigger_span.end <= telling.span.end
    for place in (event.place, event.origin):
        if place is not None:
            check_place(place)
    check_dates(event.dates)
    check_casualties(event.casualties)
    assert 0.0 <= event.confidence <= 1.0
    assert tuple(row(event)) == COLUMNS
    assert told(event)


def check_dates(dates):
    if dates.earliest is not None and dates.latest is not None:
        assert dates.earliest <= dates.latest


def check_casualties(casualties):
    counts = (casualties.killed, casualties.wounded, casualties.captured)
    assert all(count is None or count >= 0 for count in counts)
    if None not in (casualties.killed_low, casualties.killed_high):
        assert casualties.killed_low <= casualties.killed_high
