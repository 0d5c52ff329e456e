"""The options that mean the same in every command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.errors import OptionError
from geomapper.model import Status

if TYPE_CHECKING:
    from geomapper.pipeline import Merge, Pipeline, Settings
    from geomapper.selection import Selection

Day = dt.date
DEFAULT_MAX_CHARACTERS = 5_000_000


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


@dataclass(frozen=True, slots=True)
class Engine:
    """What every command that reads articles takes: the model, the places, whose borders."""

    language_model: LanguageModel = "accurate"
    gazetteer: Gazetteers = field(default_factory=list)
    worldview: Worldview = "un"

    def settings(self, codebook: Path | None = None) -> Settings:
        """Return the settings of a pipeline."""
        from geomapper.pipeline import Settings

        return Settings(
            language_model=self.language_model,
            gazetteers=tuple(self.gazetteer),
            codebook=codebook,
            worldview=self.worldview,
        )

    def pipeline(self, codebook: Path | None = None) -> Pipeline:
        """Return the pipeline."""
        from geomapper.pipeline import open_pipeline

        return open_pipeline(self.settings(codebook))


@dataclass(frozen=True, slots=True)
class Articles:
    """What ``map``, ``events`` and ``report`` take: how articles are read, which events are kept."""

    earliest: Earliest = None
    published: Published = None
    codebook: CodebookFile = None
    actor: Actors = field(default_factory=list)
    type_: Types = field(default_factory=list)
    status: Statuses = field(default_factory=list)
    min_confidence: MinConfidence = 0.0
    max_characters: MaxCharacters = DEFAULT_MAX_CHARACTERS
    column: Columns = field(default_factory=list)
    fetch: Fetch = False
    allow_private: AllowPrivate = False

    def selection(self, latest: dt.date | None = None) -> Selection:
        """Return the filter, up to a day; refuse a period that ends early."""
        from geomapper.selection import Selection

        if self.earliest and latest and latest < self.earliest:
            raise typer.BadParameter(
                f"the period ends on {latest}, before it begins on {self.earliest}"
            )
        return Selection(
            self.earliest,
            latest,
            tuple(self.actor),
            tuple(self.type_),
            tuple(self.status),
            self.min_confidence,
        )

    def of_any_day(self, latest: dt.date | None = None) -> Selection:
        """Return the filter without its period, which is refused all the same where it is wrong."""
        return replace(self.selection(latest), earliest=None, latest=None)


def new_file(named: Path | None, default: str) -> Path:
    """Return the file to write: the one that was named, else the default, which must be new.

    Raises
    ------
    OptionError
        No file was named, and the default one is there already.
    """
    path = named or Path(default)
    if named is None and path.exists():
        raise OptionError(
            f"{path} is there already: write over it by -o {path}, or name another file"
        )
    return path
