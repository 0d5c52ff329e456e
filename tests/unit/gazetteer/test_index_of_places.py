import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomapper.errors import GazetteerError
from geomapper.gazetteer import Gazetteer
from geomapper.gazetteer.building import build_index
from geomapper.gazetteer.entries import Entry
from geomapper.gazetteer.folding import fold
from geomapper.gazetteer.index import Index
from geomapper.gazetteer.tables import Demonym, read_demonyms
from geomapper.model import Precision

KYIV = Entry(
    "geonames:1", "Kyiv", 30.52, 50.45, "PPLC", ("Kiev", "Київ"), "UA", population=2_800_000
)
VILLAGE = Entry("geonames:2", "Kyiv", 23.0, 52.0, country="PL", population=300)
OBLAST = Entry(
    "geonames:3", "Donetsk Oblast", 37.8, 48.0, "ADM1", (), "UA", "Donetsk Oblast", "UA.05",
    wkb=shapely.to_wkb(shapely.box(36, 46, 39, 49)),
)  # fmt: skip
TOWN = Entry(
    "geonames:4", "Donetsk", 37.8, 48.02, country="UA", admin1="Donetsk Oblast", population=900_000
)


@pytest.fixture(scope="module")
def small():
    return Gazetteer(
        [build_index([KYIV, VILLAGE, OBLAST, TOWN], name="small", version="1")],
        demonyms={"ukrainian": Demonym("Ukrainian", "demonym", "UA", None)},
        stop_names=frozenset({"police"}),
    )


def test_the_more_prominent_namesake_comes_first(small):
    assert [place.country for place in small.lookup("Kiev")] == ["UA"]
    assert [place.country for place in small.lookup("Kyiv")] == ["UA", "PL"]


def test_names_are_found_in_other_scripts_and_cases(small):
    assert small.lookup("київ")[0].name == small.lookup("KIEV")[0].name == "Kyiv"


def test_a_region_is_found_with_the_words_that_news_puts_after_it(small):
    for name in ("Donetsk region", "Donetsk oblast", "Donetsk province"):
        assert [place.feature_code for place in small.lookup(name)] == ["ADM1"]


def test_a_region_is_an_area_and_a_town_a_point(small):
    region = small.with_area(small.lookup("Donetsk region")[0])
    town = small.lookup("Donetsk")[0]
    assert region.precision is Precision.ADMIN1
    assert region.geometry.geom_type == "Polygon"
    assert town.precision is Precision.EXACT
    assert town.geometry.geom_type == "Point"


def test_a_point_lies_in_its_region(small):
    assert small.locate(37.8, 48.0).name == "Donetsk Oblast"
    assert small.locate(0, 0) is None


def test_the_longest_name_wins_and_words_are_counted(small):
    assert small.longest(["the", "Donetsk", "Oblast", "fell"], 1) == 2
    assert small.longest(["nothing"], 0) == 0


def test_a_demonym_needs_a_capital(small):
    assert small.demonym("Ukrainian").country == "UA"
    assert small.demonym("ukrainian") is None


def test_a_misspelt_name_is_a_guess_with_a_likeness(small):
    (place, likeness), *_ = small.fuzzy("Donetks")
    assert place.name == "Donetsk"
    assert 0.8 < likeness < 1.0


def test_an_index_on_disk_is_the_index_in_memory(tmp_path):
    built = build_index([KYIV, OBLAST], name="small", version="1")
    built.save(tmp_path / "bundle")
    opened = Index.open(tmp_path / "bundle")
    assert [opened.facts(row) for row in range(2)] == [built.facts(row) for row in range(2)]
    assert opened.rows("kiev") == built.rows("kiev")


def test_a_cut_index_is_refused_with_what_to_do(tmp_path):
    build_index([KYIV], name="small", version="1").save(tmp_path / "bundle")
    (tmp_path / "bundle" / "lon.npy").write_bytes(b"")
    with pytest.raises(GazetteerError, match="build it again"):
        Index.open(tmp_path / "bundle")


def test_an_index_whose_words_are_cut_is_refused_when_they_are_asked_for(tmp_path):
    build_index([KYIV], name="small", version="1").save(tmp_path / "bundle")
    (tmp_path / "bundle" / "pools.json").write_text('{"feature": [', encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"pools.json is cut .* build the gazetteer again"):
        Index.open(tmp_path / "bundle").facts(0)


def test_an_index_without_its_words_is_refused_at_once(tmp_path):
    build_index([KYIV], name="small", version="1").save(tmp_path / "bundle")
    (tmp_path / "bundle" / "pools.json").unlink()
    with pytest.raises(GazetteerError, match="build it again"):
        Index.open(tmp_path / "bundle")


def test_an_index_of_the_first_format_is_still_read(tmp_path):
    built = build_index([KYIV, OBLAST], name="small", version="1")
    built.save(tmp_path / "bundle")
    pools = tmp_path / "bundle" / "pools.json"
    manifest = tmp_path / "bundle" / "manifest.json"
    told = {**json.loads(manifest.read_text("utf-8")), "format": 1}
    manifest.write_text(
        json.dumps({**told, "pools": json.loads(pools.read_text("utf-8"))}), "utf-8"
    )
    pools.unlink()
    assert Index.open(tmp_path / "bundle").facts(1) == built.facts(1)


def test_an_index_of_an_unknown_format_is_refused(tmp_path):
    build_index([KYIV], name="small", version="1").save(tmp_path / "bundle")
    (tmp_path / "bundle" / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(GazetteerError, match="format 99, expected 2"):
        Index.open(tmp_path / "bundle")


def test_a_row_of_a_table_that_ends_early_is_empty_from_there_on(tmp_path):
    table = tmp_path / "demonyms.csv"
    table.write_text("word,kind,country,people\nAbkhaz,demonym\n\n", encoding="utf-8")
    (demonym,) = read_demonyms(table).values()
    assert (demonym.kind, demonym.country, demonym.people) == ("demonym", None, None)


def test_a_users_village_is_asked_before_the_default(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("name,lon,lat,country\nPopovka,35.1,50.9,RU\n", encoding="utf-8")
    place = Gazetteer.open([table]).lookup("Popovka")[0]
    assert (place.lon, place.lat, place.id) == (35.1, 50.9, "mine:Popovka")


def test_a_geojson_adds_an_area(tmp_path):
    file = tmp_path / "zones.geojson"
    ring = "[[30,50],[31,50],[31,51],[30,50]]"
    file.write_text(
        '{"features":[{"properties":{"name":"Zone A","country":"UA"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}',
        encoding="utf-8",
    )
    gazetteer = Gazetteer.open([file])
    assert gazetteer.with_area(gazetteer.lookup("Zone A")[0]).area.area > 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "name,lon,lat\nX,200,0\n", "line 2"),
        ("b.csv", "name,lon,lat\n,1,2\n", "a name is missing"),
        ("c.geojson", "{", "no GeoJSON"),
        ("d.txt", "x", "no gazetteer"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line_or_reason(tmp_path, name, content, reason):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=reason):
        Gazetteer.open([tmp_path / name])


def test_an_unknown_worldview_is_refused():
    with pytest.raises(GazetteerError, match="known: un, de-facto"):
        Gazetteer.open(worldview="mars")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


class TestTheDefault:
    def test_crimea_is_in_ukraine_by_the_un_and_elsewhere_de_facto(self, gazetteer):
        assert gazetteer.country_at(34.1, 45.2) == "UA"
        place = Gazetteer.open(worldview="de-facto").lookup("Simferopol")[0]
        assert place.country == "RU"
        assert "part of Ukraine" in gazetteer.lookup("Simferopol")[0].dispute

    @pytest.mark.parametrize(
        ("name", "country"),
        [("Artemivsk", "UA"), ("Kharkov", "UA"), ("U.S.", "US"), ("Sudzha", "RU"), ("DRC", "CD"),
         ("al-Hudaydah", "YE"), ("Нікополь", "UA"), ("Britain", "GB"), ("Klishchiivka", "UA")],
    )  # fmt: skip
    def test_names_of_the_news_are_there(self, gazetteer, name, country):
        assert country in [place.country for place in gazetteer.lookup(name)[:3]]

    def test_donbas_is_the_area_of_two_oblasts(self, gazetteer):
        donbas = gazetteer.with_area(gazetteer.lookup("Donbas")[0])
        donetsk = gazetteer.with_area(gazetteer.lookup("Donetsk Oblast")[0])
        assert donbas.area.buffer(0.01).covers(donetsk.area)

    def test_most_countries_have_an_area(self, gazetteer):
        with_area = [
            gazetteer.with_area(gazetteer.country(code)).area
            for code in ("UA", "RU", "US", "SD", "CD", "PS", "XK", "MM")
        ]
        assert all(area is not None for area in with_area)

    def test_the_nearest_place_to_a_point_is_beside_it(self, gazetteer):
        assert gazetteer.nearest(37.18, 48.28)[0].name == "Pokrovsk"
