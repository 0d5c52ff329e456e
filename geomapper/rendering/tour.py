"""A tour: chosen events in an order, each with a caption, from a small table."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomapper.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geomapper.model import Event

_COLUMNS = frozenset({"event", "title", "caption", "zoom"})
_ZOOMS = range(2, 16)


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: the id of an event, what to say about it, and how near to go (2 to 15)."""

    event: str
    caption: str
    title: str | None = None
    zoom: int | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """Some stops in their order.

    Examples
    --------
    >>> Tour((Step("df0a44e95203", "Two men are taken."),)).steps[0].zoom is None
    True
    """

    steps: tuple[Step, ...]

    @classmethod
    def load(cls, path: Path) -> Tour:
        """Return the tour of a table.

        A CSV has the columns ``event`` and ``caption``, and may have ``title`` and ``zoom``; a
        TOML file has a ``[[step]]`` with these keys for each stop.

        Raises
        ------
        OptionError
            The table cannot be read, has no stop, or a stop with a mistake.
        """
        steps = tuple(_step(row, f"{path}, stop {n}") for n, row in enumerate(_rows(path), 1))
        if not steps:
            raise OptionError(f"{path} has no stop of a tour: write one a line under event,caption")
        return cls(steps)

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:
        """Add the stops; each names an event by its row.

        Raises
        ------
        OptionError
            An event of the tour is not on the map.
        """
        rows = {event.id: row for row, event in enumerate(events)}
        missing = [step.event for step in self.steps if step.event not in rows]
        if missing:
            raise OptionError(
                f"the tour stops at the event {missing[0]!r}, which is not on the map: "
                "look its id up on a card, or in the output of geomapper events"
            )
        data["tour"] = [
            {
                "event": rows[step.event],
                "title": step.title,
                "caption": step.caption,
                "zoom": step.zoom,
            }
            for step in self.steps
        ]


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".toml":
            return list(tomllib.loads(text).get("step", []))
    except OSError as error:
        raise OptionError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise OptionError(f"{path} is no table of a tour: {error}") from error
    return list(csv.DictReader(text.splitlines()))


def _step(row: Mapping[str, Any], where: str) -> Step:
    unknown = sorted(str(key) for key in set(row) - _COLUMNS)
    if unknown:
        raise OptionError(f"{where}: {unknown[0]!r} is no column of a tour, which has event, title, caption and zoom")  # fmt: skip
    event, caption = str(row.get("event") or ""), str(row.get("caption") or "")
    if not event or not caption:
        raise OptionError(f"{where}: a stop needs the id of an event and a caption")
    return Step(event, caption, str(row["title"]) if row.get("title") else None, _zoom(row, where))


def _zoom(row: Mapping[str, Any], where: str) -> int | None:
    value = row.get("zoom")
    if value is None or value == "":
        return None
    if not str(value).isdigit() or int(value) not in _ZOOMS:
        raise OptionError(f"{where}: the zoom {value!r} is none of 2 to 15")
    return int(value)
