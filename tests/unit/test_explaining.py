import datetime as dt

import pytest

from geomapper.errors import DocumentError
from geomapper.explaining import explanation
from geomapper.model import Document

ARTICLE = Document(
    "a",
    "Russian troops seized the village of Yunakivka on Thursday, the DeepState group said.",
    dt.date(2025, 6, 20),
    language="en",
)


@pytest.fixture(scope="module")
def said(pipeline):
    (event,) = pipeline.code(ARTICLE).events
    return explanation(pipeline, [ARTICLE], event.id[:6])


def test_the_sentence_is_shown_with_its_trigger_document_and_day(said):
    assert "Russian troops »seized« the village of Yunakivka" in said
    assert "  a, 2025-06-20 [0:85]" in said


def test_the_rule_the_date_phrase_and_the_actor_are_named(said):
    assert "'seized' fits territory_captured" in said
    assert "'Thursday'" in said
    assert "  date    2025-06-19 (day)" in said


def test_the_place_has_its_reasons_and_other_names_are_told(said):
    reasons = said.partition("places that 'Yunakivka' may mean, best first\n")[2]
    score, _, rest = reasons.splitlines()[0].strip().partition(" ")
    assert float(score) > 0.8
    assert rest.startswith("Yunakivka (Sumy Oblast, UA; PPL): ")
    assert "'Russian' (demonym): Russia" in said


def test_other_types_of_the_word_say_what_they_ask_for(said):
    rivals = said.partition("other types that 'seized' can name")[2]
    assert "  weapons_seized: " in rivals
    assert "object arms" in rivals


def test_an_unknown_id_lists_the_events_that_there_are(pipeline):
    with pytest.raises(DocumentError, match=r"no event 'zz'.*territory_captured Yunakivka"):
        explanation(pipeline, [ARTICLE], "zz")
