"""Events come back: GeoJSON, GeoPackage and CSV that an analyst may have corrected by hand."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, fields, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomapper.documents.decoding import decode
from geomapper.editing import is_moved, joined
from geomapper.errors import DocumentError
from geomapper.exporting.csv import COORDINATES, unguarded
from geomapper.exporting.geopackage_reading import read_geopackage
from geomapper.model import Provenance
from geomapper.restoring import event_from_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Event

    Rows = Iterator[tuple[str, Mapping[str, object], BaseGeometry | None]]

COPIED = "copied by hand"
_SEQUENCES = (".geojsonl", ".geojsons")
_SUFFIXES = (".geojson", ".gpkg", *_SEQUENCES)
_HEAD_BYTES = 4_096
_LONGEST_CELL = 100_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """The events of a file, and what made them where the file says so."""

    events: tuple[Event, ...]
    provenance: Provenance | None


def is_event_file(path: str) -> bool:
    """Tell whether a file holds events rather than articles, by its ending and its first line.

    A JSON file is one where it begins a FeatureCollection, a CSV where it has a column ``type``
    and no column ``text``.

    Examples
    --------
    >>> is_event_file("corrected.gpkg"), is_event_file("article.md")
    (True, False)
    """
    suffix = Path(path).suffix.lower()
    if suffix in _SUFFIXES:
        return True
    if suffix not in (".csv", ".tsv", ".json"):
        return False
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    except OSError:
        return False
    if suffix == ".json":
        return '"FeatureCollection"' in head
    columns = _columns(head)
    return "type" in columns and "text" not in columns


def load_events(
    path: Path, codebook: Codebook, *, on_problem: Callable[[DocumentError], None]
) -> Loaded:
    """Return the events of a file that geomapper wrote, as they were corrected by hand.

    A row that cannot be read is given to `on_problem` and left out. What was changed is named in
    the `edited` of its event; a changed type takes its family from `codebook`.

    Raises
    ------
    DocumentError
        The file cannot be read, or is not what its ending says.
    """
    rows, provenance = _READERS.get(path.suffix.lower(), _geojson)(path)
    events: dict[str, Event] = {}
    for where, values, geometry in rows:
        try:
            event = _of_codebook(event_from_row(values, geometry), codebook)
        except (ValueError, TypeError, AttributeError) as error:
            on_problem(DocumentError(f"{where}: {error}"))
            continue
        kept = _with_own_id(event, events)
        events[kept.id] = kept
    return Loaded(tuple(events.values()), provenance)


def _of_codebook(event: Event, codebook: Codebook) -> Event:
    known = codebook.types.get(event.type)
    if known is None:
        raise ValueError(
            f"type is {event.type!r}: expected one of the codebook {codebook.name}"
            f" {codebook.version}, or its own codebook with --codebook"
        )
    return replace(event, family=known.family)


def _with_own_id(event: Event, known: Mapping[str, Event]) -> Event:
    """Return an event whose id no other has: a row that was copied by hand brings its old one."""
    if event.id not in known:
        return event
    number = 2
    while f"{event.id}-{number}" in known:
        number += 1
    return replace(event, id=f"{event.id}-{number}", edited=joined(event.edited, COPIED))


def _geojson(path: Path) -> tuple[Rows, Provenance | None]:
    text = _text(path)
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} is not JSON: {str(error)[:80]}") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise DocumentError(f"{path} is not a GeoJSON FeatureCollection: expected 'features'")
    rows = _features(((f"{path}, feature {n}", f) for n, f in enumerate(features, start=1)))
    return rows, provenance_of(collection.get("geomapper"))


def _sequence(path: Path) -> tuple[Rows, Provenance | None]:
    lines = _text(path).replace("\x1e", "").split("\n")
    named = ((f"{path}, line {n}", line) for n, line in enumerate(lines, start=1) if line.strip())
    return _features((where, _line(where, line)) for where, line in named), None


def _line(where: str, line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{where} is not JSON: {str(error)[:80]}") from error


def _features(features: Iterator[tuple[str, Any]]) -> Rows:
    for where, feature in features:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise DocumentError(f"{where} is not a GeoJSON feature: expected 'properties'")
        yield where, properties, _shape(where, feature.get("geometry"))


def _shape(where: str, geometry: object) -> BaseGeometry | None:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    if geometry is None:
        return None
    try:
        found: BaseGeometry = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise DocumentError(f"{where}: its geometry is not GeoJSON: {str(error)[:80]}") from error
    return found


def _csv(path: Path) -> tuple[Rows, Provenance | None]:
    return _csv_rows(path, _text(path)), None


def _csv_rows(path: Path, text: str) -> Rows:
    csv.field_size_limit(_LONGEST_CELL)
    table = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = [column.strip().lower() for column in next(table, ())]
        for number, cells in enumerate(table, start=2):
            if any(cells):
                values = dict(zip(columns, map(unguarded, cells), strict=False))
                yield _csv_row(f"{path}, row {number}", values)
    except csv.Error as error:
        raise DocumentError(f"{path} is not a CSV that can be read: {error}") from error


def _csv_row(
    where: str, values: dict[str, str]
) -> tuple[str, Mapping[str, object], BaseGeometry | None]:
    lon, lat, wkt = (values.pop(name, "") for name in COORDINATES)
    return where, values, _located(where, (lon, lat, wkt), values.get("as_made", ""))


def _located(where: str, cells: tuple[str, str, str], made: str) -> BaseGeometry | None:
    """Return the shape of a row: a point told twice stands where it was moved to."""
    from shapely import Point, from_wkt
    from shapely.errors import ShapelyError

    lon, lat, wkt = cells
    try:
        shape: BaseGeometry | None = from_wkt(wkt) if wkt else None
        point = Point(_degrees(lon), _degrees(lat)) if lon and lat else None
    except (ShapelyError, ValueError) as error:
        raise DocumentError(
            f"{where}: lon {lon[:20]!r}, lat {lat[:20]!r} and wkt {wkt[:30]!r} make no shape"
        ) from error
    if shape is None or point is None:
        return shape or point
    return point if shape.geom_type == "Point" and is_moved(made, point) else shape


def _degrees(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _delimiter(text: str) -> str:
    header = text.lstrip("\n").split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _columns(text: str) -> set[str]:
    header = text.lstrip("\ufeff\n").split("\n", 1)[0]
    return {
        name.strip().strip('"').lower() for name in header.split(_delimiter(text.lstrip("\ufeff")))
    }


def _geopackage(path: Path) -> tuple[Rows, Provenance | None]:
    rows, about = read_geopackage(path)
    return iter(rows), provenance_of(about)


def provenance_of(about: object) -> Provenance | None:
    """Return what made a file's events, as the file says; None where it says nothing that fits."""
    if not isinstance(about, dict):
        return None
    names = {field.name for field in fields(Provenance)} - {"filters"}
    texts = {name: str(about[name]) for name in names if about.get(name)}
    if set(texts) < names:
        return None
    filters = about.get("filters")
    words = tuple(map(str, filters)) if isinstance(filters, list) else ()
    return Provenance(**texts, filters=words)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}") from error
    try:
        return data.decode("utf-8-sig")  # a text keeps its own line ends
    except UnicodeDecodeError:
        return decode(data, str(path))


_READERS = {
    ".gpkg": _geopackage,
    ".csv": _csv,
    ".tsv": _csv,
    **dict.fromkeys(_SEQUENCES, _sequence),
}
