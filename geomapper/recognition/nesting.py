"""Names inside names: the Bank of England is no England, Radio Okapi no okapi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.recognition.words import role_words

if TYPE_CHECKING:
    from geomapper.language.columns import Words

_MOST_WORDS = 6
_JOINED = frozenset({"-", "–", "&"})


def is_part_of_a_name(words: Words, start: int, end: int) -> bool:
    """Tell by the words around whether the tokens are part of an organisation's name.

    It goes on, in capitals, to a word like "Association" (Hiiraan Bus Company), follows one like
    "Service of" (Security Service of Ukraine), or what is named after places (Hotel Venezia).
    """
    return (
        _goes_on(words, end)
        or _follows_of(words, start)
        or (start > 0 and _is_head(words, start - 1, role_words().named_after))
    )


def _goes_on(words: Words, end: int) -> bool:
    tables = role_words()
    for index in range(end, min(end + _MOST_WORDS, len(words))):
        text = words.texts[index]
        if text in _JOINED:
            continue
        if not text[:1].isupper() or words.gap(index - 1, index) not in (" ", ""):
            return False
        lower = text.lower()
        if (
            lower in tables.organisation_words
            or lower.removesuffix("s") in tables.organisation_words
        ):
            return True
    return False


def _follows_of(words: Words, start: int) -> bool:
    index = start - 1
    if index > 0 and words.texts[index].lower() == "the":
        index -= 1
    is_of = index > 0 and words.texts[index] == "of"
    return is_of and _is_head(words, index - 1, role_words().organisation_heads)


def _is_head(words: Words, index: int, heads: frozenset[str]) -> bool:
    text = words.texts[index]
    return text[:1].isupper() and text.lower() in heads
