"""How many were killed, wounded or captured: figures in words and digits, tied to one clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.model import Casualties

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_ARTICLES = frozenset({"a", "an", "one"})
_NONE = frozenset({"no", "nobody", "none", "no-one"})
_MANY = {"dozen": 12, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_NUMBER = (
    r"(?:at least |about |around |some |nearly |almost |more than |over |up to |as many as |an estimated |another |a further )?"
    r"(?:between )?(?P<number>\d{1,3}(?:,\d{3})+|\d+|(?:(?:"
    + "|".join((*_UNITS, *_TENS, *_SCALES))
    + r")[ -]?)+|an?|nobody|no one|no|several|a dozen|dozens|scores|hundreds)"
    r"(?:\s?(?:to|-|–|and)\s?(?P<high>\d+|" + "|".join(_UNITS) + r"))?"
)
_PEOPLE = (
    r"(?:(?:other|more|further|of (?:his|her|its|their)|[\w’'-]+) ){0,4}?"
    r"(?:people|persons?|civilians?|soldiers?|troops|fighters?|militants?|officers?|policemen|police|men|man|wom[ae]n|child(?:ren)?|"
    r"boys?|girls?|residents?|villagers?|workers?|farmers?|rescuers?|medics?|guards?|servicemen|others?|gunm[ae]n|rebels?|students?|"
    r"passengers?|teachers?|pupils?|miners?|drivers?|insurgents?|protesters?|demonstrators?|peacekeepers?|journalists?|shepherds?|"
    r"employees|personnel|policeman|victims?|members?|conscripts?|recruits?|pilgrims?|traders?|fishermen|staff|adults?)"
)
_WORDS = {
    "killed": r"(?:killed|dead|died|shot dead|lives)",
    "wounded": r"(?:wounded|injured|hurt)",
    "captured": r"(?:captured|taken prisoner|prisoners?)",
}
_ACTIVE = {
    "killed": r"(?:kill(?:ed|ing|s)?|le(?:ft|aving)|shot dead|claim(?:ed|ing))",
    "wounded": r"(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es)|hurt(?:ing)?)",
    "captured": r"(?:captur(?:ed|ing|es)|t(?:ook|aking|aken))",
}


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its range; `number` is None where the text gives only a range ("dozens")."""

    number: int | None
    low: int
    high: int | None


def number_of(words: Sequence[str]) -> int | None:
    """Return the number that words or digits say, None where they say none.

    Examples
    --------
    >>> number_of(["1,200"]), number_of(["twenty", "three"]), number_of(["two", "hundred"])
    (1200, 23, 200)
    """
    total, current, seen = 0, 0, False
    for word in (part for each in words for part in each.lower().split("-")):
        if _DIGITS.fullmatch(word):
            current, seen = current + int(word.replace(",", "")), True
        elif word in _UNITS:
            current, seen = current + _UNITS[word], True
        elif word in _TENS:
            current, seen = current + _TENS[word], True
        elif word in _ARTICLES:
            current, seen = current + 1, True
        elif word in _SCALES:
            current, seen = max(current, 1) * _SCALES[word], True
            if word != "hundred":
                total, current = total + current, 0
        else:
            return None
    return total + current if seen else None


def counts(text: str) -> dict[str, Count]:
    """Return the figures of killed, wounded and captured that a clause gives, by kind.

    The first figure of a kind counts. A clause without any gives ``{}``.

    Examples
    --------
    >>> found = counts("A drone hit the bus, killing two people and wounding nine.")
    >>> found["killed"].number, found["wounded"].number
    (2, 9)
    """
    found: dict[str, Count] = {}
    for kind in ("killed", "wounded", "captured"):
        for pattern in _patterns(kind):
            match = pattern.search(text)
            if match is not None and (count := _count(match)) is not None:
                found[kind] = count
                break
    if re.search(
        r"\b(?:no|without) (?:casualties|injuries|victims)|nobody was hurt|no one was hurt", text
    ):
        found.setdefault("killed", Count(0, 0, 0))
        found.setdefault("wounded", Count(0, 0, 0))
    return found


def casualties(text: str) -> Casualties:
    """Return the figures of a clause as a record; what it does not say is None."""
    found = counts(text)
    killed = found.get("killed")
    return Casualties(
        killed=killed.number if killed else None,
        killed_low=killed.low if killed else None,
        killed_high=killed.high if killed else None,
        wounded=_number(found.get("wounded")),
        captured=_number(found.get("captured")),
    )


def _number(count: Count | None) -> int | None:
    return count.number if count else None


def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return _COMPILED[kind]


def _compile(kind: str) -> tuple[re.Pattern[str], ...]:
    done, doing = _WORDS[kind], _ACTIVE[kind]
    shared = rf"{_WORDS['killed']} and "
    patterns = [
        rf"\b{doing} (?:and (?:wounded|injured|killed) )?{_NUMBER} (?:{_PEOPLE}|(?:dead|wounded|injured|hurt))\b",
        rf"\b{doing} {_NUMBER}\b(?! (?:hours?|days?|km|kilomet|miles?|per ?cent|weeks?|houses|vehicles|homes|drones|tonnes?))",
        rf"\b{_NUMBER} {_PEOPLE} (?:(?:were|was|had been|have been|are|is|being)(?: \w+)? )?{done}\b",
        rf"\b{_NUMBER} (?:(?:were|was|had been|have been|of them) )?{done}\b",
        rf"\b{_NUMBER} {_PEOPLE}[^.;]{{0,40}}? (?:were|was) {done}\b",
    ]
    if kind == "killed":
        patterns.append(
            rf"\bdeath toll (?:rose to|stood at|reached|from [^.]{{1,30}}? to) {_NUMBER}\b"
        )
        patterns.append(rf"\bkilled (?P<number>a|an) {_PEOPLE}\b")
    if kind == "wounded":
        patterns.insert(0, rf"\b{shared}{_NUMBER} (?:{_PEOPLE} )?(?:were )?{done}\b")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _count(match: re.Match[str]) -> Count | None:
    text = match["number"].strip().lower()
    if text in _NONE or text == "no one":
        return Count(0, 0, 0)
    if text in _MANY or text in ("a dozen", "several"):
        low = {"a dozen": 12, "several": 3}.get(text) or _MANY[text]
        return Count(12 if text == "a dozen" else None, low, None)
    number = number_of(text.split())
    if number is None:
        return None
    high = match["high"]
    top = number_of([high]) if high else None
    if top is not None and top > number and re.search(r"between|to|-|–", match[0]):
        return Count(None, number, top)
    at_least = re.search(r"at least|more than|over", match[0], re.IGNORECASE)
    return Count(number, number, None if at_least else number)


_COMPILED = {kind: _compile(kind) for kind in _WORDS}
