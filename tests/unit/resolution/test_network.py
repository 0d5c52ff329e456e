from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomapper.gazetteer import Gazetteer, distance_km
from geomapper.model import Mention, Role, Span
from geomapper.resolution import RankingResolver
from geomapper.resolution.features import CHANGING, LASTING, NAMES, Company, Surroundings
from geomapper.resolution.publications import Home

if TYPE_CHECKING:
    from geomapper.resolution.network import Network

TEXT = (
    "Shells hit Kupiansk and Izium. Kupiansk burned; Izium, near Kharkiv, did not. Paris watched."
)


def _mentions(text: str, *names: str) -> list[Mention]:
    found, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        found.append(Mention(Span(start, at), name, Role.LITERAL))
    return found


@pytest.fixture(scope="module")
def resolver() -> RankingResolver:
    return RankingResolver(Gazetteer.open())


@pytest.fixture(scope="module")
def network(resolver: RankingResolver) -> Network:
    names = ("Kupiansk", "Izium", "Kupiansk", "Izium", "Kharkiv", "Paris")
    return resolver.network(TEXT, _mentions(TEXT, *names))


def test_equal_mentions_share_one_shortlist(resolver: RankingResolver) -> None:
    text = "Shells hit Izium. Again Izium burned."
    one, other = resolver.network(text, _mentions(text, "Izium", "Izium")).questions
    assert one.mention != other.mention
    assert one.shortlist is other.shortlist


def test_every_row_has_a_number_for_each_feature(
    resolver: RankingResolver, network: Network
) -> None:
    around = resolver.settled(network, None)
    tables = list(resolver.rows(network, around))
    assert len(tables) == len(network.questions)
    assert [len(rows) for rows in tables] == [len(q.places) for q in network.questions]
    assert {len(row) for rows in tables for row in rows} == {len(NAMES)}
    assert len(set(NAMES)) == len(LASTING) + len(CHANGING)


def test_a_place_beside_another_name_has_company_and_one_alone_has_none(network: Network) -> None:
    kharkiv = network.questions[4].places[0]
    around = Surroundings(company=Company(["kharkiv"], [kharkiv], [0.9]))
    near = network.neighbours(around)
    izium = near[network.row(network.questions[1].shortlist)]
    paris = near[network.row(network.questions[5].shortlist)]
    itself = near[network.row(network.questions[4].shortlist)]
    assert izium[0] > paris[0]
    assert izium[2] > paris[2]
    assert itself[:3] == [0.0, 0.0, 0.0]


def test_company_shares_a_unit_only_where_the_unit_is_known(network: Network) -> None:
    kharkiv = network.questions[4].places[0]
    around = Surroundings(company=Company(["kharkiv"], [kharkiv], [1.0]))
    near = network.neighbours(around)
    row = network.row(network.questions[1].shortlist)
    place = network.questions[1].places[0]
    assert (near[row][1] > 0) is (
        (place.country, place.admin1) == (kharkiv.country, kharkiv.admin1)
    )


def test_nearness_falls_with_the_distance_and_leaves_the_place_itself_out(
    network: Network,
) -> None:
    izium, kharkiv = network.questions[1].places[0], network.questions[4].places[0]
    around = Surroundings(points=[(kharkiv.lon, kharkiv.lat, kharkiv.id)])
    near = network.neighbours(around)
    km = distance_km(izium.lon, izium.lat, kharkiv.lon, kharkiv.lat)
    assert near[network.row(network.questions[1].shortlist)][3] == pytest.approx(150 / (150 + km))
    assert near[network.row(network.questions[4].shortlist)][3] == 0.0


def test_a_place_near_the_publication_is_near_its_source(network: Network) -> None:
    izium = network.questions[1].places[0]
    around = Surroundings(home=Home("UA", None, izium.lon, izium.lat))
    near = network.neighbours(around)
    assert near[network.row(network.questions[1].shortlist)][4] == pytest.approx(1.0)
    assert near[network.row(network.questions[5].shortlist)][4] < 0.01


def test_a_large_table_is_counted_in_parts_with_the_same_result(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [place for q in network.questions for place in q.places[:1]]
    keys = [q.shortlist.key for q in network.questions if q.places]
    around = Surroundings(
        company=Company(keys, places, [0.5] * len(places)),
        points=[(place.lon, place.lat, place.id) for place in places],
    )
    whole = network.neighbours(around)
    monkeypatch.setattr("geomapper.resolution.network._MOST_AT_ONCE", 1)
    assert network.neighbours(around) == [pytest.approx(row) for row in whole]


def test_no_names_make_an_empty_network(resolver: RankingResolver) -> None:
    network = resolver.network("Nothing.", [])
    assert network.neighbours(Surroundings(points=[(0.0, 0.0, "x")])) == []
    assert resolver.settled(network, None).best == {}
