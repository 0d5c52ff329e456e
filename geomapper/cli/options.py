"""The options that mean the same in every command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.pipeline import Merge, Pipeline, Settings
    from geomapper.selection import Selection

Day = dt.date


def day(text: str) -> dt.date:
    """Return the day that an option names, or refuse it with a sentence.

    Examples
    --------
    >>> day("2025-04-08")
    datetime.date(2025, 4, 8)
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date: write it as YYYY-MM-DD") from error


def latitude_longitude(text: str) -> tuple[float, float]:
    """Return the point that ``LAT,LON`` names, longitude first, or refuse it with a sentence.

    Examples
    --------
    >>> latitude_longitude("50.6, 35.5")
    (35.5, 50.6)
    """
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no point: write it as LAT,LON") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - degrees
        raise typer.BadParameter(f"{text!r} is not on earth: latitude comes first")
    return lon, lat


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Articles (files, folders, or - for stdin), or events to draw again (.geojson .gpkg .csv).",
        show_default=False,
    ),
]
Published = Annotated[
    dt.date | None,
    typer.Option(
        parser=day,
        metavar="DATE",
        help="Publication date of articles that carry none (YYYY-MM-DD).",
    ),
]
CodebookFile = Annotated[
    Path | None, typer.Option("--codebook", metavar="FILE", help="Your own codebook (TOML).")
]
LanguageModel = Annotated[
    str,
    typer.Option(
        "--language-model",
        metavar="NAME",
        help="accurate, fast, or any installed spaCy pipeline.",
    ),
]
Gazetteers = Annotated[
    list[Path],
    typer.Option(
        "--gazetteer",
        metavar="PATH",
        help="More places over the default ones: a built index, a CSV or a GeoJSON. Repeatable.",
    ),
]
Worldview = Annotated[
    str, typer.Option(metavar="NAME", help="Whose borders: un, or de-facto for who administers.")
]
Earliest = Annotated[
    dt.date | None,
    typer.Option("--from", parser=day, metavar="DATE", help="Only events on or after this day."),
]
Latest = Annotated[
    dt.date | None,
    typer.Option("--to", parser=day, metavar="DATE", help="Only events on or before this day."),
]
Actors = Annotated[
    list[str],
    typer.Option(
        "--actor", metavar="NAME", help="Only this actor, as initiator or target. Repeatable."
    ),
]
Types = Annotated[
    list[str],
    typer.Option("--type", metavar="TYPE", help="Only this event type or family. Repeatable."),
]
Statuses = Annotated[
    list[Status], typer.Option("--status", help="Only events of this status. Repeatable.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Only events at least this certain, 0 to 1.")
]
MergeHow = Annotated[
    str,
    typer.Option(
        "--merge",
        metavar="document|all|none",
        help="Make one event of the same event told twice: in one article, across all, not at all.",
    ),
]
Points = Annotated[
    bool,
    typer.Option("--points", help="Regions as a point instead of their area, and marked so."),
]
MaxCharacters = Annotated[
    int, typer.Option(min=1, help="Refuse a longer article.", show_default=True)
]


def column(text: str) -> tuple[str, str]:
    """Return the field and the column that ``--column FIELD=NAME`` names, or refuse it.

    Examples
    --------
    >>> column("text=body")
    ('text', 'body')
    """
    from geomapper.documents.reader import FIELDS

    field, equals, name = text.partition("=")
    if not equals or not name.strip() or field.strip() not in FIELDS:
        raise typer.BadParameter(f"{text!r}: write FIELD=COLUMN, a field of {', '.join(FIELDS)}")
    return field.strip(), name.strip()


Columns = Annotated[
    list[str],
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column of a table or JSON holds a field: text=body. Repeatable.",
    ),
]
Fetch = Annotated[
    bool, typer.Option("--fetch", help="Fetch sources that are addresses (http, https).")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private and local addresses too.")
]


@dataclass(frozen=True, slots=True)
class Common:
    """What stands before the command: how much to say, and whether to show tracebacks."""

    verbosity: int = 0
    debug: bool = False


def merge(name: str) -> Merge:
    """Return how far to merge, or refuse a name that is none."""
    from geomapper.pipeline import Merge

    try:
        return Merge(name)
    except ValueError as error:
        known = ", ".join(Merge)
        raise typer.BadParameter(f"--merge {name!r} is none of {known}") from error


def selection(
    earliest: dt.date | None,
    latest: dt.date | None,
    actors: Sequence[str],
    types: Sequence[str],
    statuses: Sequence[Status],
    min_confidence: float,
) -> Selection:
    """Return the filter that a command's options describe; refuse a period that ends early."""
    from geomapper.selection import Selection

    if earliest and latest and latest < earliest:
        raise typer.BadParameter(f"the period ends on {latest}, before it begins on {earliest}")
    return Selection(earliest, latest, tuple(actors), tuple(types), tuple(statuses), min_confidence)


def settings(
    language_model: str, gazetteers: Sequence[Path], codebook: Path | None, worldview: str
) -> Settings:
    """Return the pipeline's settings that a command's options describe."""
    from geomapper.pipeline import Settings

    return Settings(
        language_model=language_model,
        gazetteers=tuple(gazetteers),
        codebook=codebook,
        worldview=worldview,
    )


def pipeline(
    language_model: str, gazetteers: Sequence[Path], codebook: Path | None, worldview: str
) -> Pipeline:
    """Return the pipeline that a command's options describe."""
    from geomapper.pipeline import open_pipeline

    return open_pipeline(settings(language_model, gazetteers, codebook, worldview))
