"""What a map may show beside its events: each extra adds its own part to the page's data.

`Compared`, `Tour`, `Overlay`, `Tiles`, `BlurNote`, `PointsForAreas` and `NoQuotes`; the text in them goes the way of all text
from outside, as JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from geomapper.comparing import Change
from geomapper.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.comparing import Comparison
    from geomapper.model import Event

_PARTS_OF_ADDRESS = ("{z}", "{x}", "{y}")
_TEXTS = ("place", "dispute", "origin", "edited")
_TOLD_TEXTS = ("document", "title", "source", "url", "attribution")
_HOST = re.compile(r"[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(:\d+)?")


class Extra(Protocol):
    """Something beside the events."""

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:
        """Add to the page's data; `events` are in the order of its columns."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed, as a filter of its own and a line on each card."""

    comparison: Comparison

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:
        """Add a column of changes, and one of what the status was."""
        numbers = {change: number for number, change in enumerate(Change)}
        known = self.comparison
        data["changes"] = [change.value for change in Change]
        data["change"] = [numbers[known.changes.get(event.id, Change.SAME)] for event in events]
        data["before"] = [self._before(data, event) for event in events]

    def _before(self, data: dict[str, Any], event: Event) -> int:
        status = self.comparison.before.get(event.id)
        if status is None:
            return -1
        data["strings"].append(data["texts"][f"status_{status.value}"])
        return len(data["strings"]) - 1


@dataclass(frozen=True, slots=True)
class BlurNote:
    """The sentence on the map that says how far its coordinates are blurred, in kilometres."""

    radius_km: float

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:  # noqa: ARG002
        """Add the note."""
        data["notes"].append(data["texts"]["blurred"].replace("{km}", f"{self.radius_km:g}"))


@dataclass(frozen=True, slots=True)
class PointsForAreas:
    """Regions as points in their middle, which the map says: they read as places, and are none."""

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:
        """Take the areas out and add the note."""
        data["area"] = [-1] * len(events)
        data["areas"] = []
        data["notes"].append(data["texts"]["points_for_areas"])


@dataclass(frozen=True, slots=True)
class NoQuotes:
    """A map without its sentences: smaller, and for who may not pass them on."""

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:  # noqa: ARG002
        """Take every sentence out that stands nowhere else, and add the note."""
        told = data["told"]
        quoted = set(told["sentence"])
        for name in ("sentence", "at", "length"):
            told[name] = [-1] * len(told[name])
        columns = [told[name] for name in _TOLD_TEXTS] + [data[name] for name in _TEXTS]
        kept = {number for column in columns for number in column}
        for number in quoted - kept - {-1}:
            data["strings"][number] = ""
        data["notes"].append(data["texts"]["no_quotes"])


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles from the network over our own basemap; `credit` is what their maker asks for.

    Raises
    ------
    OptionError
        The address is no template of an https address, or nobody is credited.
    """

    url: str
    credit: str

    def __post_init__(self) -> None:
        missing = [part for part in _PARTS_OF_ADDRESS if part not in self.url]
        if missing or urlsplit(self.url).scheme != "https" or not _HOST.fullmatch(self._netloc()):
            raise OptionError(
                f"{self.url!r} is no address of tiles: write one like "
                "https://tiles.example.org/{z}/{x}/{y}.png"
            )
        if not self.credit.strip():
            raise OptionError("tiles need the credit that their maker asks for: give it too")

    @property
    def host(self) -> str:
        """The host that the page may load pictures from, with its scheme."""
        return f"https://{self._netloc()}"

    def _netloc(self) -> str:
        return urlsplit(self.url).netloc

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:  # noqa: ARG002
        """Add the address and the credit."""
        data["tiles"] = {"url": self.url, "attribution": self.credit, "host": self.host}
