"""Sentences and places become events: codebook, triggers, actors, dates, status, casualties."""

from geomapper.coding.coder import CodebookCoder

__all__ = ["CodebookCoder"]
