"""What the text around a name says of the place: its kind, what contains it, where from it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.model import Mention

_REACH = 70
_NAME = r"(?:[A-Z][\w.’'-]*)(?:[ -](?:al-|el-|de |of )?[A-Z][\w.’'-]*){0,3}"
_LIST_GAP = re.compile(r"(?:['’]s)?,? (?:and|or|as well as)(?: the)? |, (?:the )?|,? and in ")
_MOST_IN_LIST = 8


@dataclass(frozen=True, slots=True)
class Clues:
    """What stands around a mention.

    `kind` is a class of words.toml (``settlement``, ``region``, ...), None where the text does
    not say; `containers` are positions of mentions that are said to contain it, hard ones by
    "in", "of" or a possessive, soft ones by a comma alone; `peers` those beside it in a list.
    """

    kind: str | None = None
    hard: tuple[int, ...] = ()
    soft: tuple[int, ...] = ()
    peers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    kinds: dict[str, str]
    after: re.Pattern[str]
    after_list: re.Pattern[str]
    before: re.Pattern[str]
    before_name: re.Pattern[str]
    into: re.Pattern[str]
    owner: re.Pattern[str]


@cache
def words() -> dict[str, frozenset[str]]:
    """Return the lists of ``words.toml``."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


@cache
def _patterns() -> _Patterns:
    kinds = {
        word: kind
        for kind in ("settlement", "region", "county", "district", "water", "site", "island")
        for word in sorted(words()[kind])
    }
    kinds["community"] = "settlement"
    plurals = {_plural(word): kind for word, kind in kinds.items()}
    one, many = "|".join(sorted(kinds, key=len, reverse=True)), "|".join(plurals)
    return _Patterns(
        kinds={**kinds, **plurals},
        after=re.compile(rf"[ -]({one}|{many})\b", re.IGNORECASE),
        after_list=re.compile(
            rf"(?:,? (?:and|or) (?:the )?|, (?:the )?)(?:{_NAME}(?:,? (?:and|or) |, )){{0,6}}{_NAME} ({many})\b"
        ),
        before=re.compile(rf"\b({one}) (?:of )?(?:the )?[\"“‘']?$"),
        before_name=re.compile(
            rf"\b({many}) (?:of |around |near )?(?:the )?(?:{_NAME}(?:,? (?:and|or) |, )){{0,8}}$"
        ),
        into=re.compile(
            rf"(?:['’]s)?(?:[ -](?:{one}))?"
            rf"(?:,? (?:a|an|the|its|another) (?:[a-z-]+ ){{0,3}}(?:{one}|stronghold|bastion|part))?"
            rf"(?:,? (?:in|of|inside|within|from)(?: the| [a-z]*(?:north|south|east|west|central)[a-z-]*"
            rf"| neighbouring| nearby| occupied| (?:{one}) of)*"
            rf"|,| \(| \[|/) ?$"
        ),
        owner=re.compile(rf"['’]s? (?:[a-z-]+ ){{0,4}}$| (?:[a-z-]+ ){{0,2}}(?:{one})(?: of)? $"),
    )


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def clues_of(text: str, mentions: Sequence[Mention]) -> list[Clues]:
    """Return the clues around each mention; `mentions` are in order of their spans."""
    return [_clues(text, mentions, number) for number in range(len(mentions))]


def _clues(text: str, mentions: Sequence[Mention], number: int) -> Clues:
    mention = mentions[number]
    before = text[max(0, mention.span.start - _REACH) : mention.span.start]
    after = text[mention.span.end : mention.span.end + _REACH]
    hard, soft = _containers(text, mentions, number)
    peers = _peers(text, mentions, number)
    return Clues(_kind(before, after), tuple(hard), tuple(soft), peers)


def _peers(text: str, mentions: Sequence[Mention], number: int) -> tuple[int, ...]:
    """Return the mentions right before and after this one in a list."""
    found = []
    for left in (number - 1, number):
        if left < 0 or left + 1 >= len(mentions):
            continue
        gap = text[mentions[left].span.end : mentions[left + 1].span.start]
        if len(gap) < _REACH and _LIST_GAP.fullmatch(gap):
            found.append(left if left < number else left + 1)
    return tuple(found)


def _kind(before: str, after: str) -> str | None:
    """Return the kind of place that the words beside a name say it is.

    Examples
    --------
    >>> _kind("the village of ", " in Belgorod"), _kind("the ", " and Luhansk regions")
    ('settlement', 'region')
    """
    patterns = _patterns()
    matches = (
        patterns.after.match(after),
        patterns.after_list.match(after),
        patterns.before.search(before),
        patterns.before_name.search(before),
    )
    found = next((match for match in matches if match), None)
    if found is None:
        return None
    word = found.group(1).lower()
    if word == "state" and found is matches[2]:
        return None
    return patterns.kinds[word]


def _containers(text: str, mentions: Sequence[Mention], number: int) -> tuple[list[int], list[int]]:
    """Return mentions that contain this one: by words, and by a comma alone."""
    hard: list[int] = []
    soft: list[int] = []
    end = mentions[number].span.end
    for later in range(number + 1, min(number + _MOST_IN_LIST, len(mentions))):
        gap = text[end : mentions[later].span.start]
        if len(gap) > _REACH or "\n" in gap or ". " in gap:
            break
        if _patterns().into.match(gap):
            (soft if gap.strip() in (",", "/") else hard).append(later)
        elif not _LIST_GAP.fullmatch(gap):
            break
        end = mentions[later].span.end
    if number > 0:
        gap = text[mentions[number - 1].span.end : mentions[number].span.start]
        if (
            len(gap) < _REACH // 2 and _patterns().owner.match(gap) and not gap.isspace()
        ) or gap == " ":
            hard.append(number - 1)
    return hard, soft
