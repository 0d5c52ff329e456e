import pytest

from geomapper.language import load_analyzer
from geomapper.model import Document

TEXT = "Russian forces shelled Izium on Monday. Nobody minded. Two civilians were killed."


@pytest.fixture(scope="module")
def reading():
    analyzer = load_analyzer(
        "fast", matters=lambda sentences: [len(each) > 3 for each in sentences]
    )
    return analyzer.analyze(Document("x", TEXT, language="en"))


def test_the_fast_model_reads_all_that_the_accurate_one_does(reading):
    verb = reading.doc[2]
    assert (verb.lemma_, verb.pos_, verb.dep_) == ("shell", "VERB", "root")
    assert [(child.text, child.dep_) for child in verb.children][:2] == [
        ("forces", "nsubj"),
        ("Izium", "obj"),
    ]
    assert [(span.text, span.label_) for span in reading.doc.spans["places"]] == [
        ("Russian", "demonym"),
        ("Izium", "literal"),
    ]


def test_a_sentence_that_is_not_worth_reading_stays_unread(reading):
    assert [sentence.is_parsed for sentence in reading.sentences] == [True, False, True]
    start, end = reading.sentences[1].tokens
    assert {token.pos_ for token in reading.doc[start:end]} == {"X"}
    assert [sentence.text for sentence in reading.doc.sents][1] == "Nobody minded."


def test_an_empty_text_is_read_as_nothing():
    reading = load_analyzer("fast").analyze(Document("x", "", language="en"))
    assert len(reading.doc) == 0
    assert reading.sentences == ()
