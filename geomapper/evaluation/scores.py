"""Precision, recall and F1, and how far a stated confidence may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were right, how many were given, how many were wanted.

    Examples
    --------
    >>> score = Score(hits=3, given=4, wanted=6)
    >>> score.precision, score.recall, score.f1
    (0.75, 0.5, 0.6)
    """

    hits: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of the answers that is right; 0 without answers."""
        return share(self.hits, self.given)

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 0 where nothing was wanted."""
        return share(self.hits, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def figures(self) -> dict[str, float]:
        """Return the three shares by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def share(part: float, whole: float) -> float:
    """Return `part` of `whole`, 0 of nothing."""
    return part / whole if whole else 0.0


def calibration_error(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> float | None:
    """Return the expected calibration error of (confidence, was right) pairs; None without any.

    The pairs fall into `bins` of one width by their confidence, 0 to 1; the error is the mean
    distance, weighted by size, between a bin's mean confidence and its share of right answers.

    Examples
    --------
    >>> calibration_error([(0.9, True), (0.9, False)])
    0.4
    >>> calibration_error([])
    """
    filled: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        filled.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    total = sum(map(len, filled.values()))
    if not total:
        return None
    gaps = (abs(sum(c for c, _ in pairs) - sum(r for _, r in pairs)) for pairs in filled.values())
    return sum(gaps) / total
