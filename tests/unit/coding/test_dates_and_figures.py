import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.coding.casualties import counts
from geomapper.coding.dates import DateReader, date_prec, time_precision
from geomapper.model import DatePrecision, DateRange

READER = DateReader(dt.date(2025, 4, 8))


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("on Tuesday", "2025-04-08", "2025-04-08"),
        ("on Monday", "2025-04-07", "2025-04-07"),
        ("last month", "2025-03-01", "2025-03-31"),
        ("last summer", "2024-06-01", "2024-08-31"),
        ("since Friday", "2025-04-04", "2025-04-08"),
        ("overnight", "2025-04-07", "2025-04-08"),
        ("in the past 48 hours", "2025-04-06", "2025-04-08"),
        ("two days ago", "2025-04-06", "2025-04-06"),
        ("in February 2022", "2022-02-01", "2022-02-28"),
        ("in early August", "2024-08-01", "2024-08-10"),
        ("on 18 November", "2024-11-18", "2024-11-18"),
        ("on the night of August 12 to 13", "2024-08-12", "2024-08-13"),
        ("between 15 and 19 November", "2024-11-15", "2024-11-19"),
        ("on 2025-01-31", "2025-01-31", "2025-01-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_phrases_become_days(phrase, first, last):
    (found,) = READER.phrases(f"It happened {phrase}.")
    assert (str(found.dates.earliest), str(found.dates.latest)) == (first, last)


@pytest.mark.parametrize(
    "phrase",
    ["It may fall.", "more than three years of war", "the third anniversary of 24 February"],
)
def test_what_is_no_date_is_none(phrase):
    assert READER.phrases(phrase) == ()


@pytest.mark.parametrize(
    "phrase", ["on Tuesday", "last summer", "yesterday", "18 November", "two days ago"]
)
def test_without_a_clock_relative_phrases_are_open(phrase):
    assert all(found.dates.is_open for found in DateReader(None).phrases(f"It happened {phrase}."))


@given(st.text(max_size=200), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_any_text_gives_intervals_in_order(text, published):
    for phrase in DateReader(published).phrases(
        text + " on 31 June, last winter and 30 February 2024"
    ):
        if phrase.dates.earliest and phrase.dates.latest:
            assert phrase.dates.earliest <= phrase.dates.latest


def test_precisions_follow_ucdp_and_acled():
    day = dt.date(2025, 4, 1)
    week = DateRange(day, day + dt.timedelta(6), DatePrecision.WEEK)
    assert (date_prec(week), time_precision(week)) == (3, 2)
    assert (date_prec(DateRange()), time_precision(DateRange())) == (5, 3)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("killing two people and injuring nine", (2, 2, 2), 9),
        ("killed at least five civilians", (5, 5, None), None),
        ("dozens were killed", (None, 24, None), None),
        ("between 10 and 12 people were killed", (None, 10, 12), None),
        ("twenty-three soldiers were wounded", None, 23),
        ("but nobody was hurt", (0, 0, 0), 0),
    ],
)
def test_figures_keep_their_range(text, killed, wounded):
    found = counts(text)
    if killed:
        assert (found["killed"].number, found["killed"].low, found["killed"].high) == killed
    if wounded is not None:
        assert found["wounded"].number == wounded
