"""Reading by a spaCy pipeline that a user has installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.errors import LanguageError
from geomapper.language.adapting import as_universal
from geomapper.language.lemmas import right_lemma
from geomapper.language.splitting import split
from geomapper.language.words import is_english, tokenized, unread, with_language
from geomapper.stages import Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from geomapper.model import Document

_PROBE = "Troops were driven out of the town by rebels on Friday."
_NEEDED = {"DEP": "dependencies", "TAG": "tags", "LEMMA": "lemmas", "POS": "universal tags"}


class SpacyAnalyzer:
    """Reads with a spaCy pipeline; ClearNLP labels become Universal Dependencies.

    Parameters
    ----------
    nlp
        A pipeline with parser, tagger and lemmatizer; entities where it finds them.
    name
        What outputs call it.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = nlp
        self.name = name
        nlp.max_length = 50_000_000

    def analyze(self, document: Document) -> Reading:
        """Return a document as read; one in another language as words and sentences only."""
        document = with_language(document)
        doc = tokenized(self._nlp, document.text)
        if not is_english(document):
            return unread(document, doc)
        sentences = split(doc)
        starts = {sentence.tokens[0] for sentence in sentences}
        doc = _begun(doc, starts)
        for _, pipe in self._nlp.pipeline:
            doc = pipe(doc)
        doc = as_universal(doc)
        for token in doc:
            token.lemma_ = right_lemma(token.text, token.pos_, token.lemma_)
        return Reading(document, doc, sentences)


def _begun(doc: Doc, starts: set[int]) -> Doc:
    """Return `doc` with its sentences begun at the tokens `starts`.

    All at once: spaCy looks through the whole document each time that one token is told.
    """
    if not len(doc):
        return doc
    import numpy as np

    marks = np.full((len(doc), 1), -1, dtype=np.int64)
    marks[sorted(starts)] = 1
    return doc.from_array(["SENT_START"], marks.astype(np.uint64))  # type: ignore[arg-type]


def load_spacy(name: str) -> SpacyAnalyzer:
    """Return a reader by an installed pipeline of that name, or one in that folder.

    Raises
    ------
    LanguageError
        None of that name is installed, or it lacks what reading needs.
    """
    import spacy

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise LanguageError(
            f"no language model {name!r}: name accurate, fast, or a spaCy pipeline that is installed"
        ) from error
    if nlp.lang != "en":
        raise LanguageError(
            f"the spaCy pipeline {name!r} reads {nlp.lang!r}, and only English is read:"
            " name an English one, accurate or fast"
        )
    probe = nlp(_PROBE)
    missing = [words for kind, words in _NEEDED.items() if not probe.has_annotation(kind)]
    if missing:
        raise LanguageError(
            f"the spaCy pipeline {name!r} gives no {', '.join(missing)}: reading needs them"
        )
    version = nlp.meta.get("version", "")
    return SpacyAnalyzer(nlp, f"{name} {version}".strip())
