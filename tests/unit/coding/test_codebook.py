import datetime as dt

import pytest

from geomapper.coding.codebook import Codebook, parse
from geomapper.errors import CodebookError
from geomapper.model import Document

BOOK = Codebook.load()
EXAMPLES = [(each.id, text) for each in BOOK.types.values() for text in each.examples]
COUNTERS = [(each.id, text) for each in BOOK.types.values() for text in each.counter_examples]
WRONG = {
    "not = [toml": "is not TOML",
    "name = 'x'": r"expected the tables \[families\]",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='b'\ndefinition='d'": "no family 'b'",
    "[families]\na='A'\n\n[types.x]\nlabel='X'": "line 4: x lacks family, definition",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\n[[types.x.triggers]]\nverbz='go'": "has verbz",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\n[[types.x.triggers]]\nof='place'": "neither verbs nor nouns",
}
TRIGGER = "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\n[[types.x.triggers]]\nverbs='go'\n[[types.x.triggers]]\nverbs='do'\n"
WRONG |= {
    TRIGGER + "object='placee'": "line 9: trigger 2 of x: no class 'placee'; known: abducted, air",
    TRIGGER + "words='@tank'": "line 9: trigger 2 of x: no class 'tank'",
    TRIGGER + "weight='much'": "line 9: trigger 2 of x: weight must be a number",
    TRIGGER + "passive='yes'": "line 9: trigger 2 of x: passive must be true or false",
    TRIGGER + "actor='king'": "line 9: trigger 2 of x: actor 'king' is none of none, object, to",
    TRIGGER + "verbs=['go']": "is not TOML",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\nexamples='One.'": "line 3: examples must be a list",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\nexample=['One.']": "line 3: x has example; known: acled",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\ntriggers='go'": "line 3: triggers of x must be tables",
    "[families]\na='A'\n[types.x]\nlabel='X'\nfamily='a'\ndefinition='d'\nplover=3": "line 3: plover must be a string",
    "[families]\na='A'\n[types]\nx='X'": "x is not a table",
}


def coded(pipeline, text):
    return pipeline.code(Document("x", text, dt.date(2025, 4, 8), language="en")).events


def test_the_codebook_has_28_types_in_ten_families():
    assert (len(BOOK.types), len(BOOK.families)) == (28, 10)


@pytest.mark.parametrize(("event_type", "text"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_every_example_is_coded_as_its_type(ruled_pipeline, pipeline, event_type, text):
    told = {event.type for each in (ruled_pipeline, pipeline) for event in coded(each, text)}
    assert event_type in told


@pytest.mark.parametrize(("event_type", "text"), COUNTERS, ids=[text for _, text in COUNTERS])
def test_no_counter_example_is_pinned_by_the_rules(ruled_pipeline, event_type, text):
    assert not [event for event in coded(ruled_pipeline, text) if event.is_pinned], event_type


def test_the_model_pins_hardly_a_counter_example(pipeline):
    pinned = [text for _, text in COUNTERS if any(e.is_pinned for e in coded(pipeline, text))]
    assert len(pinned) <= len(COUNTERS) // 20, pinned


@pytest.mark.parametrize(("text", "reason"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_codebook_is_refused_with_its_reason(text, reason):
    with pytest.raises(CodebookError, match=reason):
        parse(text, "my.toml")


def test_an_analysts_type_needs_no_python(tmp_path):
    from geomapper.pipeline import Settings, open_pipeline

    book = tmp_path / "mine.toml"
    book.write_text(
        "[families]\nwater = 'Water'\n[types.well_poisoned]\nlabel = 'Well poisoned'\nfamily = 'water'\n"
        "definition = 'd'\n[[types.well_poisoned.triggers]]\nverbs = 'poison'\n",
        encoding="utf-8",
    )
    mine = open_pipeline(Settings(codebook=book))
    (event,) = coded(mine, "Militants poisoned a well near Djibo on Monday.")
    assert (event.type, event.place.country) == ("well_poisoned", "BF")
