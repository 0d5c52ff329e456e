"""What a reader has first, what is drawn by day, by night and on paper, and signs that say who is who."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from geomapper.model import Actor
from geomapper.rendering import build_map, write_map
from tests.end_to_end.browser_events import EVENTS, PROVENANCE, event
from tests.end_to_end.conftest import WHOLE, shown, wait_until

pytestmark = pytest.mark.browser
AT_FIRST = """new MutationObserver((seen, watch) => {
    if (document.documentElement.dataset.geomapper !== "ready") return;
    watch.disconnect();
    window.atFirst = { hits: geomapper.app.layer.hits.length, base: document.querySelectorAll("canvas.gm-base").length };
    document.querySelector("input[data-filter=type]").click();
    window.atFirst.shown = Number(document.querySelector(".gm-count").dataset.shown);
}).observe(document, { attributes: true, subtree: true });"""
CLUB = [replace(event(n), actor=Actor(f"Group M{n}"), target=None) for n in range(30)]


def test_events_and_controls_stand_before_the_basemap_and_it_follows(new_page, tmp_path):
    write_map(build_map(EVENTS, provenance=PROVENANCE), tmp_path / "map.html")
    page = new_page()
    page.add_init_script(AT_FIRST)
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector(WHOLE, state="attached")
    first = page.evaluate("window.atFirst")
    assert first["hits"] > 0
    assert first["base"] == 0
    assert 0 < first["shown"] < len(EVENTS)
    assert page.locator("canvas.gm-base").count() == 1
    land = "() => { const c = document.querySelector('canvas.gm-base'); return [...c.getContext('2d').getImageData(c.width / 2, 40, 1, 1).data]; }"
    assert page.evaluate(land) == [0xF7, 0xF5, 0xEF, 255]


def test_disputed_areas_are_hatched(show):
    page = show(EVENTS)
    page.evaluate("geomapper.app.map.setView([45.3, 34.3], 7, { animate: false })")
    colours = "() => { const c = document.querySelector('canvas.gm-base'); const { data } = c.getContext('2d').getImageData(c.width / 2 - 30, c.height / 2 - 30, 60, 60); const all = new Set(); for (let i = 0; i < data.length; i += 4) all.add(data.slice(i, i + 3).join()); return all.size; }"
    hatched = page.evaluate(colours)
    page.evaluate("geomapper.app.base.rings.disputed = []; geomapper.app.base.redraw()")
    assert page.evaluate(colours) < hatched


def test_the_map_zooms_within_bounds_and_keeps_its_own_font(show):
    page = show(EVENTS)
    assert page.evaluate("[geomapper.app.map.getMinZoom(), geomapper.app.map.getMaxZoom()]") == [2, 15]  # fmt: skip
    font = page.evaluate("getComputedStyle(document.querySelector('.leaflet-container')).font")
    assert "13px" in font
    assert "system-ui" in font


def luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # fmt: skip
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_signs_of_the_legend_stand_out_on_it(show, scheme):
    page = show(EVENTS, color_scheme=scheme)
    back = page.evaluate("getComputedStyle(document.querySelector('.gm-legend')).backgroundColor")
    signs = page.evaluate("[...document.querySelectorAll('.gm-legend .gm-sign')].map((sign) => [sign.classList.contains('gm-wide'), getComputedStyle(sign).color])")  # fmt: skip
    assert {is_wide for is_wide, _ in signs} == {True, False}
    for is_wide, colour in signs:
        # what is round stands in a white ring or on a white ground of its own
        assert contrast(colour, back if is_wide else "rgb(255, 255, 255)") >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shaded_region_is_told_from_its_surroundings(show, scheme):
    page = show([replace(event(3), status=EVENTS[0].status)], color_scheme=scheme)
    page.evaluate("geomapper.app.map.setView([48, 37.9], 8, { animate: false })")
    at = """([lat, lon]) => {
        const { map, base, layer } = geomapper.app;
        const p = map.latLngToContainerPoint([lat, lon]);
        const both = document.createElement("canvas");
        [both.width, both.height] = [base._canvas.width, base._canvas.height];
        const c = both.getContext("2d");
        for (const each of [base, layer]) c.drawImage(each._canvas, 0, 0);
        return "rgb(" + [...c.getImageData(p.x, p.y, 1, 1).data.slice(0, 3)].join() + ")";
    }"""
    inside, outside = page.evaluate(at, [48.33, 37.83]), page.evaluate(at, [48.33, 38.2])
    assert contrast(inside, outside) >= 1.12


def test_actors_beyond_the_colours_have_letters_that_the_legend_leads_to(show):
    page = show(CLUB)
    more = page.locator(".gm-rows details")
    assert more.locator("summary").inner_text() == "12 more, each with a letter"
    assert not more.locator("input").first.is_visible()
    page.get_by_role("button", name="grey with a letter: 12 more actors").click()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    row = more.locator(".gm-row").nth(2)
    name, letter = row.locator(".gm-label").inner_text(), row.locator("svg text").text_content()
    assert letter == "C"
    row.locator("input").check()
    assert shown(page) == sum(each.actor.name == name for each in CLUB) == 1
    page.get_by_role("tab", name="Events").click()
    assert page.locator(".gm-item svg text").text_content() == letter
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_selector(WHOLE, state="attached")
    assert more.locator("input").nth(2).is_checked()
    assert more.locator("input").nth(2).is_visible()


def test_a_letter_is_drawn_beside_its_sign_on_the_map(show):
    page = show(CLUB)
    marked = page.evaluate("geomapper.app.d.marks.findIndex(Boolean)")
    page.evaluate("(n) => { const { app } = geomapper; app.filters.toggle('actor', n); app.update(); app.fit(); }", marked)  # fmt: skip
    with_letter = page.evaluate("geomapper.app.layer._canvas.toDataURL()")
    page.evaluate("geomapper.app.d.marks = null; geomapper.app.layer.redraw()")
    assert page.evaluate("geomapper.app.layer._canvas.toDataURL()") != with_letter


def printed(page):
    """Return the texts of the pages of what Chromium prints."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [each.get_textpage().get_text_range() for each in document]


@pytest.mark.parametrize("width", [1200, 390])
def test_paper_has_title_signs_actors_credits_and_every_event(show, width):
    page = show(EVENTS, viewport={"width": width, "height": 800})
    page.evaluate("geomapper.app.filters.toggle('status', 0); geomapper.app.update()")
    count = shown(page)
    first, *rest = printed(page)
    whole = first + "".join(rest)
    for words in ("A map", f"{count} of 60 events", "Reported", "known to a region only", "Russian forces", "Places GeoNames"):  # fmt: skip
        assert words in first
    assert sum(f"Sentence {number} tells it." in whole for number in range(60)) == count
    assert "Play" not in whole


@pytest.mark.parametrize("viewport", [(1200, 800), (390, 800), (900, 2400)])
def test_the_map_on_paper_fits_a_page(show, viewport):
    page = show(EVENTS, viewport={"width": viewport[0], "height": viewport[1]})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    box = page.locator(".gm-paper > canvas").bounding_box()
    assert box["height"] <= 181 / 25.4 * 96
    assert box["width"] / box["height"] == pytest.approx(viewport[0] / viewport[1], rel=0.02)


def test_paper_is_printed_by_day_whatever_the_screen_is(show):
    page = show(EVENTS, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    land = "() => { const c = document.querySelector('.gm-paper > canvas'); return [...c.getContext('2d').getImageData(c.width / 2, 80, 1, 1).data]; }"
    assert page.evaluate(land) == [0xF7, 0xF5, 0xEF, 255]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_reduced_motion_moves_nothing(show):
    page = show(EVENTS, reduced_motion="reduce")
    moving = "[...document.querySelectorAll('.gm-root *, .leaflet-zoom-animated')].filter((node) => getComputedStyle(node).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_colours_follow_the_night_while_the_map_is_open(show):
    page = show(EVENTS)
    read = "() => { const c = document.querySelector('canvas.gm-base'); return c.getContext('2d').getImageData(c.width / 2, 40, 1, 1).data[0]; }"
    by_day = page.evaluate(read)
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"({read})() < 80")
    assert by_day > 200
