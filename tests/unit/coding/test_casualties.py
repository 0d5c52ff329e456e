"""How many were harmed, from the words of a clause."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.coding.casualties import KINDS, casualties, counts, figures
from geomapper.coding.casualty_words import casualty_words
from geomapper.coding.numbers import number_of

KILLED = {
    "killed three people": 3,
    "killed at least 31 people": 31,
    "Three people were killed when shells landed.": 3,
    "a strike that killed 1,200 soldiers": 1200,
    "leaving nine dead": 9,
    "left 12 people dead and dozens wounded": 12,
    "Nine dead after the raid": 9,
    "A drone killed a 52-year-old tractor driver.": 1,
    "killing the driver": 1,
    "a nurse and two patients died there": 3,
    "Five people, including two children, were killed.": 5,
    "Six Palestinians including three children were killed.": 6,
    "the death toll rose from 12 to 31": 31,
    "raising the toll to 14": 14,
    "the deaths of four soldiers": 4,
    "claimed seven lives": 7,
    "shot dead five farmers": 5,
    "losing 12 men": 12,
    "a dozen soldiers died": 12,
    "Two hundred and fifty people perished.": 250,
    "The driver, a 44-year-old man, died.": 1,
    "five of its soldiers were killed": 5,
    "twenty civilians have been killed": 20,
    "killed and wounded 15 people": None,
    "Soldiers killed two gunmen and a commander.": 3,
    "killed three ethnic Albanians in a gunbattle": 3,
    "killed 68 peasants": 68,
    "left two corps members and five soldiers killed": 7,
    "A corporal and a guerrilla have been killed": 2,
    "nobody was killed": 0,
    "There were no casualties.": 0,
    "without casualties": 0,
}
NOT_KILLED = [
    "He was killed in 2014 in Aleppo.",
    "killed on 12 March",
    "destroyed 43 tankers and three drones",
    "two villages were shelled for 12 hours",
    "troops advanced 5 km",
    "a 44-year-old resident said",
    "the 5th Brigade",
    "at 04.00 the town fell",
    "a drone strike killed the mood",
    "killing two birds with one stone",
    "",
]
WOUNDED = {
    "wounding nine": 9,
    "injuring at least 12 people": 12,
    "two dead and nine wounded": 9,
    "killed two people and injured nine others": 9,
    "killing 5 and injuring 12": 12,
    "killed three and wounded another 14": 14,
    "four people were hurt": 4,
    "one was killed and another wounded": 1,
    "a farm worker suffered shrapnel wounds": 1,
    "some 20 others were injured": 20,
    "but nobody was hurt": 0,
    "four people have sustained injuries": 4,
    "injuries to twenty civilians": 20,
    "around a dozen Armenians were injured": 12,
    "slightly wounding four gendarmes": 4,
    "no one was injured": 0,
}
CAPTURED = {
    "captured four enemy soldiers": 4,
    "Nineteen residents were arrested in the city.": 19,
    "arrested at least 20 on the street": 20,
    "took nine soldiers prisoner": 9,
    "61 mercenaries have surrendered": 61,
    "abducted 20 schoolchildren from a village": 20,
    "Six students were marched off to the forest.": 6,
    "Police led away two.": 2,
    "documented 312 arrests": 312,
    "the arrest of three men": 3,
    "detained a former minister": 1,
    "its 17 sailors were held for two days": 17,
}
NOT_CAPTURED = [
    "captured more than sixty posts",
    "captured two villages and a bridge",
    "seized 200 kg of explosives",
    "exchanged 18 prisoners for nine bodies",
    "234 pistols and 17,000 bullets were captured",
    "captured two New People's Army camps",
    "a second battalion took over a hilltop",
    "held the town for two days",
]


@pytest.mark.parametrize("text", KILLED)
def test_killed_are_counted(text):
    found = counts(text).get("killed")
    assert (found.number if found else None) == KILLED[text]


@pytest.mark.parametrize("text", WOUNDED)
def test_wounded_are_counted(text):
    assert counts(text)["wounded"].number == WOUNDED[text]


@pytest.mark.parametrize("text", CAPTURED)
def test_captured_are_counted(text):
    assert counts(text)["captured"].number == CAPTURED[text]


@pytest.mark.parametrize("text", NOT_KILLED)
def test_other_numbers_are_no_dead(text):
    assert "killed" not in counts(text)


@pytest.mark.parametrize("text", NOT_CAPTURED)
def test_things_and_places_are_no_captives(text):
    assert "captured" not in counts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed at least five civilians", (5, 5, None)),
        ("more than 100 people were killed", (100, 100, None)),
        ("between 10 and 12 people were killed", (None, 10, 12)),
        ("10 to 12 people were killed", (None, 10, 12)),
        ("dozens were killed", (None, 24, None)),
        ("killed hundreds of people", (None, 200, None)),
        ("killed up to 30 fighters", (30, 1, 30)),
    ],
)
def test_the_wording_gives_the_range(text, expected):
    found = counts(text)["killed"]
    assert (found.number, found.low, found.high) == expected


def test_the_figures_of_both_sides_stay_apart():
    found = figures("The army killed 12 rebels; two soldiers were killed.")
    assert [(each.number, each.who) for each in found] == [(12, "rebels"), (2, "soldiers")]


def test_the_missing_and_the_displaced_have_figures_of_their_own():
    found = counts("Four people are missing and 2,000 residents fled.")
    assert (found["missing"].number, found["displaced"].number) == (4, 2000)


def test_a_figure_knows_where_it_stands():
    text = "Shells killed three people."
    (found,) = figures(text)
    assert found.span.of(text) == "three people"


def test_what_a_text_does_not_say_is_unknown():
    assert casualties("Shells fell.").killed is None
    assert casualties("Shells killed two.").killed_high == 2


def test_words_and_digits_make_numbers():
    assert number_of(["two", "hundred", "and", "six"]) == (206, 206, 206)
    assert number_of(["half", "a", "dozen"]) == (6, 6, 6)
    assert number_of(["several"]) == (3, 3, None)
    assert number_of(["the"]) is None


HARM = sorted(casualty_words().done)[:20]
WORDS = st.sampled_from(
    [
        *"killed two people and , were at least a dozen between 10 dead no of them toll to".split(),
        *HARM,
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_no_words_break_it_and_ranges_are_in_order(words):
    for each in figures(" ".join(words)):
        assert each.kind in KINDS
        assert each.high is None or each.low <= each.high


@given(st.text(max_size=100))
def test_no_text_breaks_it(text):
    assert set(counts(text)) <= set(KINDS)


@pytest.mark.parametrize("piece", ["two people and ", "killed ", "a ", "12 dead ", "toll of 3 "])
def test_time_grows_in_step_with_the_text(piece):
    figures(piece)

    def seconds(times):
        runs = []
        for _ in range(3):
            start = time.process_time()
            figures(piece * times)
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(4000) < 24 * max(seconds(500), 0.01)
