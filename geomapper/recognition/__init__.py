"""Documents become mentions: place names, each with the role it plays in its sentence."""

from geomapper.recognition.union import UnionRecognizer

__all__ = ["UnionRecognizer"]
