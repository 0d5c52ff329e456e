import pytest

from geomapper.language.training.conll18 import gold_documents, score

CONLLU = """# newdoc id = a
# newpar
1-2\tWe've\t_\t_\t_\t_\t_\t_\t_\t_
1\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_
2\t've\thave\tAUX\tVBP\t_\t3\taux\t_\t_
3\tleft\tleave\tVERB\tVBN\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
1\tGone\tgo\tVERB\tVBN\t_\t0\troot\t_\t_

"""


@pytest.fixture
def gold():
    return next(gold_documents(CONLLU.splitlines()))


def test_raw_text_is_rebuilt_from_a_treebank(gold):
    assert gold.text == "We've left.\n\nGone "
    assert [gold.text[start:end] for start, end in gold.words] == ["We", "'ve", "left", ".", "Gone"]
    assert gold.sentences == [(0, 11), (13, 17)]


def test_a_wrong_head_costs_both_scores_and_a_wrong_label_one(gold):
    system = next(gold_documents(CONLLU.replace("3\tnsubj", "2\tnsubj").splitlines()))
    assert score([(gold, system)]).uas == pytest.approx(0.8)
    system = next(gold_documents(CONLLU.replace("nsubj", "obj").splitlines()))
    assert score([(gold, system)]).uas == 1
    assert score([(gold, system)]).las == pytest.approx(0.8)


def test_words_cut_otherwise_lose_their_arcs(gold):
    system = next(gold_documents(CONLLU.splitlines()))
    system.words[0:2] = [(0, 5), (50, 51)]
    assert score([(gold, system)]).words == pytest.approx(0.6)


def test_nothing_scores_nothing():
    assert score([]).las == 0
