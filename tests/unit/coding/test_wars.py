import pytest

from geomapper.coding.actors import ActorTable
from geomapper.coding.wars import Front


@pytest.fixture(scope="module")
def find():
    return ActorTable.load().find


def test_the_foe_of_a_war_s_chief_is_the_other_chief(find):
    assert Front("UA", 2024).foe(find("Russian forces")).name == "Ukrainian forces"


def test_a_state_s_police_stand_where_its_forces_do(find):
    assert Front("UA", 2024).foe(find("Russian police")).name == "Ukrainian forces"


def test_nobody_is_a_foe_before_the_war_or_elsewhere(find):
    assert Front("GE", 2020).foe(find("Russian forces")) is None
    assert Front("FR", 2024).foe(find("RSF")) is None


def test_of_several_foes_the_one_that_the_article_names_is_meant(find):
    junta = find("Myanmar military")
    assert Front("MM", 2024).foe(junta) is None
    assert Front("MM", 2024, named={"TNLA": 3, "KIA": 1}).foe(junta).name == "TNLA"
    assert Front("MM", 2024, near=frozenset({"KIA"})).foe(junta).name == "KIA"


def test_without_a_country_nobody_is_known_to_be_at_war():
    assert Front().belligerents == frozenset()
