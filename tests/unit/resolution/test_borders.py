from __future__ import annotations

import pytest

from geomapper.gazetteer import Gazetteer, distance_km
from geomapper.model import Document, Mention, Precision, Role, Span
from geomapper.resolution import RankingResolver
from geomapper.stages import Reading


@pytest.fixture(scope="module")
def resolver() -> RankingResolver:
    return RankingResolver(Gazetteer.open())


def _resolved(resolver: RankingResolver, text: str, *names: str, role: Role = Role.LITERAL):
    mentions, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        mentions.append(Mention(Span(start, at), name, role))
    found = resolver.resolve(Reading(Document("x", text), None, ()), mentions)
    return [each.best.place for each in found]


@pytest.mark.parametrize(
    ("text", "names", "near", "within_km"),
    [
        (
            "Two people died in Sumy Oblast near the border with Russia.",
            ("Sumy Oblast", "Russia"),
            (34.5, 51.6),
            120,
        ),
        (
            "In North Kivu, on the border with Rwanda, fighting went on.",
            ("North Kivu", "Rwanda"),
            (29.3, -1.5),
            90,
        ),
        (
            "Shells hit the village of Krasnopillia, near the border with Russia.",
            ("Krasnopillia", "Russia"),
            (34.5, 51.6),
            120,
        ),
        (
            "A soldier was shot along the border between Armenia and Azerbaijan.",
            ("Armenia", "Azerbaijan"),
            (46.0, 40.0),
            150,
        ),
        (
            "Rockets fell along the Lebanon-Israel border.",
            ("Lebanon", "Israel"),
            (35.4, 33.1),
            60,
        ),
        (
            "Trucks wait at Rwanda's border crossing with Burundi.",
            ("Rwanda", "Burundi"),
            (29.9, -2.6),
            90,
        ),
    ],
)
def test_a_border_is_a_point_on_it_with_a_radius(resolver, text, names, near, within_km):
    place = _resolved(resolver, text, *names)[-1]
    assert place.precision is Precision.NEAR
    assert "/border/" in place.id
    assert distance_km(place.lon, place.lat, *near) < within_km
    assert 10 <= place.radius_km <= 250


def test_the_place_at_a_border_belongs_to_the_region_that_is_named(resolver):
    text = "Two people died in Sumy Oblast near the border with Russia."
    place = _resolved(resolver, text, "Sumy Oblast", "Russia")[-1]
    assert (place.country, place.admin1) == ("UA", "Sumy Oblast")


def test_both_sides_of_a_border_are_told_as_the_border(resolver):
    one, other = _resolved(
        resolver, "Rockets fell along the Lebanon-Israel border.", "Lebanon", "Israel"
    )
    assert one.id == other.id


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Troops massed near the border with Russia.", ("Russia",)),
        ("It lies between Armenia and Azerbaijan.", ("Armenia", "Azerbaijan")),
        ("Portugal has no border with France.", ("Portugal", "France")),
        (
            "Talks in Sumy Oblast. The border with Russia is long, and nothing happened.",
            ("Russia",),
        ),
        ("Ukraine's border with Russia is long.", ("Ukraine", "Russia")),
    ],
)
def test_a_country_stays_itself_where_no_short_border_is_told(resolver, text, names):
    assert all("/border/" not in place.id for place in _resolved(resolver, text, *names))


def test_the_one_region_of_the_article_that_borders_there_is_meant(resolver):
    text = "Shells hit Sumy Oblast at dawn. Later drones flew over the border with Russia again."
    place = _resolved(resolver, text, "Sumy Oblast", "Russia")[-1]
    assert place.admin1 == "Sumy Oblast"
    assert "/border/" in place.id


def test_countries_that_do_not_touch_share_no_border():
    gazetteer = Gazetteer.open()
    assert gazetteer.border(gazetteer.country("PT"), gazetteer.country("FR")) == ()
    assert gazetteer.border(gazetteer.country("PT"), gazetteer.country("ES"))
