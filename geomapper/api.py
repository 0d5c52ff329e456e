"""geomapper in three lines of Python: read articles, look at the events, draw the map.

>>> import geomapper
>>> events = geomapper.read("seeds/kharkiv-glide-bombs")  # doctest: +SKIP
>>> events.map().save("kharkiv.html")  # doctest: +SKIP
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.documents import SourceReader, read_sources
from geomapper.pipeline import Merge, Pipeline, Settings, open_pipeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from geomapper.coding.codebook import Codebook
    from geomapper.errors import DocumentError
    from geomapper.model import Event, Provenance
    from geomapper.rendering import EventMap
    from geomapper.selection import Selection


@dataclass(frozen=True)
class Events:
    """Events that came out of some articles, with what made them.

    It is a sequence of `Event` records; in a notebook it shows itself as a map.
    """

    events: tuple[Event, ...]
    provenance: Provenance
    codebook: Codebook

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __getitem__(self, position: int) -> Event:
        return self.events[position]

    def __repr__(self) -> str:
        pinned = sum(event.is_pinned for event in self.events)
        return f"<{len(self.events)} events, {pinned} with a place on the map>"

    def select(self, selection: Selection) -> Events:
        """Return the events that pass a filter."""
        return Events(tuple(selection.of(self.events)), self.provenance, self.codebook)

    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """Return the events as a GeoDataFrame in EPSG:4326, a row each, by the public schema."""
        from geomapper.frames import to_geodataframe

        return to_geodataframe(self.events, self.codebook)

    def map(self, title: str | None = None) -> EventMap:
        """Return the events as a Folium map."""
        from geomapper.rendering import build_map

        return build_map(
            self.events, provenance=self.provenance, title=title, codebook=self.codebook
        )

    def _repr_html_(self) -> str:
        return str(self.map()._repr_html_())


def read(
    *sources: str | Path,
    published: dt.date | None = None,
    settings: Settings | None = None,
    merge: str = "all",
) -> Events:
    """Return the events of articles: files, folders, or ``-`` for stdin.

    `published` is the publication date of articles that carry none; without it their relative
    dates stay open. `merge` is ``document``, ``all`` or ``none``.

    Raises
    ------
    DocumentError
        A source cannot be read as articles.
    GeomapperError
        The settings name something that is missing or wrong.
    """
    pipeline: Pipeline = open_pipeline(settings)
    reader = SourceReader(published=published, on_problem=_refuse)
    documents = read_sources([str(source) for source in sources], reader)
    events = tuple(pipeline.events(documents, merge=Merge(merge)))
    return Events(events, pipeline.provenance, pipeline.codebook)


def _refuse(problem: DocumentError) -> None:
    raise problem
