"""What date phrases mean."""

import datetime as dt
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.coding.dates import DateReader, date_prec, default_dates, time_precision
from geomapper.model import DatePrecision, DateRange, Span

TUESDAY = dt.date(2025, 4, 8)


def read(text, published=TUESDAY, **how):
    return [
        (str(each.dates.earliest), str(each.dates.latest))
        for each in DateReader(published).phrases(text, **how)
    ]


ABSOLUTE = {
    "on 8 April 2025": ("2025-04-08", "2025-04-08"),
    "on April 8, 2025": ("2025-04-08", "2025-04-08"),
    "on Apr. 8": ("2025-04-08", "2025-04-08"),
    "on 2025-04-08": ("2025-04-08", "2025-04-08"),
    "on 08.04.2025": ("2025-04-08", "2025-04-08"),
    "on Tuesday, 1 April": ("2025-04-01", "2025-04-01"),
    "on December 20": ("2024-12-20", "2024-12-20"),
    "in February 2022": ("2022-02-01", "2022-02-28"),
    "in early May 2024": ("2024-05-01", "2024-05-10"),
    "in late May 2024": ("2024-05-22", "2024-05-31"),
    "in the last days of September 2024": ("2024-09-25", "2024-09-30"),
    "in spring 2023": ("2023-03-01", "2023-05-31"),
    "in 2014": ("2014-01-01", "2014-12-31"),
    "in the 1990s": ("1990-01-01", "1999-12-31"),
    "from 2014 to 2020": ("2014-01-01", "2020-12-31"),
    "the night of 3-4 March": ("2025-03-03", "2025-03-04"),
    "between 3 and 5 March": ("2025-03-03", "2025-03-05"),
    "from 30 March to 2 April": ("2025-03-30", "2025-04-02"),
    "overnight on March 13 to 14": ("2025-03-13", "2025-03-14"),
}

RELATIVE = {
    "on Tuesday": ("2025-04-08", "2025-04-08"),
    "last Tuesday": ("2025-04-01", "2025-04-01"),
    "on Friday": ("2025-04-04", "2025-04-04"),
    "Monday night": ("2025-04-07", "2025-04-07"),
    "in the early hours of Sunday": ("2025-04-06", "2025-04-06"),
    "the night of Wednesday to Thursday": ("2025-04-02", "2025-04-03"),
    "next Friday": ("2025-04-11", "2025-04-11"),
    "since Friday": ("2025-04-04", "2025-04-08"),
    "by Sunday": ("None", "2025-04-06"),
    "today": ("2025-04-08", "2025-04-08"),
    "this morning": ("2025-04-08", "2025-04-08"),
    "earlier in the day": ("2025-04-08", "2025-04-08"),
    "yesterday evening": ("2025-04-07", "2025-04-07"),
    "overnight": ("2025-04-07", "2025-04-08"),
    "hours earlier": ("2025-04-07", "2025-04-08"),
    "before dawn": ("2025-04-07", "2025-04-08"),
    "the previous day": ("2025-04-07", "2025-04-07"),
    "two days ago": ("2025-04-06", "2025-04-06"),
    "a year ago": ("2024-01-01", "2024-12-31"),
    "in the past 48 hours": ("2025-04-06", "2025-04-08"),
    "over the weekend": ("2025-04-05", "2025-04-06"),
    "last weekend": ("2025-04-05", "2025-04-06"),
    "last week": ("2025-03-31", "2025-04-06"),
    "this week": ("2025-04-07", "2025-04-08"),
    "last month": ("2025-03-01", "2025-03-31"),
    "last year": ("2024-01-01", "2024-12-31"),
    "last summer": ("2024-06-01", "2024-08-31"),
    "in the autumn": ("2024-09-01", "2024-11-30"),
    "in recent days": ("2025-04-01", "2025-04-08"),
    "on Friday the 13th": ("2024-12-13", "2024-12-13"),
}


@pytest.mark.parametrize("text", ABSOLUTE)
def test_an_absolute_date_means_its_days(text):
    assert read(f"They came {text}.") == [ABSOLUTE[text]]


@pytest.mark.parametrize("text", RELATIVE)
def test_a_relative_date_counts_from_the_article(text):
    assert read(f"They came {text}.") == [RELATIVE[text]]


@pytest.mark.parametrize("text", RELATIVE)
def test_without_a_publication_date_relative_phrases_stay_open(text):
    assert {each for pair in read(f"They came {text}.", None) for each in pair} == {"None"}


def test_without_a_publication_date_a_day_without_a_year_stays_open():
    assert read("on 8 April", None) == [("None", "None")]
    assert read("on 8 April 2025", None) == [("2025-04-08", "2025-04-08")]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the town.",
        "It lasted for more than three years.",
        "the third anniversary of the invasion of February 2022",
        "KHARKIV, Ukraine (18 March) - Troops came.",
        "the 7th Brigade held the 5th floor",
        "The Sunday Times wrote so.",
        "about 2000 people",
        "",
    ],
)
def test_what_is_no_date_of_an_event_is_left_out(text):
    assert read(text) == []


def test_days_later_count_from_the_day_told_before():
    assert read("It fell on 2 April. Two days later they left, and the next day they came.") == [
        ("2025-04-02", "2025-04-02"),
        ("2025-04-04", "2025-04-04"),
        ("2025-04-05", "2025-04-05"),
    ]


def test_days_later_are_only_bounded_where_no_day_was_told():
    assert read("Two days later they left.") == [("None", "2025-04-08")]


def test_a_day_of_the_month_belongs_to_the_month_told_before():
    found = read("They entered in August 2024. On the 6th they held it.")
    assert found[1] == ("2024-08-06", "2024-08-06")


def test_an_anchor_stands_in_for_the_day_told_before():
    found = read("The next day they left.", anchor=dt.date(2025, 3, 1))
    assert found == [("2025-03-02", "2025-03-02")]


def test_a_day_told_in_an_undated_article_carries_the_next_day():
    assert read("On 2 April 2025 it fell. The next day they left.", None)[1][0] == "2025-04-03"


def test_since_a_day_when_something_happened_is_that_day():
    assert read("closed since 1 April, when troops came") == [("2025-04-01", "2025-04-01")]


def test_future_wording_looks_ahead():
    assert read("a vigil on Saturday", is_future=True) == [("2025-04-12", "2025-04-12")]
    assert read("the talks planned for 12 May") == [("2025-05-12", "2025-05-12")]
    assert read("the raid on 12 May") == [("2024-05-12", "2024-05-12")]


def test_within_gives_the_phrases_of_a_sentence_on_the_clock_of_the_article():
    text = "It fell on Friday. The next day they left."
    (phrase,) = DateReader(TUESDAY).within(text, Span(19, len(text)))
    assert (phrase.text, str(phrase.dates.earliest)) == ("The next day", "2025-04-05")


def test_spans_count_from_the_offset():
    (phrase,) = DateReader(TUESDAY).phrases("on Friday", 100)
    assert (phrase.span, phrase.is_relative) == (Span(103, 109), True)


def test_an_event_without_a_date_was_before_the_article():
    assert default_dates(TUESDAY) == DateRange(None, TUESDAY, DatePrecision.BEFORE)
    assert DateReader(None).default().is_open


@pytest.mark.parametrize(
    ("days", "ucdp", "acled"), [(1, 1, 1), (3, 2, 2), (7, 3, 2), (30, 4, 3), (90, 5, 3)]
)
def test_precision_follows_the_length(days, ucdp, acled):
    dates = DateRange(TUESDAY, TUESDAY + dt.timedelta(days - 1), DatePrecision.DAY)
    assert (date_prec(dates), time_precision(dates)) == (ucdp, acled)


WORDS = st.sampled_from(
    "on the of 31 30 8 February May 2025 1900 2099 next last two days weeks years decades ago later earlier since by "
    "Friday Monday to and - , . overnight summer winter 13th 9999 0 early end in before tomorrow month".split()
)


@given(
    st.lists(WORDS, max_size=30),
    st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)
def test_no_words_break_it_and_ends_are_in_order(words, published, anchor, is_future):
    text = " ".join(words)
    for each in DateReader(published).phrases(text, anchor=anchor, is_future=is_future):
        assert each.span.of(text) == each.text
        if each.dates.earliest and each.dates.latest:
            assert each.dates.earliest <= each.dates.latest


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    spans = [each.span for each in DateReader(TUESDAY).phrases(text)]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize("piece", ["on Friday ", "the the ", "3 - 4 - ", "last ", "   ", "2014-"])
def test_time_grows_in_step_with_the_text(piece):
    reader = DateReader(TUESDAY)
    reader.phrases(piece)

    def seconds(times):
        start = time.process_time()
        reader.phrases(piece * times)
        return time.process_time() - start

    assert seconds(8000) < 24 * max(seconds(1000), 0.01)


def test_a_month_that_heads_a_paragraph_dates_the_days_under_it():
    text = "August 2024. On the morning of the 6th they crossed.\nMarch. It fell on the 8th."
    days = [str(each.dates.latest) for each in DateReader(TUESDAY).phrases(text)]
    assert days == ["2024-08-31", "2024-08-06", "2025-03-31", "2025-03-08"]
