"""Features become probabilities: a softmax over candidates, weights fitted on gold and shipped."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import mul
from typing import TYPE_CHECKING

from geomapper.resolution.features import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_PART = 0.1


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight a feature, and the weight of there being no right candidate at all."""

    features: tuple[float, ...]
    nothing: float


@cache
def shipped_weights() -> Weights:
    """Return the weights of ``weights.toml``."""
    text = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Weights(
        tuple(float(table["features"].get(name, 0.0)) for name in NAMES), float(table["nothing"])
    )


def probabilities(rows: Sequence[Sequence[float]], weights: Weights) -> list[float]:
    """Return the probability of each candidate; together with "none of them" they sum to 1.

    Examples
    --------
    >>> probabilities([[1.0], [1.0]], Weights((0.0,), -100.0))
    [0.5, 0.5]
    """
    scores = [math.fsum(map(mul, weights.features, row)) for row in rows]
    top = max([*scores, weights.nothing])
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum([*powers, math.exp(weights.nothing - top)])
    return [power / total for power in powers]


def reasons(row: Sequence[float], weights: Weights, *, most: int = 4) -> tuple[str, ...]:
    """Return the features that moved a candidate most, in words with their weight."""
    parts = sorted(
        (-abs(weight * value), name, weight * value)
        for weight, value, name in zip(weights.features, row, NAMES, strict=True)
        if value and abs(weight * value) > _LEAST_PART
    )
    return tuple(f"{name.replace('_', ' ')} {part:+.1f}" for _, name, part in parts[:most])
