"""Features become probabilities: a softmax over candidates, weights fitted on gold and shipped."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.resolution.features import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    scores = [
        math.fsum(weight * value for weight, value in zip(weights.features, row, strict=True))
        for row in rows
    ]
    top = max([*scores, weights.nothing])
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum([*powers, math.exp(weights.nothing - top)])
    return [power / total for power in powers]


def reasons(row: Sequence[float], weights: Weights, *, most: int = 4) -> tuple[str, ...]:
    """Return the features that moved a candidate most, in words with their weight."""
    parts = sorted(
        (
            (weight * value, name)
            for weight, value, name in zip(weights.features, row, NAMES, strict=True)
        ),
        key=lambda part: (-abs(part[0]), part[1]),
    )
    return tuple(
        f"{name.replace('_', ' ')} {part:+.1f}"
        for part, name in parts[:most]
        if abs(part) > 0.1  # noqa: PLR2004
    )
