"""Files, folders and standard input become documents, offsets kept."""

from geomapper.documents.reader import READABLE_SUFFIXES, SourceReader, read_sources

__all__ = ["READABLE_SUFFIXES", "SourceReader", "read_sources"]
