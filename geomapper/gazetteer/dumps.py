"""A GeoNames dump becomes an index: millions of places in bounded memory, names sorted on disk.

Places are read once, their numbers kept in compact arrays; names go to the disk in sorted runs,
are merged there, and are read twice: once for the trie, once for the lists of places.
"""

from __future__ import annotations

import heapq
import shutil
import tempfile
import zipfile
import zlib
from array import array
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from geomapper.errors import GazetteerError
from geomapper.gazetteer.building import OTHER_NAME, searched_names
from geomapper.gazetteer.entries import Entry, prominence
from geomapper.gazetteer.folding import fold
from geomapper.gazetteer.index import FORMAT, Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    Report = Callable[[str, int], None]

_COLUMNS = 19
_NAME_COLUMNS = (4, 10)
_RUN = 400_000
_PIECE = 50_000
_TYPES = {"i": np.int32, "I": np.uint32}
_NEWS_EVERY = 250_000
_SCALE = 1e5
_POOLED = ("country", "admin1", "admin1_code", "admin2", "feature")
# Kinds of alternate names that nobody writes in a text.
_NO_LANGUAGE = frozenset({"link", "wkdt", "post", "unlc", "iata", "icao", "faac", "tcid", "piny"})


def build_from_dump(
    dump: Path,
    folder: Path,
    *,
    alternates: Path | None = None,
    units: Mapping[str, str] | None = None,
    report: Report | None = None,
) -> Index:
    """Build a bundle in `folder` from GeoNames' ``allCountries.zip`` or a country's zip.

    Parameters
    ----------
    dump, alternates
        GeoNames' places, and its ``alternateNamesV2.zip`` if wanted.
    folder
        Where the bundle goes. It is made beside and takes its place whole: an error leaves what
        was there as it was.
    units
        Names of admin-1 units by GeoNames' code; codes without a name leave it empty.
    report
        Is told, now and then, what is read and how many rows of it.

    Raises
    ------
    GazetteerError
        A file is missing, no zip, cut short, or not in GeoNames' format.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / "manifest.json").exists():
        raise GazetteerError(f"{folder} holds other files: give a new folder or an old gazetteer")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".gazetteer-") as scratch:
        work = Path(scratch)
        builder = _Builder(work, units or {}, report or (lambda _what, _count: None))
        builder.read_places(dump)
        if alternates is not None:
            builder.read_alternates(alternates)
        fresh = work / "bundle"
        builder.index(name=folder.name).save(fresh)
        old = work / "old"
        if folder.exists():
            folder.rename(old)
        shutil.move(fresh, folder)
    return Index.open(folder)


class _Builder:
    """Reads, sorts and joins; every large thing is an array or on the disk."""

    def __init__(self, work: Path, units: Mapping[str, str], report: Report) -> None:
        self._work = work
        self._units = units
        self._report = report
        self._numbers = {name: array("i") for name in ("lon", "lat")}
        self._codes, self._population = array("I"), array("I")
        self._pools: dict[str, dict[str, int]] = {name: {"": 0} for name in _POOLED}
        self._pooled = {name: array("I") for name in _POOLED}
        self._weights = array("f")
        self._text_ends = array("Q", [0])
        self._names: list[str] = []
        self._runs: list[Path] = []

    def read_places(self, dump: Path) -> None:
        with (self._work / "text.bin").open("wb") as text:
            for fields in _rows(dump, (_COLUMNS,), self._report):
                entry = _entry(fields, self._units, dump)
                self._add(entry)
                text.write(entry.name.encode("utf-8"))
        if not len(self._codes):
            raise GazetteerError(f"{dump} holds no places: expected a dump of GeoNames")

    def read_alternates(self, path: Path) -> None:
        codes = np.frombuffer(self._codes, dtype=np.uint32)
        order = np.argsort(codes, kind="stable")
        ordered = codes[order]
        for fields in _rows(path, _NAME_COLUMNS, self._report):
            if fields[2] in _NO_LANGUAGE or not fields[1].isdigit():
                continue
            at = int(np.searchsorted(ordered, int(fields[1])))
            if at < len(ordered) and ordered[at] == int(fields[1]):
                key = fold(fields[3])
                if len(key) > 1 and not key.isdigit():
                    self._name(key, int(order[at]), is_own=False)

    def _add(self, entry: Entry) -> None:
        row = len(self._codes)
        self._codes.append(int(entry.id.partition(":")[2]))
        self._numbers["lon"].append(round(entry.lon * _SCALE))
        self._numbers["lat"].append(round(entry.lat * _SCALE))
        self._population.append(min(entry.population, 2**32 - 1))
        self._weights.append(prominence(entry))
        values = (entry.country, entry.admin1, entry.admin1_code, "", entry.feature_code)
        for name, value in zip(_POOLED, values, strict=True):
            pool = self._pools[name]
            self._pooled[name].append(pool.setdefault(value, len(pool)))
        self._text_ends.append(self._text_ends[-1] + len(entry.name.encode("utf-8")))
        for key, is_own in set(searched_names(entry)):
            if key:
                self._name(key, row, is_own=is_own)

    def _name(self, key: str, row: int, *, is_own: bool) -> None:
        self._names.append(f"{key}\t{row}\t{0 if is_own else 1}\n")
        if len(self._names) >= _RUN:
            self._spill()

    def _spill(self) -> None:
        path = self._work / f"run-{len(self._runs)}"
        self._names.sort()
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self._names)
        self._runs.append(path)
        self._names = []

    def _merged(self) -> Iterator[tuple[str, dict[int, int]]]:
        """Yield each name with its rows, and whether each is its own (0) or another (1)."""
        with ExitStack() as stack:
            files = [stack.enter_context(run.open(encoding="utf-8")) for run in self._runs]
            parts = (line.rstrip("\n").split("\t") for line in heapq.merge(*files))
            for key, group in groupby(parts, key=lambda part: part[0]):
                rows: dict[int, int] = {}
                for _, row, kind in group:
                    rows[int(row)] = min(rows.get(int(row), 1), int(kind))
                yield key, rows

    def index(self, name: str) -> Index:
        """Return the index of all that was read."""
        self._spill()
        self._report("names sorted", 0)
        trie = marisa_trie.Trie(key for key, _ in self._merged())
        self._report("names in the trie", len(trie))
        order = np.argsort(np.frombuffer(self._codes, dtype=np.uint32), kind="stable")
        rank = np.empty(len(order), dtype=np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        columns = self._columns(order)
        columns.update(self._postings(trie, rank))
        text, columns["text_offsets"] = self._texts(order)
        manifest = {
            "format": FORMAT,
            "name": name,
            "version": f"{zlib.crc32(columns['codes'].tobytes()):08x}",
            "places": len(order),
            "names": len(trie),
        }
        pools = {"own_ids": [], **{name: list(pool) for name, pool in self._pools.items()}}
        return Index(manifest, trie, columns, text, np.zeros(0, dtype=np.uint8), pools)

    def _columns(self, order: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return the columns by rising code; what they were read into is let go."""
        count = len(order)
        read = {
            "codes": self._codes,
            "population": self._population,
            **self._numbers,
            **self._pooled,
        }
        del self._codes, self._population, self._numbers, self._pooled
        columns: dict[str, NDArray[Any]] = {}
        while read:
            name, values = read.popitem()
            columns[name] = np.frombuffer(values, dtype=_TYPES[values.typecode])[order]
        return columns | {
            "radius": np.zeros(count, dtype=np.float32),
            "accuracy": np.zeros(count, dtype=np.float32),
            "recalled": np.zeros(count, dtype=np.uint8),
            "area": np.full(count, -1, dtype=np.int32),
            "area_offsets": np.zeros(1, dtype=np.uint32),
            "boxes": np.zeros((0, 5), dtype=np.float64),
        }

    def _postings(self, trie: marisa_trie.Trie, rank: NDArray[Any]) -> dict[str, NDArray[Any]]:
        counts = np.zeros(len(trie) + 1, dtype=np.uint32)
        for key, rows in self._merged():
            counts[trie[key] + 1] = len(rows)
        offsets = np.cumsum(counts, dtype=np.uint32, out=counts)
        postings = np.zeros(int(offsets[-1]), dtype=np.uint32)
        kinds = np.zeros(int(offsets[-1]), dtype=np.uint8)
        for key, rows in self._merged():
            start = int(offsets[trie[key]])
            best = sorted(rows.items(), key=lambda item: (-self._weight(*item), item))
            postings[start : start + len(best)] = [rank[row] for row, _ in best]
            kinds[start : start + len(best)] = [kind for _, kind in best]
        return {"offsets": offsets, "postings": postings, "kinds": kinds}

    def _weight(self, row: int, kind: int) -> float:
        return self._weights[row] * (OTHER_NAME if kind else 1.0)

    def _texts(self, order: NDArray[Any]) -> tuple[NDArray[np.uint8], NDArray[Any]]:
        """Return the names in the order of the rows, and where each ends."""
        blob = np.fromfile(self._work / "text.bin", dtype=np.uint8)
        ends = np.frombuffer(self._text_ends, dtype=np.uint64)
        offsets = np.zeros(len(ends), dtype=np.uint32)
        np.cumsum(np.diff(ends)[order], out=offsets[1:], dtype=np.uint32)
        moved = np.empty_like(blob)
        for first in range(0, len(order), _PIECE):
            rows = order[first : first + _PIECE]
            starts = offsets[first : first + len(rows) + 1].astype(np.int64)
            back = np.repeat(ends[rows].astype(np.int64) - starts[:-1], np.diff(starts))
            moved[starts[0] : starts[-1]] = blob[back + np.arange(starts[0], starts[-1])]
        return moved, offsets


def _rows(path: Path, widths: tuple[int, ...], report: Report) -> Iterator[list[str]]:
    """Yield the fields of every line of the table in a zip, or in a plain text file."""
    if not path.is_file():
        raise GazetteerError(f"{path} is not there: expected a zip file of GeoNames")
    number = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as lines:
            for number, line in enumerate(lines, start=1):
                fields = line.decode("utf-8").rstrip("\r\n").split("\t")
                if not widths[0] <= len(fields) <= widths[-1]:
                    raise GazetteerError(
                        f"{path}, line {number}: {len(fields)} columns, expected {widths[0]} parted "
                        "by tabs: download the file again from GeoNames"
                    )
                if number % _NEWS_EVERY == 0:
                    report(path.name, number)
                yield fields
    except (zipfile.BadZipFile, EOFError, zlib.error, OSError, UnicodeDecodeError) as error:
        raise GazetteerError(
            f"{path} is no whole zip file of GeoNames (after line {number:,}: {error}): download it again"
        ) from error
    report(path.name, number)


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """Return the table inside: the largest text file that is no notice."""
    texts = [
        info
        for info in archive.infolist()
        if info.filename.endswith(".txt") and "readme" not in info.filename.lower()
    ]
    if not texts:
        raise GazetteerError(f"{path} holds no table: expected allCountries.txt or a country's")
    return max(texts, key=lambda info: info.file_size).filename


def _entry(fields: list[str], units: Mapping[str, str], path: Path) -> Entry:
    try:
        code = f"{fields[8]}.{fields[10]}"
        return Entry(
            id=f"geonames:{int(fields[0])}",
            name=fields[1],
            lon=float(fields[5]),
            lat=float(fields[4]),
            feature_code=fields[7] or "PPL",
            alternates=tuple(filter(None, (fields[2], *fields[3].split(",")))),
            country=fields[8],
            admin1=units.get(code, ""),
            admin1_code=code if code in units else "",
            population=max(int(fields[14] or 0), 0),
        )
    except ValueError as error:
        raise GazetteerError(f"{path}: {fields[0]!r} is no place of GeoNames: {error}") from error
