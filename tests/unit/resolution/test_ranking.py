import pytest

from geomapper.model import Document, Mention, Precision, Role, Span
from geomapper.resolution.ranking import Weights, probabilities
from geomapper.resolution.relative import moved
from geomapper.stages import Reading


@pytest.fixture(scope="module")
def resolve(pipeline):
    def run(text, *names, roles=None):
        mentions, at = [], 0
        for number, name in enumerate(names):
            start = text.index(name, at)
            at = start + len(name)
            role = roles[number] if roles else Role.LITERAL
            mentions.append(Mention(Span(start, at), name, role))
        reading = Reading(Document("x", text), None, ())
        return [resolution.place for resolution in pipeline.resolver.resolve(reading, mentions)]

    return run


def test_paris_is_in_france_by_default(resolve):
    assert resolve("They met in Paris.", "Paris")[0].country == "FR"


def test_paris_with_texas_after_it_is_in_texas(resolve):
    paris, _ = resolve("They met in Paris, Texas.", "Paris", "Texas")
    assert (paris.country, paris.admin1) == ("US", "Texas")


def test_a_region_word_makes_a_region_of_the_name(resolve):
    for text in (
        "fighting in the Donetsk region",
        "fighting in Donetsk oblast",
        "the region of Donetsk",
    ):
        assert resolve(text, "Donetsk")[0].feature_code == "ADM1"


def test_the_city_of_a_name_is_the_city(resolve):
    assert resolve("the city of Donetsk was hit", "Donetsk")[0].feature_code.startswith("PPL")


def test_a_list_shares_its_region_word(resolve):
    places = resolve("in the Donetsk and Luhansk regions", "Donetsk", "Luhansk")
    assert [place.feature_code for place in places] == ["ADM1", "ADM1"]


def test_a_bare_name_after_its_region_is_the_region(resolve):
    text = "Troops operate in the Belgorod region of Russia. They pushed into Belgorod."
    assert [p.feature_code for p in resolve(text, "Belgorod", "Russia", "Belgorod")] == [
        "ADM1",
        "PCLI",
        "ADM1",
    ]


def test_an_unknown_village_in_a_named_region_is_the_region(resolve):
    village, _ = resolve(
        "the village of Krynychnyy Xutir in the Sumy region", "Krynychnyy Xutir", "Sumy"
    )
    assert village.name == "Sumy Oblast"
    assert village.area is not None


def test_an_unknown_name_alone_is_nowhere(resolve):
    assert resolve("They met in Xqzwvorp.", "Xqzwvorp") == [None]


def test_context_outranks_population(resolve):
    text = "Russian forces shelled Pokrovsk and Myrnohrad in Ukraine's Donetsk region."
    place = resolve(text, "Pokrovsk", "Myrnohrad", "Ukraine", "Donetsk")[0]
    assert (place.country, place.admin1) == ("UA", "Donetsk Oblast")


@pytest.mark.parametrize(
    ("text", "north_of", "radius"),
    [
        ("10 km north of Pokrovsk", 0.09, 3),
        ("near Pokrovsk", 0.0, 10),
        ("on the outskirts of Pokrovsk", 0.0, 10),
        ("in the Pokrovsk direction", 0.0, 25),
    ],
)
def test_places_told_from_a_town_are_near_it(resolve, text, north_of, radius):
    place = resolve(f"Shells fell {text} in Ukraine.", "Pokrovsk")[0]
    assert place.precision is Precision.NEAR
    assert place.lat == pytest.approx(48.2801 + north_of, abs=0.01)
    assert place.radius_km == pytest.approx(radius, abs=0.5)


def test_a_demonym_is_its_country(resolve):
    assert resolve("Chinese citizens", "Chinese", roles=[Role.DEMONYM])[0].country == "CN"


def test_no_names_give_no_places(resolve):
    assert resolve("Nothing.") == []


def test_moving_north_keeps_the_longitude():
    assert moved(37.18, 48.28, 10, 0) == (37.18, pytest.approx(48.37, abs=0.001))


def test_probabilities_leave_room_for_none_of_them():
    assert sum(probabilities([[0.0], [0.0]], Weights((1.0,), 0.0))) == pytest.approx(2 / 3)
    assert probabilities([], Weights((), 0.0)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell between Pokrovsk and Kurakhove in Ukraine.",
        "A convoy was hit on the road from Pokrovsk to Kurakhove in Ukraine.",
        "A convoy was hit on the Pokrovsk-Kurakhove highway in Ukraine.",
    ],
)
def test_what_lies_between_two_towns_is_half_way_and_reaches_both(resolve, text):
    one, other, _ = resolve(text, "Pokrovsk", "Kurakhove", "Ukraine")
    assert one == other
    assert one.precision is Precision.NEAR
    assert (one.lon, one.lat) == (pytest.approx(37.23, abs=0.03), pytest.approx(48.13, abs=0.03))
    assert one.radius_km == pytest.approx(17, abs=3)


def test_cities_far_apart_have_nothing_between_them(resolve):
    paris, _ = resolve("Trains between Paris and Kharkiv stopped.", "Paris", "Kharkiv")
    assert paris.name == "Paris"


def test_what_is_unknown_in_a_named_country_is_no_namesake_abroad(resolve):
    place, _ = resolve("Fighters entered Solingen in Mali.", "Solingen", "Mali")
    assert place.name == "Mali"


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("an envoy from Columbia, S.C.", "S.C.", "US", "South Carolina"),
        ("flights from NSW were late", "NSW", "AU", "New South Wales"),
        ("U.S. troops", "U.S.", "US", None),
    ],
)
def test_abbreviations_are_read_as_written(resolve, text, name, country, admin1):
    place = resolve(text, name)[0]
    assert (place.country, place.admin1) == (country, admin1)


def test_a_town_keeps_company_with_the_others(resolve):
    text = "Fires burned in Torrington, Winsted and Litchfield, Conn., and in Bristol."
    names = ("Torrington", "Winsted", "Litchfield", "Conn.", "Bristol")
    assert {place.admin1 for place in resolve(text, *names)} == {"Connecticut"}


def test_a_direction_alone_is_no_place(resolve):
    assert resolve("The West agreed.", "West") == [None]
    assert resolve("in two dozen Western countries", "Western") == [None]


def test_bare_names_before_counties_are_counties(resolve):
    text = "Storms hit Barrow and Jackson counties in Georgia."
    barrow, jackson, _ = resolve(text, "Barrow", "Jackson", "Georgia")
    assert (barrow.name, jackson.name) == ("Barrow County", "Jackson County")


def test_a_name_known_only_in_part_stands_in_its_part_and_for_no_event(pipeline):
    text = "Mass was said in Manila Cathedral."
    mention = Mention(Span(17, 33), "Manila Cathedral", Role.LITERAL)
    best = pipeline.resolver.resolve(Reading(Document("x", text), None, ()), [mention])[0].best
    assert best.stands_in
    assert best.place.country == "PH"


def test_a_local_paper_means_its_own_town(pipeline):
    text = "Police in Athens made an arrest."
    mention = Mention(Span(10, 16), "Athens", Role.LITERAL)
    paper = Document("x", text, url="https://www.onlineathens.com/story/1")
    wire = Document("y", text)
    own, other = (
        pipeline.resolver.resolve(Reading(each, None, ()), [mention])[0].place
        for each in (paper, wire)
    )
    assert (own.admin1, other.country) == ("Georgia", "GR")
