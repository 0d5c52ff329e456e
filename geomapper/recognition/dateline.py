"""Datelines: where an article was filed, which is not where its events are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from geomapper.stages import Reading

_DASHES = frozenset({"-", "--", "–", "—", "―", ":"})
_LONGEST = 16
_MOST_LINES_BEFORE = 8


def in_dateline(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the tokens stand in a dateline: "KYIV, Ukraine (AP) — ..." at a line's start.

    It opens a line near the top, begins with a capital, holds no verb and ends with a dash (or,
    when it begins in capitals, a colon).
    """
    doc = reading.doc
    first = _line_start(doc, start)
    if start - first > _LONGEST or _lines_before(doc, first) > _MOST_LINES_BEFORE:
        return False
    last = _dash_after(doc, end)
    if last is None or last - first > _LONGEST:
        return False
    words = [token for token in doc[first:last] if token.is_alpha]
    if not words or any(token.pos_ in ("VERB", "AUX") for token in words):
        return False
    shouted = words[0].is_upper and len(words[0]) > 1
    named = all(token.text[:1].isupper() or len(token) <= 3 for token in words)  # noqa: PLR2004
    return named and (shouted or doc[last].text != ":")


def _line_start(doc: Doc, index: int) -> int:
    while index > 0 and "\n" not in doc[index - 1].text_with_ws:
        index -= 1
    return index


def _lines_before(doc: Doc, index: int) -> int:
    return sum("\n" in token.text_with_ws for token in doc[:index])


def _dash_after(doc: Doc, index: int) -> int | None:
    for token in doc[index : index + _LONGEST]:
        if "\n" in token.text:
            return None
        if token.text in _DASHES:
            return int(token.i)
    return None
