"""`geomapper evaluate` as a stranger meets it."""

import json
import subprocess
import sys

import pytest

SENTENCES = [
    {"id": "1", "text": "Rebels seized Goma on Monday.", "type": "territory_captured", "status": "reported"},
    {"id": "2", "text": "Rebels did not seize Goma.", "type": "territory_captured", "status": "negated"},
]  # fmt: skip


@pytest.fixture
def evaluate(tmp_path):
    def command(rows, *arguments):
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "geomapper", "evaluate", "gold.jsonl", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )

    return command


def test_figures_go_to_stdout_and_to_a_file(evaluate, tmp_path):
    result = evaluate(SENTENCES, "--json", "figures.json")
    assert result.stdout == "2 sentences, right 2 (1.000); ghosts 0 of 1\n"
    written = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert written["figures"]["sentences"]["right"] == 2
    assert result.returncode == 0


def test_a_seed_is_gold(root):
    gold = root / "seeds/chinese-fighters/gold.json"
    command = [sys.executable, "-m", "geomapper", "-q", "evaluate", str(gold), "--errors", "2"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.startswith("1 articles, ")
    assert "core      P" in result.stdout
    assert "geo       P" in result.stdout


@pytest.mark.parametrize(
    ("rows", "arguments", "reason"),
    [
        ([{"id": "1", "text": "x"}], [], "is no gold that we know"),
        (SENTENCES, ["--only", "some"], "--only 'some' is none of all, located"),
        (SENTENCES, ["--roles", "king"], "'king' is none of literal"),
        (SENTENCES, ["--aliases", "none.json"], "none.json cannot be read as JSON"),
        ([{"id": "1", "text": "x", "labels": ["ARREST"]}], [], "--labels FILE NAME"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_status_1(evaluate, rows, arguments, reason):
    result = evaluate(rows, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr
