"""What a language model says of events, beside the codebook's rules."""

import datetime as dt
from dataclasses import replace

import pytest

from geomapper.coding.codebook import Codebook
from geomapper.coding.cues import status_by_cue
from geomapper.model import Document, Status
from geomapper.stages import Cue

TEXT = "Troops from Belgorod struck Kharkiv on Monday, officials in Kyiv said."
TYPES = frozenset(Codebook.load().types)


def cue(reading, word, kind, chance, places=(), status="reported", **roles):
    index = {token.text: token.i for token in reading.doc}
    arguments = [("place", index[name], 0.9) for name in places]
    arguments += [(role, index[name], 0.9) for role, name in roles.items()]
    types = ((kind, chance), ("none", round(1 - chance, 4)))
    return Cue(index[word], types, ((status, 0.9),), tuple(arguments))


@pytest.fixture(scope="module")
def coded(ruled_pipeline):
    """Code a text as if a model had given these cues."""

    def run(make, text=TEXT, types=TYPES):
        document = Document("x", text, dt.date(2025, 4, 8), language="en")
        reading, resolutions = ruled_pipeline.places(document)
        reading = replace(reading, cues=make(reading), cue_types=types)
        return ruled_pipeline.coder.code(reading, resolutions)

    return run


def test_the_place_of_a_cue_is_the_place_of_the_event(coded):
    (event,) = coded(lambda r: (cue(r, "struck", "missile_strike", 0.8, ["Kharkiv"]),))
    assert (event.type, event.place.name) == ("missile_strike", "Kharkiv")


def test_an_origin_is_kept_and_is_no_place(coded):
    (event,) = coded(
        lambda r: (cue(r, "struck", "missile_strike", 0.8, ["Kharkiv"], origin="Belgorod"),)
    )
    assert event.origin.name == "Belgorod"
    assert event.place.name == "Kharkiv"


def test_a_faint_cue_tells_no_event(coded):
    assert coded(lambda r: (cue(r, "said", "shelling", 0.1, ["Kyiv"]),)) == ()


def test_a_type_outside_the_codebook_is_not_coded(coded):
    assert coded(lambda r: (cue(r, "struck", "heat_wave", 0.9, ["Kharkiv"]),)) == ()


def test_a_type_that_the_model_does_not_know_is_left_to_the_codebook(coded):
    text = "Thousands protested in Tbilisi on Monday."
    (event,) = coded(lambda _: (), text, TYPES - {"protest"})
    assert (event.type, event.place.name) == ("protest", "Tbilisi")


def test_a_reason_names_the_model(coded):
    (event,) = coded(lambda r: (cue(r, "struck", "missile_strike", 0.8, ["Kharkiv"]),))
    assert any("language model" in reason for reason in event.reasons)


@pytest.mark.parametrize(
    ("chances", "ruled", "status"),
    [
        ((("denied", 0.9),), Status.REPORTED, Status.DENIED),
        ((("denied", 0.3), ("reported", 0.28)), Status.CLAIMED, Status.CLAIMED),
        ((("reported", 0.5), ("negated", 0.3), ("planned", 0.2)), Status.REPORTED, Status.NEGATED),
        ((("reported", 0.8), ("planned", 0.2)), Status.PLANNED, Status.PLANNED),
        ((("reported", 0.99),), Status.PLANNED, Status.REPORTED),
        ((), Status.NEGATED, Status.NEGATED),
    ],
)
def test_what_may_not_be_real_is_not_taken_for_real(chances, ruled, status):
    assert status_by_cue(Cue(0, (), chances, ()), ruled) is status


def test_a_place_that_is_left_is_where_a_withdrawal_is(coded):
    text = "Troops withdrew from Kharkiv to Belgorod on Monday."
    events = coded(lambda r: (cue(r, "withdrew", "withdrawal", 0.9, ["Belgorod"]),), text)
    assert [event.place.name for event in events] == ["Kharkiv"]


def test_a_list_of_places_that_the_model_gives_makes_an_event_each(coded):
    text = "Missiles struck Kharkiv, Sumy and Poltava on Monday."
    names = ["Kharkiv", "Sumy", "Poltava"]
    events = coded(lambda r: (cue(r, "struck", "missile_strike", 0.9, names),), text)
    assert sorted(event.place.name for event in events) == sorted(names)


def test_places_side_by_side_in_a_clause_are_an_event_each(coded):
    text = "Missiles struck a depot in Kharkiv on Sunday and a plant in Poltava."
    names = ["Kharkiv", "Poltava"]
    events = coded(lambda r: (cue(r, "struck", "missile_strike", 0.9, names),), text)
    assert sorted(event.place.name for event in events) == sorted(names)


def test_places_of_two_clauses_are_not_side_by_side(coded):
    text = "Missiles struck Kharkiv on Sunday and people gathered in Poltava."
    names = ["Kharkiv", "Poltava"]
    events = coded(lambda r: (cue(r, "struck", "missile_strike", 0.9, names),), text)
    assert [event.place.name for event in events] == ["Kharkiv"]
