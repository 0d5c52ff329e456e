"""Strange documents through the whole pipeline: no traceback, and what comes out is true to them.

`make test` sends 200; more of the 20,000 go by hand, in parts:

    GEOMAPPER_FUZZ=0:2000 pytest -m slow -p no:xdist tests/fuzz
"""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomapper.model import Document
from geomapper.pipeline import Settings, open_pipeline
from tests.fuzz.checking import check
from tests.fuzz.mutations import ACTORS, DAYS, DEEDS, PLACES, STRANGE, document

QUICK = range(20_000, 20_200)
SENTENCES = st.builds(
    " ".join,
    st.lists(
        st.one_of(
            st.sampled_from(ACTORS + DEEDS + PLACES + DAYS + STRANGE[:20]), st.text(max_size=12)
        ),
        max_size=25,
    ),
)


@pytest.fixture(scope="module")
def fast():
    return open_pipeline(Settings(language_model="fast"))


@pytest.mark.parametrize("part", range(4))
def test_mutated_documents_give_valid_events(pipeline, fast, part):
    events = [
        event
        for number in QUICK[part::4]
        for event in check(fast if part % 2 else pipeline, document(number))
    ]
    assert events, "the documents are so strange that nothing is tested"


@pytest.mark.slow
@pytest.mark.skipif("GEOMAPPER_FUZZ" not in os.environ, reason="GEOMAPPER_FUZZ=first:last")
def test_many_mutated_documents_give_valid_events(pipeline, fast):
    first, _, last = os.environ["GEOMAPPER_FUZZ"].partition(":")
    wrong = []
    for number in range(int(first), int(last)):
        try:
            check(fast if number % 2 else pipeline, document(number))
        except Exception as error:  # noqa: BLE001 - all are gathered, then told
            wrong.append(f"{number}: {error!r}")
    assert not wrong, "\n".join(wrong)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=SENTENCES, published=st.one_of(st.none(), st.dates()))
def test_any_words_on_any_day_give_valid_events(pipeline, text, published):
    if text.strip():
        check(pipeline, Document("hypothesis", text, published, language="en"))


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "\n\n\n",
        "\0",
        "\u0301",
        "x" * 50_000,
        "(" * 20_000,
        "- " * 10_000,
        "shelled " * 6000,
        "Izium, " * 4000,
        "killed 3 and 1,000 " * 1500,
        "Russian forces shelled Izium on Monday and " * 1100,
    ],
    ids=lambda text: f"{text[:12]!r} of {len(text)}",
)
def test_lines_without_end_are_read_in_their_time(fast, text):
    check(fast, Document("line", text, dt.date(2025, 4, 8), language="en"))
