"""Documents in, events out, lazily: the stages in a row, each one exchangeable.

document → Analyzer → Recognizer → Resolver → Coder → Merger → events
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from geomapper import __version__, plugins
from geomapper.model import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geomapper.coding.codebook import Codebook
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Document, Event, Mention, Resolution
    from geomapper.stages import Analyzer, Coder, Merger, Reading, Recognizer, Resolver


class Merge(StrEnum):
    """How far the same event told twice becomes one: in a document, across all, not at all."""

    DOCUMENT = "document"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a pipeline is made of, by name and path.

    `language_model` is a size of ours (``accurate``, ``fast``) or any installed spaCy pipeline;
    `gazetteers` are bundles, CSV or GeoJSON files stacked over the default; `codebook` replaces
    ours. `recognizer`, `resolver` and `coder` name plug-ins. `read_everything` has sentences read,
    too, in which neither a place nor an event can be; None does so except with ``fast``.
    """

    language_model: str = "accurate"
    gazetteers: tuple[Path, ...] = ()
    codebook: Path | None = None
    worldview: str = "un"
    recognizer: str = "union"
    resolver: str = "ranking"
    coder: str = "codebook"
    read_everything: bool | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with all that the stages found in it."""

    reading: Reading
    resolutions: tuple[Resolution, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages in a row.

    `merger` works inside a document, `cross_merger` across documents.
    """

    analyzer: Analyzer
    recognizer: Recognizer
    resolver: Resolver
    coder: Coder
    merger: Merger
    cross_merger: Merger
    gazetteer: Gazetteer
    codebook: Codebook
    settings: Settings = field(default_factory=Settings)

    @property
    def provenance(self) -> Provenance:
        """The versions of everything that decides on what comes out."""
        return Provenance(
            package=f"geomapper {__version__}",
            gazetteer=f"{self.gazetteer.name} {self.gazetteer.version}",
            codebook=f"{self.codebook.name} {self.codebook.version}",
            language_model=getattr(self.analyzer, "name", self.settings.language_model),
            worldview=self.settings.worldview,
        )

    def places(self, document: Document) -> tuple[Reading, tuple[Resolution, ...]]:
        """Return a document as read, and its place names resolved, in order of their spans."""
        reading = self.analyzer.analyze(document)
        mentions = self.recognizer.recognize(reading)
        return reading, tuple(self.resolver.resolve(reading, mentions))

    def resolve(self, document: Document, mentions: Sequence[Mention]) -> tuple[Resolution, ...]:
        """Return the places of given `mentions`, none recognised anew."""
        return tuple(self.resolver.resolve(self.analyzer.analyze(document), mentions))

    def code(self, document: Document, *, merge: bool = True) -> Coded:
        """Return a document with its events, those told twice in it merged unless told not to."""
        reading, resolutions = self.places(document)
        events = tuple(self.coder.code(reading, resolutions)) if reading.is_read else ()
        return Coded(reading, resolutions, tuple(self.merger.merge(events)) if merge else events)

    def events(
        self, documents: Iterable[Document], *, merge: Merge = Merge.DOCUMENT
    ) -> Iterator[Event]:
        """Yield the events of `documents` in their order; no documents give none.

        Merging across documents (`Merge.ALL`) waits for the last one.
        """
        told = (
            event
            for document in documents
            for event in self.code(document, merge=merge is not Merge.NONE).events
        )
        yield from self.cross_merger.merge(told) if merge is Merge.ALL else told


def open_pipeline(settings: Settings | None = None) -> Pipeline:
    """Return the pipeline that `settings` describe, with ours where they are silent.

    Raises
    ------
    GeomapperError
        A language model, gazetteer, codebook or plug-in is missing or wrong.
    """
    from geomapper.coding.actors import ActorTable
    from geomapper.coding.codebook import Codebook
    from geomapper.coding.relevance import Relevance
    from geomapper.gazetteer import Gazetteer
    from geomapper.language import load_analyzer
    from geomapper.merging import CrossDocumentMerger, DocumentMerger

    settings = settings or Settings()
    gazetteer = Gazetteer.open(settings.gazetteers, worldview=settings.worldview)
    codebook = Codebook.load(settings.codebook)
    everything = settings.read_everything
    if everything is None:
        everything = settings.language_model != "fast"
    matters = None if everything else Relevance(gazetteer, codebook)
    offered = {
        "gazetteer": gazetteer,
        "codebook": codebook,
        "actors": ActorTable.load(),
        "language_model": settings.language_model,
    }
    return Pipeline(
        analyzer=load_analyzer(settings.language_model, matters=matters),
        recognizer=plugins.create("recognizer", settings.recognizer, **offered),
        resolver=plugins.create("resolver", settings.resolver, **offered),
        coder=plugins.create("coder", settings.coder, **offered),
        merger=DocumentMerger(),
        cross_merger=CrossDocumentMerger(),
        gazetteer=gazetteer,
        codebook=codebook,
        settings=settings,
    )
