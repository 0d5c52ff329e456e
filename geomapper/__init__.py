"""News text in, conflict events on an offline map out."""

__version__ = "0.1.0"
