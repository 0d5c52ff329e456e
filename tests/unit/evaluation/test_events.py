import datetime as dt
from dataclasses import replace

import pytest
from shapely import box

from geomapper.evaluation.agreement import (
    Names,
    date_is_right,
    place_is_right,
    precision_is_right,
)
from geomapper.evaluation.events import EventTally, count_events
from geomapper.evaluation.gold import Gold, GoldEvent
from geomapper.model import (
    Actor,
    DatePrecision,
    DateRange,
    Document,
    Event,
    Evidence,
    Place,
    Precision,
    Span,
    Status,
)

DAY = dt.date(2025, 4, 7)
IZIUM = Place("geonames:1", "Izium", 37.28, 49.2, "PPL", Precision.EXACT, "UA")
REGION = Place(
    "geonames:2", "Kharkiv", 36.5, 49.5, "ADM1", Precision.ADMIN1, "UA", area=box(34, 48, 39, 51)
)
GOLD = GoldEvent(
    ("shelling",), ("reported",), "Russian forces", None, "Izium", 37.28, 49.2, "exact", DAY, DAY
)


def days(first, last, precision=DatePrecision.DAY):
    return DateRange(first, last, precision)


def event(**changes):
    span = Span(0, 3)
    telling = Evidence("a", span, "hit", "hit", span, Status.REPORTED)
    actor = Actor("Russian forces", side="Russia")
    made = Event(
        "1", "shelling", "strike", days(DAY, DAY), IZIUM, actor, None, Status.REPORTED, (telling,)
    )
    return replace(made, **changes)


def counted(gold, events, optional=(), names=None):
    tally = EventTally()
    article = Gold(Document("a", "hit"), events=tuple(gold), optional=tuple(optional))
    count_events(tally, article, events, names or Names())
    return tally


def levels(tally):
    return [tally.hits[level] for level in ("detected", "core", "full")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [1, 1, 1]),
        ({"status": Status.CLAIMED}, [1, 1, 0]),
        ({"actor": None}, [1, 1, 0]),
        ({"dates": days(dt.date(2025, 3, 1), dt.date(2025, 3, 1))}, [1, 0, 0]),
        ({"place": replace(IZIUM, lon=30.0)}, [0, 0, 0]),
        ({"type": "air_strike"}, [0, 0, 0]),
        ({"place": None}, [0, 0, 0]),
    ],
)
def test_detected_asks_for_type_and_place_core_for_the_date_full_for_who_and_how_sure(
    changes, expected
):
    assert levels(counted([GOLD], [event(**changes)])) == expected


def test_a_pin_for_a_region_is_detected_at_most():
    region = replace(GOLD, precision="admin1", lon=36.5, lat=49.5)
    assert place_is_right(region, event())
    assert not precision_is_right(region, event())
    assert precision_is_right(region, event(place=REGION))


def test_an_area_that_holds_the_point_is_right_however_far_its_centre():
    edge = replace(GOLD, precision="admin1", lon=34.1, lat=48.1)
    assert place_is_right(edge, event(place=REGION))


def test_a_second_event_for_one_gold_counts_against_precision():
    assert counted([GOLD], [event(), event(id="2")]).score("detected").precision == 0.5


def test_an_optional_event_is_neither_rewarded_nor_punished():
    tally = counted([], [event()], optional=[GOLD])
    assert (tally.given, tally.hits["detected"]) == (0, 0)


def test_a_planned_event_that_is_pinned_is_a_ghost():
    planned = replace(GOLD, statuses=("planned",))
    assert counted([planned], [event()]).ghosts == 1
    assert counted([planned], [event(status=Status.PLANNED)]).ghosts == 0


def test_any_pin_on_an_article_without_events_is_a_false_alarm():
    tally = counted([], [event()])
    assert (tally.quiet, tally.alarms) == (1, 1)


def test_names_of_one_actor_are_one_by_the_list_or_by_their_words():
    names = Names.of([["RSF", "Rapid Support Forces"]])
    assert names.same("Rapid Support Forces", "RSF")
    assert names.same("Ukrainian army", "Ukraine")
    assert not names.same("Hamas", "Israel")
    assert names.same(None, None)


@pytest.mark.parametrize(
    ("start", "end", "given", "right"),
    [
        (DAY, DAY, days(DAY, DAY), True),
        (DAY, DAY, days(DAY + dt.timedelta(1), DAY + dt.timedelta(1)), True),
        (DAY, DAY, days(DAY + dt.timedelta(2), DAY + dt.timedelta(2)), False),
        (DAY, DAY, days(DAY - dt.timedelta(60), DAY), False),
        (DAY, DAY, DateRange(), False),
        (None, None, DateRange(), True),
        (None, None, days(DAY, DAY), False),
        (None, DAY, days(None, DAY, DatePrecision.BEFORE), True),
        (None, DAY, days(DAY, DAY), False),
        (None, DAY, DateRange(), False),
    ],
)
def test_days_agree_within_one_and_open_means_open(start, end, given, right):
    assert date_is_right(replace(GOLD, date_start=start, date_end=end), event(dates=given)) is right


def test_what_is_wrong_is_noted():
    tally = counted([GOLD], [event(type="riot"), event(status=Status.CLAIMED)])
    assert {note.split()[0] for note in tally.notes} == {"SLOT", "FALSE"}
