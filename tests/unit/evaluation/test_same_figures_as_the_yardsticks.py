"""Our figures are those of the yardsticks that the project began with, digit by digit."""

import json
import re
import subprocess
import sys

import pytest

from geomapper.evaluation import Kind, Options, measure, read_aliases, read_gold, read_labels
from geomapper.exporting import GeoJsonExporter
from geomapper.exporting.toponyms import places_of

pytestmark = pytest.mark.shared


@pytest.fixture
def yardstick(shared, tmp_path):
    def run(script, *arguments):
        command = [sys.executable, str(shared / "yardstick" / script), *map(str, arguments)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
        return done.stdout

    return run


@pytest.fixture
def some(shared, tmp_path):
    """The first texts of a gold file, in a file of their own."""

    def take(name, number, start=0):
        lines = (shared / "corpora" / name).read_text(encoding="utf-8").splitlines()
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(lines[start : start + number]) + "\n", encoding="utf-8")
        return path

    return take


def predicted(pipeline, texts, path):
    events = [event for gold in texts for event in pipeline.code(gold.document).events]
    GeoJsonExporter().export(events, path, provenance=pipeline.provenance)
    return path


def named(pipeline, texts, path):
    rows = (json.dumps(places_of(pipeline, gold.document)) for gold in texts)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_events_of_articles(pipeline, shared, some, yardstick, tmp_path):
    gold = some("events/dispatches.jsonl", 6, start=20)
    kind, texts = read_gold(gold)
    assert kind is Kind.ARTICLES
    aliases = shared / "yardstick/aliases.json"
    out = tmp_path / "theirs.json"
    geojson = predicted(pipeline, texts, tmp_path / "events.geojson")
    yardstick("score_events.py", gold, geojson, "--aliases", aliases, "--json", out)
    theirs = json.loads(out.read_text(encoding="utf-8"))
    ours = measure(kind, texts, pipeline, Options(aliases=read_aliases(aliases))).figures["events"]
    for level in ("detected", "core", "full"):
        assert list(ours[level].values()) == pytest.approx(theirs["figures"][level])
    counts = theirs["counts"]
    assert (ours["gold"], ours["given"]) == (counts["gold"], counts["pred"])
    assert (ours["ghosts"], ours["unreal"]) == (counts.get("ghost", 0), counts.get("ghost_gold", 0))
    assert ours["false_alarms"] == counts.get("alarm", 0)
    for name, value in ours["slots"].items():
        assert value * counts["hit"] == pytest.approx(theirs["slots"].get(name, 0))


@pytest.mark.parametrize(
    ("name", "roles", "only"),
    [
        ("geowebnews", (), "located"),
        ("lgl", ("literal", "metonym", "dateline", "demonym"), "located"),
        ("geovirus", ("literal", "metonym", "dateline"), "all"),
        ("geowebnews", (), "associative"),
    ],
)
def test_place_names(pipeline, some, yardstick, tmp_path, name, roles, only):
    gold = some(f"places/{name}.jsonl", 3)
    kind, texts = read_gold(gold)
    answers = named(pipeline, texts, tmp_path / "places.jsonl")
    chosen = ["--roles", ",".join(roles)] if roles else []
    theirs = json.loads(
        yardstick("score_places.py", gold, answers, "--only", only, "--json", *chosen)
    )
    ours = measure(kind, texts, pipeline, Options(only=only, roles=roles)).figures["names"]
    for part in ("exact", "overlap", "geo"):
        assert list(ours[part].values()) == pytest.approx(list(theirs[part].values())), part
    pairs = {
        "gold": "gold",
        "located": "located",
        "found": "found_located",
        "unplaced": "unplaced",
        "acc_found": "acc_matched",
        "acc_gold": "acc_gold",
        "mean_km": "mean_km",
        "median_km": "median_km",
        "auc": "auc",
    }
    for mine, other in pairs.items():
        assert ours[mine] == pytest.approx(theirs[other]), mine


@pytest.mark.parametrize("name", ["places/geowebnews.jsonl", "events/dispatches.jsonl"])
def test_roles_and_traps(pipeline, some, yardstick, tmp_path, name):
    gold = some(name, 4)
    kind, texts = read_gold(gold)
    answers = named(pipeline, texts, tmp_path / "places.jsonl")
    said = yardstick("score_roles.py", gold, answers)
    ours = measure(kind, texts, pipeline).figures["names"]
    total, found, right = map(int, re.findall(r"(?:mentions|found|right) (\d+)", said)[:3])
    roles = ours["roles"]
    assert (roles["mentions"], roles["found"], roles["right"]) == (total, found, right)
    traps = re.search(r"traps taken for places: (\d+) of (\d+)", said)
    assert (ours["trapped"], ours["traps"]) == (
        tuple(map(int, traps.groups())) if traps else (0, 0)
    )


def test_sentences_with_a_status(pipeline, shared, yardstick, tmp_path):
    gold = shared / "corpora/events/status_trap_challenge.jsonl"
    kind, texts = read_gold(gold)
    said = yardstick("score_snippets.py", gold, predicted(pipeline, texts, tmp_path / "e.geojson"))
    ours = measure(kind, texts, pipeline).figures["sentences"]
    assert said.startswith(f"{ours['texts']} items, right {ours['right']} ")
    assert f"ghosts {ours['ghosts']} of {ours['unreal']}" in said


def test_snippets_with_a_label_of_another_scheme(pipeline, shared, some, yardstick, tmp_path):
    gold = some("events/case2021_task2.jsonl", 60)
    kind, texts = read_gold(gold)
    maps = shared / "corpora/events/label_maps.json"
    geojson = predicted(pipeline, texts, tmp_path / "e.geojson")
    said = yardstick("score_snippets.py", gold, geojson, "--labels", maps, "case21")
    labels = read_labels(maps, "case21")
    ours = measure(kind, texts, pipeline, Options(labels=labels)).figures["snippets"]
    assert said.startswith(
        f"{ours['texts']} snippets, weighted F1 {ours['weighted_f1']:.3f}, macro F1"
        f" {ours['macro_f1']:.3f}, off-topic typed {ours['off_topic_typed']} of {ours['off_topic']}"
    )
