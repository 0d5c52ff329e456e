"""The same article from several outlets: recognised as copies, and kept as sources of one text."""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomapper.model import Document, Event, Evidence

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_SHINGLE, _SAMPLE = 5, 4
_ENOUGH_SHARED = 0.8
_MOST_DAYS_APART = 4


@dataclass(frozen=True, slots=True)
class Copied:
    """An article that is read, and its copies, which only stand as sources beside it."""

    document: Document
    copies: tuple[Document, ...] = ()


def grouped(documents: Iterable[Document]) -> tuple[Copied, ...]:
    """Return documents in their order, each copy of an earlier one beside that one.

    A copy has at least four fifths of the other's runs of five words, no number that the other
    lacks, and a date within four days. An update that counts more dead is no copy.

    Examples
    --------
    >>> from geomapper.model import Document
    >>> text = "Shells hit the town of Nikopol on Tuesday and a school was damaged."
    >>> one, two = Document("a", text, source="One"), Document("b", text, source="Two")
    >>> [(each.document.id, len(each.copies)) for each in grouped([one, two])]
    [('a', 1)]
    """
    known: list[tuple[Document, frozenset[int]]] = []
    copies: dict[int, list[Document]] = defaultdict(list)
    holders: dict[int, list[int]] = defaultdict(list)
    for document in documents:
        marks = _marks(document.text)
        shared = Counter(number for mark in marks for number in holders.get(mark, ()))
        original = next(
            (n for n, _ in shared.most_common(3) if _is_copy(document, marks, *known[n])), None
        )
        if original is None:
            for mark in marks:
                holders[mark].append(len(known))
            known.append((document, marks))
        else:
            copies[original].append(document)
    return tuple(Copied(document, tuple(copies[n])) for n, (document, _) in enumerate(known))


def with_copies(events: Iterable[Event], copied: Sequence[Copied]) -> Iterator[Event]:
    """Yield events with a telling more for each copy that holds the sentence."""
    copies = {_key(each.document): each.copies for each in copied if each.copies}
    for event in events:
        told = tuple(extra for each in event.evidence for extra in _told_again(each, copies))
        if told:
            yield dataclasses.replace(event, evidence=(*event.evidence, *told))
        else:
            yield event


def _told_again(
    telling: Evidence, copies: Mapping[tuple[str | None, ...], tuple[Document, ...]]
) -> Iterator[Evidence]:
    key = (telling.document, telling.title, telling.source, telling.url)
    for copy in copies.get(key, ()):
        start = copy.text.find(telling.sentence)
        if start >= 0:
            moved = start - telling.span.start
            trigger = telling.trigger_span
            yield dataclasses.replace(
                telling,
                document=copy.id,
                span=Span(start, telling.span.end + moved),
                trigger_span=Span(trigger.start + moved, trigger.end + moved),
                title=copy.title,
                source=copy.source,
                url=copy.url,
                published=copy.published,
            )


def _key(document: Document) -> tuple[str | None, ...]:
    return (document.id, document.title, document.source, document.url)


def _marks(text: str) -> frozenset[int]:
    """Return a sample of the runs of five words of a text, the same for the same runs."""
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = (" ".join(words[at : at + _SHINGLE]) for at in range(max(len(words) - _SHINGLE + 1, 1)))
    numbers = {zlib.crc32(run.encode("utf-8", "replace")) for run in runs}
    sample = frozenset(number for number in numbers if number % _SAMPLE == 0)
    return sample or frozenset(numbers)


def _is_copy(
    document: Document, marks: frozenset[int], other: Document, others: frozenset[int]
) -> bool:
    if len(marks & others) < _ENOUGH_SHARED * max(len(marks), len(others)):
        return False
    if _days_apart(document, other) > _MOST_DAYS_APART:
        return False
    return set(_NUMBER.findall(document.text)) <= set(_NUMBER.findall(other.text))


def _days_apart(document: Document, other: Document) -> int:
    if document.published is None or other.published is None:
        return 0
    return abs((document.published - other.published).days)
