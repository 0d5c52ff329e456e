"""What a map can show beside its events, in a real browser."""

import re
from dataclasses import replace

import pytest
from folium import Icon, Marker, TileLayer
from folium.plugins import FastMarkerCluster, Fullscreen, HeatMap

from geomapper.blurring import blurred
from geomapper.comparing import Change, compare_runs
from geomapper.model import Status
from geomapper.rendering import BlurNote, Compared, Overlay, Step, Texts, Tiles, Tour, build_map
from geomapper.rendering.overlay import Area
from tests.end_to_end.browser_events import EVENTS, PROVENANCE, event
from tests.end_to_end.conftest import WHOLE, shown

pytestmark = pytest.mark.browser


def drawn(events, *extras, **options):
    return build_map(events, provenance=PROVENANCE, title="A map", extras=extras, **options)


def test_a_comparison_filters_by_change_and_tells_what_was_before(show):
    earlier = [replace(event(0), status=Status.CLAIMED), *EVENTS[1:30], event(70)]
    found = compare_runs(earlier, EVENTS[:40])
    page = show(drawn(found.events, Compared(found)))
    for label, change in (("New", Change.NEW), ("Status changed", Change.STATUS), ("No longer told", Change.GONE)):  # fmt: skip
        row = page.locator(".gm-row:has(input[data-filter=change])", has_text=label)
        assert row.locator(".gm-number").inner_text() == str(found.count(change)) != "0"
        row.locator("input").check()
        assert shown(page) == found.count(change)
        row.locator("input").uncheck()
    page.get_by_role("tab", name="Events").click()
    page.locator(".gm-item[data-id=id000]").click()
    assert "Status changed" in page.locator(".gm-chips").inner_text()
    assert "Claimed" in page.locator(".gm-card dd").all_inner_texts()


def test_a_tour_leads_from_event_to_event_with_captions_and_keys(show):
    steps = (Step("id000", "It begins here.", "One", 7), Step("id005", "It has no place."), Step("id004", "<b>Near</b>"))  # fmt: skip
    page = show(drawn(EVENTS, Tour(steps)))
    page.get_by_role("button", name="Tour").click()
    tour = page.locator(".gm-tour")
    assert "It begins here." in tour.inner_text()
    assert page.evaluate("geomapper.app.map.getZoom()") == 7
    assert "id000" in page.locator(".gm-card").inner_text()
    tour.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    assert "id005" in page.locator(".gm-dock").inner_text()
    page.keyboard.press("Enter")
    assert "<b>Near</b>" in tour.inner_text()
    assert tour.get_by_role("button", name="Next").is_disabled()
    page.wait_for_timeout(300)
    assert "step=2" in page.url
    page.reload()
    page.wait_for_selector(WHOLE, state="attached")
    assert "<b>Near</b>" in tour.inner_text()
    tour.get_by_role("button", name="Close").click()
    assert not tour.is_visible()


def test_an_overlay_is_drawn_named_with_its_source_and_can_be_hidden(show):
    ring = [30_000, 47_000, 6_000, 0, 0, 4_000, -6_000, 0]
    overlay = Overlay((Area("<i>Held</i>", "#ee8866", [ring]),), "A project, 2025-04-08")
    page = show(drawn(EVENTS[:3], overlay))
    legend = page.locator(".gm-legend")
    assert "<i>Held</i>" in legend.inner_text()
    assert "Source: A project, 2025-04-08" in legend.inner_text()
    assert "A project, 2025-04-08" in page.locator(".leaflet-control-attribution").inner_text()
    ink = "document.querySelector('canvas.gm-base').toDataURL()"
    with_areas = page.evaluate(ink)
    page.locator("input[data-part=overlay]").uncheck()
    assert page.evaluate(ink) != with_areas
    page.locator("input[data-part=overlay]").check()
    assert page.evaluate(ink) == with_areas


def test_a_blurred_map_has_circles_only_and_says_so_on_the_map(show):
    page = show(drawn(blurred(EVENTS, 5000), BlurNote(5)))
    assert "blurred: a true place lies within 5 km" in page.locator(".gm-note").inner_text()
    app = page.evaluate("[geomapper.app.layer.points.length, geomapper.app.layer.circles.length]")
    assert app[0] == app[1] > 0


def test_the_page_speaks_the_language_of_its_texts(show, tmp_path):
    copy = tmp_path / "fr.toml"
    copy.write_text('language = "fr"\nfilters = "Filtres"\nreset = "Effacer"\n', encoding="utf-8")
    page = show(drawn(EVENTS, texts=Texts.load(copy)))
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.get_by_role("tab", name="Filtres").is_visible()
    assert page.get_by_role("button", name="Effacer").is_visible()


def test_tiles_come_from_their_host_and_from_no_other(new_page, tmp_path):
    from geomapper.rendering import write_map

    write_map(
        drawn(EVENTS[:3], Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "<b>A maker</b>")),
        tmp_path / "map.html",
    )
    page = new_page(allowed=("https://tiles.example.org/",))
    asked = []
    page.route(re.compile("^https:"), lambda route: (asked.append(route.request.url), route.fulfill(body=b"", content_type="image/png")))  # fmt: skip
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector(WHOLE, state="attached")
    page.wait_for_timeout(200)
    assert asked
    assert "<b>A maker</b>" in page.locator(".leaflet-control-attribution").inner_text()


@pytest.mark.parametrize("plugin", [HeatMap, FastMarkerCluster])
def test_a_heat_map_and_clusters_work_offline_beside_the_events(show, plugin):
    made = drawn(EVENTS)
    plugin([(48 + n / 100, 33) for n in range(40)]).add_to(made)
    Marker((48, 33), icon=Icon(color="red")).add_to(made)
    page = show(made)
    selector = "canvas.leaflet-heatmap-layer" if plugin is HeatMap else ".marker-cluster"
    page.locator(selector).first.wait_for(state="attached")
    assert shown(page) == len(EVENTS)


def test_tiles_of_folium_stand_over_our_land_and_open_the_policy_for_their_pictures(
    new_page, tmp_path
):
    made = drawn(EVENTS[:3])
    TileLayer("https://{s}.example.org/{z}/{x}/{y}.png", attr="A maker").add_to(made)
    assert made.hosts == ("https://*.example.org",)
    made.save(str(tmp_path / "map.html"))
    page = new_page(allowed=tuple(f"https://{part}.example.org/" for part in "abc"))
    asked = []
    page.route(re.compile("^https:"), lambda route: (asked.append(route.request.url), route.fulfill(body=b"", content_type="image/png")))  # fmt: skip
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector(WHOLE, state="attached")
    page.wait_for_timeout(200)
    assert asked
    levels = "[...document.querySelectorAll('.leaflet-gm-land-pane, .leaflet-tile-pane, .leaflet-gm-base-pane')].map((pane) => [pane.className.match(/(gm-land|tile|gm-base)-pane/)[1], Number(getComputedStyle(pane).zIndex)])"
    assert sorted(page.evaluate(levels), key=lambda pair: pair[1]) == [["gm-land", 150], ["tile", 200], ["gm-base", 350]]  # fmt: skip


def test_a_plug_in_from_the_network_loads_from_its_host_alone(new_page, tmp_path):
    made = drawn(EVENTS[:3])
    Fullscreen().add_to(made)
    made.save(str(tmp_path / "map.html"))
    page = new_page(allowed=made.hosts)
    fake = "L.Control.Fullscreen = L.Control.extend({ onAdd() { return document.createElement('i'); } }); L.control.fullscreen = (o) => new L.Control.Fullscreen(o);"
    page.route(
        re.compile("^https:"),
        lambda route: route.fulfill(
            body=fake if route.request.url.endswith("js") else "",
            content_type="text/javascript" if route.request.url.endswith("js") else "text/css",
        ),
    )
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector(WHOLE, state="attached")
    assert shown(page) == 3
