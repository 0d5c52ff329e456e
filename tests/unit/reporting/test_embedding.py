"""A map inside another page, and records in a notebook."""

from html import unescape

from lxml import html
from made_up import MADE_BY, few
from markdown_it import MarkdownIt

from geomapper import Events
from geomapper.coding.codebook import Codebook
from geomapper.model import Document
from geomapper.reporting.embedding import iframe, quarto, write_fragment

PAGE = "<!DOCTYPE html>\n<title>a</title>\n\n<p>\"x\" & 'y'</p>\n"


def test_a_fragment_is_one_line_that_holds_the_whole_page():
    fragment = iframe(PAGE, title='<b> "map"\n')
    assert "\n" not in fragment
    frame = html.fragment_fromstring(fragment)
    assert frame.get("srcdoc") == PAGE
    assert frame.get("title") == '<b> "map"'
    assert "allow-same-origin" not in frame.get("sandbox")


def test_markdown_takes_a_fragment_as_it_stands():
    fragment = iframe(PAGE, title="map")
    shown = MarkdownIt("commonmark").render(f"# Report\n\n{fragment}\n\nMore.\n")
    assert fragment in shown
    assert "<p>More.</p>" in shown


def test_quarto_gets_a_raw_block(tmp_path):
    write_fragment(PAGE, tmp_path / "map.qmd", title="map")
    text = (tmp_path / "map.qmd").read_text(encoding="utf-8")
    assert text == quarto(iframe(PAGE, title="map"))
    assert text.startswith("```{=html}\n<iframe")


def test_a_document_shows_itself_in_a_notebook_and_its_text_stays_text():
    shown = Document("a", "<script>alert(1)</script>" * 40, title="<b>", source="x&y")._repr_html_()
    assert "<script" not in shown
    assert "&lt;b&gt;" in shown
    assert "…" in shown
    assert "<script>alert(1)" in unescape(shown)


def test_events_show_themselves_in_a_notebook_as_their_map():
    shown = Events(few(), MADE_BY, Codebook.load())._repr_html_()
    assert "<iframe" in shown
