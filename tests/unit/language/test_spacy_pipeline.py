import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from geomapper.errors import LanguageError
from geomapper.language import load_analyzer
from geomapper.model import Document

TEXT = "Troops were driven out of the town by rebels on Friday ."
WORDS = TEXT.split()
ANNOTATION = {
    "tags": ["NNS", "VBD", "VBN", "RP", "IN", "DT", "NN", "IN", "NNS", "IN", "NNP", "."],
    "pos": ["NOUN", "AUX", "VERB", "ADP", "ADP", "DET", "NOUN", "ADP", "NOUN", "ADP", "PROPN", "PUNCT"],
    "lemmas": ["troop", "be", "drive", "out", "of", "the", "town", "by", "rebel", "on", "Friday", "."],
    "heads": [2, 2, 2, 2, 3, 6, 4, 2, 7, 2, 9, 2],
    "deps": ["nsubjpass", "auxpass", "ROOT", "prep", "prep", "det", "pobj", "agent", "pobj", "prep",
             "pobj", "punct"],
}  # fmt: skip


def trained(
    path, *, lang="en", pipes=("tagger", "morphologizer", "parser", "trainable_lemmatizer")
):
    nlp = spacy.blank(lang)
    for pipe in pipes:
        nlp.add_pipe(pipe, config={"min_action_freq": 1} if pipe == "parser" else {})
    gold = Doc(nlp.vocab, words=WORDS, **ANNOTATION)
    examples = [Example(Doc(nlp.vocab, words=WORDS), gold)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    nlp.meta["version"] = "1.2.3"
    nlp.to_disk(path)
    return str(path)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("models") / "en_tiny")


def test_an_installed_pipeline_reads_with_universal_labels(installed):
    reading = load_analyzer(installed).analyze(Document("x", TEXT, language="en"))
    assert [token.dep_ for token in reading.doc][:4] == ["nsubj:pass", "aux:pass", "root", "prep"]
    assert (reading.doc[8].dep_, reading.doc[8].head.text) == ("obl:agent", "driven")
    assert reading.doc[7].dep_ == "case"
    assert reading.is_read


def test_an_installed_pipeline_is_named_with_its_version(installed):
    assert load_analyzer(installed).name == f"{installed} 1.2.3"


def test_our_sentences_hold_whatever_the_pipeline_says(installed):
    text = "Share this story\nTroops were driven out of the town."
    reading = load_analyzer(installed).analyze(Document("x", text, language="en"))
    assert [sentence.is_boilerplate for sentence in reading.sentences] == [True, False]


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    name = trained(tmp_path / "half", pipes=("tagger", "morphologizer", "trainable_lemmatizer"))
    with pytest.raises(LanguageError, match="gives no dependencies: reading needs them"):
        load_analyzer(name)


def test_a_pipeline_of_another_language_is_refused(tmp_path):
    name = trained(tmp_path / "french", lang="fr")
    with pytest.raises(
        LanguageError, match="reads 'fr', and only English is read: name an English"
    ):
        load_analyzer(name)
