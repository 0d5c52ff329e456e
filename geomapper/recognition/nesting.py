"""Names inside names: the Bank of England is no England, Radio Okapi no okapi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.recognition.words import role_words

if TYPE_CHECKING:
    from geomapper.language.columns import Words

_MOST_WORDS = 6
_JOINED = frozenset({"-", "–", "&"})
_QUOTES = frozenset({'"', "“", "‘", "'", "«", "„", "``"})


def is_part_of_a_name(words: Words, start: int, end: int) -> bool:
    """Tell by the words around whether the tokens are part of an organisation's name.

    It goes on, in capitals, to a word like "Association" (Hiiraan Bus Company), follows one like
    "Service of" (Security Service of Ukraine), what is named after places (Hotel Venezia), a
    movement that has branches (Islamic State in Iraq), or is a nickname (call sign "Donets").
    """
    return (
        _goes_on(words, end)
        or _follows_of(words, start)
        or _is_branch(words, start)
        or _is_nickname(words, start)
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


def _is_branch(words: Words, start: int) -> bool:
    """Tell of a movement that calls its branches after countries: "Islamic State in Iraq"."""
    index = start - 1
    if index > 0 and words.texts[index].lower() == "the":
        index -= 1
    if index < 2 or words.texts[index] != "in":  # noqa: PLR2004
        return False
    before = "-".join(words.texts[index - 2 : index]).lower()
    return before in role_words().movements or _is_head(words, index - 1, role_words().movements)


def _is_nickname(words: Words, start: int) -> bool:
    """Tell of what stands in quotes and is said to be a name given: call sign "Donets"."""
    if start < 2 or words.texts[start - 1] not in _QUOTES:  # noqa: PLR2004
        return False
    before = words.texts[start - 2]
    if before == "," and start > 2:  # noqa: PLR2004
        before = words.texts[start - 3]
    return before.lower() in role_words().nicknames


def _is_head(words: Words, index: int, heads: frozenset[str]) -> bool:
    text = words.texts[index]
    return text[:1].isupper() and text.lower() in heads
