"""Events as GeoParquet 1.1: dates as dates, the tellings as a list, a covering box for filters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomapper.columns import COLUMNS, KINDS, Kind
from geomapper.errors import OutputError
from geomapper.exporting.records import RecordExporter, about
from geomapper.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import ModuleType

    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_TELLING = (
    ("document", Kind.TEXT), ("title", Kind.TEXT), ("source", Kind.TEXT), ("url", Kind.TEXT),
    ("published", Kind.DAY), ("sentence", Kind.TEXT), ("sentence_start", Kind.WHOLE),
    ("sentence_end", Kind.WHOLE), ("trigger", Kind.TEXT), ("trigger_start", Kind.WHOLE),
    ("trigger_end", Kind.WHOLE), ("status", Kind.TEXT), ("attribution", Kind.TEXT),
)  # fmt: skip


class GeoParquetExporter(RecordExporter):
    """Writes GeoParquet by version 1.1, which DuckDB and pandas read as plain Parquet too.

    It needs pyarrow, which is in the extra ``parquet``.
    """

    suffix = ".parquet"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        arrow, parquet = _pyarrow()
        records = tuple(self.records(events))
        types = _types(arrow)
        columns = {column: _values(column, records) for column in COLUMNS}
        columns["geometry"] = _binary(records)
        columns["bbox"] = [_box(record) for record in records]
        schema = arrow.schema(
            [arrow.field(name, types[name]) for name in columns],
            metadata={
                "geo": json.dumps(_about_geometry(records)),
                "geomapper": json.dumps(about(provenance)),
            },
        )
        table = arrow.table(columns, schema=schema)
        with replacing(path) as temporary:
            parquet.write_table(table, temporary, compression="zstd", row_group_size=50_000)


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise OutputError(
            "GeoParquet needs pyarrow, which is not installed: pip install 'geomapper[parquet]'"
        ) from error
    return pa, parquet


def _types(arrow: ModuleType) -> dict[str, Any]:
    of_kind = {
        Kind.TEXT: arrow.string(),
        Kind.WHOLE: arrow.int64(),
        Kind.REAL: arrow.float64(),
        Kind.DAY: arrow.date32(),
        Kind.FLAG: arrow.bool_(),
    }
    telling = arrow.struct([(name, of_kind[kind]) for name, kind in _TELLING])
    of_kind[Kind.TELLINGS] = arrow.list_(telling)
    box = arrow.struct([(corner, arrow.float64()) for corner in _CORNERS])
    named = {column: of_kind[kind] for column, kind in KINDS.items()}
    return {**named, "geometry": arrow.binary(), "bbox": box}


def _values(column: str, records: Sequence[Record]) -> list[Any]:
    values = [record.values[column] for record in records]
    if KINDS[column] is Kind.DAY:
        return [_day(value) for value in values]
    if KINDS[column] is Kind.TELLINGS:
        return [[_telling(each) for each in value] for value in values]
    return values


def _telling(telling: dict[str, Any]) -> dict[str, Any]:
    return {**telling, "published": _day(telling["published"])}


def _day(value: str | None) -> Any:  # noqa: ANN401 - a date or None
    import datetime as dt

    return dt.date.fromisoformat(value) if value else None


def _binary(records: Sequence[Record]) -> list[bytes | None]:
    import numpy as np
    from shapely import to_wkb

    shapes = np.array([record.shape for record in records], dtype=object)
    return list(to_wkb(shapes, byte_order=1, flavor="iso"))


def _box(record: Record) -> dict[str, float] | None:
    if record.shape is None:
        return None
    return dict(zip(_CORNERS, record.shape.bounds, strict=True))


def _about_geometry(records: Sequence[Record]) -> dict[str, Any]:
    from shapely import total_bounds

    shapes = [record.shape for record in records if record.shape is not None]
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "covering": {"bbox": {corner: ["bbox", corner] for corner in _CORNERS}},
    }
    if shapes:
        column["bbox"] = [float(value) for value in total_bounds(shapes)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
