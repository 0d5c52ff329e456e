"""The dispatches that the event heads learn from can be read, and mean what they say."""

import pytest

from geomapper.coding.codebook import Codebook
from geomapper.language.training.dispatches import STATUSES, read_dispatches

MARKED = """=== x-1 | 2025-03-18 | wire | Sudan
# A headline
{EL OBEID|d} - The {Sudanese|a} army <shelled|1> {Kutum|l} and {Mellit|l}; the <attack|1> failed.

1: shelling; place=Kutum & Mellit; actor=army; when=../2025-03-18 before; status=claimed; killed=3
"""


def test_marks_become_offsets_of_plain_text(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(MARKED, encoding="utf-8")
    (dispatch,) = read_dispatches(path)
    (event,) = dispatch.events
    words = [dispatch.text[start:end] for start, end in event.arguments["place"]]
    assert dispatch.text.startswith("EL OBEID - The Sudanese army shelled Kutum")
    assert words == ["Kutum", "Mellit"]
    assert [dispatch.text[start:end] for start, end in event.triggers] == ["shelled", "attack"]
    assert [role for *_, role in dispatch.places] == ["dateline", "demonym", "literal", "literal"]
    assert event.when == (None, "2025-03-18", "before")
    assert event.figures == {"killed": 3}


def test_an_argument_that_is_not_in_the_text_is_named_with_its_dispatch(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(MARKED.replace("actor=army", "actor=navy"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"x-1.*'navy'"):
        list(read_dispatches(path))


def test_every_dispatch_is_whole_and_of_the_codebook(root):
    types = Codebook.load().types
    seen = set()
    for path in sorted((root / "seeds" / "training").glob("*.txt")):
        for dispatch in read_dispatches(path):
            assert dispatch.id not in seen
            seen.add(dispatch.id)
            assert dispatch.text, dispatch.id
            for event in dispatch.events:
                assert event.type in types, dispatch.id
                assert event.status in STATUSES, dispatch.id
    assert len(seen) > 200
