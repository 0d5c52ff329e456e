"""geomapper in three lines of Python: read articles, look at the events, draw the map.

>>> import geomapper
>>> events = geomapper.read("seeds/kharkiv-glide-bombs")  # doctest: +SKIP
>>> events.map().save("kharkiv.html")  # doctest: +SKIP
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geomapper.documents import SourceReader
from geomapper.gathering import Gathered, gather
from geomapper.pipeline import Merge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    import geopandas as gpd

    from geomapper.coding.codebook import Codebook
    from geomapper.errors import DocumentError
    from geomapper.model import Event, Provenance
    from geomapper.pipeline import Settings
    from geomapper.rendering import EventMap, Extra, Texts
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

    def save(self, path: str | Path, *, points: bool = False) -> None:
        """Write the events to a file, in the format that its ending names, whole or not at all.

        ``.geojson``, ``.geojsonl``, ``.geojsons``, ``.gpkg``, ``.csv``, ``.kml``, ``.kmz``,
        ``.fgb``, ``.parquet``, ``.shp.zip``, or that of an installed plug-in. With `points`,
        regions are points instead of areas.

        Raises
        ------
        OptionError
            No format ends so.
        OutputError
            The file cannot be written.
        """
        from geomapper.exporting import exporter_for

        target = Path(path)
        exporter = exporter_for(None, target, points=points, codebook=self.codebook)
        exporter.export(self.events, target, provenance=self.provenance)

    def map(
        self,
        title: str | None = None,
        *,
        extras: Iterable[Extra] = (),
        texts: Texts | None = None,
    ) -> EventMap:
        """Return the events as a Folium map.

        `extras` of `geomapper.rendering` add to it: `Tour`, `Overlay`, `Compared`, `BlurNote`,
        `Tiles`. `texts` are the page's words in another language.

        Raises
        ------
        OutputError
            There are more events than one page can hold.
        OptionError
            An extra does not fit the events.
        """
        from geomapper.rendering import build_map

        return build_map(
            self.events,
            provenance=self.provenance,
            title=title,
            codebook=self.codebook,
            extras=extras,
            texts=texts,
        )

    def report(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        template: Path | None = None,
    ) -> None:
        """Write a briefing of the events, whole or not at all.

        ``.html``, ``.md``, ``.qmd``, ``.docx``, ``.pdf``, or ``.png`` and ``.svg`` for its static
        map alone. From `earliest` on, the figures stand beside those of the period of the same
        length before. `template` is a Jinja template of your own for the first three.

        Raises
        ------
        OptionError
            No report ends so.
        OutputError
            The file cannot be written, or needs the extra ``report``.
        """
        from geomapper.reporting import write_report
        from geomapper.reporting.making import asked_for, made_report, map_page

        target = Path(path)
        asked_for(target, template)
        found = Gathered(self.events, self.provenance, self.codebook)
        briefing = made_report(found, title=title, earliest=earliest, latest=latest)
        page = map_page(found, briefing, target)
        write_report(briefing, target, page=page, template=template)

    def _repr_html_(self) -> str:
        return str(self.map()._repr_html_())


def read(
    *sources: str | Path,
    published: dt.date | None = None,
    settings: Settings | None = None,
    merge: str = "all",
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Events:
    """Return the events of articles: files, folders, or ``-`` for stdin; or of files of events.

    A GeoJSON, GeoPackage or CSV that geomapper wrote comes back as it was corrected by hand.

    `published` is the publication date of articles that carry none; without it their relative
    dates stay open. `merge` is ``document``, ``all`` or ``none``. `columns` says which column of a
    table holds a field that has another name there: ``{"text": "body"}``.

    Raises
    ------
    DocumentError
        A source cannot be read as articles.
    GeomapperError
        The settings name something that is missing or wrong.
    """
    found = gather(
        [str(source) for source in sources],
        reader=SourceReader(published=published, on_problem=_refuse, columns=columns),
        on_problem=_refuse,
        settings=settings,
        merge=Merge(merge),
    )
    return Events(found.events, found.provenance, found.codebook)


def _refuse(problem: DocumentError) -> None:
    raise problem
