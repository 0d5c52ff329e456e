"""Language: a text becomes sentences, words, dependencies, entities; ours, or a user's pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomapper.stages import Analyzer

__all__ = ["load_analyzer"]


def load_analyzer(name: str = "accurate") -> Analyzer:
    """Return the reader of that name: ``accurate``, ``fast``, or an installed spaCy pipeline.

    Raises
    ------
    LanguageError
        There is none of that name, or it lacks what reading needs.
    """
    if name == "accurate":
        from geomapper.language.minilm import MiniLmAnalyzer

        return MiniLmAnalyzer()
    from geomapper.language.spacy_pipeline import load_spacy

    return load_spacy(name)
