import pytest
from typer.testing import CliRunner

from geomapper.cli.main import app
from geomapper.evaluation.examples import unproven
from geomapper.pipeline import Settings, open_pipeline

BOOK = """[families]
water = "Water"

[types.well_poisoned]
label = "Well poisoned"
family = "water"
definition = "d"
examples = [
  "Militants poisoned a well near Djibo on Monday.",
  "Militants said \\"no\\" to peace in Djibo.",
]
counter_examples = ["A farmer poisoned a cow near Djibo on Monday."]

[[types.well_poisoned.triggers]]
verbs = "poison"
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(BOOK, encoding="utf-8")
    return path


def test_an_example_that_is_missed_and_a_counter_example_that_is_met_are_told(book):
    missed, met = unproven(open_pipeline(Settings(codebook=book, language_model="fast")))
    assert (missed.reason, missed.type) == ("coded as nothing", "well_poisoned")
    assert met.sentence.startswith("A farmer")
    assert "'poisoned'" in met.reason


def test_the_check_names_the_line_of_each_and_ends_with_1(book):
    result = CliRunner().invoke(app, ["codebook", "check", str(book), "--language-model", "fast"])
    assert result.exit_code == 1
    assert "mine.toml, line 10: well_poisoned: 'Militants said" in result.stderr
    assert "mine.toml, line 12: well_poisoned: 'A farmer" in result.stderr


def test_without_examples_only_the_tables_are_checked(book):
    result = CliRunner().invoke(app, ["codebook", "check", str(book), "--no-examples"])
    assert result.exit_code == 0
    assert "1 types in 1 families, 1 triggers" in result.stdout
