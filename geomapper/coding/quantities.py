"""How many people a clause speaks of: numbers with the noun that they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.casualty_words import casualty_words
from geomapper.coding.dates_words import date_words
from geomapper.coding.numbers import is_number, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?![\w-])|\d+-[^\W\d]\w*(?:-\w+)*|\d+[.:]\d+|\d+[^\W\d_]+|\d+|[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*|[^\w\s]"
)
_ARTICLES = frozenset({"a", "an", "another", "the", "its", "his", "her", "their", "one"})
_MOST_IN_NAME = 6
_STOPS = frozenset(
    (
        *("in", "on", "at", "by", "from", "with", "and", "or", "when", "who", "that", "which"),
        *(
            "were",
            "was",
            "are",
            "is",
            "be",
            "been",
            "had",
            "have",
            "has",
            "near",
            "after",
            "before",
        ),
        *("to", "as", "while", "for", "during", "outside", "inside", "over", "into", "but", "of"),
    )
)
_JOINTS = frozenset({("and",), (",", "and"), ("and", "his"), ("and", "her"), ("and", "their")})
_YEAR = 4
_AT_LEAST = frozenset({"least", "than", "over"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, lower-case, with its place in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people: words `start` to `end` (not included), the noun's end in.

    `number` is None where the text gives only a range, `high` where it is open. `noun` is the
    noun that it counts, None where the text leaves it out ("leaving nine dead"). With `is_known`
    False the table of people lacks the noun: only a verb that takes people can tell.
    """

    start: int
    end: int
    number: int | None
    low: int
    high: int | None
    noun: str | None
    is_subset: bool = False
    is_known: bool = True


def words_of(text: str) -> list[Word]:
    """Return the words and marks of a text in order."""
    return [Word(m[0].lower().replace("\u2019", "'"), *m.span()) for m in _WORD.finditer(text)]


def quantities(words: Sequence[Word]) -> list[Quantity]:
    """Return the numbers of people in order: "nine", "at least five soldiers", "the driver"."""
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        quantity = _figure(words, index) or _single(words, index)
        if quantity is None:
            index += 1
        else:
            found.append(quantity)
            index = max(quantity.end, index + 1)
    return _summed(words, found)


def _figure(words: Sequence[Word], index: int) -> Quantity | None:
    size = _length(words, index)
    if not size or _is_year_or_age(words, index):
        return None
    first = number_of([word.text for word in words[index : index + size]])
    if first is None:
        return None
    number, low, high = first
    end = index + size
    second, last = _other_end(words, index, end)
    if second is not None and second > low and high is not None:
        return _named(words, index, last, None, low, second)
    exact: int | None = number if high is not None else None
    bound = {words[at].text for at in (index - 1, index - 2) if at >= 0}
    if exact is not None and _is_open(words, index):
        high = None
    elif (exact is not None and {"up", "to"} <= bound) or {"many", "as"} <= bound:
        low = min(low, 1)
    return _named(words, index, end, exact, low, high)


def _is_year_or_age(words: Sequence[Word], index: int) -> bool:
    """Tell whether a number is an age ("aged 17"), a year ("in 2014") or a day ("27 September")."""
    word, before = words[index].text, words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    is_year = (
        len(word) == _YEAR and word[:2] in ("19", "20") and before in ("in", "since", "of", "by")
    )
    return (
        is_year
        or before in ("aged", "age", "no")
        or (after in date_words().months and word.isdecimal())
    )


def _is_open(words: Sequence[Word], index: int) -> bool:
    before = words[index - 1].text if index else ""
    return before in _AT_LEAST


def _length(words: Sequence[Word], index: int) -> int:
    """Return how many words from one on make a number: "two hundred", "a dozen"."""
    end = index
    if words[index].text in ("a", "half") and index + 1 < len(words):
        joined = {words[at].text for at in range(index + 1, min(index + 3, len(words)))}
        if not joined & {"dozen", "hundred", "thousand", "couple", "few"}:
            return 0
        end += 2 if words[index].text == "half" and words[index + 1].text in ("a", "an") else 1
        if end < len(words) and not is_number(words[end].text):
            return 0
    while end < len(words) and end - index < _MOST_IN_NAME and _goes_on(words, index, end):
        end += 1
    return end - index


def _goes_on(words: Sequence[Word], start: int, index: int) -> bool:
    """Tell whether a number goes on here: "two hundred and fifty"."""
    if words[index].text != "and":
        return is_number(words[index].text)
    is_large = index > start and words[index - 1].text in ("hundred", "thousand")
    return is_large and index + 1 < len(words) and is_number(words[index + 1].text)


def _other_end(words: Sequence[Word], start: int, end: int) -> tuple[int | None, int]:
    """Return the second number of a range ("10 to 12", "between 10 and 12") and where it ends."""
    if end + 1 >= len(words):
        return None, end
    before = words[start - 1].text if start else ""
    if before == "from":
        return None, end
    is_between = before == "between"
    if words[end].text not in ("to", "-", "\u2013", "or", *(("and",) if is_between else ())):
        return None, end
    size = _length(words, end + 1)
    other = number_of([word.text for word in words[end + 1 : end + 1 + size]]) if size else None
    return (other[0] if other else None), end + 1 + size


def _named(
    words: Sequence[Word], start: int, end: int, number: int | None, low: int, high: int | None
) -> Quantity | None:
    """Return the quantity with its noun; None where it counts things, hours or kilometres."""
    table = casualty_words()
    after = words[end].text if end < len(words) else ""
    for index in range(end, min(end + _MOST_IN_NAME, len(words))):
        word = words[index].text
        if word in table.plural or (word in table.singular and low == 1):
            return Quantity(start, index + 1, number, low, high, word, _is_subset(words, start))
        if word == "of" and index == end:
            partitive = words[index + 1].text if index + 1 < len(words) else ""
            if partitive in ("them", "those", "whom", "these"):
                return Quantity(start, index + 2, number, low, high, None)
            continue
        if word in table.things:
            return None
        is_whose = word in _ARTICLES and index == end + 1 and after == "of"
        if _ends_noun(word) and not is_whose:
            break
    if _is_bare(after):
        return Quantity(start, end, number, low, high, None, _is_subset(words, start))
    return _unknown(words, start, end, (number, low, high))


def _unknown(
    words: Sequence[Word], start: int, end: int, figure: tuple[int | None, int, int | None]
) -> Quantity | None:
    """Return a number of what the table does not know, up to the end of its noun phrase."""
    last = end
    while last < len(words) and last - end < _MOST_IN_NAME and not _ends_noun(words[last].text):
        if words[last].text in casualty_words().things or is_number(words[last].text):
            return None
        last += 1
    if last == end:
        return None
    noun = words[last - 1].text
    return Quantity(start, last, *figure, noun, _is_subset(words, start), is_known=False)


def _is_bare(after: str) -> bool:
    """Tell whether a number stands without its noun before this word: "nine dead", "nine."."""
    table = casualty_words()
    if after in ("-", "%", "km", "\u00b0", ":", "/", "am", "pm"):
        return False
    return (
        not after
        or not after[0].isalnum()
        or after in table.suffered
        or after in table.done
        or after in _STOPS
        or after in ("others", "more", "alone", "lives", "prisoner", "captive", "hostage")
    )


def _is_subset(words: Sequence[Word], start: int) -> bool:
    before = {words[at].text for at in range(max(0, start - 3), start)}
    return bool(before & casualty_words().subset) or "them" in before


def _single(words: Sequence[Word], index: int) -> Quantity | None:
    """Return one person: "a 61-year-old woman", "the driver", "another officer"."""
    if words[index].text not in _ARTICLES:
        return None
    table = casualty_words()
    for at in range(index + 1, min(index + 1 + _MOST_IN_NAME, len(words))):
        word = words[at].text
        following = words[at + 1].text if at + 1 < len(words) else ""
        if _is_person(word, following):
            return Quantity(index, at + 1, 1, 1, 1, word, _is_subset(words, index))
        if _ends_noun(word) or is_number(word):
            break
    after = words[index + 1].text if index + 1 < len(words) else ""
    if words[index].text == "another" and (after in table.suffered or after in table.done):
        return Quantity(index, index + 1, 1, 1, 1, None)
    return None


def _is_person(word: str, following: str) -> bool:
    table = casualty_words()
    if word.endswith("-year-old"):
        return not following or following in _STOPS or not following[0].isalnum()
    people = table.singular | table.plural
    return word in table.singular and following not in people and following not in ("'s", "'")


def _ends_noun(word: str) -> bool:
    """Tell whether a word cannot stand between a number and its noun."""
    table = casualty_words()
    is_harm = word in table.done or word in ("died", "dead", "surrendered", "fled")
    return word in _STOPS or word in _ARTICLES or is_harm or not word[0].isalnum()


def _summed(words: Sequence[Word], found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with "a nurse and two patients" as one."""
    joined: list[Quantity] = []
    for each in found:
        last = joined[-1] if joined else None
        gap = [word.text for word in words[last.end : each.start]] if last else []
        if last is not None and tuple(gap) in _JOINTS and _adds(last, each):
            joined[-1] = _sum(last, each)
        else:
            joined.append(each)
    return joined


def _adds(one: Quantity, other: Quantity) -> bool:
    whole = one.number is not None and other.number is not None
    return whole and bool(one.noun and other.noun) and not one.is_subset


def _sum(one: Quantity, other: Quantity) -> Quantity:
    high = None if one.high is None or other.high is None else one.high + other.high
    number = (one.number or 0) + (other.number or 0)
    return Quantity(one.start, other.end, number, one.low + other.low, high, one.noun)
