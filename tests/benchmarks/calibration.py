"""How honest the confidence of places is: expected calibration error over ten bins.

Usage: python tests/benchmarks/calibration.py CORPUS.jsonl...

Given gold names are resolved; right is within 161 km of gold. `held` are documents that the
weights were not fitted on, `seen` the others.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geomapper.gazetteer import Gazetteer, distance_km
from geomapper.model import Document, Mention, Role, Span
from geomapper.resolution import RankingResolver
from geomapper.resolution.fitting import RIGHT_KM, is_held_out, read
from geomapper.stages import Reading

Answers = list[tuple[float, bool, bool]]


def answers(path: Path, resolver: RankingResolver) -> Answers:
    """Return confidence, whether it was right, and whether the document was held out."""
    found = []
    for row in read(path):
        names = sorted(row["toponyms"], key=lambda name: name["start"])
        mentions = [
            Mention(Span(n["start"], n["end"]), row["text"][n["start"] : n["end"]], Role.LITERAL)
            for n in names
        ]
        document = Document(str(row["id"]), row["text"], url=row.get("url"))
        held = is_held_out(str(row["id"]), 7)
        resolutions = resolver.resolve(Reading(document, None, ()), mentions)
        for name, resolution in zip(names, resolutions, strict=True):
            best = resolution.best
            if name.get("lat") is None or best is None:
                continue
            place = best.place
            away = distance_km(place.lon, place.lat, name["lon"], name["lat"])
            found.append((best.score, away <= RIGHT_KM, held))
    return found


def expected_error(told: Answers) -> float:
    """Return the expected calibration error; no answers give 0."""
    error = 0.0
    for low in range(10):
        inside = [(score, ok) for score, ok, _ in told if low / 10 < score <= (low + 1) / 10]
        gap = sum(score for score, _ in inside) - sum(ok for _, ok in inside)
        error += abs(gap)
    return error / max(len(told), 1)


def main() -> None:
    """Say the figures of each corpus and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+")
    arguments = parser.parse_args()
    resolver = RankingResolver(Gazetteer.open())
    every: Answers = []
    for path in arguments.corpora:
        told = answers(path, resolver)
        every += told
        print(f"{path.stem:12} {expected_error(told):.3f}  of {len(told)}")
    for name, wanted in (("seen", False), ("held", True)):
        part = [each for each in every if each[2] is wanted]
        print(f"{name:12} {expected_error(part):.3f}  of {len(part)}")
        for low in range(10):
            inside = [each for each in part if low / 10 < each[0] <= (low + 1) / 10]
            if inside:
                mean = sum(score for score, _, _ in inside) / len(inside)
                right = sum(ok for _, ok, _ in inside) / len(inside)
                print(f"    told {mean:.2f}  right {right:.2f}  of {len(inside)}")


if __name__ == "__main__":
    main()
