"""The same event told twice becomes one event with several pieces of evidence."""

from geomapper.merging.mergers import CrossDocumentMerger, DocumentMerger

__all__ = ["CrossDocumentMerger", "DocumentMerger"]
