"""The map in a real browser: offline, filtered, read, and not fooled."""

import datetime as dt
import os
import shutil
from dataclasses import replace

import pytest
from shapely import box

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
from geomapper.rendering import build_map, write_map

pytestmark = pytest.mark.browser
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
PROVENANCE = Provenance("geomapper 0", "g 1", "c 1", "m 1")
START = dt.date(2025, 4, 1)
ACTORS = ("Russian forces", "Ukrainian forces", None)
TYPES = (
    ("shelling", "strike"),
    ("drone_strike", "strike"),
    ("territory_captured", "capture"),
    ("protest", "unrest"),
)
STATUSES = (Status.REPORTED, Status.CLAIMED, Status.DENIED, Status.PLANNED)
HOSTILE = (
    "<img src=x onerror=window.hacked=1>", "</script><script>window.hacked=1</script>", "{{ 7*7 }}", "${window.hacked=1}",
    "{% for x in y %}", "javascript:window.hacked=1", '"><svg onload=window.hacked=1>', "C:\\1 `x`",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        assert not os.environ.get("GEOMAPPER_NEEDS_BROWSER"), "Chromium must be here in CI"
        pytest.skip("Chromium is not here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def show(browser, tmp_path):
    pages = []

    def draw(events, **page_options):
        path = tmp_path / "map.html"
        write_map(build_map(events, provenance=PROVENANCE, title="A map"), path)
        page = browser.new_page(viewport={"width": 1200, "height": 800}, **page_options)
        problems = []
        page.on(
            "console",
            lambda message: problems.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request",
            lambda request: (
                problems.append(request.url) if request.url.startswith("http") else None
            ),
        )
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-geomapper=ready]")
        pages.append((page, problems))
        return page

    yield draw
    for page, problems in pages:
        page.close()
        assert problems == []


def event(number, text=None):
    sentence = text or f"Sentence {number} tells it."
    name = text or f"Place {number}"
    kind = number % 7
    area = box(36, 47, 38, 49) if kind == 3 else None
    precision = Precision.ADMIN1 if kind == 3 else Precision.NEAR if kind == 4 else Precision.EXACT
    code = "ADM1" if kind == 3 else "PPL"
    place = (
        None
        if kind == 5
        else Place(
            f"p{number}",
            name,
            30 + number * 0.37 % 9,
            46 + number * 0.23 % 5,
            code,
            precision,
            "UA",
            radius_km=10.0 if kind == 4 else None,
            area=area,
        )
    )
    event_type, family = TYPES[number % len(TYPES)]
    actor = ACTORS[number % 3]
    first = START + dt.timedelta(number % 11)
    dates = (
        DateRange()
        if number % 9 == 8
        else DateRange(first, first + dt.timedelta(number % 2 * 2), DatePrecision.DAY)
    )
    status = STATUSES[number % len(STATUSES)]
    origin = Place("o", "Origin", 34.0, 50.5, "PPL", Precision.EXACT) if kind == 2 else None
    telling = Evidence(
        "doc",
        Span(0, len(sentence)),
        sentence,
        sentence[:8],
        Span(0, 8),
        status,
        text,
        text,
        text,
        text or "https://example.org/a",
        START,
    )
    return Event(
        f"id{number:03}", event_type, family, dates, place, Actor(text or actor) if text or actor else None, Actor("Ukrainian forces") if number % 5 == 0 else None,
        status, (telling,), cross_border=kind == 2, origin=origin,
    )  # fmt: skip


EVENTS = [event(number) for number in range(60)]


def shown(page):
    return int(page.locator(".gm-count").get_attribute("data-shown"))


def test_the_map_opens_from_disk_without_network_or_errors(show):
    page = show(EVENTS)
    assert shown(page) == len(EVENTS)
    assert int(page.locator(".gm-count").get_attribute("data-pinned")) == sum(
        e.is_pinned for e in EVENTS
    )
    assert page.title() == "A map"


def check(page, name, label):
    page.locator(f".gm-row:has(input[data-filter={name}])", has_text=label).first.locator(
        "input"
    ).check()


def overlaps(made, first, last):
    start, end = made.dates.earliest, made.dates.latest
    return start is not None and start <= last and end >= first


def test_actor_and_date_filter_together(show):
    page = show(EVENTS)
    first, last = START + dt.timedelta(2), START + dt.timedelta(5)
    check(page, "actor", "Russian forces")
    page.get_by_label("From", exact=True).fill(first.isoformat())
    page.get_by_label("To", exact=True).fill(last.isoformat())
    names = lambda made: {actor.name for actor in (made.actor, made.target) if actor}  # noqa: E731
    wanted = [
        made for made in EVENTS if "Russian forces" in names(made) and overlaps(made, first, last)
    ]
    assert shown(page) == len(wanted) > 0


@pytest.mark.parametrize("label", ["Shelling", "Drone strike", "Protest"])
def test_type_and_status_filter_together(show, label):
    page = show(EVENTS)
    check(page, "type", label)
    check(page, "status", "Reported")
    check(page, "status", "Claimed")
    wanted = [
        e
        for e in EVENTS
        if e.type == label.lower().replace(" ", "_")
        and e.status in (Status.REPORTED, Status.CLAIMED)
    ]
    assert shown(page) == len(wanted)


def test_every_combination_agrees_with_an_independent_count(show):
    page = show(EVENTS)
    for actor in range(1, 3):
        for event_type, _ in TYPES:
            counted = page.evaluate(
                """([actor, type]) => {
                    const f = window.geomapper.app.filters, d = window.geomapper.app.d;
                    f.reset();
                    f.toggle("actor", actor);
                    f.toggle("type", d.types.findIndex((t) => t.id === type));
                    return [d.actors[actor], f.apply().visible.length];
                }""",
                [actor, event_type],
            )
            name, count = counted
            wanted = [
                e
                for e in EVENTS
                if e.type == event_type and name in {a.name for a in (e.actor, e.target) if a}
            ]
            assert count == len(wanted)


def test_search_finds_words_of_the_sentence(show):
    page = show(EVENTS)
    page.get_by_label("Search place, text, source").fill("sentence 17 tells")
    assert shown(page) == 1


def test_a_card_shows_the_sentence_with_its_trigger_and_source(show):
    page = show(EVENTS)
    page.locator(".gm-item[data-id=id016]").click()
    card = page.locator(".gm-card")
    assert "Sentence 16 tells it." in card.locator("blockquote").inner_text()
    assert card.locator("mark").inner_text() == "Sentence"
    assert card.locator("a").get_attribute("href") == "https://example.org/a"
    assert "id016" in card.inner_text()


def test_every_event_can_be_read_from_the_list(show):
    page = show(EVENTS)
    assert page.locator(".gm-item").count() == len(EVENTS)
    page.locator(".gm-item[data-id=id005]").focus()
    page.keyboard.press("Enter")
    assert "no place" in page.locator(".gm-card").inner_text()


def test_a_click_on_a_sign_opens_its_event(show):
    lone = [event(0)]
    page = show(lone)
    spot = page.evaluate(
        "() => { const h = window.geomapper.app.layer.hits[0]; return [h.x, h.y]; }"
    )
    page.mouse.click(*spot)
    assert "Sentence 0" in page.locator(".gm-card").inner_text()


def test_an_arrow_goes_with_its_event(show):
    page = show([replace(event(2), actor=Actor("Blue"))])
    ink = """() => {
        const canvas = document.querySelector("canvas.gm-events");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let blue = 0;
        for (let i = 0; i < pixels.length; i += 4) if (pixels[i] < 20 && pixels[i + 2] > 150) blue++;
        return blue;
    }"""
    before = page.evaluate(ink)
    page.evaluate(
        "() => { window.geomapper.app.layer.d.originLon[0] = null; window.geomapper.app.layer.redraw(); }"
    )
    without = page.evaluate(ink)
    page.evaluate("() => window.geomapper.app.layer.show([])")
    assert before > without > page.evaluate(ink)


def test_the_state_in_the_address_comes_back(show):
    page = show(EVENTS)
    check(page, "type", "Protest")
    count = shown(page)
    page.goto(page.url)
    page.reload()
    page.wait_for_selector("html[data-geomapper=ready]")
    assert shown(page) == count < len(EVENTS)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_and_never_run(show, text):
    page = show([event(0, text)])
    page.locator(".gm-item").first.click()
    assert text in page.locator(".gm-card blockquote").inner_text()
    assert page.locator(".gm-card a").count() == 0
    assert page.evaluate("window.hacked") is None


def test_it_works_inside_an_iframe(browser, tmp_path):
    drawn = build_map(EVENTS[:5], provenance=PROVENANCE)
    (tmp_path / "frame.html").write_text(drawn._repr_html_(), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "frame.html").as_uri())
    page.frame_locator("iframe").locator("html[data-geomapper=ready]").wait_for(state="attached")
    page.close()


def test_a_narrow_screen_keeps_the_filters_behind_a_button(browser, tmp_path):
    write_map(build_map(EVENTS, provenance=PROVENANCE), tmp_path / "m.html")
    page = browser.new_page(viewport={"width": 390, "height": 740})
    page.goto((tmp_path / "m.html").as_uri())
    page.wait_for_selector("html[data-geomapper=ready]")
    assert not page.locator(".gm-panel").is_visible()
    page.locator(".gm-toggle").click()
    assert page.locator(".gm-panel").is_visible()
    page.close()
