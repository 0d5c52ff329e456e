import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.coding.weighing import Weights, chances, shipped_weights

numbers = st.floats(-50, 50)
features = st.dictionaries(st.sampled_from(["said", "here", "new"]), numbers, max_size=3)


@given(st.lists(features, max_size=6), numbers)
def test_chances_of_all_and_of_none_are_one_together(found, nobody):
    each = chances(found, Weights({"said": 1.0, "here": -0.5}, nobody))
    assert len(each) == len(found)
    assert all(0 <= chance <= 1 for chance in each)
    assert sum(each) <= 1 + 1e-9


def test_without_contenders_there_is_none():
    assert chances([], Weights({}, 0.0)) == ()


def test_a_contender_that_more_speaks_for_is_likelier():
    likely, unlikely = chances([{"said": 2.0}, {"said": 1.0}], Weights({"said": 1.0}, 0.0))
    assert likely > unlikely


def test_the_order_of_contenders_does_not_matter():
    weights = Weights({"said": 1.0, "here": 0.3}, 0.2)
    found = [{"said": 2.0}, {"here": 1.0}, {}]
    assert chances(found[::-1], weights)[::-1] == pytest.approx(chances(found, weights))


def test_the_tables_that_ship_can_be_read():
    assert shipped_weights("actors").features
    assert shipped_weights("places").features
