"""The network: what it says of a word does not hang on how its windows were batched."""

from __future__ import annotations

import numpy as np
import pytest

from geomapper.errors import LanguageError
from geomapper.language.minilm import MODELS
from geomapper.language.network import Network

SHELLS = "Shells hit Nikopol on Friday .".split()
LONG = "Two people were wounded in the town of Marhanets , the governor said .".split()


@pytest.fixture(scope="module")
def network():
    return Network(MODELS / "fast")


def test_every_table_has_a_row_a_word(network):
    said = network.read([SHELLS, LONG])
    words = len(SHELLS) + len(LONG)
    assert said.arcs.shape == (2, len(LONG) + 1, len(LONG) + 1)
    for table in (said.dependents, said.heads, said.telling, said.told, *said.tags.values()):
        assert len(table) == words
    assert {name: said.tags[name].shape[1] for name in said.tags} == {
        name: len(network.labels[name]) for name in said.tags
    }


def test_a_window_reads_beside_another_as_it_reads_alone(network):
    both, alone = network.read([SHELLS, LONG]), network.read([LONG])
    for name, scores in alone.tags.items():
        beside = both.tags[name][len(SHELLS) :]
        assert np.abs(beside - scores).mean() < 0.1 * np.abs(scores).mean()
    assert (
        both.tags["universal"][len(SHELLS) :].argmax(1) == alone.tags["universal"].argmax(1)
    ).all()


def test_relations_and_arguments_have_a_score_a_label(network):
    said = network.read([SHELLS])
    heads = said.heads[[1, 1, 1, 4, 1, 1]]
    scores = network.relations(said.dependents, heads)
    assert scores.shape == (len(SHELLS), len(network.labels["relations"]))
    assert network.labels["relations"][scores[2].argmax()] == "obj"
    assert network.arguments(said.telling[:2], said.told).shape == (
        2, len(SHELLS), len(network.labels["arguments"]),
    )  # fmt: skip


def test_no_words_have_no_relations(network):
    said = network.read([SHELLS])
    assert network.relations(said.dependents[:0], said.heads[:0]).shape == (
        0, len(network.labels["relations"]),
    )  # fmt: skip


def test_a_folder_without_a_model_says_what_it_lacks(tmp_path):
    with pytest.raises(LanguageError, match=r"lacks model\.onnx, relations\.npy"):
        Network(tmp_path)
