"""The pages of docs/ say what is so: their commands run, their links lead, the made ones are fresh."""

import re
import runpy
import shlex

import pytest
from typer.testing import CliRunner

from geomapper.cli.main import app

PAGES = ("tutorial", "how-to/sources", "how-to/gis", "how-to/correct", "how-to/reports",
         "how-to/embed", "how-to/map", "how-to/python")  # fmt: skip
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def text_of(root, page):
    return (root / "docs" / f"{page}.md").read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_session_of_a_page_runs(page, root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    text = text_of(root, page).replace("/tmp/", f"{tmp_path}/")  # noqa: S108
    for line in filter(None, "".join(blocks(text, "sh")).splitlines()):
        name, *arguments = shlex.split(line)
        assert name == "geomapper"
        done = CliRunner().invoke(app, ["--quiet", *arguments])
        assert done.exit_code == 0, (line, done.output, done.exception)
    for session in blocks(text, "python"):
        exec(compile(session, page, "exec"), {})  # noqa: S102 - our own page
    named = re.findall(rf"{re.escape(str(tmp_path))}/([\w.-]+)", text)
    assert named
    assert all((tmp_path / name).stat().st_size > 0 for name in named)


def test_every_link_of_the_pages_leads_somewhere(root):
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    lost = [
        f"{page.name}: {link}"
        for page in pages
        for link in LINK.findall(re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8")))
        if not (page.parent / link).exists()
    ]
    assert lost == []


@pytest.mark.release
def test_the_pages_made_from_the_code_are_fresh(root):
    made = runpy.run_path(str(root / "docs" / "make_pages.py"))["pages"]()
    stale = [
        name for name, text in made.items() if (root / "docs" / name).read_text("utf-8") != text
    ]
    assert stale == [], "run `python docs/make_pages.py`"


def test_every_command_is_on_its_page(root):
    text = text_of(root, "reference/commands")
    for name in (
        "map",
        "events",
        "places",
        "report",
        "explain",
        "plugins",
        "gazetteer",
        "codebook",
    ):
        assert f"## `geomapper {name}" in text
