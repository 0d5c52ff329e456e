import json
import re
from dataclasses import replace

import pytest
from folium.plugins import FastMarkerCluster, Fullscreen, HeatMap
from shapely import box

from geomapper.comparing import compare_runs
from geomapper.errors import OptionError
from geomapper.model import Place, Precision, Provenance, Status
from geomapper.rendering import (
    BlurNote,
    Compared,
    NoQuotes,
    Overlay,
    PointsForAreas,
    Step,
    Tiles,
    Tour,
    build_map,
    render_html,
)
from geomapper.rendering import inlining as inlining_module
from tests.unit.rendering.test_payload import data_of, policy_of_page
from tests.unit.test_comparing import event

PROVENANCE = Provenance("geomapper 0", "g 1", "c 1", "m 1")
SQUARE = {"type": "Polygon", "coordinates": [[[36, 47], [38, 47], [38, 49], [36, 49], [36, 47]]]}


def data(events, *extras):
    return data_of(render_html(build_map(events, provenance=PROVENANCE, extras=extras)))


def test_a_comparison_is_a_column_and_says_what_was_before():
    found = compare_runs([event("a", status=Status.CLAIMED)], [event("a"), event("b", place="q")])
    page = data(found.events, Compared(found))
    assert [page["changes"][number] for number in page["change"]] == ["status", "new"]
    assert page["strings"][page["before"][0]] == "Claimed"
    assert page["before"][1] == -1


def test_regions_as_points_are_no_areas_and_the_map_says_so():
    region = Place("r", "R", 37.0, 48.0, "ADM1", Precision.ADMIN1, "UA", area=box(36, 47, 38, 49))
    made = replace(event("a"), place=region)
    page = data([made], PointsForAreas())
    assert (page["area"], page["areas"], page["lon"]) == ([-1], [], [37.0])
    assert page["precisions"][page["precision"][0]] == "admin1"
    assert "on request" in page["notes"][0]


def test_a_map_without_quotes_holds_no_sentence_and_keeps_its_sources():
    made = event("a")
    told = replace(made.evidence[0], sentence="They shelled it.", title="A title", source="A title")
    drawn = render_html(build_map([replace(made, evidence=(told,))], provenance=PROVENANCE, extras=[NoQuotes()]))  # fmt: skip
    page = data_of(drawn)
    assert "They shelled it." not in drawn
    assert page["told"]["sentence"] == page["told"]["at"] == [-1]
    assert page["strings"][page["told"]["title"][0]] == "A title"
    assert page["notes"] == ["Sentences are left out of this map."]


def test_a_blurred_map_says_so():
    assert data([event("a")], BlurNote(5))["notes"] == [
        "Coordinates are blurred: a true place lies within 5 km of its point. Names and sentences are not."
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "event,caption,title,zoom\nb,Second,,\na,First,One,9\n"),
        ("t.toml", '[[step]]\nevent = "b"\ncaption = "Second"\n[[step]]\nevent = "a"\ncaption = "First"\ntitle = "One"\nzoom = 9\n'),
    ],
)  # fmt: skip
def test_a_tour_is_read_from_a_table(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    tour = Tour.load(tmp_path / name)
    assert tour.steps == (Step("b", "Second"), Step("a", "First", "One", 9))
    page = data([event("a"), event("b", place="q")], tour)
    assert [page["id"][step["event"]] for step in page["tour"]] == ["b", "a"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.csv", "event,caption\n", "no stop"),
        ("t.csv", "event,caption\na,\n", "needs the id"),
        ("t.csv", "event,captoin\na,b\n", "'captoin' is no column"),
        ("t.csv", "event,caption,zoom\na,b,99\n", "none of 2 to 15"),
        ("t.toml", "[[step]", "no table of a tour"),
    ],
)
def test_a_tour_with_a_mistake_is_refused(tmp_path, name, content, words):
    (tmp_path / name).write_text(content)
    with pytest.raises(OptionError, match=re.escape(words)):
        Tour.load(tmp_path / name)


def test_a_tour_that_stops_where_nothing_is_is_refused(tmp_path):
    with pytest.raises(OptionError, match="'z', which is not on the map"):
        data([event("a")], Tour((Step("z", "x"),)))
    with pytest.raises(OptionError, match="cannot be read"):
        Tour.load(tmp_path / "none.csv")


def write(tmp_path, content):
    path = tmp_path / "areas.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def feature(name, geometry=SQUARE):
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def test_an_overlay_has_its_areas_one_colour_a_name_and_its_source(tmp_path):
    features = [feature("A"), feature("B"), feature("A"), feature("none", None)]
    path = write(tmp_path, {"type": "FeatureCollection", "features": features})
    page = data([], Overlay.load(path, "A project, 2025-04-08"))["overlay"]
    assert page["source"] == "A project, 2025-04-08"
    assert [area["name"] for area in page["areas"]] == ["A", "B", "A"]
    assert page["areas"][0]["color"] == page["areas"][2]["color"] != page["areas"][1]["color"]
    assert page["areas"][0]["rings"][0][:2] == [36_000, 47_000]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no GeoJSON"),
        ("[]", "it has no type"),
        ({"type": "Point", "coordinates": [1, 2]}, "no polygon"),
        (feature("far", {"type": "Polygon", "coordinates": [[[0, 0], [900, 0], [9, 9], [0, 0]]]}), "outside the world"),
        (feature("odd", {"type": "Polygon", "coordinates": [[[0, 0]]]}), "cannot be read"),
        (feature("odd", {"type": "Blob"}), "cannot be read"),
    ],
)  # fmt: skip
def test_an_overlay_that_is_none_is_refused(tmp_path, content, words):
    with pytest.raises(OptionError, match=words):
        Overlay.load(write(tmp_path, content), "somebody")


def test_an_overlay_without_a_source_is_refused(tmp_path):
    with pytest.raises(OptionError, match="needs its source"):
        Overlay.load(write(tmp_path, SQUARE), " ")


def test_tiles_open_the_policy_for_pictures_of_their_host_alone():
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "A maker")
    drawn = build_map([], provenance=PROVENANCE, extras=[tiles])
    assert drawn.hosts == ("https://tiles.example.org",)
    policy = policy_of_page(render_html(drawn))
    assert policy.count("https://tiles.example.org") == 1
    assert "img-src data: blob: https://tiles.example.org;" in policy


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/", "javascript:{z}{x}{y}",
        "https://a b;script-src/{z}/{x}/{y}", "https://x'; script-src *; /{z}/{x}/{y}",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_tiles_is_refused(url):
    with pytest.raises(OptionError, match="no address of tiles"):
        Tiles(url, "A maker")
    with pytest.raises(OptionError, match="credit"):
        Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "")


@pytest.mark.parametrize("plugin", [HeatMap, FastMarkerCluster])
def test_plug_ins_whose_scripts_we_have_need_no_network(plugin):
    drawn = build_map([event("a")], provenance=PROVENANCE)
    plugin([(48.0, 37.0)]).add_to(drawn)
    assert drawn.hosts == ()
    assert policy_of_page(render_html(drawn)).count("http") == 0


def test_other_plug_ins_open_the_policy_for_their_hosts_and_the_map_says_so():
    drawn = build_map([event("a")], provenance=PROVENANCE)
    Fullscreen().add_to(drawn)
    assert drawn.hosts == ("https://cdn.jsdelivr.net",)
    assert policy_of_page(render_html(drawn)).count("https://cdn.jsdelivr.net") == 4


def test_what_is_inlined_is_what_its_papers_say(root):
    import hashlib
    import tomllib

    folder = root / "geomapper" / "rendering" / "assets" / "vendor"
    for each in tomllib.loads((folder / "plugins.toml").read_text())["plugin"]:
        assert hashlib.sha256((folder / each["file"]).read_bytes()).hexdigest() == each["sha256"]
        assert each["address"] in inlining_module._known()
