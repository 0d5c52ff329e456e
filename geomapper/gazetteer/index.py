"""An index of places: a trie of folded names and columns of numbers, mapped from disk.

Layout of a bundle folder: ``manifest.json``; ``pools.json``, the words that repeat;
``names.marisa``, a trie whose key ids count into
``offsets.npy``, which cuts ``postings.npy`` (row numbers, the likeliest first) and
``kinds.npy`` (0 the name itself, 1 another name); a ``.npy`` a column; ``text.bin`` with
``text_offsets.npy`` for names; ``areas.bin`` with ``area_offsets.npy`` and ``boxes.npy``.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from geomapper.errors import GazetteerError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 2
_READ = (1, FORMAT)  # the first held the pools in its manifest
COLUMNS = (
    "codes lon lat population country admin1 admin1_code admin2 feature radius accuracy recalled "
    "area offsets postings kinds text_offsets area_offsets boxes"
).split()
FIRST_OWN_CODE = 1 << 31
_SCALE = 1e5


class Index:
    """Names to rows, rows to facts. Read-only; opening maps files and reads hardly a byte.

    Parameters
    ----------
    manifest
        Name, version and counts.
    pools
        Repeated words, by column; a file of them is read at the first question.
    trie
        Folded names.
    columns
        The arrays named in `COLUMNS`.
    text, areas
        UTF-8 names one after another, and areas as WKB.
    """

    def __init__(
        self,
        manifest: dict[str, Any],
        trie: marisa_trie.Trie,
        columns: dict[str, NDArray[Any]],
        text: NDArray[np.uint8],
        areas: NDArray[np.uint8],
        pools: dict[str, list[str]] | Path,
    ) -> None:
        self.manifest = manifest
        self._trie = trie
        self._columns = columns
        self._text = text
        self._areas = areas
        self._stored_pools = pools
        # A memoryview gives single numbers several times faster than an array.
        self._views: dict[str, Any] = {
            name: column.data for name, column in columns.items() if column.ndim == 1
        }
        self._ends, self._rows, self._kinds = (
            self._views[name] for name in ("offsets", "postings", "kinds")
        )

    def __len__(self) -> int:
        return len(self._columns["codes"])

    @classmethod
    def open(cls, folder: Path) -> Index:
        """Map a bundle folder.

        Raises
        ------
        GazetteerError
            It is missing, cut, or of another format.
        """
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if manifest.get("format") not in _READ:
                raise GazetteerError(
                    f"{folder} is a gazetteer of format {manifest.get('format')}, expected "
                    f"{FORMAT}: build it again with `geomapper gazetteer build`"
                )
            trie = marisa_trie.Trie()
            trie.mmap(str(folder / "names.marisa"))
            columns = {name: _column(folder / f"{name}.npy") for name in COLUMNS}
            text, areas = _bytes(folder / "text.bin"), _bytes(folder / "areas.bin")
            pools = manifest.pop("pools", None) or folder / "pools.json"
            if isinstance(pools, Path):
                pools.stat()
        except (OSError, EOFError, ValueError, KeyError, RuntimeError) as error:
            raise GazetteerError(
                f"{folder} is no whole gazetteer ({error}): build it again with "
                "`geomapper gazetteer build`"
            ) from error
        return cls(manifest, trie, columns, text, areas, pools)

    def save(self, folder: Path) -> None:
        """Write the bundle into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._trie.save(str(folder / "names.marisa"))
        for name in COLUMNS:
            np.save(folder / f"{name}.npy", self._columns[name], allow_pickle=False)
        (folder / "text.bin").write_bytes(self._text.tobytes())
        (folder / "areas.bin").write_bytes(self._areas.tobytes())
        for name, table in (("pools", self._pools), ("manifest", self.manifest)):
            text = json.dumps(table, ensure_ascii=False, sort_keys=True)
            (folder / f"{name}.json").write_text(text, encoding="utf-8")

    @property
    def is_table(self) -> bool:
        """Whether a user's table stands behind it, which comes before all that is mapped."""
        return bool(self.manifest.get("table"))

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """Return the rows of a folded name, the likeliest first, and whether it is their own name."""
        number = self._trie.get(key)
        if number is None:
            return []
        start, end = self._ends[number], self._ends[number + 1]
        if end - start == 1:
            return [(self._rows[start], not self._kinds[start])]
        rows, kinds = self._rows[start:end].tolist(), self._kinds[start:end].tolist()
        return [(row, kind == 0) for row, kind in zip(rows, kinds, strict=True)]

    def __contains__(self, key: str) -> bool:
        return key in self._trie

    def prefixes(self, text: str) -> list[str]:
        """Return the names that a folded text begins with."""
        names: list[str] = self._trie.prefixes(text)
        return names

    def keys(self, prefix: str) -> list[str]:
        """Return the names that begin with `prefix`, in the trie's order."""
        names: list[str] = self._trie.keys(prefix)
        return names

    def facts(self, row: int) -> dict[str, Any]:
        """Return what is known of a row, by field of `geomapper.gazetteer.entries.Entry`."""
        views = self._views
        return {
            "id": self._id(row),
            "name": self._name(row),
            "lon": views["lon"][row] / _SCALE,
            "lat": views["lat"][row] / _SCALE,
            "population": views["population"][row],
            "country": self._word("country", row),
            "admin1": self._word("admin1", row),
            "admin1_code": self._word("admin1_code", row),
            "admin2": self._word("admin2", row),
            "feature_code": self._word("feature", row),
            "radius_km": views["radius"][row],
            "accuracy_km": views["accuracy"][row],
            "recalled": bool(views["recalled"][row]),
        }

    def row_of(self, place_id: str) -> int | None:
        """Return the row of an id, None where the index lacks it."""
        code = self._code(place_id)
        if code is None:
            return None
        codes = self._columns["codes"]
        row = int(np.searchsorted(codes, codes.dtype.type(code)))
        return row if row < len(codes) and codes.item(row) == code else None

    def troubles(self) -> list[str]:
        """Return what does not hold together in it, in sentences; none for a sound index."""
        columns, rows = self._columns, len(self)
        found = [
            f"{name} has {len(columns[name])} rows, expected {rows}"
            for name in ("lon", "lat", "population", "country", "feature", "area")
            if len(columns[name]) != rows
        ]
        if (np.abs(columns["lon"]) > 180 * _SCALE).any() or (
            np.abs(columns["lat"]) > 90 * _SCALE
        ).any():
            found.append("some coordinates are no degrees")
        if len(self._trie) != len(columns["offsets"]) - 1:
            found.append(f"{len(self._trie)} names, but lists for {len(columns['offsets']) - 1}")
        if len(columns["postings"]) and int(columns["postings"].max()) >= rows:
            found.append("a name points to a place that is not there")
        if (np.diff(columns["codes"].astype(np.int64)) <= 0).any():
            found.append("ids are out of order")
        if int(columns["text_offsets"][-1]) != len(self._text):
            found.append("names of places are cut")
        return found

    def rows_of_feature(self, code: str) -> list[int]:
        """Return the rows of a feature code, in their order."""
        if code not in self._pools["feature"]:
            return []
        wanted = self._pools["feature"].index(code)
        rows: list[int] = np.flatnonzero(self._columns["feature"] == wanted).tolist()
        return rows

    def unit_codes(self) -> dict[str, int]:
        """Return the rows of admin-1 units by GeoNames' code; of two of a code the last."""
        return {self._word("admin1_code", row): row for row in self.rows_of_feature("ADM1")}

    def area(self, row: int) -> bytes | None:
        """Return the area of a row as WKB, None for a point."""
        number = self._columns["area"].item(row)
        if number < 0:
            return None
        start, end = self._columns["area_offsets"][number : number + 2].tolist()
        return self._areas[start:end].tobytes()

    def rows_with_area_around(self, lon: float, lat: float) -> list[int]:
        """Return the rows whose area's box holds a point in degrees, small boxes first."""
        boxes = self._columns["boxes"]
        if not len(boxes):
            return []
        west, south, east, north = boxes.T[:4]
        holds = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        numbers = np.flatnonzero(holds)
        sizes = (east - west)[numbers] * (north - south)[numbers]
        rows = boxes[numbers[np.argsort(sizes, kind="stable")], 4]
        return [int(row) for row in rows]

    def nearest(self, lon: float, lat: float, count: int) -> list[int]:
        """Return the rows of points nearest by to a point in degrees, on a flat earth."""
        columns = self._columns
        across = (columns["lon"] / _SCALE - lon) * np.cos(np.radians(lat))
        squares = across**2 + (columns["lat"] / _SCALE - lat) ** 2
        squares[columns["area"] >= 0] = np.inf
        near = np.argsort(squares, kind="stable")[:count]
        return [int(row) for row in near]

    def _word(self, column: str, row: int) -> str:
        return str(self._pools[column][self._views[column][row]])

    def _name(self, row: int) -> str:
        ends = self._views["text_offsets"]
        return self._text[ends[row] : ends[row + 1]].tobytes().decode("utf-8")

    def _id(self, row: int) -> str:
        code = self._views["codes"][row]
        if code < FIRST_OWN_CODE:
            return f"geonames:{code}"
        return str(self._pools["own_ids"][code - FIRST_OWN_CODE])

    def _code(self, place_id: str) -> int | None:
        kind, _, rest = place_id.partition(":")
        if kind == "geonames" and rest.isdigit():
            return int(rest)
        return self._own_codes.get(place_id)

    @cached_property
    def _pools(self) -> dict[str, list[str]]:
        if isinstance(self._stored_pools, dict):
            return self._stored_pools
        try:
            pools: dict[str, list[str]] = json.loads(self._stored_pools.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise GazetteerError(
                f"{self._stored_pools} is cut ({error}): build the gazetteer again with "
                "`geomapper gazetteer build`"
            ) from error
        return pools

    @cached_property
    def _own_codes(self) -> dict[str, int]:
        return {each: FIRST_OWN_CODE + n for n, each in enumerate(self._pools["own_ids"])}


def _column(path: Path) -> NDArray[Any]:
    """Map a stored array; seen as a plain one, which slices many times faster than a memmap."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _bytes(path: Path) -> NDArray[np.uint8]:
    if path.stat().st_size == 0:
        return np.zeros(0, dtype=np.uint8)
    return np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
