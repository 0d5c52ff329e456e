import pytest

from geomapper.evaluation.fitting import Contest, accuracy, fit, written

GOOD = Contest(({"said": 1.0}, {"far": 1.0}), (True, False), 1.0)
NOBODY = Contest(({"far": 1.0},), (False,), 1.0)


def test_what_is_right_comes_to_count_for_and_what_is_wrong_against():
    weights = fit([GOOD, NOBODY] * 10, 1e-3)
    assert weights.features["said"] > 0 > weights.features["far"]
    assert accuracy([GOOD, NOBODY], weights) == (1.0, 2)


def test_a_stronger_ridge_gives_smaller_weights():
    weak, strong = fit([GOOD], 1e-4), fit([GOOD], 1.0)
    assert abs(strong.features["said"]) < abs(weak.features["said"])


def test_the_order_of_contests_does_not_matter():
    one, other = fit([GOOD, NOBODY], 1e-3), fit([NOBODY, GOOD], 1e-3)
    assert one.features == pytest.approx(other.features)


def test_contests_of_less_weight_are_not_measured():
    faint = Contest(GOOD.found, GOOD.right, 0.1)
    assert accuracy([faint], fit([GOOD], 1e-3)) == (0.0, 0)


def test_a_table_is_written_in_the_order_of_its_names():
    text = written(fit([GOOD, NOBODY], 1e-3))
    assert text.index("far =") < text.index("said =")
