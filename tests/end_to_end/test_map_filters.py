"""The filters of the map: every combination shows exactly what an independent count gives."""

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.end_to_end.browser_events import (
    ACTORS,
    EVENTS,
    START,
    STATUSES,
    TYPES,
    event,
    passes,
)
from tests.end_to_end.conftest import shown, wait_until

pytestmark = pytest.mark.browser
APPLY = """(choices) => choices.map((choice) => {
    const { filters: f, d } = geomapper.app;
    const day = (text) => text === null ? null : Math.round(Date.parse(text + "T00:00:00Z") / 864e5);
    f.reset();
    for (const name of choice.actor) f.toggle("actor", name === null ? 0 : d.actors.indexOf(name, 1));
    for (const id of choice.type) f.toggle("type", d.types.findIndex((type) => type.id === id));
    for (const id of choice.status) f.toggle("status", d.statuses.indexOf(id));
    f.role = choice.role;
    f.range(day(choice.first), day(choice.last));
    f.undated = choice.undated;
    f.search(choice.text);
    const { visible, counts } = f.apply();
    return [Array.from(visible, (i) => d.id.at(i)), Object.fromEntries(d.types.map((type, n) => [type.id, counts.type[n]]))];
})"""

days = st.integers(-2, 14).map(lambda number: START + dt.timedelta(number)) | st.none()
CHOICES = st.fixed_dictionaries(
    {
        "actor": st.lists(st.sampled_from(ACTORS), unique=True),
        "role": st.sampled_from(("any", "actor", "target")),
        "type": st.lists(st.sampled_from([name for name, _ in TYPES]), unique=True),
        "status": st.lists(st.sampled_from([each.value for each in STATUSES]), unique=True),
        "first": days,
        "last": days,
        "undated": st.booleans(),
        "text": st.sampled_from(("", "", "", "1 sentence", "PLACE 2", "russian tells", "id00")),
    }
)


def as_json(choice):
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in choice.items()
    }


def check(page, events, choices):
    """Compare what the page shows, and what it counts by type, with our own counting."""
    answers = page.evaluate(APPLY, [as_json(choice) for choice in choices])
    for choice, (ids, counts) in zip(choices, answers, strict=True):
        assert sorted(ids) == sorted(made.id for made in events if passes(made, choice))
        without = [made for made in events if passes(made, {**choice, "type": []})]
        for name, _ in TYPES:
            assert counts[name] == sum(made.type == name for made in without)


def test_every_combination_shows_what_an_independent_count_gives(show):
    page = show(EVENTS)

    @settings(
        max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.lists(CHOICES, min_size=20, max_size=40))
    def agrees(choices):
        check(page, EVENTS, choices)

    agrees()


@pytest.mark.parametrize("seed", range(4))
def test_generated_sets_of_events_are_filtered_right(show, seed):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    events = [event(number) for number in chance.sample(range(1000), chance.choice([1, 7, 90]))]
    page = show(events)
    choices = [
        {
            "actor": chance.sample(ACTORS, chance.randint(0, 2)),
            "role": chance.choice(["any", "actor", "target"]),
            "type": [name for name, _ in chance.sample(TYPES, chance.randint(0, 3))],
            "status": [each.value for each in chance.sample(STATUSES, chance.randint(0, 2))],
            "first": START + dt.timedelta(chance.randint(0, 8)) if chance.random() < 0.5 else None,
            "last": START + dt.timedelta(chance.randint(4, 12)) if chance.random() < 0.5 else None,
            "undated": chance.random() < 0.5,
            "text": "",
        }
        for _ in range(150)
    ]
    check(page, events, choices)


def choose(page, name, label):
    rows = page.locator(f".gm-row:has(input[data-filter={name}])", has_text=label)
    rows.first.locator("input").check()


def test_boxes_dates_and_search_act_together(show):
    page = show(EVENTS)
    choice = {
        "actor": ["Russian forces"], "role": "any", "type": ["shelling", "protest"], "status": ["reported", "planned"],
        "first": START + dt.timedelta(1), "last": START + dt.timedelta(8), "undated": False, "text": "tells",
    }  # fmt: skip
    choose(page, "actor", "Russian forces")
    choose(page, "type", "Shelling")
    choose(page, "type", "Protest")
    choose(page, "status", "Reported")
    choose(page, "status", "Planned")
    page.get_by_label("From", exact=True).fill(choice["first"].isoformat())
    page.get_by_label("To", exact=True).fill(choice["last"].isoformat())
    page.get_by_label("Search place, text, source").fill("tells")
    wait_until(page, "geomapper.app.filters.text === 'tells'")
    assert shown(page) == sum(passes(made, choice) for made in EVENTS) > 0


def test_the_box_of_a_family_switches_its_types(show):
    page = show(EVENTS)
    page.locator("input[data-family=strike]").check()
    assert shown(page) == sum(made.family == "strike" for made in EVENTS)
    choose_off = page.locator(".gm-row:has(input[data-filter=type])", has_text="Shelling")
    choose_off.locator("input").uncheck()
    assert page.locator("input[data-family=strike]").evaluate("box => box.indeterminate")
    assert shown(page) == sum(made.type == "drone_strike" for made in EVENTS)


def test_an_actor_can_be_asked_for_as_target(show):
    page = show(EVENTS)
    choose(page, "actor", "Ukrainian forces")
    page.get_by_label("An actor's part").select_option("target")
    targets = [made for made in EVENTS if made.target and made.target.name == "Ukrainian forces"]
    assert shown(page) == len(targets)


def test_counts_follow_the_other_filters(show):
    page = show(EVENTS)
    choose(page, "status", "Claimed")
    row = page.locator(".gm-row:has(input[data-filter=actor])", has_text="Russian forces")
    expected = sum(
        made.status == "claimed"
        and "Russian forces" in {each.name for each in (made.actor, made.target) if each}
        for made in EVENTS
    )
    assert row.locator(".gm-number").inner_text() == str(expected)


def bar(page, number):
    """Return the point of the page in the middle of a bar."""
    box = page.locator(".gm-bars").bounding_box()
    count = page.evaluate("geomapper.app.timeline.bins")
    return box["x"] + (number + 0.5) * box["width"] / count, box["y"] + 20


def lasts_on(made, day):
    start, end = made.dates.earliest, made.dates.latest
    return start is not None and start <= day <= end


def test_an_event_of_several_days_counts_in_each_of_its_bars(show):
    page = show(EVENTS)
    sums = page.evaluate(
        "Array.from(geomapper.app.timeline.table[0], (_, bin) => geomapper.app.timeline.table.reduce((s, row) => s + row[bin], 0))"
    )
    days = [START + dt.timedelta(number) for number in range(len(sums))]
    assert sums == [sum(lasts_on(made, day) for made in EVENTS) for day in days]
    assert sum(sums) > sum(made.dates.earliest is not None for made in EVENTS)


def test_a_click_on_a_bar_chooses_its_day_and_a_second_lets_it_go(show):
    page = show(EVENTS)
    page.mouse.click(*bar(page, 3))
    assert shown(page) == sum(lasts_on(made, START + dt.timedelta(3)) for made in EVENTS)
    page.mouse.click(*bar(page, 3))
    assert shown(page) == len(EVENTS)


def test_a_drag_over_bars_and_the_keys_of_the_sliders_choose_a_range(show):
    page = show(EVENTS)
    page.mouse.move(*bar(page, 2))
    page.mouse.down()
    page.mouse.move(*bar(page, 5))
    page.mouse.up()
    assert page.get_by_label("From", exact=True).input_value() == "2025-04-03"
    assert page.get_by_label("To", exact=True).input_value() == "2025-04-06"
    page.get_by_label("Last bar of the range").focus()
    page.keyboard.press("ArrowLeft")
    assert page.get_by_label("To", exact=True).input_value() == "2025-04-05"
    first, last = START + dt.timedelta(2), START + dt.timedelta(4)
    wanted = [m for m in EVENTS if m.dates.earliest and m.dates.earliest <= last and m.dates.latest >= first]  # fmt: skip
    assert shown(page) == len(wanted)
    assert page.get_by_label("Last bar of the range").get_attribute("aria-valuetext") == "2025-04-05"  # fmt: skip


def test_a_map_without_any_date_has_a_line_instead_of_bars(show):
    page = show([event(8), event(17)])
    line = page.locator(".gm-time")
    assert line.inner_text().strip() == "No event has a date"
    assert line.bounding_box()["height"] < 60


def test_play_goes_from_bar_to_bar_and_cumulative_adds_them_up(show):
    page = show(EVENTS)
    page.get_by_role("button", name="Play").click()
    assert shown(page) == sum(lasts_on(made, START) for made in EVENTS)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Cumulative").click()
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Stop").click()
    last = START + dt.timedelta(1)
    wanted = [made for made in EVENTS if made.dates.earliest and made.dates.earliest <= last]
    assert shown(page) == len(wanted)


def test_events_without_a_date_can_be_kept_in_a_range(show):
    page = show(EVENTS)
    page.mouse.click(*bar(page, 0))
    count = shown(page)
    page.locator(".gm-undated input").check()
    assert shown(page) == count + sum(made.dates.is_open for made in EVENTS)
