"""Scores of arcs become a tree: one root a sentence, no cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = -1e9


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
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for each in path:
            state[each] = 2
    return []
