import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from spacy.tokens import Doc
from spacy.vocab import Vocab

from geomapper.errors import LanguageError
from geomapper.language import load_analyzer
from geomapper.language.adapting import as_universal
from geomapper.language.decoding import best_tree
from geomapper.language.detection import detect
from geomapper.language.lemmas import right_lemma
from geomapper.language.splitting import is_boilerplate, split
from geomapper.language.words import tokenizer
from geomapper.model import Document


def sentences(text):
    return [sentence.span.of(text) for sentence in split(tokenizer().make_doc(text))]


def test_abbreviations_do_not_end_a_sentence():
    text = (
        "Gen. Smith of the U.S. Army met Lt. Col. Jones. He left on Jan. 5 at 3 p.m. for St. Louis."
    )
    assert sentences(text) == [text[:47], text[48:]]


def test_a_dateline_stands_alone():
    assert sentences("KYIV, Ukraine (AP) — Shells hit Nikopol.") == [
        "KYIV, Ukraine (AP) —",
        "Shells hit Nikopol.",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["See below.", "*******", "The town fell."],
        ["https://example.org/a", "https://example.org/b"],
        ["It was late :-)", "They left."],
        ["He left (by boat.)", "She stayed."],
    ],
)
def test_lines_of_signs_addresses_and_smileys_end_sentences(parts):
    assert sentences(" ".join(parts)) == parts


def test_a_run_of_stops_ends_a_sentence_though_no_space_follows():
    assert sentences("They waited an hour...Nobody came.") == [
        "They waited an hour...",
        "Nobody came.",
    ]


def test_what_closes_never_begins_a_sentence():
    assert sentences("(We left early. ) It rained.") == ["(We left early. )", "It rained."]


def test_a_quote_over_two_sentences_is_split_inside():
    text = "“It is over. They left,” he said. Nobody answered."
    assert sentences(text) == ["“It is over.", "They left,” he said.", "Nobody answered."]


def test_headings_end_with_their_line_and_wrapped_lines_go_on():
    text = "Key points\nTroops entered the town and raised a flag over the\nmunicipal building on Friday.\n\nNext"
    assert sentences(text) == ["Key points", text[11:91], "Next"]


@pytest.mark.parametrize(
    "line", ["ADVERTISEMENT", "Share this story", "By Jane Roe", "© 2025 The Daily", "Read more: x"]
)
def test_lines_that_are_not_the_article_are_marked(line):
    assert is_boilerplate(line)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_sentences_cover_every_word_once(text):
    doc = tokenizer().make_doc(text)
    covered = [index for sentence in split(doc) for index in range(*sentence.tokens)]
    words = [token.i for token in doc if not token.is_space]
    assert sorted(covered) == covered
    assert set(words) <= set(covered)


@settings(deadline=None)
@given(
    hnp.arrays(
        np.float32, st.integers(1, 9).map(lambda n: (n, n)), elements=st.floats(-50, 50, width=32)
    )
)
def test_arcs_always_become_one_tree(scores):
    heads = best_tree(scores)
    assert heads.count(0) == (1 if len(scores) > 1 else 0)
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        assert node == 0


def test_the_best_tree_is_the_best_of_all_trees():
    scores = np.array([[0, 0, 0, 0], [9, 0, 3, 1], [1, 8, 0, 7], [1, 2, 9, 0]], dtype=np.float32)
    assert best_tree(scores) == [0, 1, 2]


@pytest.mark.parametrize(
    ("form", "guess", "lemma"),
    [
        ("repelled", "repell", "repel"),
        ("operating", "operat", "operate"),
        ("fled", "flead", "flee"),
        ("shelled", "shelle", "shell"),
    ],
)
def test_lemmas_of_verbs_are_put_right(form, guess, lemma):
    assert right_lemma(form, "VERB", guess) == lemma


def test_languages_are_told_apart():
    assert detect("La ville a été prise par les rebelles dans la nuit de lundi à mardi.") == "fr"
    assert detect("Kyiv") is None


def test_another_language_is_split_and_not_read(pipeline):
    text = (
        "Les rebelles ont pris la ville de Goma dans la nuit de lundi à mardi, selon les habitants."
    )
    reading = pipeline.analyzer.analyze(Document("x", text))
    assert reading.document.language == "fr"
    assert not reading.is_read
    assert pipeline.code(Document("x", text)).events == ()


def test_an_unknown_language_model_gets_one_sentence():
    with pytest.raises(LanguageError, match="name accurate, fast, or a spaCy pipeline"):
        load_analyzer("en_core_web_nowhere")


def test_clearnlp_labels_become_universal():
    words = "Troops were driven out of town by rebels".split()
    heads = [2, 2, 2, 2, 3, 4, 2, 6]
    deps = ["nsubjpass", "auxpass", "ROOT", "prep", "prep", "pobj", "agent", "pobj"]
    pos = ["NOUN", "AUX", "VERB", "ADP", "ADP", "NOUN", "ADP", "NOUN"]
    doc = as_universal(
        Doc(Vocab(), words=words, heads=heads, deps=deps, pos=pos, tags=["X"] * 8, lemmas=words)
    )
    assert [token.dep_ for token in doc] == [
        "nsubj:pass",
        "aux:pass",
        "root",
        "prep",
        "case",
        "obl",
        "case",
        "obl:agent",
    ]
    assert doc[5].head.text == "driven"


def test_offsets_survive_odd_text(pipeline):
    text = "\n\n  Shelling  hit\tNikopol \u200e— 🚀 №1.\n\n\nCasualties: 2\n"
    reading = pipeline.analyzer.analyze(Document("x", text, dt.date(2025, 1, 1), language="en"))
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in reading.doc)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_goes_through_the_whole_pipeline(pipeline, text):
    coded = pipeline.code(Document("x", text, dt.date(2025, 1, 1), language="en"))
    assert all(event.evidence for event in coded.events)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "🔴 Shelling in #Bakhmut 🔥 One killed‼️ Stay in\n#war #Donetsk",
            ["🔴 Shelling in #Bakhmut 🔥", "One killed‼️", "Stay in", "#war #Donetsk"],
        ),
        (
            "KEY TOWN FALLS\nTHE ARMY LEFT. IT FLED.",
            ["KEY TOWN FALLS", "THE ARMY LEFT.", "IT FLED."],
        ),
        (
            "Killed:\n- two in Sumy\n1. Orikhiv: three shells\n2. Izium: none",
            ["Killed:", "- two in Sumy", "1. Orikhiv: three shells", "2. Izium: none"],
        ),
        ("| Sumy | 2 |\n| Izium | 1 |", ["| Sumy | 2 |", "| Izium | 1 |"]),
        ("It was hit. [12] Nobody died.", ["It was hit. [12]", "Nobody died."]),
        (
            "He left in the U.S. Army. In April it ended.",
            ["He left in the U.S. Army.", "In April it ended."],
        ),
        ("It fell.The army denied it.", ["It fell.", "The army denied it."]),
        (
            "Two blasts heard. then silence!!! what?",
            ["Two blasts heard.", "then silence!!!", "what?"],
        ),
        (
            "X (b. 1970) of No. 4 Co. fled. J. R. Roe came.",
            ["X (b. 1970) of No. 4 Co. fled.", "J. R. Roe came."],
        ),
        (
            "GAZA/JERUSALEM (Reuters) — Tanks moved in.",
            ["GAZA/JERUSALEM (Reuters) —", "Tanks moved in."],
        ),
    ],
)
def test_sentences_of_chats_lists_tables_and_agencies(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("line", ["#war #Donetsk", "👉 Subscribe to our channel", "Photo: AFP"])
def test_lines_of_chats_that_are_no_text_are_marked(line):
    assert is_boilerplate(line)
