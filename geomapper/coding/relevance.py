"""Which sentences are worth reading: those that may name a place or tell an event.

The language model is the dearest part of reading, so a sentence in which nothing can be found is
spared it. The question is answered from the words alone, before anything is parsed, and in doubt
with yes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geomapper.coding.matching import classes
from geomapper.language.lemmas import right_lemma

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomapper.coding.codebook import Codebook, Trigger
    from geomapper.gazetteer import Gazetteer

_BEFORE_PLACES = frozenset(
    "in near from to at around outside into toward towards of on over across between".split()
)
_NAMED = frozenset({"force", "state", "person", "civilians", "place"})
_COUNTED = frozenset({"number", "civilians", "fighters"})
_SHORT = 12
_NAME, _NUMBER = "\0name", "\0number"


class Relevance:
    """Tells which sentences may hold a place name or an event, by their words.

    Parameters
    ----------
    gazetteer
        Knows names and demonyms.
    codebook
        Its triggers, with what they ask for beside them.
    """

    def __init__(self, gazetteer: Gazetteer, codebook: Codebook) -> None:
        self._gazetteer = gazetteer
        self._asked = {
            lemma: tuple(_conditions(trigger) for trigger in triggers)
            for lemma, triggers in codebook.by_lemma.items()
        }
        self._lemmas = lru_cache(maxsize=100_000)(_lemmas)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[bool]:
        """Return for each sentence of a document, given as its words, whether to read it.

        A short sentence after one that is read is read for what it says of that one: "The army
        denied it."
        """
        worth: list[bool] = []
        for words in sentences:
            comments = bool(worth) and worth[-1] and len(words) <= _SHORT
            worth.append(
                comments or self._may_name_a_place(words) or self._may_tell_an_event(words)
            )
        return worth

    def _may_name_a_place(self, words: Sequence[str]) -> bool:
        for index, word in enumerate(words):
            if not word[:1].isalpha() or word[:1].islower():
                continue
            if index and words[index - 1] in _BEFORE_PLACES:
                return True
            if self._gazetteer.demonym(word) or self._gazetteer.longest(words, index):
                return True
        return False

    def _may_tell_an_event(self, words: Sequence[str]) -> bool:
        found = {lemma for word in words for lemma in self._lemmas(word)}
        if any(word[:1].isupper() for word in words[1:]):
            found.add(_NAME)
        if any(word[:1].isdigit() for word in words):
            found.add(_NUMBER)
        return any(
            all(not found.isdisjoint(needed) for needed in conditions)
            for lemma in found
            for conditions in self._asked.get(lemma, ())
        )


def _conditions(trigger: Trigger) -> tuple[frozenset[str], ...]:
    """Return the sets of words of which one each must stand in the sentence."""
    asked = (
        trigger.object, trigger.of, trigger.to, trigger.words, trigger.particles, trigger.nouns_of,
    )  # fmt: skip
    return tuple(_expanded(each) for each in asked if each)


def _expanded(asked: Iterable[str]) -> frozenset[str]:
    """Return the words of a condition, its classes replaced by theirs and by signs for what they allow."""
    words: set[str] = set()
    for each in asked:
        words |= classes().get(each, {each})
        if each in _NAMED:
            words.add(_NAME)
        if each in _COUNTED:
            words.add(_NUMBER)
    return frozenset(words)


def _lemmas(word: str) -> frozenset[str]:
    lower = word.lower()
    parts = lower.split("-") if "-" in lower else ()
    return frozenset(
        {lower, right_lemma(lower, "VERB", lower), right_lemma(lower, "NOUN", lower), *parts}
    )
