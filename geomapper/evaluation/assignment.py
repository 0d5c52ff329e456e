"""Which answer belongs to which gold event: the one-to-one pairing with the largest total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of the assignment with the largest total.

    A weight of 0 is no pair; no rows or no columns give no pairs. The Hungarian method with
    shortest augmenting paths (Jonker and Volgenant 1987), in O(n³).

    Examples
    --------
    >>> assign([[5.0, 4.0], [4.0, 0.0]])
    [(1, 0), (0, 1)]
    """
    if not weights or not weights[0]:
        return []
    table = np.asarray(weights, dtype=float)
    rows, columns = table.shape
    square = np.zeros((max(table.shape),) * 2)
    square[:rows, :columns] = table
    owner = _owners(table.max() - square)
    pairs = ((int(row) - 1, column) for column, row in enumerate(owner[1:]) if column < columns)
    return [(row, column) for row, column in pairs if row < rows and table[row, column] > 0]


def _owners(cost: Floats) -> Indices:
    """Return for each column, counted from 1, its row, counted from 1, at the least total cost."""
    size = len(cost)
    row_price, column_price = np.zeros(size + 1), np.zeros(size + 1)
    owner = np.zeros(size + 1, dtype=np.int64)
    for row in range(1, size + 1):
        owner[0] = row
        end, way = _shortest_path(cost, row_price, column_price, owner)
        while end:
            owner[end] = owner[way[end]]
            end = int(way[end])
    return owner


def _shortest_path(
    cost: Floats, row_price: Floats, column_price: Floats, owner: Indices
) -> tuple[int, Indices]:
    """Return the free column that is cheapest to reach, and the way back from each column."""
    size = len(cost)
    least = np.full(size + 1, np.inf)
    way, used = np.zeros(size + 1, dtype=np.int64), np.zeros(size + 1, dtype=bool)
    column = 0
    while owner[column]:
        used[column] = True
        row = owner[column]
        reduced = cost[row - 1] - row_price[row] - column_price[1:]
        better = ~used[1:] & (reduced < least[1:])
        least[1:][better] = reduced[better]
        way[1:][better] = column
        following = int(np.argmin(np.where(used, np.inf, least)))
        step = least[following]
        row_price[owner[used]] += step
        column_price[used] -= step
        least[~used] -= step
        column = following
    return column, way
