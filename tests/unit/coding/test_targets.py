"""To whom it is done: what the words of a struck thing stand for."""

import datetime as dt

import pytest

from geomapper.model import Document
from geomapper.pipeline import Settings, open_pipeline


@pytest.fixture(scope="module")
def pipeline():
    return open_pipeline(Settings())


def targets(pipeline, text):
    events = pipeline.code(Document("x", text, dt.date(2025, 4, 8), language="en")).events
    return [(event.type, event.target and event.target.name) for event in events]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A Russian missile hit a clinic in Kharkiv on Monday, killing two.",
            ("missile_strike", "civilians"),
        ),
        (
            "Ukrainian drones struck an oil refinery in Ryazan overnight.",
            ("drone_strike", "infrastructure"),
        ),
        (
            "Ukrainian troops captured three Russian soldiers near Pokrovsk.",
            ("prisoners_taken", "Russian forces"),
        ),
    ],
)
def test_what_was_hit_stands_for_a_side_civilians_or_infrastructure(pipeline, text, wanted):
    assert wanted in targets(pipeline, text)


def test_prisoners_are_no_civilians(pipeline):
    found = targets(pipeline, "According to Zelenskyy, the two men were captured near Pokrovsk.")
    assert ("prisoners_taken", "civilians") not in found
    assert "prisoners_taken" in [kind for kind, _ in found]
