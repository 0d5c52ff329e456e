"""Events leave in the format that their user works in."""

from geomapper.exporting.csv import CsvExporter
from geomapper.exporting.geojson import GeoJsonExporter
from geomapper.exporting.writing import exporter_for, write_events

__all__ = ["CsvExporter", "GeoJsonExporter", "exporter_for", "write_events"]
