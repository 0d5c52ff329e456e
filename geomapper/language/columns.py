"""A tokenised text as columns: lists that are read many times faster than spaCy's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc


def strings(doc: Doc, start: int, end: int, attribute: str) -> list[str]:
    """Return an attribute of the tokens `start` to `end` as strings; no tokens give ``[]``.

    Examples
    --------
    >>> import spacy
    >>> strings(spacy.blank("en").make_doc("Shells hit Nikopol."), 1, 4, "LOWER")
    ['hit', 'nikopol', '.']
    """
    from spacy.attrs import IDS, ORTH

    if start >= end:
        return []
    # A span gives a table for two attributes or more only.
    inside: Any = doc[start:end]
    known = doc.vocab.strings
    return [known[each] for each in inside.to_array([ORTH, IDS[attribute]])[:, 1].tolist()]


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text.

    `texts` are their characters, `starts` their offsets in `text`, `blank` tells tokens of white
    space alone.
    """

    text: str
    texts: list[str]
    starts: list[int]
    blank: list[bool]

    @classmethod
    def of(cls, doc: Doc, text: str | None = None) -> Words:
        """Return the columns of a Doc; `text`, where it is at hand, spares joining the tokens.

        Examples
        --------
        >>> import spacy
        >>> words = Words.of(spacy.blank("en").make_doc("Shells  hit Nikopol."))
        >>> words.texts, words.starts, words.gap(2, 3)
        (['Shells', ' ', 'hit', 'Nikopol', '.'], [0, 7, 8, 12, 19], ' ')
        """
        from spacy.attrs import IDX, IS_SPACE, ORTH

        strings = doc.vocab.strings
        orths, starts, blank = (
            doc.to_array([ORTH, IDX, IS_SPACE]).T.tolist() if len(doc) else ([], [], [])
        )
        return cls(
            doc.text if text is None else text,
            [strings[each] for each in orths],
            starts,
            [bool(each) for each in blank],
        )

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, index: int) -> int:
        """Return the offset behind the token at `index`."""
        return self.starts[index] + len(self.texts[index])

    def gap(self, index: int, following: int) -> str:
        """Return the characters between two tokens."""
        return self.text[self.end(index) : self.starts[following]]
