"""What each stage of the pipeline must do: a Protocol a stage.

A stage is one object with one method. It takes records, returns new ones and edits none.
Plug-ins enter by entry points (see `geomapper.plugins`) and are held to the contracts in
`geomapper.testing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from geomapper.model import Document, Event, Mention, Provenance, Resolution, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document.

    `span` counts characters of `Document.text`; `tokens` is the half-open range of token
    indices in `Reading.doc`. A sentence that is `boilerplate` (byline, advertisement,
    copyright line, heading) is kept as text and codes no event. `is_parsed` is False where the
    parser was spared: heads and dependency labels are then missing.
    """

    span: Span
    tokens: tuple[int, int]
    is_boilerplate: bool = False
    is_parsed: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that a language model takes for telling an event.

    `token` is its index in `Reading.doc`. `types` and `statuses` are pairs of a name and a
    probability, likeliest first; "none" among the types says how likely it tells no event.
    `arguments` are (role, token index, probability) of the words of the window that belong to
    the event; roles are place, actor, target, date, by (who says so) and origin.
    """

    token: int
    types: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[str, float], ...]
    arguments: tuple[tuple[str, int, float], ...]

    def chance(self, event_type: str) -> float:
        """Return the probability of an event type, 0 for one that the model does not know."""
        return dict(self.types).get(event_type, 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the language pipeline read it.

    `doc` is a spaCy `Doc` over the whole of `Document.text` (so ``token.idx`` is an offset into
    it) with Universal Dependencies labels (``nsubj:pass``, ``obj``, ``obl`` with ``case``),
    universal and Penn tags, lemmas, and entities PERSON, ORG, LOC, FAC, NORP, DATE. A document
    in a language that is not read has `is_read` False: tokens and sentences only. `cues` are
    the words that a model takes for telling events, in their order, and `cue_types` the event
    types that it knows; none where it has no such head, and rules alone find events.
    """

    document: Document
    doc: Doc
    sentences: tuple[Sentence, ...]
    is_read: bool = True
    cues: tuple[Cue, ...] = ()
    cue_types: frozenset[str] = frozenset()


@runtime_checkable
class Reader(Protocol):
    """Turns a source (a path, ``-``) into documents, lazily."""

    def read(self, source: str) -> Iterator[Document]:
        """Yield the articles of `source`; raise `DocumentError` where it holds none."""
        ...


@runtime_checkable
class Analyzer(Protocol):
    """Reads language: a document becomes sentences, tokens, dependencies, entities."""

    def analyze(self, document: Document) -> Reading:
        """Return `document` as read."""
        ...


@runtime_checkable
class Recognizer(Protocol):
    """Finds place names and says what each does in its sentence."""

    def recognize(self, reading: Reading) -> Sequence[Mention]:
        """Return the mentions in order of `span`, none overlapping another."""
        ...


@runtime_checkable
class Resolver(Protocol):
    """Says which place of the world each mention means."""

    def resolve(self, reading: Reading, mentions: Sequence[Mention]) -> Sequence[Resolution]:
        """Return one resolution a mention, in the same order."""
        ...


@runtime_checkable
class Coder(Protocol):
    """Codes the events that a document reports."""

    def code(self, reading: Reading, resolutions: Sequence[Resolution]) -> Sequence[Event]:
        """Return the events in the order of their evidence; a sentence may hold several."""
        ...


@runtime_checkable
class Merger(Protocol):
    """Makes one event of the same event told several times."""

    def merge(self, events: Iterable[Event]) -> Sequence[Event]:
        """Return the events, fewer or as many; no evidence is lost, order does not matter."""
        ...


@runtime_checkable
class Exporter(Protocol):
    """Writes events in one file format."""

    suffix: str

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        ...
