"""Scores of arcs become a tree: one root a sentence, no cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NEVER = -1e9


def best_trees(
    arcs: NDArray[np.float32], bounds: Sequence[Sequence[tuple[int, int]]]
) -> list[NDArray[np.int64]]:
    """Return for each window each word's head in it, numbered from 1, 0 for a sentence's root.

    `arcs` are (windows, n + 1, n + 1), dependents by heads, the root first, n the most words of a
    window; `bounds` are for each window the half-open ranges of its sentences' words, counted
    from 0, one after another. Arcs between sentences do not count.

    Examples
    --------
    >>> arcs = np.array([[[0, 0, 0], [5, 0, 9], [4, 9, 0]]] * 2, dtype=np.float32)
    >>> [heads.tolist() for heads in best_trees(arcs, [[(0, 1), (1, 2)], [(0, 2)]])]
    [[0, 0], [0, 1]]
    """
    sentence = np.full(arcs.shape[:2], -1, dtype=np.int64)
    every = [(row, *bound) for row, window in enumerate(bounds) for bound in window]
    for number, (row, start, end) in enumerate(every):
        sentence[row, start + 1 : end + 1] = number
    scores = _inside(arcs, sentence)
    heads: NDArray[np.int64] = scores.argmax(axis=2)
    heads[:, 0] = 0
    for number in _no_trees(heads, sentence, len(every)):
        row, start, end = every[number]
        part = [0, *range(start + 1, end + 1)]
        tree = np.array(best_tree(scores[row][np.ix_(part, part)]))
        heads[row, start + 1 : end + 1] = np.where(tree == 0, 0, tree + start)
    ends = [window[-1][1] if window else 0 for window in bounds]
    return [heads[row, 1 : end + 1] for row, end in enumerate(ends)]


def _inside(arcs: NDArray[np.float32], sentence: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the scores with those between sentences, and of a word with itself, out of reach."""
    allowed = sentence[:, :, None] == sentence[:, None, :]
    allowed[:, :, 0] = True
    words = np.arange(arcs.shape[1])
    allowed[:, words, words] = False
    return np.where(allowed, arcs, np.float32(_NEVER))


def _no_trees(heads: NDArray[np.int64], sentence: NDArray[np.int64], count: int) -> list[int]:
    """Return the sentences, by number, whose words' best heads do not happen to make a tree.

    Where they do, that tree is the best.
    """
    rows, width = heads.shape
    above = (heads + width * np.arange(rows)[:, None]).ravel()
    for _ in range(int(width).bit_length()):
        above = above[above]
    is_word = (sentence >= 0).ravel()
    lost = is_word & (above % width != 0)
    numbers = sentence.ravel()
    roots = np.bincount(numbers[is_word & (heads.ravel() == 0)], minlength=count)
    is_none = roots != 1
    is_none[numbers[lost]] = True
    return [int(number) for number in np.flatnonzero(is_none)]


def best_tree(scores: NDArray[np.float32]) -> list[int]:
    """Return each word's head, numbered from 1, 0 for the one root.

    `scores` is (n + 1, n + 1), dependents by heads, the root first. The root is the word that
    gains most by it; the rest is the maximum spanning tree below it (Chu and Liu 1965, Edmonds
    1967). No words give ``[]``.

    Examples
    --------
    >>> best_tree(np.array([[0, 0, 0], [5, 0, 1], [4, 9, 0]], dtype=np.float32))
    [0, 1]
    """
    count = len(scores) - 1
    if count == 0:
        return []
    table = scores.astype(np.float64).copy()
    np.fill_diagonal(table, _NEVER)
    others = table[1:, 1:].max(axis=1) if count > 1 else np.zeros(1)
    root = 1 + int(np.argmax(table[1:, 0] - others))
    table[1:, 0] = _NEVER
    table[root, :] = _NEVER
    table[root, 0] = 0.0
    heads = _spanning_tree(table)
    return [int(head) for head in heads[1:]]


def _spanning_tree(table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the heads of the maximum spanning tree; node 0 is its root."""
    heads: NDArray[np.int64] = table.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(table), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    gain = table[cycle][:, outside] - table[cycle, heads[cycle]][:, None]
    contracted = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    contracted[:-1, :-1] = table[np.ix_(outside, outside)]
    contracted[-1, :-1] = gain.max(axis=0)
    entering = gain.argmax(axis=0)
    contracted[:-1, -1] = table[outside][:, cycle].max(axis=1)
    leaving = table[outside][:, cycle].argmax(axis=1)
    np.fill_diagonal(contracted, _NEVER)
    solved = _spanning_tree(contracted)
    result: NDArray[np.int64] = heads.copy()
    for position, node in enumerate(outside[1:], start=1):
        head = solved[position]
        result[node] = cycle[leaving[position]] if head == len(outside) else outside[head]
    into = int(solved[-1])
    result[cycle[entering[into]]] = outside[into]
    return result


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """Return the nodes of one cycle, none where there is none."""
    following = heads.tolist()
    state = [0] * len(following)
    state[0] = 2
    for start in range(1, len(following)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = following[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for each in path:
            state[each] = 2
    return []
