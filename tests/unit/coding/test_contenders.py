import pytest

from geomapper.coding.actors import ActorMention, ActorTable
from geomapper.coding.codebook import Codebook
from geomapper.coding.contenders import UNWEIGHED, Proposals, choose, contenders
from geomapper.coding.weighing import Weights
from tests.helpers import made_up

SENTENCE = (10, 20)


@pytest.fixture(scope="module")
def table():
    return ActorTable.load()


@pytest.fixture
def place():
    return made_up.place(country="SD")


def named(table, *at):
    return [
        ActorMention(start, start + 2, start + 1, table.find(name), kind)
        for start, name, kind in at
    ]


def names(found):
    return [each.actor.name for each in found]


def test_without_mentions_proposals_and_place_nobody_contends(table):
    assert contenders("strike", None, SENTENCE, [], Proposals(), table) == ()


def test_every_force_that_the_article_names_contends_and_a_state_by_its_forces(table):
    mentions = named(table, (0, "Hamas", "group"), (12, "Israel", "state"))
    found = contenders("strike", None, SENTENCE, mentions, Proposals(), table)
    assert names(found) == ["Hamas", "Israeli military"]


def test_a_country_s_forces_contend_unnamed_only_where_a_force_is_spoken_of(table, place):
    quiet = contenders("strike", place, SENTENCE, [], Proposals(), table)
    told = contenders("strike", place, SENTENCE, [], Proposals(word_role="military"), table)
    assert names(quiet) == []
    assert "Sudanese Armed Forces" in names(told)


def test_an_arrest_may_be_by_the_police_of_the_country(table, place):
    found = contenders("arrest", place, SENTENCE, [], Proposals(), table)
    assert any(each.actor.role == "police" for each in found)


def test_whom_nobody_proposes_is_not_blamed_for_want_of_another(table):
    mentions = named(table, (0, "Hamas", "group"), (12, "Hezbollah", "group"), (14, "M23", "group"))
    found = contenders("strike", None, SENTENCE, mentions, Proposals(), table)
    winner, chance = choose(found, Weights({"here": 0.1}, 0.0))
    assert winner is None
    assert chance > 0


def test_whom_the_model_names_wins_with_less(table):
    hamas = table.find("Hamas")
    mentions = named(table, (0, "Hamas", "group"), (12, "Hezbollah", "group"))
    found = contenders("strike", None, SENTENCE, mentions, Proposals(said=hamas), table)
    winner, chance = choose(found, Weights({"said": 0.6}, 0.0))
    assert winner is not None
    assert winner.actor == hamas
    assert chance < 0.5


def test_contenders_do_not_depend_on_the_order_of_mentions(table):
    mentions = named(table, (0, "Hamas", "group"), (12, "Hezbollah", "group"))
    one = contenders("strike", None, SENTENCE, mentions, Proposals(), table)
    other = contenders("strike", None, SENTENCE, mentions[::-1], Proposals(), table)
    assert one == other


def test_politics_is_not_weighed():
    types = Codebook.load().types
    assert types["political"].deed in UNWEIGHED
    assert types["shelling"].deed not in UNWEIGHED
