"""What a map may show beside its events: each extra adds its own part to the page's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.model import Event


class Extra(Protocol):
    """Something beside the events."""

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:
        """Add to the page's data; `events` are in the order of its columns."""
