"""Datelines: where an article was filed, which is not where its events are."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from geomapper.language.columns import Words

_DASHES = frozenset({"-", "--", "–", "—", "―", ":"})
_LONGEST = 16
_MOST_CHARACTERS = 120
_MOST_LINES_BEFORE = 8


def in_dateline(doc: Doc, words: Words, start: int, end: int) -> bool:
    """Tell whether the tokens stand in a dateline: "KYIV, Ukraine (AP) — ..." at a line's start.

    It opens a line near the top, begins with a capital, holds no verb and ends with a dash (or,
    when it begins in capitals, a colon).
    """
    opening = words.text.rfind("\n", 0, words.starts[start]) + 1
    if words.starts[start] - opening > _MOST_CHARACTERS:
        return False
    if words.text.count("\n", 0, opening) > _MOST_LINES_BEFORE:
        return False
    last = _dash_after(words, end)
    first = bisect_left(words.starts, opening)
    if last is None or last - first > _LONGEST:
        return False
    inside = [token for token in doc[first:last] if token.is_alpha]
    if not inside or any(token.pos_ in ("VERB", "AUX") for token in inside):
        return False
    shouted = inside[0].is_upper and len(inside[0]) > 1
    named = all(token.text[:1].isupper() or len(token) <= 3 for token in inside)  # noqa: PLR2004
    return named and (shouted or words.texts[last] != ":")


def _dash_after(words: Words, index: int) -> int | None:
    for number, text in enumerate(words.texts[index : index + _LONGEST], start=index):
        if "\n" in text:
            return None
        if text in _DASHES and not _is_hyphen(words, number):
            return number
    return None


def _is_hyphen(words: Words, index: int) -> bool:
    """Tell whether the sign joins two words: "the Rwanda-backed rebels"."""
    is_between = 0 < index < len(words) - 1
    return words.texts[index] == "-" and is_between and not words.gap(index, index + 1)
