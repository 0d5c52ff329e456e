import datetime as dt
from dataclasses import replace

from geomapper.comparing import Change, compare_periods, compare_runs
from geomapper.model import (
    Actor,
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


def event(name, day=DAY, status=Status.REPORTED, place="p"):
    telling = Evidence("d", Span(0, 1), "x", "x", Span(0, 1), status)
    return Event(
        name, "shelling", "strike", DateRange(day, day, DatePrecision.DAY),
        Place(place, place, 1, 1, "PPL", Precision.EXACT), Actor("a"), None, status, (telling,),
    )  # fmt: skip


def test_what_only_one_run_tells_is_new_or_gone():
    found = compare_runs([event("a"), event("b", place="q")], [event("a"), event("c", place="r")])
    assert found.changes == {"a": Change.SAME, "b": Change.GONE, "c": Change.NEW}
    assert [each.id for each in found.events] == ["a", "c", "b"]


def test_an_event_told_with_another_id_is_the_same_where_kind_and_days_agree():
    earlier, later = event("a", status=Status.CLAIMED), event("z", status=Status.CONFIRMED)
    found = compare_runs([earlier], [later])
    assert (found.changes, found.before) == ({"z": Change.STATUS}, {"z": Status.CLAIMED})
    other_day = event("z", DAY + dt.timedelta(3))
    assert compare_runs([earlier], [other_day]).changes == {"a": Change.GONE, "z": Change.NEW}


def test_an_earlier_event_is_matched_once():
    found = compare_runs([event("a")], [event("y"), event("z")])
    assert found.changes == {"y": Change.SAME, "z": Change.NEW}


def test_open_days_overlap_with_all():
    undated = replace(event("a"), dates=DateRange())
    assert compare_runs([undated], [event("z")]).changes == {"z": Change.SAME}


def test_periods_compare_kinds_of_events_whatever_their_days():
    since = DAY + dt.timedelta(5)
    events = [
        event("a"), event("b", place="q"), event("c", since, Status.DENIED), event("d", since, place="r"),
    ]  # fmt: skip
    found = compare_periods(events, since)
    assert found.changes == {
        "a": Change.SAME, "b": Change.GONE, "c": Change.STATUS, "d": Change.NEW,
    }  # fmt: skip
    assert found.count(Change.NEW) == 1
    assert found.events == tuple(events)


def test_nothing_compares_to_nothing():
    assert compare_runs([], []).events == ()
    assert compare_periods([], DAY).changes == {}
