"""The options of ``geomapper map`` for what stands beside the events."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomapper.coding.codebook import Codebook
    from geomapper.comparing import Comparison
    from geomapper.errors import DocumentError
    from geomapper.model import Event
    from geomapper.rendering import Extra

_DISTANCE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>km|m)")
_METRES = {"km": 1000.0, "m": 1.0}
_FARTHEST_M = 200_000.0


def distance(text: str) -> float:
    """Return the metres that an option names, or refuse it with a sentence.

    Examples
    --------
    >>> distance("5km"), distance("500 m")
    (5000.0, 500.0)
    """
    found = _DISTANCE.fullmatch(text.strip().lower())
    metres = float(found["number"]) * _METRES[found["unit"]] if found else 0.0
    if not 1 <= metres <= _FARTHEST_M:
        raise typer.BadParameter(f"{text!r} is no distance: write it like 5km or 500m, up to 200km")
    return metres


TextsFile = Annotated[
    Path | None,
    typer.Option("--texts", metavar="FILE", help="The page's texts in your language (TOML)."),
]
TourFile = Annotated[
    Path | None,
    typer.Option("--tour", metavar="FILE", help="A tour: event,caption a line (CSV, or TOML)."),
]
OverlayFile = Annotated[
    Path | None,
    typer.Option("--overlay", metavar="FILE", help="Areas under the events (GeoJSON)."),
]
OverlaySource = Annotated[
    str, typer.Option(metavar="TEXT", help="Who drew the overlay, and when.", show_default=False)
]
Blur = Annotated[
    float | None,
    typer.Option(
        parser=distance,
        metavar="DISTANCE",
        help="Blur coordinates by so much (5km); the map says so. Sentences stay.",
    ),
]
WithoutQuotes = Annotated[
    bool, typer.Option("--no-quotes", help="Leave the sentences out, and say so on the map.")
]
TilesAddress = Annotated[
    str | None,
    typer.Option(
        "--tiles",
        metavar="URL",
        help="Online tiles, https://…/{z}/{x}/{y}.png: the map then needs the network.",
    ),
]
TilesCredit = Annotated[
    str, typer.Option(metavar="TEXT", help="The credit that the tiles ask for.", show_default=False)
]
Since = Annotated[
    dt.date | None,
    typer.Option(
        parser=options.day,
        metavar="DATE",
        help="Compare with the days before: what is new from this day on, what is gone.",
    ),
]

Before = Annotated[
    Path | None,
    typer.Option(
        "--before",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Compare with the events of an earlier run (GeoJSON, GeoPackage, CSV).",
    ),
]


@dataclass(frozen=True, slots=True)
class Beside:
    """What ``map`` is asked to show beside the events; `blur` is in metres."""

    since: Since = None
    before: Before = None
    tour: TourFile = None
    overlay: OverlayFile = None
    overlay_source: OverlaySource = ""
    blur: Blur = None
    points: options.Points = False
    no_quotes: WithoutQuotes = False
    tiles: TilesAddress = None
    tiles_credit: TilesCredit = ""

    def __post_init__(self) -> None:
        if self.since and self.before:
            raise typer.BadParameter(
                "--since compares periods and --before compares runs: choose one"
            )

    def loaded(self) -> tuple[Extra, ...]:
        """Return what is read from files and addresses, before any article is."""
        return tuple(self._extras())

    def shown(
        self, events: Sequence[Event], codebook: Codebook
    ) -> tuple[Sequence[Event], tuple[Extra, ...]]:
        """Return the events as they are to be drawn, and what the drawing needs to know of them."""
        comparison = self._comparison(events, codebook)
        compared = (_compared(comparison),) if comparison else ()
        extras = (*compared, *self._left_out())
        drawn = comparison.events if comparison else events
        if self.blur is None:
            return drawn, extras
        from geomapper.blurring import blurred

        return tuple(blurred(drawn, self.blur)), extras

    def _left_out(self) -> Iterator[Extra]:
        from geomapper.rendering import NoQuotes, PointsForAreas

        if self.points:
            yield PointsForAreas()
        if self.no_quotes:
            yield NoQuotes()

    def _comparison(self, events: Sequence[Event], codebook: Codebook) -> Comparison | None:
        from geomapper.comparing import compare_periods, compare_runs

        if self.before:
            return compare_runs(_events_of(self.before, codebook), events)
        return compare_periods(events, self.since) if self.since else None

    def _extras(self) -> Iterator[Extra]:
        from geomapper.rendering import BlurNote, Overlay, Tiles, Tour

        if self.tour:
            yield Tour.load(self.tour)
        if self.overlay:
            yield Overlay.load(self.overlay, self.overlay_source)
        if self.tiles:
            yield Tiles(self.tiles, self.tiles_credit)
        if self.blur:
            yield BlurNote(self.blur / 1000)


def _events_of(path: Path, codebook: Codebook) -> tuple[Event, ...]:
    from geomapper.exporting.loading import load_events

    return load_events(path, codebook, on_problem=_refuse).events


def _refuse(problem: DocumentError) -> None:
    raise problem


def _compared(comparison: Comparison) -> Extra:
    from geomapper.rendering import Compared

    return Compared(comparison)
