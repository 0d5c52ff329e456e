import pytest

from geomapper.coding.relevance import Relevance


@pytest.fixture(scope="module")
def relevance(pipeline):
    return Relevance(pipeline.gazetteer, pipeline.codebook)


@pytest.mark.parametrize(
    ("sentence", "is_worth"),
    [
        ("Shells hit the town at dawn .", True),
        ("He lives in Kharkiv .", True),
        ("Talks with the Chinese went on .", True),
        ("They met near Yaroshivka-Nova .", True),
        ("The weather was fine and everybody who had time went out for a long walk .", False),
    ],
)
def test_a_sentence_is_read_for_a_place_or_an_event(relevance, sentence, is_worth):
    assert relevance([sentence.split()]) == [is_worth]


def test_a_short_comment_on_what_is_read_is_read(relevance):
    told, comment = "Shells hit the town .".split(), "The army denied it .".split()
    assert relevance([told, comment]) == [True, True]
    assert relevance([comment]) == [False]


def test_no_sentences_give_nothing(relevance):
    assert relevance([]) == []
