"""A text as spaCy words and our sentences, before anything reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geomapper.language.detection import detect
from geomapper.language.splitting import split
from geomapper.stages import Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from geomapper.model import Document


@cache
def tokenizer() -> Language:
    """Return spaCy's English tokenizer alone."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    return nlp


def with_language(document: Document) -> Document:
    """Return a document with its language: its own, else the detected one, None if unsure."""
    return document if document.language else replace(document, language=detect(document.text))


def unread(document: Document, doc: Doc | None = None) -> Reading:
    """Return a document as words and sentences only, nothing read."""
    doc = tokenizer().make_doc(document.text) if doc is None else doc
    sentences = tuple(replace(each, is_parsed=False) for each in split(doc))
    return Reading(document, doc, sentences, is_read=False)


def is_english(document: Document) -> bool:
    """Tell whether a document is read; where the language is unsure, it is taken for English."""
    return document.language in (None, "en") or str(document.language).startswith("en-")
