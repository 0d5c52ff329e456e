"""Where sentences end in news: datelines, quotes, abbreviations, headings, and what is no text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.model import Span
from geomapper.stages import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?"})
_CLOSERS = frozenset({'"', "”", "’", "'", "»", ")", "]", "''"})
_OPENERS = frozenset({'"', "“", "‘", "'", "«", "(", "[", "``", "-", "–", "—", "•", "*", "#", "@"})
_INITIAL = re.compile(r"(?:[A-Z]\.)+$")
_BYLINE = re.compile(r"[Bb][Yy] [A-Z][\w.'’-]+(?:,?(?: and| of| for| in)? [A-Z][\w.'’-]+){1,14}$")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'.-]+(?:[ -][A-Z][A-Z’'.-]+){0,3}|[A-Z][\w’'-]+(?= \([A-Z]))"
    r"(?:(?:, |/)[A-Z][\w.’' -]{1,30}){0,2}(?:, \w{3,9}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([^()\n]{1,40}\))?(?: (?:—|–|--|-) ?|: )(?=[\"“A-Z0-9])"
)
_MOST_WORDS = 160
_SHORT_LINE = 45


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


def split(doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences of a tokenised document in order, together covering its words.

    A line's end ends a sentence unless the line was wrapped; a stop does where a new sentence
    can begin after it; a dateline stands alone. White space belongs to no sentence. A sentence longer than 160 words is
    cut, so that hostile text stays cheap. An empty document gives ``()``.
    """
    starts = [token.i for token in doc if not token.is_space]
    datelines = _dateline_ends(doc.text)
    bounds: list[tuple[int, int]] = []
    first: int | None = None
    for position, index in enumerate(starts):
        first = index if first is None else first
        is_last = position == len(starts) - 1
        following = None if is_last else starts[position + 1]
        too_long = index - first >= _MOST_WORDS
        is_dateline = following is not None and doc[following].idx in datelines
        if following is None or too_long or is_dateline or _ends(doc, index, following):
            bounds.append((first, index + 1))
            first = None
    return tuple(_sentence(doc, start, end) for start, end in bounds)


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


def _sentence(doc: Doc, start: int, end: int) -> Sentence:
    last = doc[end - 1]
    span = Span(doc[start].idx, last.idx + len(last))
    return Sentence(span, (start, end), is_boilerplate=is_boilerplate(span.of(doc.text)))


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a sentence is a byline, an advertisement, a copyright or a sharing line.

    Examples
    --------
    >>> is_boilerplate("By Jane Doe and John Roe"), is_boilerplate("© 2025 The Daily")
    (True, True)
    >>> is_boilerplate("By Friday the town had fallen.")
    False
    """
    text = sentence.strip().lstrip("*_#>-• ").casefold()
    return text.startswith(_words().boilerplate) or bool(_BYLINE.match(sentence.strip()))


def _ends(doc: Doc, index: int, following: int) -> bool:
    """Tell whether a sentence ends with the token at `index`; `following` is the next word."""
    between = "".join(token.text_with_ws for token in doc[index:following])[len(doc[index]) :]
    if "\n" in between:
        return "\n" in between.replace("\n", "", 1) or not _is_wrapped(doc, index, following)
    token, after = doc[index], doc[following]
    if token.text in _CLOSERS and index > 0 and not between[:1].isspace():
        return False
    ender = _ender(doc, index)
    if ender is None or not between:
        return False
    return _can_begin(after) and not _is_abbreviation(ender, after)


def _ender(doc: Doc, index: int) -> Token | None:
    """Return the stop that the token at `index` is, or closes, None where it is neither."""
    while index > 0 and doc[index].text in _CLOSERS:
        index -= 1
    token = doc[index]
    is_end = token.text in _ENDS or (token.text.endswith((".", "!", "?")) and len(token) > 1)
    return token if is_end else None


def _can_begin(token: Token) -> bool:
    first = token.text[:1]
    return first.isupper() or first.isdigit() or token.text in _OPENERS or not first.isascii()


def _is_abbreviation(ender: Token, after: Token) -> bool:
    if len(ender) == 1 and ender.i > 0 and not ender.nbor(-1).whitespace_:
        word = ender.nbor(-1).text
        dotted = f"{word}."
    else:
        word, dotted = ender.text.rstrip("."), ender.text
    if not ender.text.endswith("."):
        return False
    is_short = word.casefold() in _words().abbreviations or bool(_INITIAL.fullmatch(dotted))
    return is_short and after.lower_ not in _words().openers


def _is_wrapped(doc: Doc, index: int, following: int) -> bool:
    """Tell whether the line was only wrapped: it is long, and the sentence goes on after it."""
    if _ender(doc, index) is not None:
        return False
    line = doc.text.rfind("\n", 0, doc[index].idx)
    length = doc[index].idx + len(doc[index]) - line
    return length > _SHORT_LINE and (
        doc[following].text[:1].islower() or doc[index].text[-1:] in ",;-" or doc[index].is_lower
    )
