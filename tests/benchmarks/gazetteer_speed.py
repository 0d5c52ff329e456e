"""How fast and how small the gazetteer is, the one that ships and a synthetic large one.

Usage: python tests/benchmarks/gazetteer_speed.py [--places 12000000] [--keep FOLDER]

Without ``--places`` only the default is measured. Every figure comes from a process of its own,
so that memory is its own, in processor time, the best of several runs; the synthetic dump is written in GeoNames' format, with an other name a
place, and built by ``geomapper gazetteer build``'s function.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

MEASURE = """
import json, random, resource, sys, time
from pathlib import Path
from geomapper.gazetteer.index import Index
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
clock = time.process_time
def best(count, work):
    taken = []
    for _ in range(count):
        begun = clock(); work(); taken.append(clock() - begun)
    return min(taken)
opened = best(15, lambda: Index.open(Path(sys.argv[1])))
index = Index.open(Path(sys.argv[1]))
names = (index.keys("ka") or index.keys(""))[:5_000]
asked = random.Random(1).choices(names, k=200_000)
known = best(5, lambda: sum(name in index for name in asked))
rows = best(5, lambda: [None for name in asked[:50_000] if not index.rows(name)])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"places": len(index), "open_ms": round(opened * 1e3, 1),
    "known_per_s": round(len(asked) / known), "lists_per_s": round(50_000 / rows),
    "resident_mb": round(peak / 1024, 1), "of_it_imports_mb": round(base / 1024, 1)}))
"""
BUILD = """
import resource, sys, time
from pathlib import Path
from geomapper.gazetteer.dumps import build_from_dump
begun = time.perf_counter(); build_from_dump(Path(sys.argv[1]), Path(sys.argv[2]))
print(f"built in {time.perf_counter() - begun:.0f} s, "
      f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
"""
SYLLABLES = "ka ri no va lo mi shi do pe tra su ber lin gor od sk yar be la ta".split()


def dump(path: Path, places: int) -> None:
    """Write a dump of made-up places."""
    chosen = random.Random(7)  # noqa: S311 - made-up places
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("allCountries.txt", "w", force_zip64=True) as file,
    ):
        for number in range(1, places + 1):
            one, two = ("".join(chosen.choices(SYLLABLES, k=4)).title() for _ in "ab")
            lat, lon = chosen.uniform(-60, 75), chosen.uniform(-180, 180)
            people = chosen.randrange(5_000)
            row = (
                f"{number}\t{one}\t{one}\t{two}\t{lat:.5f}\t{lon:.5f}\tP\tPPL\tUA\t\t05"
                f"\t\t\t\t{people}\t\t\t\t\n"
            )
            file.write(row.encode())


def run(code: str, *arguments: str) -> str:
    """Run code in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Say the figures as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=0)
    arguments = parser.parse_args()
    from geomapper.gazetteer.bundle import default_bundle

    print("default:", json.loads(run(MEASURE, str(default_bundle()))))
    if arguments.places:
        with tempfile.TemporaryDirectory() as folder:
            packed, index = Path(folder) / "allCountries.zip", Path(folder) / "index"
            begun = time.perf_counter()
            dump(packed, arguments.places)
            print(f"dump written in {time.perf_counter() - begun:.0f} s")
            print(run(BUILD, str(packed), str(index)))
            print("synthetic:", json.loads(run(MEASURE, str(index))))


if __name__ == "__main__":
    main()
