from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import box

from geomapper.blurring import blurred, middle_of_cell
from geomapper.model import Place, Precision
from tests.unit.test_comparing import event

WORLD = Geod(ellps="WGS84")


@given(st.floats(-180, 180), st.floats(-88, 88), st.floats(100, 50_000))
def test_a_true_place_is_never_farther_than_the_radius_says(lon, lat, radius_m):
    there = middle_of_cell(lon, lat, radius_m)
    assert WORLD.inv(lon, lat, *there)[2] <= radius_m + 1


def test_places_of_one_cell_stand_at_one_point():
    assert middle_of_cell(36.2501, 49.9901, 5000) == middle_of_cell(36.2502, 49.9902, 5000)


def test_a_point_becomes_a_circle_and_a_circle_a_wider_one():
    (exact,) = blurred([event("a")], 5000)
    near = replace(event("a").place, precision=Precision.NEAR, radius_km=3.0)
    (wider,) = blurred([replace(event("a"), place=near)], 5000)
    assert (exact.place.precision, exact.place.radius_km) == (Precision.NEAR, 5.0)
    assert wider.place.radius_km == pytest.approx(8.0)
    assert (exact.place.lon, exact.place.lat) != (1, 1)


def test_the_origin_is_blurred_too_and_regions_and_the_unplaced_stay():
    region = Place("r", "R", 37, 48, "ADM1", Precision.ADMIN1, area=box(36, 47, 38, 49))
    made = replace(event("a"), origin=event("b").place, place=region)
    (found,) = blurred([made], 5000)
    assert found.place == region
    assert found.origin.precision is Precision.NEAR
    (unplaced,) = blurred([replace(made, place=None, origin=None)], 5000)
    assert (unplaced.place, unplaced.origin) == (None, None)
