"""How many names of war villages are found where they are, and what becomes of the others.

Usage: python tests/benchmarks/frontline_names.py NAMES.json [--missing]

NAMES.json is a list of ``{"name", "country", "admin1"}``, country by ISO code. Each name is
resolved in one sentence with its region, or its country where no region is given. `found` is in
that country and region; `region` fell back to the region or country named; `abroad` is a namesake
in another country, `elsewhere` one in another region; `nowhere` is no place at all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from geomapper.gazetteer import Gazetteer
from geomapper.gazetteer.folding import fold
from geomapper.model import Document, Mention, Place, Precision, Role, Span
from geomapper.resolution import RankingResolver
from geomapper.stages import Reading


def asked(name: str, region: str | None, country: str) -> tuple[str, list[Mention]]:
    """Return the sentence and its mentions."""
    names = [name, region, country] if region else [name, country]
    text = f"Shelling was reported in {name} in "
    text += f"the {region} region of {country}." if region else f"{country}."
    mentions, at = [], 0
    for each in names:
        start = text.index(each, at)
        at = start + len(each)
        mentions.append(Mention(Span(start, at), each, Role.LITERAL))
    return text, mentions


def verdict(place: Place | None, row: dict[str, str], *, stands_in: bool) -> str:
    """Return what became of a name."""
    if place is None:
        return "nowhere"
    if place.country != row["country"]:
        return "abroad"
    if place.precision is Precision.COUNTRY or stands_in:
        return "region"
    wanted = fold(row.get("admin1") or "")
    if wanted and wanted not in fold(place.admin1 or ""):
        return "elsewhere"
    is_region = place.precision is Precision.ADMIN1 and fold(row["name"]) not in fold(place.name)
    return "region" if is_region else "found"


def main() -> None:
    """Ask for every name and say the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path)
    parser.add_argument("--missing", action="store_true", help="list the names that are not found")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    resolver = RankingResolver(gazetteer)
    count: Counter[str] = Counter()
    for row in json.loads(arguments.names.read_text(encoding="utf-8")):
        country = gazetteer.country(row["country"])
        text, mentions = asked(
            row["name"], row.get("admin1"), country.name if country else row["country"]
        )
        resolution = resolver.resolve(Reading(Document("x", text), None, ()), mentions)[0]
        best = resolution.best
        said = verdict(best.place if best else None, row, stands_in=bool(best and best.stands_in))
        count[said] += 1
        if arguments.missing and said != "found":
            print(said, row["name"], row.get("admin1"), row["country"], best and best.place.name)
    total = count.total()
    for name, number in count.most_common():
        print(f"{name:10} {number:4}  {number / total:.1%}")


if __name__ == "__main__":
    main()
