import json

import pytest

from geomapper.errors import DocumentError, OptionError
from geomapper.evaluation import Kind, read_aliases, read_gold, read_labels

NAMES = {
    "id": "1",
    "text": "Izium",
    "toponyms": [{"start": 0, "end": 5, "lat": 49.2, "lon": 37.28}],
}
SENTENCE = {"id": "2", "text": "x", "type": "riot", "status": "claimed_or_confirmed"}
SNIPPET = {"id": "3", "text": "x", "labels": ["ARREST"]}
CODED = {"id": "4", "text": "x", "labels": None, "events": [{"type": "ARREST"}]}


@pytest.fixture
def written(tmp_path):
    def write(*rows, name="gold.jsonl"):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (NAMES, Kind.NAMES),
        (SENTENCE, Kind.SENTENCES),
        (SNIPPET, Kind.SNIPPETS),
        (CODED, Kind.SNIPPETS),
    ],
)
def test_the_kind_is_known_by_the_fields(written, row, kind):
    assert read_gold(written(row))[0] is kind


def test_our_seeds_are_articles_with_places_and_events(root):
    for path in sorted(root.glob("seeds/*/gold.json")):
        kind, (gold,) = read_gold(path)
        assert kind is Kind.ARTICLES
        assert gold.names
        assert all(each.types for each in gold.events)


def test_labels_come_from_their_field_or_the_first_event(written):
    _, (one, other) = read_gold(written(SNIPPET, CODED))
    assert one.labels == other.labels == ("ARREST",)


def test_claimed_or_confirmed_lets_both_pass(written):
    _, (gold,) = read_gold(written(SENTENCE))
    assert gold.events[0].statuses == ("claimed", "confirmed")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"id": "1", "text": "x"}], "is no gold that we know"),
        ([NAMES, {"id": "2", "text": ""}], "row 2|line 2"),
        ([NAMES, {"id": "2", "text": "x"}], "line 2: a field is missing"),
        ([NAMES, 7], "line 2: expected an object"),
        ([], "is no gold"),
    ],
)
def test_wrong_gold_is_refused_with_line_and_reason(written, rows, reason):
    with pytest.raises(DocumentError, match=reason):
        read_gold(written(*rows))


def test_missing_and_broken_files_are_refused(tmp_path):
    broken = tmp_path / "x.jsonl"
    broken.write_text('{"id": 1}\n{nothing', encoding="utf-8")
    for path in (tmp_path / "none.jsonl", broken):
        with pytest.raises(DocumentError, match=path.name):
            read_gold(path)
    with pytest.raises(OptionError, match="cannot be read"):
        read_aliases(tmp_path / "none.json")


def test_labels_mean_one_type_or_several_and_null_means_not_counted(written):
    path = written({"a": {"X": "riot", "Y": ["riot", "protest"], "Z": None, "V": "a|b"}})
    meant = read_labels(path, "a")
    assert meant == {"X": ("riot",), "Y": ("riot", "protest"), "V": ("a", "b")}
    with pytest.raises(OptionError, match="no labels named 'b'; it holds a"):
        read_labels(path, "b")


def test_aliases_are_lists_of_names(written):
    assert read_aliases(written([["RSF", "Rapid Support Forces"], []])) == [
        ["RSF", "Rapid Support Forces"]
    ]
    with pytest.raises(OptionError, match="list of lists"):
        read_aliases(written({"RSF": "x"}))
