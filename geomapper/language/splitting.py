"""Where sentences end in news: datelines, quotes, abbreviations, headings, and what is no text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from geomapper.language.columns import Words
from geomapper.model import Span
from geomapper.stages import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?"})
_CLOSERS = frozenset({'"', "”", "’", "'", "»", ")", "]", "''"})
_OPENERS = frozenset({'"', "“", "‘", "'", "«", "(", "[", "``", "-", "–", "—", "•", "*", "#", "@"})
_NEVER_FIRST = frozenset({")", "]", ",", ";", "%"})
_SMILEYS = frozenset({":)", ":-)", ";)", ";-)", ":(", ":-(", ":D", ":P", ":p", "=)"})
_INITIAL = re.compile(r"(?:[A-Z]\.)+$")
_BYLINE = re.compile(r"[Bb][Yy] [A-Z][\w.'’-]+(?:,?(?: and| of| for| in)? [A-Z][\w.'’-]+){1,14}$")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'.-]+(?:[ -][A-Z][A-Z’'.-]+){0,3}|[A-Z][\w’'-]+(?= \([A-Z]))"
    r"(?:(?:, |/)[A-Z][\w.’' -]{1,30}){0,2}(?:, \w{3,9}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([^()\n]{1,40}\))?(?: (?:—|–|--|-) ?|: )(?=[\"“A-Z0-9])"
)
_SIGNS = re.compile(r"^[^\w(©]+")
_MOST_WORDS = 160
_SHORT_LINE = 45
_LEAST_LETTERS = 3
_LEAST_RULE = 5


@dataclass(frozen=True, slots=True)
class _Words:
    abbreviations: frozenset[str]
    openers: frozenset[str]
    boilerplate: tuple[str, ...]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("splitting.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _Words(
        frozenset(table["abbreviations"].split()),
        frozenset(table["openers"].split()),
        tuple(table["boilerplate"]),
    )


def split(doc: Doc, words: Words | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of a tokenised document in order, together covering its words.

    A line's end ends a sentence unless the line was wrapped; a stop does where a new sentence
    can begin after it; a dateline stands alone. White space belongs to no sentence. A sentence
    longer than 160 words is cut, so that hostile text stays cheap. An empty document gives
    ``()``. `words` are the document's columns, where they are at hand.
    """
    words = Words.of(doc) if words is None else words
    return tuple(_sentence(words, start, end) for start, end in _bounds(words))


def _bounds(words: Words) -> Iterator[tuple[int, int]]:
    datelines = _dateline_ends(words.text)
    filled = [index for index, blank in enumerate(words.blank) if not blank]
    first: int | None = None
    for index, following in pairwise(filled):
        first = index if first is None else first
        is_end = index - first >= _MOST_WORDS or words.starts[following] in datelines
        if is_end or _ends(words, first, index, following):
            yield first, index + 1
            first = None
    if filled:
        yield (filled[-1] if first is None else first), filled[-1] + 1


def _dateline_ends(text: str) -> frozenset[int]:
    """Return where the text after a dateline begins: "KYIV, Ukraine (AP) — " at a line's start."""
    ends = set()
    at = 0
    for line in text.splitlines(keepends=True):
        match = _DATELINE.match(line)
        if match is not None:
            ends.add(at + match.end())
        at += len(line)
    return frozenset(ends)


def _sentence(words: Words, start: int, end: int) -> Sentence:
    span = Span(words.starts[start], words.end(end - 1))
    return Sentence(span, (start, end), is_boilerplate=is_boilerplate(span.of(words.text)))


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a sentence is a byline, an advertisement, a copyright or a sharing line.

    A line of hashtags alone is none of the text either.

    Examples
    --------
    >>> is_boilerplate("By Jane Doe and John Roe"), is_boilerplate("© 2025 The Daily")
    (True, True)
    >>> is_boilerplate("By Friday the town had fallen.")
    False
    """
    text = _SIGNS.sub("", sentence).casefold()
    if text.startswith(_words().boilerplate) or _BYLINE.match(sentence.strip()):
        return True
    return all(word.startswith("#") for word in sentence.split())


def is_emoji(word: str) -> bool:
    """Tell whether a token is a picture: "🔥", "❗️".

    Examples
    --------
    >>> is_emoji("🔥"), is_emoji("❗️"), is_emoji("!"), is_emoji("№")
    (True, True, False, False)
    """
    first = word[0]
    return first in "\u203c\u2049" or (first > "\u2300" and unicodedata.category(first) == "So")


def _ends(words: Words, first: int, index: int, following: int) -> bool:
    """Tell whether the sentence from `first` on ends with the token at `index`."""
    gap = words.gap(index, following)
    if "\n" in gap:
        return "\n" in gap.replace("\n", "", 1) or not _is_wrapped(words, index, following)
    if _is_rule(words.texts[index]) != _is_rule(words.texts[following]):
        return True
    if not gap:
        return _is_run_together(words, index, following)
    if words.texts[index] in _CLOSERS and index > 0 and not gap[0].isspace():
        return False
    if _is_address(words.texts[index]) and _is_address(words.texts[following]):
        return True
    if is_emoji(words.texts[index]) or words.texts[index] in _SMILEYS:
        return index - first > 1 and words.texts[following][:1].isupper()
    if words.texts[following] in _SMILEYS or words.texts[following] in _NEVER_FIRST:
        return False
    ender = _ender(words, index)
    if ender is None or _is_abbreviation(words, ender, following):
        return False
    if index - first <= 1 and words.texts[first].rstrip(".").isdigit():
        return False
    return not _is_note(words, following) and (
        _can_begin(words.texts[following]) or _is_plain_stop(words, ender, index)
    )


def _is_run_together(words: Words, index: int, following: int) -> bool:
    """Tell whether only the space is missing after a stop: "to the album.That way"."""
    word = words.texts[index - 1] if index else ""
    stop, after = words.texts[index], words.texts[following]
    if len(word) < _LEAST_LETTERS or not word.islower() or not word.isalpha():
        return False
    if len(stop) > 1:
        return not stop.strip(".!?") and (after[:1].isupper() or "?" in stop or "!" in stop)
    return stop in ".!?" and len(after) > 1 and after.istitle()


def _is_rule(word: str) -> bool:
    """Tell whether a word is a line drawn with signs: "*****", "======="."""
    return len(word) >= _LEAST_RULE and word[0] in "*=_~#-" and not word.strip(word[0])


def _is_address(word: str) -> bool:
    """Tell whether a word is the address of a page; of several in a row, each stands alone."""
    return word.startswith(("http://", "https://"))


def _is_note(words: Words, index: int) -> bool:
    """Tell whether a number in brackets stands there: the mark of a note to what went before."""
    return words.texts[index] == "[" and "".join(words.texts[index : index + 3])[1:-1].isdigit()


def _is_plain_stop(words: Words, ender: int, index: int) -> bool:
    """Tell whether a stop ends a sentence even before a small letter, as people write in chats."""
    stop = words.texts[ender]
    if ender != index or ender == 0 or (stop != "." and stop.strip("!?")):
        return False
    word = words.texts[ender - 1]
    return len(word) >= _LEAST_LETTERS and word.isalpha() and not words.gap(ender - 1, ender)


def _ender(words: Words, index: int) -> int | None:
    """Return the stop that the token at `index` is, or closes, None where it is neither."""
    while index > 0 and (words.texts[index] in _CLOSERS or _is_note(words, index - 1)):
        index -= 1 if words.texts[index] in _CLOSERS else 2
    text = words.texts[index]
    is_end = text in _ENDS or (len(text) > 1 and text[-1] in ".!?")
    return index if is_end else None


def _can_begin(word: str) -> bool:
    first = word[:1]
    return first.isupper() or first.isdigit() or word in _OPENERS or not first.isascii()


def _is_abbreviation(words: Words, ender: int, following: int) -> bool:
    dotted = words.texts[ender]
    if not dotted.endswith("."):
        return False
    if len(dotted) == 1 and ender > 0 and not words.gap(ender - 1, ender):
        dotted = f"{words.texts[ender - 1]}."
    word = dotted.rstrip(".").casefold()
    if len(word) == 1 and words.texts[following][:1].isdigit():
        return True
    is_short = word in _words().abbreviations or bool(_INITIAL.fullmatch(dotted))
    return is_short and words.texts[following].lower() not in _words().openers


def _is_wrapped(words: Words, index: int, following: int) -> bool:
    """Tell whether the line was only wrapped: it is long, and the sentence goes on after it."""
    if _ender(words, index) is not None:
        return False
    word = words.texts[index]
    length = words.end(index) - words.text.rfind("\n", 0, words.starts[index])
    after = words.texts[following][:1]
    goes_on = after.isalnum() or after in "(\"“‘'"
    is_open = after.islower() or word[-1] in ",;-" or (word.islower() and word.isalpha())
    return length > _SHORT_LINE and goes_on and is_open
