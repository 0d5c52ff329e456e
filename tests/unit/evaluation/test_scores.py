import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, box

from geomapper.evaluation.assignment import assign
from geomapper.evaluation.distances import centre, holds, is_area, km_between, log_error_area
from geomapper.evaluation.scores import Score, calibration_error

WEIGHTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def best_total(weights):
    """The largest total over all ways to pair, tried one by one."""
    rows, columns = range(len(weights)), range(len(weights[0]))
    if len(rows) > len(columns):
        weights = [list(column) for column in zip(*weights, strict=True)]
        rows, columns = columns, rows
    ways = itertools.permutations(columns, len(rows))
    return max(sum(weights[r][c] for r, c in zip(rows, way, strict=True)) for way in ways)


@given(WEIGHTS)
def test_the_assignment_has_the_largest_total_and_pairs_one_to_one(weights):
    pairs = assign(weights)
    assert sum(weights[row][column] for row, column in pairs) == best_total(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(weights[row][column] > 0 for row, column in pairs)


def test_nothing_to_pair_gives_no_pairs():
    assert assign([]) == assign([[]]) == assign([[0.0, 0.0]]) == []


def test_nothing_right_of_nothing_is_zero_not_an_error():
    assert Score().figures() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert Score(1, 2, 4) + Score(1, 2, 4) == Score(2, 4, 8)


def test_confidence_that_keeps_its_word_has_no_calibration_error():
    honest = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error([(1.0, False)]) == 1.0


def test_kyiv_to_kharkiv_is_410_kilometres_either_way():
    there = km_between(30.52, 50.45, 36.23, 49.99)
    assert there == pytest.approx(410, abs=2)
    assert km_between(36.23, 49.99, 30.52, 50.45) == pytest.approx(there)


def test_an_area_holds_what_lies_in_one_of_its_parts_and_a_point_holds_nothing():
    islands = MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])
    assert holds(islands, 5.5, 5.5)
    assert not holds(islands, 3, 3)
    assert is_area(islands)
    assert not is_area(Point(0, 0))
    assert not holds(Point(0, 0), 0, 0)


def test_the_centre_of_a_point_is_the_point_longitude_first():
    assert centre(Point(37.28, 49.2)) == (37.28, 49.2)


def test_the_log_error_area_runs_from_best_to_worst():
    assert log_error_area([0.0]) == 0.0
    assert 0.0 < log_error_area([10.0, 100.0]) < log_error_area([100.0, 1000.0]) < 1.0
