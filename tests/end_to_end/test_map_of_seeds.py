"""The events of our own seeds in the browser: what is known to a region is no point, and so on."""

import datetime as dt
import json

import pytest

from geomapper.coding.codebook import Codebook
from geomapper.exporting.loading import load_events

pytestmark = pytest.mark.browser
DRAWN = """() => {
    const { d, layer, visible } = geomapper.app;
    const ids = (events) => Array.from(events, (i) => d.id.at(i)).sort();
    const regions = [...layer.regions.entries()].flatMap(([area, events]) => events.map((i) => [d.id.at(i), layer.areas[area].rings.length]));
    return {
        points: ids(layer.points), circles: ids(layer.circles), arrows: ids(layer.arrows), listed: ids(visible),
        regions: Object.fromEntries(regions), radius: Object.fromEntries(Array.from(visible, (i) => [d.id.at(i), d.radius[i]])),
    };
}"""
ON = """(days) => days.map((day) => {
    const { d, filters } = geomapper.app;
    const number = Math.round(Date.parse(day + "T00:00:00Z") / 864e5);
    filters.reset();
    filters.range(number, number);
    return Array.from(filters.apply().visible, (i) => d.id.at(i)).sort();
})"""


@pytest.fixture(scope="module")
def features(root):
    """Return every feature of the seeds' files as JSON, which says itself how it is to be drawn."""
    files = sorted((root / "maps").glob("*/events.geojson"))
    return [each for file in files for each in json.loads(file.read_text("utf-8"))["features"]]


@pytest.fixture(scope="module")
def events(root):
    codebook, problems = Codebook.load(), []
    files = sorted((root / "maps").glob("*/events.geojson"))
    found = [load_events(file, codebook, on_problem=problems.append).events for file in files]
    assert problems == []
    return [event for each in found for event in each]


def ids(features, passes):
    return sorted(each["properties"]["id"] for each in features if passes(each))


def kind(feature):
    return feature["geometry"]["type"] if feature["geometry"] else None


def is_pinned(feature):
    said = feature["properties"]["status"]
    return feature["geometry"] is not None and said not in {"planned", "hypothetical", "negated"}


def test_a_seed_region_is_a_region_a_near_event_a_circle_and_nothing_is_dropped(show, features, events):  # fmt: skip
    page = show(events)
    found = page.evaluate(DRAWN)
    regions = ids(features, lambda each: is_pinned(each) and "Polygon" in kind(each))
    assert sorted(found["regions"]) == regions != []
    assert all(rings > 0 for rings in found["regions"].values())
    assert found["points"] == ids(features, lambda each: is_pinned(each) and kind(each) == "Point")
    assert set(found["points"]) & set(regions) == set()
    near = [each for each in features if is_pinned(each) and each["properties"]["precision"] == "near"]  # fmt: skip
    assert found["circles"] == ids(near, lambda _: True) != []
    for each in near:
        assert found["radius"][each["properties"]["id"]] == each["properties"]["radius_km"]
    assert found["listed"] == ids(features, lambda _: True)


def test_a_seed_arrow_goes_with_its_event(show, features, events):
    page = show(events)
    arrows = ids(features, lambda each: is_pinned(each) and each["properties"]["origin_lon"] is not None)  # fmt: skip
    assert page.evaluate(DRAWN)["arrows"] == arrows != []
    for each in arrows:
        others = "(id) => { const { d, layer, visible } = geomapper.app; layer.show(visible.filter((i) => d.id.at(i) !== id)); return Array.from(layer.arrows, (i) => d.id.at(i)).sort(); }"
        assert page.evaluate(others, each) == [other for other in arrows if other != each]


def test_a_seed_event_of_several_days_is_in_each_of_them(show, features, events):
    page = show(events)
    dated = {
        each["properties"]["id"]: (
            dt.date.fromisoformat(each["properties"]["date_start"]),
            dt.date.fromisoformat(each["properties"]["date_end"]),
        )
        for each in features
        if each["properties"]["date_start"] and each["properties"]["date_end"]
    }
    long = {key: (first, last) for key, (first, last) in dated.items() if 0 < (last - first).days < 40}  # fmt: skip
    assert long
    days = sorted(
        {
            first + dt.timedelta(day)
            for first, last in long.values()
            for day in range(-1, (last - first).days + 2)
        }
    )
    shown = page.evaluate(ON, [day.isoformat() for day in days])
    for day, found in zip(days, shown, strict=True):
        wanted = {key for key, (first, last) in dated.items() if first <= day <= last}
        assert wanted == set(found) & set(dated)
