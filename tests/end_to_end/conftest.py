"""One browser for all tests, and pages whose every error and request is a failure."""

import os
import shutil

import pytest

from geomapper.rendering import EventMap, build_map, write_map
from tests.end_to_end.browser_events import PROVENANCE

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
WHOLE = "html[data-basemap=drawn]"


@pytest.fixture(scope="session")
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
def new_page(browser):
    """Open pages in which an error on the console, an exception or a request fails the test."""
    opened = []

    def make(*, allowed=(), **options):
        context = browser.new_context(
            **{"viewport": {"width": 1200, "height": 800}, "accept_downloads": True, **options}
        )
        page = context.new_page()
        problems = []
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: _note(asked.url, allowed, problems))
        opened.append((context, problems))
        return page

    yield make
    for context, problems in opened:
        context.close()
        assert problems == []


def _note(url, allowed, problems):
    if not url.startswith(("file:", "data:", "blob:", "about:", *allowed)):
        problems.append(url)


@pytest.fixture
def show(new_page, tmp_path):
    """Draw events, open their map from disk and wait until it can be used."""

    def draw(events, *, address="", map_options=None, **page_options):
        path = tmp_path / "map.html"
        drawn = events
        if not isinstance(events, EventMap):
            options = {"provenance": PROVENANCE, "title": "A map", **(map_options or {})}
            drawn = build_map(events, **options)
        write_map(drawn, path)
        page = new_page(**page_options)
        page.goto(path.as_uri() + address)
        page.wait_for_selector(WHOLE, state="attached")
        return page

    return draw


def shown(page):
    return int(page.locator(".gm-count").get_attribute("data-shown"))


def wait_until(page, condition):
    """Wait for a condition in the page, whose policy forbids Playwright's own way of waiting."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"never true: {condition}")
