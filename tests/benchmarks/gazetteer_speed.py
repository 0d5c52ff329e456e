"""How fast and how small the gazetteer is, the one that ships and a synthetic large one.

Usage: python tests/benchmarks/gazetteer_speed.py [--places 12000000]

Without ``--places`` only the default is measured. Every figure comes from a process of its own,
so that memory is its own; times but for the build are processor time, the best of several runs. The synthetic dump is written in GeoNames' format, with an other name a place,
millions of different names and the ids in no order (as in the real one), and is built by
``geomapper gazetteer build``'s function.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

CHOOSE = """
import json, random, sys
from pathlib import Path
from geomapper.gazetteer.index import Index
print(json.dumps(random.Random(1).choices(Index.open(Path(sys.argv[1])).keys(""), k=5_000)))
"""
MEASURE = """
import json, random, sys, time
from pathlib import Path
from geomapper.gazetteer.index import Index
def resident(kind="VmRSS"):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith(kind))
names = json.load(sys.stdin)
asked = random.Random(2).choices(names, k=200_000)
base = resident()
clock = time.process_time
def best(count, work):
    taken = []
    for _ in range(count):
        begun = clock(); work(); taken.append(clock() - begun)
    return min(taken)
opened = best(15, lambda: Index.open(Path(sys.argv[1])))
index = Index.open(Path(sys.argv[1]))
after = resident()
known = best(5, lambda: sum(name in index for name in asked))
rows = best(5, lambda: [None for name in asked[:50_000] if not index.rows(name)])
print(json.dumps({"places": len(index), "names": index.manifest["names"],
    "open_ms": round(opened * 1e3, 1),
    "known_per_s": round(len(asked) / known), "lists_per_s": round(50_000 / rows),
    "before_mb": base, "open_mb": after, "looked_up_mb": resident(),
    "of_it_own_mb": resident("RssAnon")}))
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
LENGTHS = (3, 6), (4, 5), (5, 4), (6, 3)
STEP, PRIME = 48_271, 2**31 - 1  # multiples of the one, in the other's field, are all different


def dump(path: Path, places: int) -> None:
    """Write a dump of made-up places."""
    chosen = random.Random(7)  # noqa: S311 - made-up places
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("allCountries.txt", "w", force_zip64=True) as file,
    ):
        for number in range(1, places + 1):
            one, two = (
                "".join(chosen.choices(SYLLABLES, k=k)).title() for k in LENGTHS[number % 4]
            )
            lat, lon = chosen.uniform(-60, 75), chosen.uniform(-180, 180)
            people = chosen.randrange(5_000)
            row = (
                f"{number * STEP % PRIME}\t{one}\t{one}\t{two}\t{lat:.5f}\t{lon:.5f}\tP\tPPL\tUA\t\t05"
                f"\t\t\t\t{people}\t\t\t\t\n"
            )
            file.write(row.encode())


def run(code: str, *arguments: str, given: str = "") -> str:
    """Run code in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, input=given)
    return done.stdout.strip()


def measured(index: Path) -> str:
    """Return the figures of an index; the names asked for are drawn by another process."""
    return run(MEASURE, str(index), given=run(CHOOSE, str(index)))


def main() -> None:
    """Say the figures as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=0)
    arguments = parser.parse_args()
    from geomapper.gazetteer.bundle import default_bundle

    print("default:", measured(default_bundle()))
    if arguments.places:
        with tempfile.TemporaryDirectory() as folder:
            packed, index = Path(folder) / "allCountries.zip", Path(folder) / "index"
            begun = time.perf_counter()
            dump(packed, arguments.places)
            print(f"dump written in {time.perf_counter() - begun:.0f} s")
            print(run(BUILD, str(packed), str(index)))
            print("synthetic:", measured(index))


if __name__ == "__main__":
    main()
