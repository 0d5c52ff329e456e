"""How many were killed, wounded, captured: figures in words and digits, tied to one clause.

Reads the words of a clause without a parse: a number of people, a word of harm, and which of the
two comes first. Time is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.casualty_words import casualty_words
from geomapper.coding.quantities import Quantity, Word, quantities, words_of
from geomapper.model import Casualties, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = ("killed", "wounded", "captured", "missing", "displaced")
_FAR = 9
_NEAR = 4
_BE = frozenset("was were is are be been being got gets".split())
_FINITE = frozenset(
    {"died", "perished", "drowned", "surrendered", "fled", "was", "were", "fell", "suffered"}
)
_OF_THINGS = ("seiz", "captur", "displac", "evacuat", "uproot", "expel", "hurt")
_SKIPPED = frozenset({"reportedly", "also", "then", "later", "allegedly", "and", "or", "has", "have", "had", "at", "least", "more", "than", "up", "to", "about", "some", "nearly", "almost", "over", "as", "many", "around", "another", "an", "estimated", "between", "the", "only", "perhaps"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its range: `number` is None where the text gives only a range ("dozens").

    `kind` is one of `KINDS`, `who` the noun that the text counts, `span` where number and noun
    stand, in characters of the text that was read.
    """

    number: int | None
    low: int
    high: int | None
    kind: str = "killed"
    span: Span | None = None
    who: str | None = None


def figures(text: str) -> tuple[Count, ...]:
    """Return every figure of harm that a text gives, in order; both sides' stay apart.

    Examples
    --------
    >>> [(each.kind, each.number, each.who) for each in figures("It left 3 soldiers dead and a captain was captured.")]
    [('killed', 3, 'soldiers'), ('captured', 1, 'captain')]
    """
    words = words_of(text)
    numbers = quantities(words)
    free = [each for each in numbers if not each.is_subset]
    found = dict(_rising(words, free))
    for reading in (_followed, _preceded):
        for kind, quantity in reading(words, [each for each in free if each.start not in found]):
            told = found.setdefault(quantity.start, (kind, quantity))
            if told[0] == "displaced":
                found[quantity.start] = (kind, quantity)
    counts = [_count(kind, each, words) for _, (kind, each) in sorted(found.items())]
    return (*counts, *_nobody(words))


def counts(text: str) -> dict[str, Count]:
    """Return the figures that a clause gives, by kind; the first of a kind counts.

    A clause without any gives ``{}``.

    Examples
    --------
    >>> found = counts("A drone hit the bus, killing two people and wounding nine.")
    >>> found["killed"].number, found["wounded"].number
    (2, 9)
    """
    found: dict[str, Count] = {}
    for each in figures(text):
        found.setdefault(each.kind, each)
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


def _count(kind: str, each: Quantity, words: Sequence[Word]) -> Count:
    span = Span(words[each.start].start, words[each.end - 1].end)
    return Count(each.number, each.low, each.high, kind, span, each.noun)


def _rising(
    words: Sequence[Word], free: Sequence[Quantity]
) -> Iterator[tuple[int, tuple[str, Quantity]]]:
    """Yield the figure that a toll has reached: "the toll rose from 12 to 31"."""
    for index, word in enumerate(words):
        if word.text != "toll":
            continue
        window = _starting(free, index + 1, index + 1 + _FAR)
        reached = [
            each
            for each in window
            if words[each.start - 1].text in ("to", "at", "of", "reached", "past", "is", "was")
        ]
        if reached:
            yield reached[-1].start, ("killed", reached[-1])


def _followed(words: Sequence[Word], free: Sequence[Quantity]) -> Iterator[tuple[str, Quantity]]:
    """Yield numbers right after a verb that harms: "killing nine", "the death of nine"."""
    for each in free:
        verb = _verb_before(words, each.start)
        if verb is not None:
            kind = _kind_after(words, verb, each)
            if kind is not None:
                yield kind, each


def _verb_before(words: Sequence[Word], start: int) -> int | None:
    """Return the nearest word before a number that is not passed over."""
    for index in range(start - 1, max(-1, start - 1 - _NEAR - 2), -1):
        if words[index].text not in _SKIPPED:
            return index
    return None


def _kind_after(words: Sequence[Word], verb: int, each: Quantity) -> str | None:
    table, word = casualty_words(), words[verb].text
    for last, kind in table.framed.get(word, ()):
        ahead = {w.text for w in words[each.end - 1 : each.end + 2]}
        if last in ahead:
            return kind
    if word == "of" and verb and words[verb - 1].text in table.named:
        return table.named[words[verb - 1].text] if each.noun else None
    if word in table.named and verb + 1 < len(words) and words[verb + 1].text == "to":
        return table.named[word] if each.noun else None
    verb_kind = table.done.get(word) or table.done.get(
        f"{words[verb - 1].text}_{word}" if verb else ""
    )
    if verb_kind is None or _is_passive(words, verb) or _is_shared(words, verb):
        return None
    is_of_people = each.noun is not None and each.is_known
    return verb_kind if is_of_people or not word.startswith(_OF_THINGS) else None


def _is_shared(words: Sequence[Word], verb: int) -> bool:
    """Tell whether two kinds of harm share one number: "killed and wounded 15"."""
    done = casualty_words().done
    return verb > 1 and words[verb - 1].text in ("and", "or") and words[verb - 2].text in done


def _is_passive(words: Sequence[Word], verb: int) -> bool:
    before, earlier = [words[at].text if at >= 0 else "" for at in (verb - 1, verb - 2)]
    is_adverb = before.endswith("ly") or before in casualty_words().passed
    return before in _BE or (is_adverb and earlier in _BE)


def _preceded(words: Sequence[Word], free: Sequence[Quantity]) -> Iterator[tuple[str, Quantity]]:
    """Yield numbers before what they suffered: "nine dead", "two men were arrested"."""
    taken: set[int] = set()
    for index in range(len(words)):
        kind = _suffered_at(words, index)
        if kind is None:
            continue
        open_ones = [one for one in _before(free, index) if one.start not in taken]
        each = _nearest(words, index, open_ones)
        if each is not None:
            if kind != "displaced":
                taken.add(each.start)
            yield kind, each


def _suffered_at(words: Sequence[Word], index: int) -> str | None:
    """Return what the words from one on say of those before: "led away" gives captured."""
    table, word = casualty_words(), words[index].text
    for parts, kind in table.suffered.get(word, ()):
        if tuple(w.text for w in words[index : index + len(parts)]) == parts:
            return kind
    if word in table.named and index and words[index - 1].text.isdecimal():
        return table.named[word]
    return table.done.get(word) if _is_passive(words, index) else None


def _starting(free: Sequence[Quantity], first: int, last: int) -> Sequence[Quantity]:
    """Return the numbers that begin at a word from `first` up to, not including, `last`."""
    low = bisect_left(free, first, key=lambda each: each.start)
    return free[low : bisect_left(free, last, lo=low, key=lambda each: each.start)]


def _before(free: Sequence[Quantity], index: int) -> list[Quantity]:
    near = _starting(free, index - 3 * _FAR, index + 1)
    return [each for each in near if each.end <= index + 1 and index - each.end <= 2 * _FAR]


def _nearest(words: Sequence[Word], index: int, free: Sequence[Quantity]) -> Quantity | None:
    """Return the number that a word of harm says something of: right before it, or its subject."""
    for each in reversed(free):
        between = [word.text for word in words[each.end : index]]
        if _is_subject(between, each, words[index].text):
            return each
    return None


def _is_subject(between: Sequence[str], each: Quantity, harm: str) -> bool:
    table = casualty_words()
    if all(word in table.passed for word in between):
        return each.is_known or bool(_BE.intersection(between))
    if each.noun is None or ";" in between or "." in between:
        return False
    if between == [","] and harm in _FINITE:
        return True
    has_verb = harm in _FINITE or any(
        word in _BE or word in ("who", "have", "had") for word in between
    )
    return has_verb and len(between) <= 2 * _FAR and not _breaks(between)


def _breaks(between: Sequence[str]) -> bool:
    """Tell whether another clause begins between a number and a word of harm."""
    commas = between.count(",")
    if commas % 2:
        return True
    return any(word in ("but", "while", "when", "whose", "that", "which") for word in between)


def _nobody(words: Sequence[Word]) -> Iterator[Count]:
    """Yield nought where a text says so: "no casualties", "nobody was hurt"."""
    table = casualty_words()
    for index, word in enumerate(words):
        if word.text not in ("no", "nobody", "none", "without", "no-one"):
            continue
        ahead = [w.text for w in words[index + 1 : index + 1 + _NEAR]]
        if (
            word.text == "no"
            and ahead[:1] not in (["one"], ["people"])
            and ahead[:1] not in ([], [","])
        ):
            ahead = ahead[:2]
        for kind, told in table.nobody.items():
            if told.intersection(ahead):
                yield Count(
                    0, 0, 0, kind, Span(word.start, words[min(index + 1, len(words) - 1)].end)
                )
