"""Events from whatever a user has: articles are read and coded, files of events are taken as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geomapper import __version__
from geomapper.coding.codebook import Codebook
from geomapper.documents import read_sources
from geomapper.documents.copies import grouped, with_copies
from geomapper.exporting.loading import is_event_file, load_events
from geomapper.model import Provenance
from geomapper.pipeline import Merge, Settings, open_pipeline
from geomapper.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomapper.documents import SourceReader
    from geomapper.errors import DocumentError
    from geomapper.model import Document, Event

_NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Events with what made them: versions, filters, and the codebook that names their types.

    `told` are all events of the sources, also those that the filters keep out.
    """

    events: tuple[Event, ...]
    provenance: Provenance
    codebook: Codebook
    told: tuple[Event, ...] = ()


def _unchanged(documents: Iterator[Document]) -> Iterator[Document]:
    return documents


def gather(
    sources: Iterable[str],
    *,
    reader: SourceReader,
    on_problem: Callable[[DocumentError], None],
    settings: Settings | None = None,
    merge: Merge = Merge.ALL,
    selection: Selection | None = None,
    watch: Callable[[Iterator[Document]], Iterator[Document]] = _unchanged,
) -> Gathered:
    """Return the events of `sources` that pass `selection`.

    Articles go through the pipeline of `settings`. Events of a GeoJSON, GeoPackage or CSV file
    are neither coded nor merged anew, so that what was corrected by hand stays; without an
    article no language model is loaded. Where all is merged, copies of an article are read once
    and stand as further sources. `watch` sees each article go by.

    Raises
    ------
    GeomapperError
        A source cannot be read, the settings name something that is missing or wrong, or the
        selection a type that neither the codebook nor a file of events has.
    """
    settings, selection = settings or Settings(), selection or Selection()
    sources = tuple(sources)
    files = [source for source in sources if is_event_file(source)]
    articles = [source for source in sources if source not in files]
    told = _loaded(files, settings, on_problem)
    if selection.types:
        selection.must_know(_types(settings, told))
    if articles or not files:
        told.append(_coded(watch(read_sources(articles, reader)), settings, merge))
    made = told[-1]
    events = tuple(event for each in told for event in each.events)
    words = (*made.provenance.filters, *selection.words())
    provenance = replace(made.provenance, filters=tuple(dict.fromkeys(words)))
    return Gathered(tuple(selection.of(events)), provenance, made.codebook, events)


def _types(settings: Settings, told: Iterable[Gathered]) -> Iterator[str]:
    """Yield the types and families of the codebook, and those of events that come from files."""
    codebook = Codebook.load(settings.codebook)
    yield from (*codebook.types, *codebook.families)
    for each in told:
        for event in each.events:
            yield from (event.type, event.family)


def _coded(documents: Iterator[Document], settings: Settings, merge: Merge) -> Gathered:
    pipeline = open_pipeline(settings)
    if merge is Merge.ALL:
        copied = grouped(documents)
        told = pipeline.events((each.document for each in copied), merge=merge)
        events = tuple(with_copies(told, copied))
    else:
        events = tuple(pipeline.events(documents, merge=merge))
    return Gathered(events, pipeline.provenance, pipeline.codebook)


def _loaded(
    files: Iterable[str], settings: Settings, on_problem: Callable[[DocumentError], None]
) -> list[Gathered]:
    codebook = Codebook.load(settings.codebook)
    loaded = (load_events(Path(file), codebook, on_problem=on_problem) for file in files)
    return [
        Gathered(each.events, each.provenance or _unstated(codebook, settings), codebook)
        for each in loaded
    ]


def _unstated(codebook: Codebook, settings: Settings) -> Provenance:
    """Return what can be said of events whose file does not say what made them."""
    return Provenance(
        package=f"geomapper {__version__}",
        gazetteer=_NOT_STATED,
        codebook=f"{codebook.name} {codebook.version}",
        language_model=_NOT_STATED,
        worldview=settings.worldview,
    )
