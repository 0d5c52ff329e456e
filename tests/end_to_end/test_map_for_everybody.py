"""The map without a mouse, without sight, without light, without motion; and against hostile text."""

import random
import string
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from geomapper.model import Actor, Casualties, Place, Precision
from geomapper.rendering import build_map
from tests.end_to_end.browser_events import EVENTS, PROVENANCE, event
from tests.end_to_end.conftest import shown, wait_until

pytestmark = pytest.mark.browser
HOSTILE = (
    "<img src=x onerror=window.hacked=1>", "</script><script>window.hacked=1</script>", "{{ 7*7 }}", "${window.hacked=1}",
    "{{ cycler.__init__.__globals__.os.getpid() }}", "{% for x in y %}", "{# x", "javascript:window.hacked=1", "C:\\1 `x`",
    '"><svg onload=window.hacked=1>', "<!--<script>window.hacked=1//", "' onmouseover='window.hacked=1", "\\`${window.hacked=1}`",
    "&lt;b&gt; &amp; &#60;script&#62;", "\u2028window.hacked=1\u2029", "]]><script>window.hacked=1</script>", "\u202eevil\u202c", "<!--geomapper-data-->",
    "<!--geomapper-policy-->", "data:text/html,<script>window.hacked=1</script>", "$& $1 {count} {shown}", "__proto__", "constructor",
)  # fmt: skip
CARDS = """() => {
    const { d, layer, map } = geomapper.app;
    map.removeLayer(layer); // only its drawing takes time
    return d.id.map((_, i) => {
        geomapper.app.open([i], false);
        const card = document.querySelector(".gm-card");
        const texts = (selector) => [...card.querySelectorAll(selector)].map((node) => node.textContent);
        return { title: texts("h2")[0], quote: texts("blockquote")[0], source: texts(".gm-source")[0], facts: texts("dd"), muted: texts(".gm-muted")[0], links: texts("a").length };
    });
}"""


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_serious_and_contrast_is_enough(show, scheme, width):
    page = show(
        EVENTS,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        bypass_csp=True,  # axe itself is a script that the policy forbids
        reduced_motion="reduce",
    )
    assert serious(page) == []
    if width < 700:
        page.locator(".gm-toggle").click()
        assert serious(page) == []
    page.get_by_role("tab", name="Events").click()
    page.locator(".gm-item[data-id=id016]").click()
    wait_until(page, "document.querySelector('.gm-card') !== null")
    assert serious(page) == []


def test_everything_can_be_reached_with_the_tab_key(show):
    page = show(EVENTS[:12])
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, [tabindex='0'], a[href]")]
            .filter((node) => node.tabIndex >= 0 && node.checkVisibility() && !node.disabled).length"""
    )
    seen = set()
    for _ in range(wanted + 14):  # a date field has four stops of its own
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "() => { const n = document.activeElement; n.dataset.reached ??= String(Math.random()); return n.dataset.reached; }"
            )
        )
    assert len(seen) >= wanted


def test_every_event_is_read_with_the_keyboard_alone(show):
    page = show(EVENTS[:12])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the list of events"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"
    page.keyboard.press("Tab")
    read = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        chosen = page.evaluate("document.activeElement.dataset.id")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H2"
        assert chosen in page.locator(".gm-card").inner_text()
        read.add(chosen)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.id") == chosen
    assert read == {made.id for made in EVENTS[:12]}


def test_boxes_and_tabs_answer_to_keys(show):
    page = show(EVENTS)
    page.locator("input[data-filter=type]").first.focus()
    page.keyboard.press("Space")
    assert shown(page) < len(EVENTS)
    page.get_by_role("tab", name="Filters").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Events").get_attribute("aria-selected") == "true"


def test_the_count_is_told_to_screen_readers_and_the_page_has_a_language(show):
    page = show(EVENTS)
    assert page.locator(".gm-count").get_attribute("role") == "status"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("canvas.gm-events").get_attribute("aria-hidden") == "true"
    assert page.locator(".gm-bars").get_attribute("aria-label").startswith("Bars of events")


def generated(chance):
    kinds = (
        string.printable,
        "<>&\"'`{}%#$\\/=;()[] \n\t",
        "абвґЇλمرحبا中文字🚀é\u0301\u200f\u202e\u2028\ufeff",
    )
    letters = chance.choice(kinds)
    body = "".join(chance.choice(letters) for _ in range(chance.randint(1, 24)))
    return body if chance.random() < 0.8 else body + chance.choice(HOSTILE)


def hostile_event(number, texts):
    base = event(0)
    place = Place(
        f"p{number}", texts[0], 30.0 + number % 60 / 10, 48.0 + number % 40 / 10, "PPL", Precision.NEAR,
        "UA", radius_km=3.0, dispute=texts[1],
    )  # fmt: skip
    origin = Place("o", texts[2], 31.0, 50.0, "PPL", Precision.EXACT)
    telling = replace(
        base.evidence[0], document=texts[3], sentence=texts[4], trigger=texts[4][:3], title=texts[5], source=texts[6],
        url=texts[7], attribution=texts[8],
    )  # fmt: skip
    return replace(
        base, id=f"{number:04}{texts[9]}", place=place, actor=Actor(texts[10]), target=Actor(texts[11]), origin=origin,
        edited=texts[12], evidence=(telling,), casualties=Casualties(killed=1), cross_border=True,
    )  # fmt: skip


def clean(text):
    return text.encode("utf-8", "replace").decode()


def test_ten_thousand_strings_and_the_known_payloads_are_shown_as_text(show):
    chance = random.Random(6)  # noqa: S311 - not for secrets
    fields = 13
    payloads = [[text] * fields for text in HOSTILE]
    rows = payloads + [[generated(chance) for _ in range(fields)] for _ in range(10_000 // fields + 1)]  # fmt: skip
    events = [hostile_event(number, texts) for number, texts in enumerate(rows)]
    page = show(events, map_options={"title": "</title><script>window.hacked=1</script>{{ 7*7 }}"})
    cards = page.evaluate(CARDS)
    by_id = sorted(zip(events, rows, strict=True), key=lambda pair: pair[0].id)
    for card, (made, texts) in zip(cards, by_id, strict=True):
        assert card["quote"] == texts[4]
        assert card["title"].endswith(texts[10])
        assert texts[0] in card["muted"]
        assert card["source"].startswith(f"{texts[5]}, {texts[6]}")
        assert {texts[1], texts[2], texts[10], texts[11], texts[12], made.id} <= set(card["facts"])
        assert card["links"] == 0 or texts[7].startswith("http")
    assert page.evaluate("window.hacked") is None
    assert page.title() == "</title><script>window.hacked=1</script>{{ 7*7 }}"
    assert page.locator("img, svg:not(.gm-sign), iframe, object, embed").count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_a_payload_in_every_field_raises_nothing_in_python(text):
    made = hostile_event(0, [text] * 13)
    drawn = build_map([made], provenance=replace(PROVENANCE, filters=(text,)), title=text)
    assert drawn._repr_html_()
