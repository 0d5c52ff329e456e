import pytest

from geomapper.model import Mention, Place, Precision, Role, Span
from geomapper.resolution.relative import relative_place

SUMY = Place("geonames:1", "Sumy", 34.8, 50.91, "PPLA", Precision.EXACT, "UA")


def described(words):
    text = f"{words} Sumy."
    start = len(words) + 1
    return relative_place(text, Mention(Span(start, start + 4), "Sumy", Role.LITERAL), SUMY)


@pytest.mark.parametrize(
    ("words", "radius_km"),
    [
        ("Shells fell 10 km north of", 3.0),
        ("Shells fell 0 km from", 2.0),
        ("Shells fell 1,5 km from", 2.0),
    ],
)
def test_a_distance_gives_a_radius_of_its_own_size(words, radius_km):
    place, _ = described(words)
    assert (place.precision, place.radius_km) == (Precision.NEAR, radius_km)


@pytest.mark.parametrize("words", ["99999999 km east of", "1,200 km from", "2500 miles west of"])
def test_what_is_far_away_is_not_described_by_its_neighbour(words):
    assert described(words) is None
