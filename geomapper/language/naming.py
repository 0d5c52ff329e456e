"""Which words are place names: the chances of all roles together, then the likeliest role."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_TINY = 1e-9
_DOUBT = 1.5


def place_tags(chances: NDArray[np.float32], names: tuple[str, ...]) -> list[int]:
    """Return the tags of words by their chances, (words, tags): whole names, one role a name.

    A word begins a name, or goes on with it, when all roles together are half as likely again as
    none: a name whose role is in doubt is a name all the same. A name has the role that is
    likeliest over all its words.

    Examples
    --------
    >>> names = ("O", "B-literal", "I-literal", "B-metonym", "I-metonym")
    >>> doubtful = np.array([[0.2, 0.5, 0.0, 0.3, 0.0], [0.1, 0.0, 0.3, 0.0, 0.6]])
    >>> place_tags(doubtful, names)
    [3, 4]
    """
    roles, begins, inside = _columns(names)
    beginning, going_on = chances[:, begins], chances[:, inside]
    either = np.log(beginning + going_on + _TINY)
    kinds = np.stack([_DOUBT * chances[:, 0], beginning.sum(axis=1), going_on.sum(axis=1)], axis=1)
    tags = [0] * len(chances)
    for start, end in _stretches(kinds.argmax(axis=1).tolist()):
        role = int(either[start:end].sum(axis=0).argmax()) if len(roles) > 1 else 0
        tags[start] = begins[role]
        tags[start + 1 : end] = [inside[role]] * (end - start - 1)
    return tags


@lru_cache(maxsize=8)
def _columns(names: tuple[str, ...]) -> tuple[list[str], list[int], list[int]]:
    """Return the roles, and where each begins and goes on among the tags."""
    roles = [name[2:] for name in names if name[0] == "B"]
    return (
        roles,
        [names.index(f"B-{role}") for role in roles],
        [names.index(f"I-{role}") for role in roles],
    )


def _stretches(kinds: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the names, of words that are outside (0), begin one (1) or go on (2)."""
    start = -1
    for index, kind in enumerate([*kinds, 0]):
        if start >= 0 and kind != 2:  # noqa: PLR2004
            yield start, index
            start = -1
        if kind and start < 0:
            start = index
