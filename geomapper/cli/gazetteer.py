"""``geomapper gazetteer``: look places up, by name and by point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from geomapper.cli import options
from geomapper.errors import GazetteerError

if TYPE_CHECKING:
    from geomapper.model import Place

app = typer.Typer(help="Look places up.", no_args_is_help=True)


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
    limit: int = typer.Option(10, min=1, help="How many places at most."),
    fuzzy: bool = typer.Option(True, help="Try near spellings where nothing has that name."),
    gazetteer: options.Gazetteers = [],  # noqa: B006
    worldview: options.Worldview = "un",
) -> None:
    """Find places by name, the most prominent first."""
    from geomapper.gazetteer import Gazetteer

    opened = Gazetteer.open(gazetteer, worldview=worldview)
    places = opened.lookup(name)
    if not places and fuzzy:
        near = opened.fuzzy(name, limit=limit)
        if near:
            typer.echo(f"nothing is called {name!r}; near spellings:", err=True)
        places = tuple(place for place, _ in near)
    if not places:
        raise GazetteerError(
            f"no place is called {name!r}: try another spelling, or add it by --gazetteer"
        )
    for place in places[:limit]:
        typer.echo(line(place))


@app.command()
def reverse(
    lon: float = typer.Argument(min=-180, max=180, help="Longitude in degrees."),
    lat: float = typer.Argument(min=-90, max=90, help="Latitude in degrees."),
    *,
    limit: int = typer.Option(3, min=1, help="How many places at most."),
    gazetteer: options.Gazetteers = [],  # noqa: B006
    worldview: options.Worldview = "un",
) -> None:
    """Say in which unit a point lies, and which places are nearest."""
    from geomapper.gazetteer import Gazetteer, distance_km

    opened = Gazetteer.open(gazetteer, worldview=worldview)
    area = opened.locate(lon, lat)
    typer.echo(f"in {line(area)}" if area else "at sea, or in no known area")
    for place in opened.nearest(lon, lat, count=limit):
        typer.echo(f"{distance_km(lon, lat, place.lon, place.lat):7.1f} km  {line(place)}")


def line(place: Place) -> str:
    """Return a place in one line: name, kind, unit, country, point, population, id, dispute."""
    where = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    people = f"  pop. {place.population:,}" if place.population else ""
    dispute = f"  [{place.dispute}]" if place.dispute else ""
    return (
        f"{place.name} ({place.feature_code}; {where or '-'})  "
        f"{place.lon:.4f} {place.lat:.4f}{people}  {place.id}{dispute}"
    )
