"""Formats that GDAL writes: FlatGeobuf, and Shapefile on request."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomapper.columns import COLUMNS, CRS, KINDS, Kind
from geomapper.errors import OutputError
from geomapper.exporting.records import RecordExporter, about
from geomapper.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np

    from geomapper.columns import Row
    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_SHP_NAMES = {
    "date_start": "start", "date_end": "end", "date_precision": "date_preci",
    "date_prec": "date_prec", "actor_side": "actor_side", "target_side": "targetside",
    "geo_precision": "geo_prec", "where_prec": "where_prec", "time_precision": "time_prec",
    "de_facto_admin": "de_facto", "attribution": "attributed", "cross_border": "crossborde",
    "killed_high": "killedhigh", "sentence_start": "sent_start", "sentence_end": "sent_end",
}  # fmt: skip
_NOT_IN_SHP = frozenset({"sources", "as_made"})
_MOST_BYTES_IN_SHP = 254


class FlatGeobufExporter(RecordExporter):
    """Writes one layer of all events.

    With a spatial index where every event has a place, without one otherwise: the format's
    index knows no event without.
    """

    suffix = ".fgb"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        records = tuple(self.records(events))
        is_indexed = bool(records) and all(record.shape is not None for record in records)
        with replacing(path) as temporary, _named(temporary, self.suffix) as file:
            _write(
                records,
                file,
                {column: column for column in COLUMNS},
                driver="FlatGeobuf",
                layer="events",
                geometry_type="Unknown",
                dataset_metadata=None,
                layer_options={
                    "SPATIAL_INDEX": "YES" if is_indexed else "NO",
                    "DESCRIPTION": json.dumps({"geomapper": about(provenance)}),
                },
            )


class ShapefileExporter(RecordExporter):
    """Writes a zipped Shapefile of points; only for who cannot take a GeoPackage.

    Names are cut to ten characters and texts to 254 bytes, regions become points, and the
    tellings are left out.
    """

    suffix = ".shp.zip"
    caution = (
        "a Shapefile holds no areas beside points, no name over 10 characters and no text over"
        " 254 bytes: regions became points and texts were cut; a GeoPackage (--to gpkg) keeps all"
    )

    def __init__(self, codebook: Any = None, *, points: bool = True) -> None:  # noqa: ANN401 - as its base
        del points  # it can hold nothing else
        super().__init__(codebook, points=True)

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        del provenance  # a Shapefile has no place for it
        columns = {
            column: _SHP_NAMES.get(column, column)
            for column in COLUMNS
            if column not in _NOT_IN_SHP
        }
        records = tuple(self.records(events))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events.shp"
            _write(
                records, file, columns, driver="ESRI Shapefile", layer="events",
                geometry_type="Point", dataset_metadata=None,
                layer_options={"DBF_DATE_LAST_UPDATE": "2000-01-01"},
            )  # fmt: skip
            write_whole(path, _zipped(sorted(Path(folder).iterdir())))


@contextlib.contextmanager
def _named(path: Path, suffix: str) -> Iterator[Path]:
    """Give a path with the ending that GDAL goes by, and move what is written there to `path`."""
    file = path.with_name(path.name + suffix)
    try:
        yield file
        file.replace(path)
    finally:
        file.unlink(missing_ok=True)


def _write(
    records: Sequence[Record],
    path: Path,
    columns: Mapping[str, str],
    *,
    driver: str,
    layer: str,
    geometry_type: str,
    dataset_metadata: Mapping[str, str] | None,
    layer_options: Mapping[str, str],
) -> None:
    import numpy as np
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError
    from pyogrio.raw import write
    from shapely import to_wkb

    fields = [_column(column, [record.values for record in records], driver) for column in columns]
    shapes = np.array([record.shape for record in records], dtype=object)
    path.unlink(missing_ok=True)
    try:
        write(
            str(path),
            to_wkb(shapes),
            [values for values, _ in fields],
            list(columns.values()),
            field_mask=[mask for _, mask in fields],
            layer=layer,
            driver=driver,
            geometry_type=geometry_type,
            crs=CRS,
            encoding="UTF-8",
            dataset_metadata=dataset_metadata,
            **layer_options,
        )
    except (DataSourceError, DataLayerError, FieldError) as error:
        raise OutputError(f"{path.name} cannot be written as {driver}: {error}") from error


def _column(
    column: str, rows: Sequence[Row], driver: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return a column as an array that GDAL writes in its kind, and where it is unknown."""
    import numpy as np

    values = [row[column] for row in rows]
    mask = np.array([value is None for value in values], dtype=bool)
    kind = KINDS[column]
    if kind is Kind.DAY:
        return np.array(values, dtype="datetime64[D]"), mask
    if kind in (Kind.WHOLE, Kind.REAL):
        type_ = "int64" if kind is Kind.WHOLE else "float64"
        return np.array([value or 0 for value in values], dtype=type_), mask
    if kind is Kind.FLAG:
        return np.array([bool(value) for value in values], dtype=bool), mask
    texts = [_text(value, driver) for value in values]
    return np.array(texts, dtype=object), mask


def _text(value: object, driver: str) -> str | None:
    if value is None:
        return None
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    if driver == "ESRI Shapefile":
        return text.encode("utf-8")[:_MOST_BYTES_IN_SHP].decode("utf-8", "ignore")
    return text


def _zipped(files: Sequence[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return packed.getvalue()
