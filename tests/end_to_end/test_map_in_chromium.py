"""The map in a real browser: offline, read, saved, and the same wherever it is opened."""

import csv
import functools
import html
import http.server
import io
import json
import threading
from dataclasses import replace

import pytest
from folium import Circle, FeatureGroup, LayerControl, Marker

from geomapper.model import Actor, Status
from geomapper.rendering import build_map, render_html
from tests.end_to_end.browser_events import EVENTS, PROVENANCE, event
from tests.end_to_end.conftest import WHOLE, shown, wait_until

pytestmark = pytest.mark.browser
COLOURED = """([name, r, g, b]) => {
    const canvas = document.querySelector("canvas." + name);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
        if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12 && data[i + 3] > 250) count++;
    }
    return count;
}"""
BLUE = ["gm-events", 0x00, 0x72, 0xB2]


def open_list(page):
    page.get_by_role("tab", name="Events").click()


def test_the_map_opens_from_disk_without_network_or_errors(show):
    page = show(EVENTS)
    pinned = sum(each.is_pinned for each in EVENTS)
    assert shown(page) == len(EVENTS)
    assert page.locator(".gm-count").inner_text() == f"60 of 60 events, {pinned} on the map"
    assert page.title() == "A map"


@pytest.fixture
def served(tmp_path):
    handler = functools.partial(QuietHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_the_map_opens_from_a_server_and_asks_for_nothing_more(new_page, served):
    folder, address = served
    drawn = build_map(EVENTS, provenance=PROVENANCE)
    (folder / "map.html").write_text(render_html(drawn), encoding="utf-8")
    page = new_page(allowed=(address + "map.html", address + "favicon.ico"))
    page.goto(address + "map.html")
    page.wait_for_selector(WHOLE, state="attached")
    assert shown(page) == len(EVENTS)


@pytest.mark.parametrize("way", ["srcdoc", "notebook"])
def test_the_map_works_inside_a_frame_and_a_notebook(new_page, tmp_path, way):
    drawn = build_map(EVENTS, provenance=PROVENANCE)
    if way == "srcdoc":
        body = f'<iframe width=900 height=600 srcdoc="{html.escape(render_html(drawn))}"></iframe>'
    else:
        body = f'<div class="output_html rendered_html">{drawn._repr_html_()}</div>'
    (tmp_path / "frame.html").write_text(f"<!doctype html>{body}", encoding="utf-8")
    page = new_page()
    page.goto((tmp_path / "frame.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(WHOLE).wait_for(state="attached")
    frame.locator("input[data-filter=type]").first.check()
    assert 0 < int(frame.locator(".gm-count").get_attribute("data-shown")) < len(EVENTS)
    assert page.url.endswith("frame.html")


def test_a_card_shows_the_sentence_with_its_trigger_and_source(show):
    page = show(EVENTS)
    open_list(page)
    page.locator(".gm-item[data-id=id016]").click()
    card = page.locator(".gm-card")
    assert "Sentence 16 tells it." in card.locator("blockquote").inner_text()
    assert card.locator("mark").inner_text() == "Sentence"
    assert card.locator("a").get_attribute("href") == "https://example.org/a"
    assert card.locator("a").get_attribute("rel") == "noopener noreferrer"
    assert "id016" in card.inner_text()


def test_an_event_told_several_times_shows_every_source(show):
    first = event(0)
    other = replace(
        first.evidence[0], sentence="Another denies it.", source="Second", status=Status.DENIED
    )
    page = show([replace(first, evidence=(first.evidence[0], other))])
    open_list(page)
    page.locator(".gm-item").click()
    assert page.locator(".gm-card blockquote").count() == 2
    assert "Reported" in page.locator(".gm-source").nth(0).inner_text()
    assert "Second · Denied" in page.locator(".gm-source").nth(1).inner_text()


def test_a_word_under_the_mouse_says_what_a_sign_is(show):
    page = show([event(0)])
    spot = page.evaluate("() => { const h = geomapper.app.layer.hits[0]; return [h.x, h.y]; }")
    page.mouse.move(*spot)
    assert "Shelling — Russian forces · Place 0" in page.locator(".gm-tip").inner_text()
    page.mouse.move(spot[0] + 200, spot[1])
    page.locator(".gm-tip").wait_for(state="detached")


def test_events_that_share_a_place_are_paged_through(show):
    here = event(0).place
    page = show([replace(event(number), place=here) for number in (0, 4, 8)])
    spot = page.evaluate("() => { const h = geomapper.app.layer.hits[0]; return [h.x, h.y]; }")
    page.mouse.click(*spot)
    assert page.locator(".gm-pager span").inner_text() == "1 of 3 here"
    page.get_by_role("button", name="Next").click()
    page.get_by_text("2 of 3 here").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Next"


def test_what_has_no_place_is_listed_and_its_card_points_nowhere(show):
    page = show(EVENTS)
    open_list(page)
    page.locator(".gm-item[data-id=id005]").click()
    assert page.locator(".leaflet-popup").count() == 0
    assert "no place" in page.locator(".gm-dock .gm-card").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator(".gm-dock").is_visible()


def test_every_event_is_in_the_list_however_many(show):
    page = show([event(number) for number in range(250)])
    open_list(page)
    assert page.locator(".gm-item").count() == 100
    for _ in range(2):
        page.get_by_role("button", name="Show more").click()
    assert page.locator(".gm-item").count() == 250
    assert not page.get_by_role("button", name="Show more").is_visible()


def test_a_region_is_shaded_to_its_border_and_opens_where_it_is_clicked(show):
    page = show([replace(event(3), status=EVENTS[0].status)])
    assert page.evaluate("geomapper.app.layer.points.length") == 0
    inside = page.evaluate(
        "() => { const p = geomapper.app.map.latLngToContainerPoint([48.8, 36.2]); return [p.x, p.y]; }"
    )
    page.mouse.click(*inside)
    assert "region only" in page.locator(".gm-chips").inner_text()


def test_what_is_near_a_place_is_a_circle_of_its_radius(show):
    page = show([replace(event(4), actor=Actor("Blue"))])
    page.evaluate("geomapper.app.map.setView([geomapper.app.d.lat[0], geomapper.app.d.lon[0]], 9)")
    page.wait_for_timeout(400)
    with_circle = page.evaluate(COLOURED, BLUE)
    page.locator("input[data-part=circles]").uncheck()
    assert page.evaluate(COLOURED, BLUE) < with_circle


def test_an_arrow_goes_with_its_event(show):
    page = show([replace(event(2), actor=Actor("Blue"))])
    with_arrow = page.evaluate(COLOURED, BLUE)
    page.locator("input[data-part=arrows]").uncheck()
    sign_alone = page.evaluate(COLOURED, BLUE)
    page.locator("input[data-part=arrows]").check()
    page.get_by_label("Search place, text, source").fill("nothing says so")
    wait_until(page, "geomapper.app.visible.length === 0")
    assert with_arrow > sign_alone > page.evaluate(COLOURED, BLUE) == 0


def test_the_state_in_the_address_comes_back(show):
    page = show(EVENTS)
    page.locator(".gm-row", has_text="Protest").locator("input").check()
    page.get_by_label("From", exact=True).fill("2025-04-03")
    page.evaluate("geomapper.app.map.setView([48, 33], 7, { animate: false })")
    open_list(page)
    page.locator(".gm-item").first.click()
    page.wait_for_timeout(300)
    count, address = shown(page), page.url
    read = "() => [geomapper.app.d.id.at(geomapper.app.opened), geomapper.app.map.getZoom()]"
    opened = page.evaluate(read)
    assert "type=protest" in address
    page.reload()
    page.wait_for_selector(WHOLE, state="attached")
    assert (shown(page), page.evaluate(read)) == (count, opened)
    page.evaluate("location.hash = 'type=shelling'")
    wait_until(page, "geomapper.app.filters.first === null")
    assert shown(page) == sum(each.type == "shelling" for each in EVENTS)


def test_reset_shows_everything_again(show):
    page = show(EVENTS)
    everything = page.evaluate("geomapper.app.map.getBounds().toBBoxString()")
    page.locator("input[data-filter=status]").first.check()
    page.get_by_label("Search place, text, source").fill("17")
    page.get_by_label("To", exact=True).fill("2025-04-03")
    page.evaluate("geomapper.app.map.setView([0, 0], 8, { animate: false })")
    page.get_by_role("button", name="Reset").click()
    assert shown(page) == len(EVENTS)
    assert page.evaluate("geomapper.app.map.getBounds().toBBoxString()") == everything
    assert page.get_by_label("Search place, text, source").input_value() == ""


def saved(page, kind):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Save what is shown as {kind}").click()
    return waiting.value.path().read_bytes()


def test_what_is_shown_can_be_saved(show):
    page = show([*EVENTS, event(77, "=HYPERLINK(1)")])
    page.locator("input[data-filter=status]").first.check()
    count = shown(page)
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV").decode("utf-8-sig"))))
    features = json.loads(saved(page, "GeoJSON"))["features"]
    assert len(rows) == len(features) == count
    assert {row["status"] for row in rows} == {"reported"}
    assert not any(value.startswith("=") for row in rows for value in row.values())
    kinds = {f["geometry"]["type"] if f["geometry"] else None for f in features}
    assert kinds == {"Point", "MultiPolygon", None}
    assert saved(page, "PNG").startswith(b"\x89PNG")


def test_packed_data_is_read_with_and_without_the_browsers_own_unpacking(show, monkeypatch):
    monkeypatch.setattr("geomapper.rendering.page.PACKED_ABOVE", 10)
    page = show(EVENTS)
    assert page.locator("#geomapper-data").get_attribute("data-packed") == "true"
    assert shown(page) == len(EVENTS)
    page.add_init_script("delete globalThis.DecompressionStream")
    page.reload()
    page.wait_for_selector(WHOLE, state="attached")
    assert page.evaluate("typeof DecompressionStream") == "undefined"
    assert shown(page) == len(EVENTS)


def test_folium_markers_and_controls_can_be_added(show):
    drawn = build_map(EVENTS, provenance=PROVENANCE)
    Marker((48, 33), popup="A marker", tooltip="here").add_to(drawn)
    page = show(drawn)
    page.locator(".leaflet-marker-icon").click(force=True)
    assert page.locator(".leaflet-popup", has_text="A marker").is_visible()
    assert drawn.hosts == ()


def test_folium_groups_and_their_control_stand_beside_the_events(show):
    drawn = build_map(EVENTS, provenance=PROVENANCE)
    group = FeatureGroup(name="Mine").add_to(drawn)
    Circle((48, 33), radius=9000, tooltip="a circle").add_to(group)
    LayerControl(collapsed=False).add_to(drawn)
    page = show(drawn)
    page.get_by_text("Mine").click()
    assert page.evaluate("geomapper.app.map.hasLayer(geomapper.app.layer)")


READ = """() => {
    const { d, filters } = geomapper.app;
    filters.search("1 sentence");
    const found = Array.from(filters.apply().visible);
    const rows = Array.from({ length: d.count }, (_, i) => [
        d.id.at(i), d.tellings(i), d.text("place", i), d.text("origin", i), d.lon[i], d.radius[i], d.start[i], d.killed[i], d.confidence[i],
    ]);
    return JSON.stringify([found, rows]);
}"""


def test_a_packed_map_says_the_same_as_one_that_is_not(show, monkeypatch):
    events = [*EVENTS[:40], event(1001, "\ufeffŽluť 🚀 «тест»"), event(1002, "a\x00b\n")]
    plain = show(events).evaluate(READ)
    monkeypatch.setattr("geomapper.rendering.page.PACKED_ABOVE", 2)
    assert show(events).evaluate(READ) == plain


def test_nothing_is_cut_off_on_a_phone(show):
    page = show([event(number) for number in range(9)], viewport={"width": 360, "height": 700})
    cut = """() => [...document.querySelectorAll(".gm-bar > *")].filter((part) => {
        const [box, inside] = [part.parentNode.getBoundingClientRect(), part.getBoundingClientRect()];
        return inside.height > 0 && (inside.bottom > box.bottom + 1 || inside.right > box.right + 1);
    }).map((part) => part.textContent || part.ariaLabel)"""
    assert "without a date" in page.locator(".gm-time .gm-muted").inner_text()
    assert page.evaluate(cut) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_title_of_a_narrow_map_stays_behind_a_button(show):
    page = show(EVENTS, viewport={"width": 390, "height": 740})
    panel, toggle = page.locator(".gm-panel"), page.locator(".gm-toggle")
    assert not panel.is_visible()
    assert toggle.get_attribute("aria-expanded") == "false"
    toggle.click()
    assert panel.is_visible()
    assert toggle.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    open_list(page)
    page.locator(".gm-item").first.click()
    assert not panel.is_visible()
    assert page.locator(".gm-card").is_visible()


def test_paper_gets_the_map_as_a_picture_and_every_event_in_a_table(show):
    page = show(EVENTS)
    page.locator("input[data-filter=type]").first.check()
    count = shown(page)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".gm-paper tbody tr").count() == count
    assert page.locator(".gm-paper > canvas").is_visible()
    assert not page.locator(".gm-panel").is_visible()
    assert page.pdf().startswith(b"%PDF")
