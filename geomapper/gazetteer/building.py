"""Entries become an index: names folded and sorted, facts in columns, areas beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from geomapper.gazetteer.entries import COUNTRY_CODES, REGION_CODES, Entry, prominence
from geomapper.gazetteer.folding import fold, without_article
from geomapper.gazetteer.index import FIRST_OWN_CODE, FORMAT, Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_SCALE = 1e5
OTHER_NAME = 0.3
_LONGEST_CODE = 3
_WIDE_FORMS = (
    "region", "oblast", "province", "state", "governorate", "department", "district",
    "prefecture", "territory", "county", "krai",
)  # fmt: skip
_SUFFIXES = frozenset(
    {*_WIDE_FORMS, "republic", "raion", "okrug", "municipality", "kray", "city", "governate"}
)


def build_index(entries: Iterable[Entry], *, name: str, version: str) -> Index:
    """Return an index of `entries` in memory; `Index.save` writes it.

    Entries of one id count once, the first wins. No entries give an empty index.
    """
    rows, own_ids = _with_codes(entries)
    order = sorted(range(len(rows)), key=lambda number: rows[number][0])
    rows = [rows[number] for number in order]
    listed = [entry for _, entry in rows]
    trie, names = _names(listed)
    pools: dict[str, list[str]] = {"own_ids": own_ids}
    columns: dict[str, NDArray[Any]] = {
        "codes": np.array([code for code, _ in rows], dtype=np.uint32),
        **_numbers(listed),
        **names,
        **_pooled(listed, pools),
    }
    text, columns["text_offsets"] = _joined([entry.name.encode("utf-8") for entry in listed])
    areas, more = _areas(listed)
    columns.update(more)
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "places": len(listed),
        "names": len(trie),
    }
    return Index(manifest, trie, columns, text, areas, pools)


def searched_names(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Yield the folded names by which an entry is found, and whether each is its own.

    Abbreviations of three capitals or fewer are passed over for towns (they are airport codes);
    a region is found by its bare name too ("Donetsk" for Donetsk Oblast), and with the generic
    words that news puts after it.
    """
    is_wide = entry.feature_code in REGION_CODES or entry.feature_code in COUNTRY_CODES
    own = fold(entry.name)
    yield own, True
    others = [entry.name, *entry.alternates]
    for other in others:
        key = fold(other)
        if _is_code(other) and not (is_wide or entry.id.startswith("overlay:")):
            continue
        if len(key) > 1 and not key.isdigit():
            yield key, key == own
            yield without_article(key), False
        if entry.feature_code == "ADM1" and key:
            yield from _forms_of_region(key)


def _forms_of_region(key: str) -> Iterator[tuple[str, bool]]:
    words = key.split()
    bare = " ".join(words[:-1]) if len(words) > 1 and words[-1] in _SUFFIXES else key
    yield bare, True
    if bare.isascii():
        yield from ((f"{bare} {form}", False) for form in _WIDE_FORMS)


def _is_code(name: str) -> bool:
    return len(name) <= _LONGEST_CODE and name.isascii() and name.isupper()


def _with_codes(entries: Iterable[Entry]) -> tuple[list[tuple[int, Entry]], list[str]]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        seen.setdefault(entry.id, entry)
    own_ids = sorted(each for each in seen if not _geonames_number(each))
    numbers = {each: FIRST_OWN_CODE + n for n, each in enumerate(own_ids)}
    rows = [(_geonames_number(each) or numbers[each], entry) for each, entry in seen.items()]
    return rows, own_ids


def _geonames_number(place_id: str) -> int:
    kind, _, rest = place_id.partition(":")
    return int(rest) if kind == "geonames" and rest.isdigit() else 0


def _names(entries: list[Entry]) -> tuple[marisa_trie.Trie, dict[str, NDArray[Any]]]:
    found: dict[str, dict[int, bool]] = {}
    for row, entry in enumerate(entries):
        for key, is_own in searched_names(entry):
            if key:
                rows = found.setdefault(key, {})
                rows[row] = rows.get(row, False) or is_own
    trie = marisa_trie.Trie(sorted(found))
    ordered: list[list[tuple[int, bool]]] = [[] for _ in range(len(trie))]
    weight = [prominence(entry) for entry in entries]
    for key, rows in found.items():
        ordered[trie[key]] = sorted(
            rows.items(),
            key=lambda item: (-weight[item[0]] * (1 if item[1] else OTHER_NAME), item),
        )
    lengths = [len(rows) for rows in ordered]
    return trie, {
        "offsets": np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32),
        "postings": np.array([row for rows in ordered for row, _ in rows], dtype=np.uint32),
        "kinds": np.array([not own for rows in ordered for _, own in rows], dtype=np.uint8),
    }


def _numbers(entries: list[Entry]) -> dict[str, NDArray[Any]]:
    return {
        "lon": np.array([round(entry.lon * _SCALE) for entry in entries], dtype=np.int32),
        "lat": np.array([round(entry.lat * _SCALE) for entry in entries], dtype=np.int32),
        "population": np.array([entry.population for entry in entries], dtype=np.uint32),
        "radius": np.array([entry.radius_km for entry in entries], dtype=np.float32),
        "accuracy": np.array([entry.accuracy_km for entry in entries], dtype=np.float32),
        "recalled": np.array([entry.recalled for entry in entries], dtype=np.uint8),
    }


def _pooled(entries: list[Entry], pools: dict[str, list[str]]) -> dict[str, NDArray[Any]]:
    fields = {
        "country": "country",
        "admin1": "admin1",
        "admin1_code": "admin1_code",
        "admin2": "admin2",
        "feature": "feature_code",
    }
    columns = {}
    for column, field in fields.items():
        words = [str(getattr(entry, field)) for entry in entries]
        pools[column] = sorted({*words, ""})
        numbers = {word: number for number, word in enumerate(pools[column])}
        columns[column] = np.array([numbers[word] for word in words], dtype=np.uint32)
    return columns


def _areas(entries: list[Entry]) -> tuple[NDArray[np.uint8], dict[str, NDArray[Any]]]:
    from shapely import from_wkb

    with_area = [(row, entry.wkb) for row, entry in enumerate(entries) if entry.wkb]
    numbers = np.full(len(entries), -1, dtype=np.int32)
    boxes = np.zeros((len(with_area), 5), dtype=np.float64)
    for number, (row, wkb) in enumerate(with_area):
        numbers[row] = number
        boxes[number] = (*from_wkb(wkb).bounds, row)
    blob, offsets = _joined([wkb for _, wkb in with_area])
    return blob, {"area": numbers, "area_offsets": offsets, "boxes": boxes}


def _joined(parts: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.uint32)
    return np.frombuffer(b"".join(parts), dtype=np.uint8), offsets
