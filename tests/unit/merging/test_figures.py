import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geomapper.explaining import told
from geomapper.frames import row
from geomapper.merging import CrossDocumentMerger, DocumentMerger
from geomapper.merging.figures import corrections
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
from geomapper.restoring import event_from_row

DAY = dt.date(2025, 4, 7)
PLACES = tuple(
    Place(f"geonames:{number}", name, 37.0 + number, 49.0, "PPL", Precision.EXACT, "UA")
    for number, name in enumerate(("Izium", "Sumy"))
)
ACTORS = (None, Actor("A", side="a"), Actor("B", side="b"))


def event(number, document="a", *, published=None, status=Status.REPORTED, **changes):
    span = Span(number * 10, number * 10 + 5)
    telling = Evidence(document, span, "shell", "shell", span, status, published=published)
    made = Event(
        f"{document}{number}", "shelling", "strike", DateRange(DAY, DAY, DatePrecision.DAY),
        PLACES[0], None, None, status, (telling,),
    )  # fmt: skip
    return replace(made, **changes)


def two_reports():
    first = event(1, "monday", published=DAY, casualties=Casualties(killed=3, wounded=9))
    second = event(1, "tuesday", published=DAY + dt.timedelta(1), casualties=Casualties(killed=5))
    return first, second


def test_a_higher_toll_of_a_later_report_stands_and_both_are_kept():
    for told_in in (two_reports(), reversed(two_reports())):
        (merged,) = CrossDocumentMerger().merge(told_in)
        assert (merged.casualties.killed, merged.casualties.wounded) == (5, 9)
        assert sorted(each.casualties.killed for each in merged.evidence) == [3, 5]


def test_a_correction_says_what_which_and_where():
    (merged,) = CrossDocumentMerger().merge(two_reports())
    assert corrections(merged) == ("killed 3, then 5 (tuesday, 2025-04-08)",)
    assert "killed 3, then 5 (tuesday, 2025-04-08)" in told(merged)


def test_a_changed_status_is_a_correction():
    claimed = event(1, "a", published=DAY, status=Status.CLAIMED)
    confirmed = event(1, "b", published=DAY + dt.timedelta(1), status=Status.CONFIRMED)
    (merged,) = CrossDocumentMerger().merge([confirmed, claimed])
    assert merged.status is Status.CONFIRMED
    assert corrections(merged) == ("status claimed, then confirmed (b, 2025-04-08)",)


def test_tellings_that_agree_correct_nothing():
    (merged,) = DocumentMerger().merge([event(1), event(2)])
    assert corrections(merged) == corrections(event(1)) == ()


def test_a_range_stays_with_its_figure():
    early = event(1, "a", published=DAY, casualties=Casualties(4, 3, 5))
    later = event(1, "b", published=DAY + dt.timedelta(1), casualties=Casualties(killed=7))
    (merged,) = CrossDocumentMerger().merge([early, later])
    assert merged.casualties == Casualties(killed=7)


def test_the_figures_of_each_telling_are_written_and_come_back():
    (merged,) = CrossDocumentMerger().merge(two_reports())
    values = row(merged)
    assert [source["killed"] for source in values["sources"]] == [3, 5]
    assert event_from_row(values, PLACES[0].geometry).evidence == merged.evidence


def test_a_figure_written_by_hand_stands_whatever_was_told():
    first, second = two_reports()
    mended = replace(first, casualties=Casualties(killed=4), edited="killed")
    (merged,) = CrossDocumentMerger().merge([mended, second])
    assert merged.casualties.killed == 4


def days(numbers):
    first, length = numbers
    start = DAY + dt.timedelta(first)
    precision = DatePrecision.WEEK if length else DatePrecision.DAY
    return DateRange(start, start + dt.timedelta(length), precision)


DATES = st.one_of(
    st.just(DateRange()), st.builds(days, st.tuples(st.integers(0, 9), st.integers(0, 6)))
)
CHANGES = st.fixed_dictionaries(
    {
        "dates": DATES,
        "place": st.sampled_from([*PLACES, None]),
        "actor": st.sampled_from(ACTORS),
        "target": st.sampled_from(ACTORS),
        "status": st.sampled_from([Status.REPORTED, Status.CLAIMED, Status.PLANNED]),
        "casualties": st.builds(Casualties, killed=st.one_of(st.none(), st.integers(0, 9))),
    }
)


@st.composite
def told_events(draw, documents):
    changes = draw(st.lists(CHANGES, max_size=6))
    return [
        event(number, draw(st.sampled_from(documents)), **each)
        for number, each in enumerate(changes)
    ]


def by_id(events):
    return sorted(events, key=lambda each: each.id)


@given(told_events(["a"]).flatmap(lambda told_: st.tuples(st.just(told_), st.permutations(told_))))
def test_in_a_document_order_does_not_matter_and_twice_is_once(both):
    merger = DocumentMerger()
    merged = merger.merge(both[0])
    assert by_id(merger.merge(both[1])) == by_id(merged)
    assert merger.merge(merged) == merged


@given(
    told_events(["a", "b", "c"]).flatmap(
        lambda told_: st.tuples(st.just(told_), st.permutations(told_))
    )
)
def test_across_documents_order_does_not_matter_and_twice_is_once(both):
    merger = CrossDocumentMerger()
    merged = merger.merge(both[0])
    assert merger.merge(both[1]) == merged
    assert merger.merge(merged) == merged


@given(told_events(["a", "b"]))
def test_no_telling_is_lost(events):
    def spans(found):
        return {(t.document, t.trigger_span) for each in found for t in each.evidence}

    for merger in (DocumentMerger(), CrossDocumentMerger()):
        merged = merger.merge(events)
        assert spans(merged) == spans(events)
        assert len(merged) <= len(events)
