"""A stretch of tokens that one of the finders takes for a place name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomapper.model import Role


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens taken for a place name: `start` to `end`, not including `end`.

    `role` is what the finder says, None where it does not say; `score` its certainty, 0 to 1.
    """

    start: int
    end: int
    role: Role | None
    score: float
