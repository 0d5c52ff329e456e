"""A choice among contenders by weighed features: the softmax that places and actors share.

`coding.siting` and `coding.contenders` describe each contender by named numbers; a table says how
much each number counts, and how much a contender needs to beat none. `evaluation.fitting` fits tables.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts, and how much a contender needs to beat none."""

    features: Mapping[str, float]
    nobody: float

    def score(self, features: Mapping[str, float]) -> float:
        """Return the weighed sum; features that the table does not know count nothing.

        Examples
        --------
        >>> Weights({"near": 2.0}, 0.0).score({"near": 0.5, "new": 3.0})
        1.0
        """
        return sum(self.features.get(name, 0.0) * value for name, value in features.items())


def chances(found: Sequence[Mapping[str, float]], weights: Weights) -> tuple[float, ...]:
    """Return the probability of each contender; what is missing to 1 is that of none.

    Examples
    --------
    >>> chances([{"near": 1.0}, {}], Weights({"near": 0.0}, 0.0))
    (0.3333333333333333, 0.3333333333333333)
    """
    scores = [weights.score(each) for each in found]
    top = max([*scores, weights.nobody])
    powers = [math.exp(score - top) for score in scores]
    total = math.exp(weights.nobody - top) + sum(powers)
    return tuple(power / total for power in powers)


def winner(each: Sequence[float]) -> int | None:
    """Return which chance is the largest, the first of equals; None where none is likelier.

    Examples
    --------
    >>> winner([0.2, 0.5]), winner([0.2, 0.3]), winner([])
    (1, None, None)
    """
    best = max(range(len(each)), key=lambda n: (each[n], -n), default=None)
    return best if best is not None and each[best] >= 1 - sum(each) else None


def log_odds_above(chance: float, floor: float) -> float:
    """Return the log odds of a chance above those of `floor`, 0 for one below it.

    Examples
    --------
    >>> log_odds_above(0.0, 0.01), round(log_odds_above(0.5, 0.01), 3)
    (0.0, 4.595)
    """
    bounded = min(max(chance, floor), 1 - floor)
    return math.log(bounded / (1 - bounded)) - math.log(floor / (1 - floor))


@cache
def shipped_weights(name: str) -> Weights:
    """Return a table that ships, ``actors`` or ``places``."""
    file = resources.files(__package__).joinpath(f"weights_{name}.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Weights(table["features"], float(table["nobody"]))
