"""Names that the gazetteer lacks: what the text says around them places them."""

import pytest

from geomapper.gazetteer import Gazetteer
from geomapper.model import Document, Mention, Precision, Role, Span
from geomapper.resolution import RankingResolver
from geomapper.stages import Reading


@pytest.fixture(scope="module")
def resolver():
    return RankingResolver(Gazetteer.open())


def best(resolver, text, *names):
    """Return the best place of the first of the names that a text gives, None for none."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    mentions = [Mention(span, span.of(text), Role.LITERAL) for span in sorted(spans)]
    found = resolver.resolve(Reading(Document("x", text), None, ()), mentions)
    (first,) = [each for each in found if each.mention.text == names[0]]
    return first.best.place if first.best is not None else None


BUNIA = "Bunia is the capital of Ituri. "


def test_an_unknown_village_of_a_territory_is_around_its_seat(resolver):
    text = BUNIA + "Men with machetes came to Lodjo in Djugu territory."
    place = best(resolver, text, "Lodjo", "Djugu", "Bunia", "Ituri")
    assert (place.name, place.precision, place.radius_km) == (
        "territory of Djugu", Precision.NEAR, 30.0
    )  # fmt: skip


def test_a_namesake_abroad_is_not_the_village_of_a_territory(resolver):
    text = BUNIA + "Men with machetes came to Popovka in Djugu territory."
    place = best(resolver, text, "Popovka", "Djugu", "Bunia", "Ituri")
    assert place.name == "territory of Djugu"


def test_a_known_village_of_a_district_stays_where_it_is(resolver):
    text = "Shells fell on Hroza in Kupiansk district of Kharkiv region."
    assert best(resolver, text, "Hroza", "Kupiansk", "Kharkiv").name == "Hroza"


def test_a_town_that_gives_its_name_to_a_territory_is_no_point(resolver):
    place = best(resolver, BUNIA + "Fighting spread in Djugu territory.", "Djugu", "Bunia", "Ituri")
    assert place.precision is Precision.NEAR


def test_a_town_alone_is_a_point(resolver):
    place = best(resolver, BUNIA + "Fighting spread in Djugu.", "Djugu", "Bunia", "Ituri")
    assert (place.name, place.precision) == ("Djugu", Precision.EXACT)
