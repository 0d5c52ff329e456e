"""What belongs to a place name and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.recognition.words import role_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "s"})
_ALWAYS_KEPT = frozenset({"the hague", "the gambia", "the bahamas", "the bronx", "the netherlands"})
_EDGE_PUNCTUATION = frozenset("\"“”‘’'`,;:!?()[]{}<>-–—*#@…/\\|")


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return the tokens of the name alone, None where nothing is left.

    Articles, possessive endings, punctuation, a direction in lower case ("eastern Ukraine") and
    nouns in lower case after it ("Kursk region") stand outside the name.
    """
    while start < end and _is_outside(doc, start, end):
        start += 1
    while end > start and _ends_outside(doc, start, end):
        end -= 1
    has_letters = any(character.isalpha() for token in doc[start:end] for character in token.text)
    is_common = all(token.is_lower for token in doc[start:end])
    return (start, end) if has_letters and not is_common else None


def _is_outside(doc: Doc, start: int, end: int) -> bool:
    word = doc[start].text
    if word.lower() in _ARTICLES and end - start > 1:
        return doc[start : start + 2].text.lower() not in _ALWAYS_KEPT
    is_direction = word.islower() and word in role_words().directions
    return word.isspace() or word in _EDGE_PUNCTUATION or is_direction


def _ends_outside(doc: Doc, start: int, end: int) -> bool:
    word = doc[end - 1].text
    is_common = word.islower() and end - start > 1
    return is_common or word.isspace() or word in _POSSESSIVES or word in _EDGE_PUNCTUATION
