"""Events leave in the format that their user works in, and come back from it."""

from geomapper.exporting.csv import CsvExporter
from geomapper.exporting.gdal import FlatGeobufExporter, ShapefileExporter
from geomapper.exporting.geojson import (
    GeoJsonExporter,
    GeoJsonLinesExporter,
    GeoJsonSequenceExporter,
)
from geomapper.exporting.geopackage import GeoPackageExporter
from geomapper.exporting.kml import KmlExporter, KmzExporter
from geomapper.exporting.parquet import GeoParquetExporter
from geomapper.exporting.writing import exporter_for, write_events

__all__ = [
    "CsvExporter",
    "FlatGeobufExporter",
    "GeoJsonExporter",
    "GeoJsonLinesExporter",
    "GeoJsonSequenceExporter",
    "GeoPackageExporter",
    "GeoParquetExporter",
    "KmlExporter",
    "KmzExporter",
    "ShapefileExporter",
    "exporter_for",
    "write_events",
]
