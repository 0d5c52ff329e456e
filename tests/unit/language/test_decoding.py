"""Trees: those of many sentences at once are those of each alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomapper.language.decoding import best_tree, best_trees


def _reaches_root(heads: list[int], word: int) -> bool:
    for _ in heads:
        word = heads[word - 1]
        if word == 0:
            return True
    return False


@st.composite
def windows(draw: st.DrawFn) -> tuple[np.ndarray, list[list[tuple[int, int]]]]:
    lengths = draw(st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=4), min_size=1))
    ends = [np.cumsum([0, *each]).tolist() for each in lengths]
    bounds = [list(pairwise(each)) for each in ends]
    size = max(each[-1] for each in ends) + 1
    seed = draw(st.integers(0, 2**32 - 1))
    shape = (len(bounds), size, size)
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32), bounds


@given(windows())
def test_every_sentence_has_one_root_and_no_cycle(case):
    arcs, bounds = case
    for heads, window in zip(best_trees(arcs, bounds), bounds, strict=True):
        assert len(heads) == window[-1][1]
        for start, end in window:
            own = [head - start if head else 0 for head in heads[start:end].tolist()]
            assert own.count(0) == 1
            assert all(0 <= head <= end - start for head in own)
            assert all(_reaches_root(own, word) for word in range(1, end - start + 1))


@given(windows())
def test_a_sentence_among_others_gets_the_tree_that_it_gets_alone(case):
    arcs, bounds = case
    for row, heads in enumerate(best_trees(arcs, bounds)):
        for start, end in bounds[row]:
            part = [0, *range(start + 1, end + 1)]
            alone = best_trees(arcs[row][np.ix_(part, part)][None], [[(0, end - start)]])[0]
            assert [head + start if head else 0 for head in alone.tolist()] == heads[
                start:end
            ].tolist()


def test_where_the_best_heads_are_a_circle_the_best_tree_is_taken():
    scores = np.array([[0, 0, 0, 0], [1, 0, 9, 0], [2, 9, 0, 0], [0, 9, 0, 0]], dtype=np.float32)
    assert best_trees(scores[None], [[(0, 3)]])[0].tolist() == best_tree(scores) == [2, 0, 1]


def test_no_sentences_have_no_heads():
    assert best_trees(np.zeros((1, 1, 1), dtype=np.float32), [[]])[0].tolist() == []


@pytest.mark.parametrize("length", [1, 2, 200])
def test_a_chain_of_any_length_is_a_tree(length):
    scores = np.zeros((length + 1, length + 1), dtype=np.float32)
    scores[np.arange(1, length + 1), np.arange(length)] = 5.0
    assert best_trees(scores[None], [[(0, length)]])[0].tolist() == list(range(length))
