"""The day that an article's own text says it was published."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.documents import SourceReader
from geomapper.documents.date_lines import date_told

MAY_14 = dt.date(2025, 5, 14)
STORY = "Shells hit Nikopol on Monday, killing two people."


@pytest.mark.parametrize(
    "line",
    [
        "14 May 2025",
        "14th May 2025",
        "May 14, 2025",
        "Wednesday, 14 May 2025",
        "Wed., May 14, 2025",
        "2025-05-14",
        "2025-05-14T10:03:00Z",
        "14.05.2025",
        "14.05.2025 10:03",
        "Date: 14 May 2025",
        "Date: 2025-05-14",
        "Published: May 14, 2025 10:03 GMT",
        "Published May 14, 2025 at 10:03 a.m. EDT",
        "Published on 14 May 2025",
        "Posted: Wednesday, May 14, 2025",
        "Updated May 14, 2025",
        "Last updated: 14 May 2025, 10:03 (UTC)",
        "Example News | 14 May 2025 | World",
        "Published May 14, 2025 - Updated May 15, 2025",
        "By Anna Berg, 14 May 2025",
    ],
)
def test_a_line_that_is_a_date_dates_the_article(line):
    assert date_told(f"Two towns under fire\n{line}\n\n{STORY}\n") == MAY_14


@pytest.mark.parametrize(
    "dateline",
    [
        "GOMA, May 14, 2025 (Reuters) - ",
        "GOMA, Congo, May 14, 2025 (Reuters) -- ",
        "KYIV, Ukraine (AP), May 14, 2025 \u2014 ",
        "Goma, 14 May 2025 (AFP) \u2013 ",
    ],
)
def test_a_wire_dateline_with_a_year_dates_the_article(dateline):
    assert date_told(f"Two towns\n\n{dateline}{STORY}") == MAY_14


def test_a_dateline_without_a_year_dates_nothing_by_itself():
    assert date_told(f"KYIV, Nov 3 (Interfax) - {STORY}") is None


def test_a_dateline_without_a_year_takes_that_of_the_address_or_the_copyright_line():
    told = f"KYIV, Nov 3 (Interfax) - {STORY}"
    day = dt.date(2024, 11, 3)
    assert date_told(told, "https://example.org/2024/11/03/story") == day
    assert date_told(f"{told}\n\n\u00a9 2024 Example News") == day


def test_published_goes_before_updated_and_a_line_before_a_dateline():
    assert date_told(f"Updated May 15, 2025\nPublished May 14, 2025\n{STORY}") == MAY_14
    assert date_told(f"14 May 2025\nGOMA, May 13, 2025 (Reuters) - {STORY}") == MAY_14


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "The truce of 14 May 2025 did not hold in Goma.",
        "On 14 May 2025 shells hit Nikopol.",
        "Rebels took Goma on May 14, 2025, officials said.",
        f"05/06/2025\n{STORY}",
        f"31 February 2025\n{STORY}",
        "",
    ],
)
def test_a_date_inside_the_story_dates_no_article(text):
    assert date_told(text) is None


def test_bare_dates_of_several_days_are_a_chronicle_and_date_nothing():
    assert date_told(f"The war day by day\n14 May 2025\n{STORY}\n15 May 2025\n{STORY}") is None


def test_the_option_dates_an_article_only_where_its_text_does_not(tmp_path: Path):
    dated, undated = tmp_path / "dated.txt", tmp_path / "undated.txt"
    dated.write_text(f"14 May 2025\n\n{STORY}")
    undated.write_text(STORY)
    reader = SourceReader(published=dt.date(2025, 4, 8))
    assert [each.published for each in reader.read(str(dated))] == [MAY_14]
    assert [each.published for each in reader.read(str(undated))] == [dt.date(2025, 4, 8)]


@given(st.text(alphabet="0123456789 ,.:-|\n()MayNovGOMAby\u2013", max_size=200))
def test_any_text_gives_a_day_or_none(text):
    assert isinstance(date_told(text), dt.date | None)
