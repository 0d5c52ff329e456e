"""Scores of arcs become a tree: one root a sentence, no cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NEVER = -1e9


def best_trees(arcs: NDArray[np.float32], bounds: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Return each word's head in a window, numbered from 1, 0 for the root of each sentence.

    `arcs` is (n + 1, n + 1), dependents by heads, the root first; `bounds` are the half-open
    ranges of the sentences' words, counted from 0. Arcs between sentences do not count.

    Examples
    --------
    >>> arcs = np.array([[0, 0, 0], [5, 0, 9], [4, 9, 0]], dtype=np.float32)
    >>> best_trees(arcs, [(0, 1), (1, 2)]).tolist(), best_trees(arcs, [(0, 2)]).tolist()
    ([0, 0], [0, 1])
    """
    heads = np.zeros(len(arcs) - 1, dtype=np.int64)
    for start, end in bounds:
        scores = np.empty((end - start + 1, end - start + 1), dtype=np.float32)
        scores[1:, 0] = arcs[start + 1 : end + 1, 0]
        scores[1:, 1:] = arcs[start + 1 : end + 1, start + 1 : end + 1]
        scores[0] = 0.0
        tree = _greedy(scores)
        tree = np.array(best_tree(scores)) if tree is None else tree
        heads[start:end] = np.where(tree == 0, 0, tree + start)
    return heads


def _greedy(scores: NDArray[np.float32]) -> NDArray[np.int64] | None:
    """Return every word's best head where they happen to make a tree, which then is the best."""
    np.fill_diagonal(scores, _NEVER)
    heads: NDArray[np.int64] = scores[1:].argmax(axis=1)
    if np.count_nonzero(heads == 0) != 1 or _cycle(np.concatenate(([0], heads))):
        return None
    return heads


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
