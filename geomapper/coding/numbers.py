"""Numbers in words and digits, with the range that their wording leaves open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {
    word: n
    for n, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen"),
        )
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "several": 3,
    "many": 3,
    "few": 2,
    "couple": 2,
}
_NONE = frozenset({"no", "nobody", "none", "no-one"})
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}")
_MOST = 10**9
NUMBER_WORDS = frozenset((*_UNITS, *_TENS, *_SCALES, *_VAGUE, *_NONE))


def is_number(word: str) -> bool:
    """Tell whether a lower-case word is a number or a part of one: ``12``, ``forty-two``, ``dozens``.

    Examples
    --------
    >>> is_number("1,200"), is_number("forty-two"), is_number("forty-year")
    (True, True, False)
    """
    return bool(_DIGITS.fullmatch(word)) or all(part in NUMBER_WORDS for part in word.split("-"))


def number_of(words: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Return the figure that words or digits say, with the least and the most that they allow.

    The figure is the least where the words give none ("dozens": at least 24, no figure; the most
    is then None). None where the words are no number.

    Examples
    --------
    >>> number_of(["1,200"]), number_of(["twenty", "three"]), number_of(["two", "hundred"])
    ((1200, 1200, 1200), (23, 23, 23), (200, 200, 200))
    >>> number_of(["two", "dozen"]), number_of(["dozens"]), number_of(["no"]), number_of(["red"])
    ((24, 24, 24), (24, 24, None), (0, 0, 0), None)
    """
    parts = [part for word in words for part in word.lower().split("-")]
    vague = [_VAGUE[part] for part in parts if part in _VAGUE]
    if vague:
        return vague[0], vague[0], None
    if len(parts) == 1 and parts[0] in _NONE:
        return 0, 0, 0
    exact = _sum(parts)
    return None if exact is None else (exact, exact, exact)


def _sum(parts: Sequence[str]) -> int | None:
    total, current, is_seen = 0, 0, False
    for word in parts:
        if word in ("half", "a", "an", "and"):
            continue
        value = _value(word)
        if word in _SCALES:
            current = int(current or 1) * _SCALES[word]
            if word not in ("hundred", "dozen"):
                total, current = total + current, 0
        elif value is None:
            return None
        else:
            current += value
        is_seen = True
    found = int(total + current) // (2 if "half" in parts else 1)
    return min(found, _MOST) if is_seen else None


def _value(word: str) -> int | None:
    if word in _UNITS:
        return _UNITS[word]
    if word in _TENS:
        return _TENS[word]
    return int(word.replace(",", "")) if _DIGITS.fullmatch(word) else None
