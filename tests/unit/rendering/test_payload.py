import datetime as dt
import json
import re
from dataclasses import replace

import folium
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geomapper.coding.codebook import Codebook
from geomapper.errors import OutputError
from geomapper.layers import OTHER_COLOUR, actor_colours, by_actor, by_date, by_type, named_actors
from geomapper.model import (
    Actor,
    DatePrecision,
    DateRange,
    Event,
    Evidence,
    Place,
    Precision,
    Provenance,
    Span,
    Status,
)
from geomapper.rendering import build_map, render_html, write_map
from geomapper.rendering import page as page_module
from geomapper.rendering.packing import NO_NUMBER, block
from geomapper.rendering.payload import json_for_page, page_data

PROVENANCE = Provenance("geomapper 0", "g 1", "c 1", "m 1")
DAY = dt.date(2025, 4, 7)
HOSTILE = (
    "{{ cycler.__init__.__globals__.os.getpid() }}", "{% raw %}", "{# x #}", "${alert(1)}", "</script><script>alert(1)</script>",
    "<!--<script>", "<img src=x onerror=alert(1)>", "C:\\1 `tick` \\", "javascript:alert(1)", "\u2028\u2029", "' onmouseover='x",
)  # fmt: skip


def event(text="x", number=0, **changes):
    place = changes.pop("place", Place("p", text, 37.0, 48.0, "PPL", Precision.EXACT, "UA"))
    telling = Evidence(
        "doc", Span(0, 5), text, text, Span(0, 5), Status.REPORTED, text, text, text, text, DAY
    )
    values = {
        "status": Status.REPORTED, "dates": DateRange(DAY, DAY, DatePrecision.DAY), "actor": Actor(text), "target": None,
        "attribution": text, "type": "shelling", "family": "strike", **changes,
    }  # fmt: skip
    return Event(f"id{number}", place=place, evidence=(telling,), **values)


def html(*events, title=None):
    return render_html(build_map(events, provenance=PROVENANCE, title=title))


def policy_of_page(page):
    return re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]


def data_of(page):
    start = page.index('id="geomapper-data"')
    start = page.index(">", start) + 1
    return json.loads(page[start : page.index("</script>", start)])


@given(st.text() | st.sampled_from(HOSTILE))
def test_no_text_can_leave_its_script_element(text):
    escaped = json_for_page({"text": text})
    assert not set("<>&\u2028\u2029") & set(escaped)
    assert json.loads(escaped)["text"] == text.encode("utf-8", "replace").decode()


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60) | st.sampled_from(HOSTILE))
def test_text_from_outside_stands_in_the_page_only_as_data(text):
    page = html(event(text), title=text)
    data = data_of(page)
    clean = text.encode("utf-8", "replace").decode()
    assert data["strings"][data["told"]["sentence"][0]] == data["title"] == clean
    assert data["strings"][data["place"][0]] == data["actors"][1] == clean


def test_nothing_is_fetched_and_scripts_are_named_by_hash():
    page = html(event())
    policy = policy_of_page(page)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "sha256-" in policy
    assert "http" not in policy
    assert 'src="http' not in page
    assert "//cdn" not in page.lower()


@pytest.mark.parametrize(
    "text",
    ["href='https://example.org/x'", "<script src='https://example.org/x'></script>", "<style>"],
)
def test_no_text_opens_the_policy(text):
    assert policy_of_page(html(event(text), title=text)) == policy_of_page(html(event("a")))


def test_a_type_that_the_codebook_lacks_keeps_its_name():
    data = data_of(html(event(type="flood", family="weather")))
    assert data["types"][data["type"][0]]["label"] == "flood"
    assert data["families"][-1]["id"] == "weather"


def test_names_and_sentences_stand_once():
    data = data_of(html(*(event("same", number) for number in range(5))))
    assert data["strings"] == ["same", "doc"]
    assert data["told"]["offset"] == [0, 1, 2, 3, 4, 5]


def test_two_renders_are_the_same_bytes():
    assert html(event(), event(number=1)) == html(event(number=1), event())
    drawn = build_map([event()], provenance=PROVENANCE)
    assert render_html(drawn) == render_html(drawn) == html(event())


def test_regions_are_areas_and_towns_are_points():
    region = Place(
        "r", "Region", 37.0, 48.0, "ADM1", Precision.ADMIN1, "UA", area=box(36, 47, 38, 49)
    )
    data = data_of(html(event(place=region), event(number=1)))
    assert data["area"] == [0, -1]
    assert len(data["areas"]) == 1


def test_what_is_not_pinned_has_a_row_and_no_point():
    events = (event(status=Status.PLANNED), event(number=1, place=None), event(number=2))
    data = data_of(html(*events))
    assert data["pinned"] == [0, 0, 1]
    assert [lon is None for lon in data["lon"]] == [True, True, False]


def test_many_events_are_packed_and_too_many_refused(monkeypatch):
    monkeypatch.setattr(page_module, "PACKED_ABOVE", 2)
    assert 'data-packed="true"' in html(*(event(number=n) for n in range(3)))
    monkeypatch.setattr(page_module, "MOST_EVENTS", 2)
    with pytest.raises(OutputError, match="draw one a period"):
        html(*(event(number=n) for n in range(3)))


def test_a_packed_block_holds_every_column_at_a_multiple_of_eight_bytes():
    made = [event("🚀 \ud800", number=n, place=None) for n in range(3)]
    data = page_data(made, title="T", provenance=PROVENANCE, codebook=Codebook.load())
    packed = block(data)
    length = int.from_bytes(packed[:4], "little")
    header = json.loads(packed[4 : 4 + length])
    at, found = -(-(4 + length) // 8) * 8, {}
    for column in header["columns"]:
        found[".".join(column["path"])] = (column, packed[at : at + column["size"]])
        at += -(-column["size"] // 8) * 8
    assert at == len(packed)
    assert header["data"]["title"] == "T"
    assert set(header["data"]) & {"id", "strings", "lon", "told", "type"} == set()
    assert (
        np.frombuffer(found["start"][1], "<i4").tolist() == [(DAY - dt.date(1970, 1, 1)).days] * 3
    )
    assert np.frombuffer(found["killed"][1], "<i4").tolist() == [NO_NUMBER] * 3
    assert np.isnan(np.frombuffer(found["lon"][1], "<f8")).all()
    column, body = found["strings"]
    lengths = np.frombuffer(body[: 4 * column["count"]], "<i4")
    assert lengths.tolist() == [
        3,
        4,
    ]  # two units of the rocket, a space, a question mark for half of a pair
    assert body[4 * column["count"] :].decode() == "doc🚀 ?"


def test_it_stays_a_folium_map(tmp_path):
    drawn = build_map([event()], provenance=PROVENANCE)
    assert isinstance(drawn, folium.Map)
    folium.Circle((48, 37), radius=5).add_to(drawn)
    drawn.save(str(tmp_path / "saved.html"))
    write_map(drawn, tmp_path / "written.html")
    assert "L.circle" in (tmp_path / "saved.html").read_text(encoding="utf-8")
    assert "srcdoc" in drawn._repr_html_()


def test_a_link_added_to_one_map_leaks_into_no_other():
    drawn = build_map([event()], provenance=PROVENANCE)
    drawn.add_js_link("x", "https://example.org/x.js")
    drawn.add_css_link("x", "https://example.org/x.css")
    drawn.render()
    assert drawn.hosts == ("https://example.org",)
    other = build_map([event()], provenance=PROVENANCE)
    assert other.hosts == ()
    assert "example.org/x" not in render_html(other)
    assert folium.Map.default_js[0][0] == "leaflet"
    assert not any(name == "x" for name, _ in (*folium.Map.default_js, *folium.Map.default_css))


def test_actors_beyond_the_colours_have_a_letter_each():
    made = [event(number=n, actor=Actor(f"M{n:02}"), target=None) for n in range(30)]
    data = data_of(html(*made))
    marks = dict(zip(data["actors"], data["marks"], strict=True))
    coloured = [name for name, letter in marks.items() if not letter]
    assert len(coloured) == 1 + 18
    assert [letter for letter in data["marks"] if letter] == list("ABCDEFGHIJKL")
    colours = dict(zip(data["actors"], data["colors"], strict=True))
    assert {colours[name] for name in marks if marks[name]} == {OTHER_COLOUR}
    assert len({colours[name] for name in coloured}) == len(coloured)


def test_no_events_are_an_empty_map():
    assert data_of(html())["id"] == []


def test_a_trigger_after_an_emoji_is_marked_where_the_page_counts():
    telling = Evidence("d", Span(0, 12), "🚀 hit Izium.", "hit", Span(2, 5), Status.REPORTED)
    made = Event(
        "i", "shelling", "strike", DateRange(), None, None, None, Status.REPORTED, (telling,)
    )
    told = page_data([made], title=None, provenance=PROVENANCE, codebook=Codebook.load())["told"]
    assert (told["at"], told["length"]) == ([3], [3])


@pytest.mark.parametrize(
    ("actor", "sentence", "named"),
    [
        (Actor("Russian forces", "RUS.MIL"), "x", True),
        (Actor("civilians"), "x", True),
        (Actor("M23"), "x", True),
        (Actor("Wagner"), "Men of Wagner left.", True),
        (Actor("Hundreds"), "Hundreds left.", False),
        (Actor("fuel depot"), "A fuel depot burnt.", False),
    ],
)
def test_only_known_or_named_actors_have_a_colour_and_a_filter(actor, sentence, named):
    made = replace(event(actor=actor, target=None), evidence=(replace(event().evidence[0], sentence=sentence),))  # fmt: skip
    assert named_actors([made]) == ((actor.name,) if named else ())
    assert (actor_colours([made])[actor.name] != OTHER_COLOUR) is named
    assert data_of(html(made))["named"] == 1 + named


def test_layers_count_an_event_in_each_of_its_days_and_actors():
    two_days = event(
        dates=DateRange(DAY, DAY + dt.timedelta(1), DatePrecision.DAY), target=Actor("b")
    )
    undated = event(number=1, dates=DateRange(), actor=None)
    assert [(layer.key, layer.events) for layer in by_date([two_days, undated])] == [
        ("2025-04-07", (0,)), ("2025-04-08", (0,)), ("no date", (1,)),
    ]  # fmt: skip
    assert [layer.key for layer in by_actor([two_days, undated])] == ["b", "x", "not stated"]
    assert [layer.events for layer in by_type([two_days, undated])] == [(0, 1)]
