import datetime as dt
import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from geomapper.documents import SourceReader

ROOT = Path(__file__).parents[3]
SEEDS = sorted(path.parent for path in (ROOT / "seeds").glob("*/article.md"))
ARTICLE_OF_THE_BEGINNING = "chinese-fighters"
TYPES = set(
    tomllib.loads((ROOT / "geomapper/coding/codebook.toml").read_text(encoding="utf-8"))["types"]
)
ROLES = {"event", "mention", "literal", "metonym", "demonym", "dateline", "name_part"}
STATUSES = {"reported", "confirmed", "claimed", "denied", "planned", "hypothetical", "negated"}
PRECISIONS = {"exact", "near", "admin1", "country"}
DATE_PRECISIONS = {"day", "week", "month", "season", "year", "before", "unknown"}

each_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda folder: folder.name)


def gold_of(seed):
    return json.loads((seed / "gold.json").read_text(encoding="utf-8"))


def rights_of(seed):
    return tomllib.loads((seed / "rights.toml").read_text(encoding="utf-8"))


def document_of(seed):
    problems = []
    documents = list(SourceReader(on_problem=problems.append).read(str(seed / "article.md")))
    assert not problems
    assert len(documents) == 1
    return documents[0]


def all_events(seed):
    gold = gold_of(seed)
    return [*gold["events"], *gold.get("optional_events", [])]


def test_there_are_at_least_eight_seeds():
    assert len(SEEDS) >= 8


def test_one_seed_retells_and_the_others_are_invented():
    retold = [seed.name for seed in SEEDS if not rights_of(seed)["invented"]]
    assert retold == [ARTICLE_OF_THE_BEGINNING]


@each_seed
def test_the_rights_note_is_whole(seed):
    rights = rights_of(seed)
    assert rights["author"].endswith("geomapper authors")
    assert rights["licence"] == "CC BY 4.0"
    assert rights["note"].strip()
    dt.date.fromisoformat(str(rights["written"]))


@each_seed
def test_the_rights_note_is_about_this_very_article(seed):
    digest = hashlib.sha256((seed / "article.md").read_bytes()).hexdigest()
    assert rights_of(seed)["sha256"] == digest


@each_seed
def test_an_invented_article_says_so_in_its_last_line(seed):
    last = document_of(seed).text.rstrip().splitlines()[-1]
    assert ("invented" in last) == rights_of(seed)["invented"]


@each_seed
def test_the_gold_is_about_the_article_as_our_reader_yields_it(seed):
    gold, document = gold_of(seed), document_of(seed)
    assert (gold["id"], gold["text"]) == (seed.name, document.text)
    assert (document.id, document.title) == (seed.name, gold["title"])
    assert str(document.published) == gold["published"]


@each_seed
def test_places_and_traps_stand_where_the_gold_says(seed):
    gold = gold_of(seed)
    for name in [*gold["places"], *gold.get("traps", [])]:
        assert gold["text"][name["start"] : name["end"]] == name["text"]


@each_seed
def test_sentences_stand_where_the_gold_says(seed):
    text = gold_of(seed)["text"]
    for event in all_events(seed):
        assert text[event["sentence_start"] : event["sentence_end"]] == event["sentence"]


@each_seed
def test_places_have_known_roles_and_points_on_the_earth(seed):
    for place in gold_of(seed)["places"]:
        assert place["role"] in ROLES
        assert -90 <= place["lat"] <= 90
        assert -180 <= place["lon"] <= 180


@each_seed
def test_types_stand_in_the_codebook(seed):
    for event in all_events(seed):
        assert {event["type"], *event.get("type_alt", [])} <= TYPES


@each_seed
def test_status_and_precisions_are_words_of_the_schema(seed):
    for event in all_events(seed):
        assert {event["status"], *event.get("status_alt", [])} <= STATUSES
        assert event["precision"] in PRECISIONS
        assert event["date_precision"] in DATE_PRECISIONS


@each_seed
def test_dates_are_days_in_order(seed):
    for event in all_events(seed):
        days = [event[name] for name in ("date_start", "date_end") if event[name] is not None]
        assert sorted(days, key=dt.date.fromisoformat) == days
