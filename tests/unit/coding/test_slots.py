"""Who, whom, where, when, how sure: one fact of coding each."""

import datetime as dt

import pytest

from geomapper.model import DatePrecision, Document, Status

TUESDAY = dt.date(2025, 4, 8)


@pytest.fixture(scope="module")
def code(ruled_pipeline):
    def run(text, published=TUESDAY):
        return ruled_pipeline.code(Document("x", text, published, language="en")).events

    return run


def one(events, event_type):
    (event,) = [event for event in events if event.type == event_type]
    return event


def test_a_passive_keeps_actor_and_place_apart(code):
    event = one(
        code("The town of Robotyne was captured by Russian forces on Monday."), "territory_captured"
    )
    assert (event.actor.name, event.place.name) == ("Russian forces", "Robotyne")


def test_a_list_of_places_is_an_event_each(code):
    events = code("Russian forces shelled Orikhiv, Huliaipole and Stepnohirsk on Monday.")
    assert [event.place.name for event in events] == ["Orikhiv", "Hulyaypole", "Stepnohirsk"]


def test_a_launch_site_is_no_place_of_the_strike(code):
    event = one(
        code("A missile fired from Belgorod struck a school in Kharkiv on Monday."),
        "missile_strike",
    )
    assert event.place.name == "Kharkiv"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russian forces captured Robotyne.", Status.REPORTED),
        ("Russia's defence ministry said its troops had captured Robotyne.", Status.CLAIMED),
        ("The army claimed that its troops had captured Robotyne.", Status.CLAIMED),
        ("Moscow denied that its troops had shelled Kharkiv.", Status.DENIED),
        (
            "Ukrainian officials confirmed that Russian forces had captured Robotyne.",
            Status.CONFIRMED,
        ),
        ("Russian forces plan to attack Kharkiv in June.", Status.PLANNED),
        ("Russian forces may shell Kharkiv.", Status.HYPOTHETICAL),
        ("Russian forces did not capture Robotyne.", Status.NEGATED),
        ("Russian forces failed to capture Robotyne.", Status.NEGATED),
    ],
)
def test_status_is_read_off_the_words_around(code, text, status):
    assert [event.status for event in code(text)] == [status]


def test_a_denial_in_the_next_sentence_counts(code):
    text = (
        "Moscow's defence ministry said its troops had captured Robotyne. Kyiv rejected the claim."
    )
    assert one(code(text), "territory_captured").status is Status.DENIED


def test_what_is_planned_or_negated_is_never_pinned(code):
    for text in ("Rebels threaten to attack Goma.", "Rebels did not attack Goma."):
        assert not [event for event in code(text) if event.is_pinned]


def test_the_report_s_day_only_says_by_when(code):
    event = one(
        code("Zelenskyy said Tuesday that Russian forces had captured Robotyne."),
        "territory_captured",
    )
    assert (event.dates.earliest, event.dates.latest, event.dates.precision) == (
        None,
        TUESDAY,
        DatePrecision.BEFORE,
    )


def test_weekdays_count_back_from_the_article(code):
    event = one(code("A drone struck a depot in Rylsk on Friday."), "drone_strike")
    assert event.dates.earliest == event.dates.latest == dt.date(2025, 4, 4)


def test_without_a_publication_date_relative_dates_stay_open(code):
    assert one(
        code("A drone struck a depot in Rylsk on Friday.", None), "drone_strike"
    ).dates.is_open


def test_an_absolute_date_needs_no_publication_date(code):
    event = one(code("A drone struck a depot in Rylsk on 3 March 2024.", None), "drone_strike")
    assert event.dates.latest == dt.date(2024, 3, 3)


def test_crossing_a_border_is_geography(code):
    inside = one(code("Ukrainian forces shelled Makiivka on Monday."), "shelling")
    across = one(code("Ukrainian forces shelled Shebekino in Russia on Monday."), "shelling")
    assert (inside.cross_border, across.cross_border) == (False, True)


def test_figures_belong_to_their_clause(code):
    events = code(
        "A drone killed two people in Izium on Monday, and shells wounded nine in Kupiansk."
    )
    assert [(event.casualties.killed, event.casualties.wounded) for event in events] == [
        (2, None),
        (None, 9),
    ]


def test_a_group_that_the_article_introduces_is_known_by_its_letters(code):
    text = "The Free Valley Front (FVF) captured Masisi on Monday. The FVF withdrew from Sake on Tuesday."
    assert {event.actor.name for event in code(text)} == {"Free Valley Front"}


def test_its_troops_are_the_speaker_s(code):
    event = one(
        code("Moscow's defence ministry claimed that its troops had captured Robotyne."),
        "territory_captured",
    )
    assert event.actor.name == "Russian forces"


def test_an_unknown_actor_is_none(code):
    assert one(code("Shelling damaged a school in Kadugli on Monday."), "shelling").actor is None


def test_who_alone_shells_there_is_implied_and_the_reason_says_so(code):
    event = one(code("Shelling damaged a school in Nikopol on Monday."), "shelling")
    assert event.actor.name == "Russian forces"
    assert any(reason.startswith("actor: implied") for reason in event.reasons)


def test_nobody_is_implied_where_the_article_has_no_date(code):
    text = "Shelling damaged a school in Nikopol on Monday."
    assert one(code(text, published=None), "shelling").actor is None


def test_a_person_named_like_a_capital_is_no_state(code):
    event = one(code("Paris Hilton was arrested in Las Vegas on Friday."), "detention")
    assert event.target is None or event.target.name != "France"


def test_an_arrest_without_an_agent_is_by_no_army(code):
    event = one(code("Four men were arrested in Izmir on Friday."), "detention")
    assert event.actor is None or event.actor.role in ("police", "authorities")


@pytest.fixture(scope="module")
def read(pipeline):
    """Code a text with the language model's cues."""

    def run(text):
        return pipeline.code(Document("x", text, dt.date(2025, 4, 8), language="en")).events

    return run


def test_an_unknown_village_is_not_at_a_town_of_another_sentence(read):
    events = read("Russian troops captured the village of Balahan. Kramatorsk was quiet.")
    assert [event.place for event in events if event.type == "territory_captured"] == [None]


def test_a_group_of_another_country_is_not_to_blame(read):
    text = "The Taliban entered Kunduz on Monday. Damascus was hit by an air strike on Sunday."
    assert one(read(text), "air_strike").actor is None


def test_ground_that_is_struck_does_not_strike(read):
    assert one(read("Damascus was hit by an air strike on Sunday."), "air_strike").actor is None


def test_what_lies_between_two_towns_far_apart_is_one_event(read):
    events = read("Militants torched 40 tankers on the highway between Kayes and Diéma on Monday.")
    assert len([event for event in events if event.type == "property_destruction"]) == 1


def test_an_unknown_village_is_where_the_words_after_it_say(read):
    event = one(
        read("Troops captured Balahan, a village 12 km north of Kharkiv."), "territory_captured"
    )
    assert event.place.name == "12 km north of Kharkiv"


def test_an_unknown_village_is_not_where_the_speaker_is(read):
    events = read("Russian troops shelled Balahan on Monday, officials in Kyiv said.")
    assert one(events, "shelling").place is None
