"""Language: a text becomes sentences, words, dependencies, entities; ours, or a user's pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomapper.stages import Analyzer

    Matters = Callable[[Sequence[Sequence[str]]], Sequence[bool]]

__all__ = ["load_analyzer"]

OWN = ("accurate", "fast")


def load_analyzer(name: str = "accurate", *, matters: Matters | None = None) -> Analyzer:
    """Return the reader of that name: ``accurate``, ``fast``, or an installed spaCy pipeline.

    `matters` tells of each sentence of a document, given as its words, whether it is worth
    reading; our own readers ask it, None has everything read.

    Raises
    ------
    LanguageError
        There is none of that name, or it lacks what reading needs.
    """
    if name in OWN:
        from geomapper.language.minilm import MODELS, MiniLmAnalyzer

        return MiniLmAnalyzer(MODELS / name, matters=matters)
    from geomapper.language.spacy_pipeline import load_spacy

    return load_spacy(name)
