"""How sure an event is, and what lies ahead: one fact of grammar each."""

import datetime as dt

import pytest

from geomapper.model import Document, Status

TUESDAY = dt.date(2025, 4, 8)


@pytest.fixture(scope="module")
def code(ruled_pipeline):
    def run(text):
        return ruled_pipeline.code(Document("x", text, TUESDAY, language="en")).events

    return run


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Claims that rebels captured Goma are false.", Status.DENIED),
        ("Claims that rebels had captured Goma were denied by the army.", Status.DENIED),
        ("Israeli jets bombed Damascus, Syrian state television said.", Status.CLAIMED),
        ("Russian forces shelled Nikopol, the governor said.", Status.REPORTED),
        ("Four drones were shot down over Belgorod region, the governor said.", Status.CLAIMED),
        ("The army said that it would withdraw from Goma.", Status.PLANNED),
        ("The army warned that it will not withdraw from Goma.", Status.NEGATED),
    ],
)
def test_grammar_says_how_sure_an_event_is(code, text, status):
    assert [event.status for event in code(text)] == [status]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Troops will withdraw from Goma in June.", "2025-06-01", "2025-06-30"),
        ("Protesters will march in Tbilisi on Friday.", "2025-04-11", "2025-04-11"),
        ("Rebels may attack Goma on 3 January.", "2026-01-03", "2026-01-03"),
        ("The army is planning an offensive for autumn near Tokmak.", "2025-09-01", "2025-11-30"),
        ("The army said it would withdraw from Goma on Friday.", "2025-04-11", "2025-04-11"),
    ],
)
def test_what_is_planned_lies_ahead_of_the_article(code, text, first, last):
    (event,) = code(text)
    assert (str(event.dates.earliest), str(event.dates.latest)) == (first, last)
    assert not event.is_pinned


def test_what_was_done_lies_behind_the_article(code):
    (event,) = code("Protesters marched in Tbilisi on Friday.")
    assert event.dates.latest == dt.date(2025, 4, 4)


def test_a_season_that_is_over_is_the_next_one_when_planned(code):
    (event,) = code("The army will attack Goma in the winter.")
    assert str(event.dates.earliest) == "2025-12-01"


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Gunmen opened fire in Hyderabad, killing five people.", "violence_against_civilians"),
        ("Police fired tear gas at protesters in Nairobi on Monday.", "protest"),
    ],
)
def test_fire_on_people_and_tear_gas_are_told_apart(code, text, event_type):
    assert [event.type for event in code(text)] == [event_type]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russian troops failed to take Siversk.", Status.NEGATED),
        ("The governor denied that his troops had retreated from Goma.", Status.DENIED),
        ("The minister said a missile hit Isfahan.", Status.REPORTED),
        (
            "Moscow claimed its forces had captured Toretsk, a claim that could not be verified.",
            Status.CLAIMED,
        ),
    ],
)
def test_plain_words_stand_against_the_language_model(pipeline, text, status):
    events = pipeline.code(Document("x", text, TUESDAY, language="en")).events
    assert [event.status for event in events] == [status]


def statuses(pipeline, text):
    events = pipeline.code(Document("x", text, TUESDAY, language="en")).events
    return [(event.type, event.status) for event in events]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran did not, as many had feared, close the Strait of Hormuz.", Status.NEGATED),
        ("UNIFIL said it had no reports of rocket fire towards Metula.", Status.NEGATED),
        ("By Sunday fighting had ceased in Himbi.", Status.NEGATED),
        ("The shelling of Kherson has not ceased.", Status.REPORTED),
        (
            "An Israeli claim that rockets were fired at Sderot was withdrawn within the hour.",
            Status.NEGATED,
        ),
        (
            "A reported ambush in Goma, which police say did not happen, was left out.",
            Status.NEGATED,
        ),
        ("Rebels said in a statement that they had captured Kati.", Status.CLAIMED),
        ("We shelled enemy positions near Orikhiv, the brigade wrote.", Status.CLAIMED),
        ("Our soldiers shelled enemy positions near Orikhiv on Monday.", Status.CLAIMED),
        ("A battalion commander stated that Myrnohrad is under siege.", Status.CLAIMED),
        (
            "Soldiers executed villagers in Solenzo; Ouagadougou dismissed the videos as fakes.",
            Status.DENIED,
        ),
        (
            "Moscow said its forces had captured Toretsk, but Kyiv denied that it was captured.",
            Status.DENIED,
        ),
    ],
)
def test_how_far_a_word_reaches(pipeline, text, status):
    assert [found for _, found in statuses(pipeline, text)] == [status]


def test_what_is_done_on_a_condition_is_not_planned(pipeline):
    told = statuses(pipeline, "If Sittwe falls, the army will withdraw.")
    assert told == [
        ("territory_captured", Status.HYPOTHETICAL),
        ("withdrawal", Status.HYPOTHETICAL),
    ]


def test_what_is_done_even_so_is_planned(pipeline):
    told = statuses(pipeline, "Even if Goma falls, the army will attack Bukavu in May.")
    assert ("offensive", Status.PLANNED) in told


@pytest.mark.parametrize(
    "text",
    [
        "Hezbollah said its fighters had withdrawn from Khiam but denied that it had lost the town.",
        "Hezbollah said its fighters had withdrawn from Khiam but denied that they had shelled Metula.",
    ],
)
def test_a_denial_reaches_only_what_it_denies(pipeline, text):
    assert [status for _, status in statuses(pipeline, text)] == [Status.CLAIMED, Status.DENIED]


def test_a_claim_and_a_denial_of_one_voice_stay_two_events(pipeline):
    from geomapper.merging import DocumentMerger

    text = (
        "Hezbollah said its fighters had withdrawn from Khiam but denied that it had lost the town."
    )
    events = pipeline.code(Document("x", text, TUESDAY, language="en")).events
    assert len(DocumentMerger().merge(events)) == 2


def test_a_capital_that_denies_a_loss_denies_a_capture(pipeline):
    told = statuses(pipeline, "Kyiv denied losing Avdiivka.")
    assert told == [("territory_captured", Status.DENIED)]
