"""``geomapper gazetteer``: look places up, by name and by point; build and check indexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import options
from geomapper.errors import GazetteerError

if TYPE_CHECKING:
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Place

_IN_REACH_KM = 100.0

app = typer.Typer(help="Look places up, build and check indexes.", no_args_is_help=True)


@app.command()
def info(
    gazetteer: options.Gazetteers = [],  # noqa: B006 - Typer copies it
    worldview: options.Worldview = "un",
) -> None:
    """Say what the gazetteer holds: places and names of each index, versions, sources."""
    from geomapper.gazetteer import Gazetteer

    opened = Gazetteer.open(gazetteer, worldview=worldview)
    for name, (places, names) in opened.counts().items():
        typer.echo(f"{name}: {places:,} places, {names:,} names")
    typer.echo(f"version: {opened.version}")
    typer.echo(f"worldview: {opened.worldview}")
    typer.echo(
        "places by GeoNames (CC BY 4.0), areas by Natural Earth and the US Census, overlay by us"
    )


@app.command()
def find(
    name: str = typer.Argument(help="A place's name, in any spelling or script."),
    *,
    near: str | None = typer.Option(None, metavar="LAT,LON", help="The nearest first."),
    limit: int = typer.Option(10, min=1, help="How many places at most."),
    fuzzy: bool = typer.Option(True, help="Try near spellings where nothing has that name."),
    gazetteer: options.Gazetteers = [],  # noqa: B006
    worldview: options.Worldview = "un",
) -> None:
    """Find places by name, the most prominent first, or the nearest to a point."""
    from geomapper.gazetteer import Gazetteer

    point = options.latitude_longitude(near) if near else None
    opened = Gazetteer.open(gazetteer, worldview=worldview)
    found = [(place, 1.0) for place in opened.lookup(name)]
    if not found and fuzzy:
        found = list(opened.fuzzy(name, limit=limit))
        if found:
            typer.echo(f"nothing is called {name!r}; near spellings:", err=True)
    if not found:
        raise GazetteerError(
            f"no place is called {name!r}: try another spelling, or add it by --gazetteer"
        )
    if point is not None:
        found.sort(key=lambda item: _apart(opened, name, item[0], point))
    for place, likeness in found[:limit]:
        away = f"{_kilometres(place, point):7.1f} km  " if point else ""
        alike = f"  (likeness {likeness:.2f})" if likeness < 1 else ""
        typer.echo(f"{away}{line(place)}{alike}")


@app.command()
def reverse(
    point: str = typer.Argument(metavar="LAT,LON", help="Latitude and longitude in degrees."),
    *,
    limit: int = typer.Option(3, min=1, help="How many places at most."),
    gazetteer: options.Gazetteers = [],  # noqa: B006
    worldview: options.Worldview = "un",
) -> None:
    """Say in which unit a point lies, and which places are nearest."""
    from geomapper.gazetteer import Gazetteer

    lon, lat = options.latitude_longitude(point)
    opened = Gazetteer.open(gazetteer, worldview=worldview)
    area = opened.locate(lon, lat)
    typer.echo(f"in {line(area)}" if area else "at sea, or in no known area")
    for place in opened.nearest(lon, lat, count=limit):
        typer.echo(f"{_kilometres(place, (lon, lat)):7.1f} km  {line(place)}")


@app.command()
def build(
    dump: Annotated[Path, typer.Argument(help="GeoNames' allCountries.zip, or one country's zip.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="The new index.")
    ],
    alternates: Annotated[
        Path | None, typer.Argument(help="GeoNames' alternateNamesV2.zip.")
    ] = None,
) -> None:
    """Build an index from a GeoNames dump, for --gazetteer; an old one is replaced whole."""
    from geomapper.gazetteer import Gazetteer
    from geomapper.gazetteer.dumps import build_from_dump

    def report(what: str, count: int) -> None:
        typer.echo(f"{what}: {count:,}" if count else what, err=True)

    units = Gazetteer.open().unit_names()
    index = build_from_dump(dump, output, alternates=alternates, units=units, report=report)
    typer.echo(f"{len(index):,} places, {index.manifest['names']:,} names in {output}", err=True)


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="An index folder, a CSV or a GeoJSON.")],
) -> None:
    """Prove that an index, a CSV or a GeoJSON can be used as a gazetteer."""
    from geomapper.gazetteer.user_tables import open_any

    index = open_any(path)
    troubles = index.troubles()
    if troubles:
        raise GazetteerError(f"{path} is not sound: {'; '.join(troubles)}")
    typer.echo(f"{path}: sound, {len(index):,} places, {index.manifest['names']:,} names")


def _apart(
    opened: Gazetteer, name: str, place: Place, point: tuple[float, float]
) -> tuple[bool, float]:
    """Return a key for sorting: by distance, places of that very name in reach first."""
    kilometres = _kilometres(place, point)
    return not (kilometres < _IN_REACH_KM and opened.is_own_name(place, name)), kilometres


def _kilometres(place: Place, point: tuple[float, float]) -> float:
    from geomapper.gazetteer import distance_km

    return distance_km(place.lon, place.lat, *point)


def line(place: Place) -> str:
    """Return a place in one line: name, kind, unit, country, point, population, id, dispute."""
    where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    people = f"  pop. {place.population:,}" if place.population else ""
    dispute = f"  [{place.dispute}]" if place.dispute else ""
    return (
        f"{place.name} ({place.feature_code}; {where or '-'})  "
        f"{place.lon:.4f} {place.lat:.4f}{people}  {place.id}{dispute}"
    )
