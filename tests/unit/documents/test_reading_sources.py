"""Sources become documents, or one clear sentence."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.documents import SourceReader, read_sources
from geomapper.documents.decoding import decode
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Shells hit Nikopol on Tuesday."
PAGE = f"""<!doctype html><html><head><title>Two towns</title>
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2025-03-18T10:00:00Z"></head>
<body><nav>Home</nav><article><h1>Two towns</h1><p>{TEXT} It was the third time this week,
the governor said, and a school was damaged.</p></article><footer>© 2025</footer>
<script>alert(1)</script></body></html>"""


def saved(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read_all(*sources: str, **options: object) -> tuple[list, list[str]]:
    problems: list[str] = []
    reader = SourceReader(on_problem=lambda error: problems.append(str(error)), **options)
    return list(read_sources(sources, reader)), problems


def test_a_json_line_keeps_its_text_to_the_letter_and_its_own_id(tmp_path):
    row = {
        "id": "a1",
        "text": "  Spaces\r\nstay. ",
        "title": "T",
        "published": "2025-03-18",
        "x": 1,
    }
    (document,), problems = read_all(saved(tmp_path, "a.jsonl", json.dumps(row) + "\n"))
    assert (document.id, document.text, document.title) == ("a1", "  Spaces\r\nstay. ", "T")
    assert document.published == dt.date(2025, 3, 18)
    assert not problems


def test_a_broken_line_is_reported_by_its_number_and_the_rest_is_read(tmp_path):
    lines = [json.dumps({"text": TEXT}), "{broken", "[1]", json.dumps({"text": TEXT + " Again."})]
    documents, problems = read_all(saved(tmp_path, "a.jsonl", "\n".join(lines)))
    assert len(documents) == 2
    assert [problem.split(": ")[0].rsplit("/", 1)[-1] for problem in problems] == [
        "a.jsonl, line 2 is not JSON",
        "a.jsonl, line 3 is a list",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_separator(tmp_path, separator):
    table = separator.join(["id", "text", "published"]) + "\n"
    table += separator.join(["7", f'"{TEXT}, twice; really"', "2025-03-18"]) + "\n"
    (document,), problems = read_all(saved(tmp_path, "a.csv", table))
    assert (document.id, document.text) == ("7", f"{TEXT}, twice; really")
    assert not problems


def test_a_csv_without_a_text_column_is_refused_with_what_it_has(tmp_path):
    documents, problems = read_all(saved(tmp_path, "a.csv", "id,body\n1,x\n"))
    assert not documents
    assert "a.csv has no column 'text': found id, body" in problems[0]


def test_a_web_page_gives_article_title_source_and_date_without_navigation(tmp_path):
    (document,), _ = read_all(saved(tmp_path, "a.html", PAGE))
    assert document.title == "Two towns"
    assert document.source == "Example News"
    assert document.published == dt.date(2025, 3, 18)
    assert TEXT in document.text
    assert "alert" not in document.text
    assert "Home" not in document.text


def test_a_page_without_a_date_stays_undated(tmp_path):
    page = PAGE.replace(
        '<meta property="article:published_time" content="2025-03-18T10:00:00Z">', ""
    )
    (document,), _ = read_all(saved(tmp_path, "a.html", page))
    assert document.published is None


def test_published_fills_only_articles_without_a_date(tmp_path):
    rows = [{"text": "One.", "published": "2024-01-02"}, {"text": "Two."}]
    source = saved(tmp_path, "a.json", json.dumps(rows))
    documents, _ = read_all(source, published=dt.date(2025, 4, 8))
    assert [document.published for document in documents] == [
        dt.date(2024, 1, 2),
        dt.date(2025, 4, 8),
    ]


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    (tmp_path / "b").mkdir()
    saved(tmp_path, "z.txt", "Last.")
    saved(tmp_path / "b", "c.md", "# First\n\nWords.")
    saved(tmp_path, "picture.png", b"\x89PNG")
    documents, problems = read_all(str(tmp_path))
    assert [document.text for document in documents] == ["First\n\nWords.", "Last."]
    assert not problems


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "is empty"),
        ("spaces.txt", b" \n ", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "is not text but binary"),
        ("article.xyz", b"words", "unknown kind of file"),
        ("a.json", b"{'a'}", "is not JSON"),
        ("b.json", b'{"body": "x"}', "the field 'text' is missing"),
        ("c.json", b"[" * 100_000, "nested too deep"),
        ("d.jsonl", b'{"text": "x", "published": "soon"}', "is not a date"),
        ("e.html", b"<html><body></body></html>", "holds no article"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path, name, content, sentence):
    documents, problems = read_all(saved(tmp_path, name, content))
    assert not documents
    assert len(problems) == 1
    assert sentence in problems[0]
    assert "\n" not in problems[0]


def test_missing_files_and_empty_folders_are_named(tmp_path):
    _, problems = read_all(str(tmp_path / "nope.txt"), str(tmp_path))
    assert "no such file or folder" in problems[0]
    assert "holds no articles" in problems[1]


def test_without_on_problem_the_first_problem_is_raised(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        list(SourceReader().read(str(tmp_path / "nope.txt")))


def test_an_article_over_the_limit_is_refused(tmp_path):
    documents, problems = read_all(saved(tmp_path, "a.txt", "x" * 101), max_characters=100)
    assert not documents
    assert "101 characters, more than 100" in problems[0]


def test_the_same_article_twice_comes_once(tmp_path):
    source = saved(tmp_path, "a.txt", TEXT)
    assert len(read_all(source, source)[0]) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_usual_encodings_are_detected(encoding):
    text = "Обстріл міста Нікополь тривав усю ніч, повідомив голова обласної адміністрації. " * 5
    text = text.replace("і", "и")
    assert decode(text.encode(encoding), "a.txt") == text


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_one_sentence(data):
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except DocumentError as error:
        assert "\n" not in str(error)
