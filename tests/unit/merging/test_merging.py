import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geomapper.merging import CrossDocumentMerger, DocumentMerger
from geomapper.model import (
    Actor,
    Casualties,
    DatePrecision,
    DateRange,
    Event,
    Evidence,
    Place,
    Precision,
    Span,
    Status,
)

DAY = dt.date(2025, 4, 7)
PLACE = Place("geonames:1", "Izium", 37.28, 49.2, "PPL", Precision.EXACT, "UA")


def event(number, document="a", **changes):
    span = Span(number * 10, number * 10 + 5)
    telling = Evidence(document, span, "x", "hit", span, Status.REPORTED)
    made = Event(
        f"{document}{number}",
        "shelling",
        "strike",
        DateRange(DAY, DAY, DatePrecision.DAY),
        PLACE,
        None,
        None,
        Status.REPORTED,
        (telling,),
    )
    return replace(made, **changes)


def test_one_event_told_twice_is_one_with_two_tellings():
    (merged,) = DocumentMerger().merge([event(1), event(2, casualties=Casualties(killed=3))])
    assert len(merged.evidence) == 2
    assert merged.casualties.killed == 3


def test_other_days_actors_and_places_stay_apart():
    other_day = event(
        2, dates=DateRange(DAY - dt.timedelta(3), DAY - dt.timedelta(3), DatePrecision.DAY)
    )
    other_place = event(3, place=replace(PLACE, id="geonames:2"))
    rivals = [event(4, actor=Actor("A", side="a")), event(5, actor=Actor("B", side="b"))]
    assert len(DocumentMerger().merge([event(1), other_day, other_place])) == 3
    assert len(DocumentMerger().merge(rivals)) == 2


def test_the_preciser_days_and_the_surer_status_stay():
    vague = event(2, dates=DateRange(None, DAY, DatePrecision.BEFORE), status=Status.CONFIRMED)
    (merged,) = DocumentMerger().merge([vague, event(1)])
    assert (merged.dates.precision, merged.status) == (DatePrecision.DAY, Status.CONFIRMED)


def test_documents_are_merged_only_across():
    told = [event(1, "a"), event(1, "b")]
    assert len(DocumentMerger().merge(told)) == 2
    assert len(CrossDocumentMerger().merge(told)) == 1


def test_undated_events_of_two_documents_are_not_taken_for_one():
    told = [event(1, "a", dates=DateRange()), event(1, "b", dates=DateRange())]
    assert len(CrossDocumentMerger().merge(told)) == 2


@given(
    st.permutations(
        [
            event(1, "a"),
            event(1, "b"),
            event(2, "c", place=replace(PLACE, id="geonames:2")),
            event(3, "d", dates=DateRange()),
        ]
    )
)
def test_order_does_not_matter_across_documents(events):
    expected = CrossDocumentMerger().merge(
        [
            event(1, "a"),
            event(1, "b"),
            event(2, "c", place=replace(PLACE, id="geonames:2")),
            event(3, "d", dates=DateRange()),
        ]
    )
    assert CrossDocumentMerger().merge(events) == expected


def test_nothing_gives_nothing():
    assert DocumentMerger().merge([]) == CrossDocumentMerger().merge([]) == ()
