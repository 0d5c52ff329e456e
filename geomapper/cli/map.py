"""``geomapper map``: articles to one HTML map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import extras, options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomapper.gathering import Gathered
    from geomapper.model import Event
    from geomapper.rendering import EventMap, Extra

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="The map to write.",
        show_default="map.html, where there is none yet",
    ),
]
Title = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The map's title.", show_default=False)
]
Fragment = Annotated[
    bool,
    typer.Option(
        "--fragment",
        help="Write an iframe to put into a page, Markdown or Quarto, instead of a page.",
    ),
]


@dataclass(frozen=True, slots=True)
class Page:
    """How the map is titled, worded and written."""

    title: Title = None
    fragment: Fragment = False
    texts: extras.TextsFile = None

    def drawing(self) -> Callable[[Sequence[Event], Gathered, Iterable[Extra]], EventMap]:
        """Return what draws events; the texts are read now, before any article is."""
        from geomapper.rendering import Texts, build_map

        texts = Texts.load(self.texts)

        def draw(events: Sequence[Event], found: Gathered, beside: Iterable[Extra]) -> EventMap:
            return build_map(
                events,
                provenance=found.provenance,
                title=self.title,
                codebook=found.codebook,
                texts=texts,
                extras=beside,
            )

        return draw

    def write(self, drawn: EventMap, output: Path) -> None:
        """Write the map as a page, or as a fragment of one."""
        from geomapper.rendering import write_map
        from geomapper.rendering.page import render_html
        from geomapper.reporting.embedding import write_fragment

        if self.fragment:
            write_fragment(render_html(drawn), output, title=self.title or "Conflict events")
        else:
            write_map(drawn, output)


@spread
def draw_map(
    context: typer.Context,
    sources: options.Sources,
    output: Output = None,
    *,
    page: Page,
    articles: options.Articles,
    latest: options.Latest = None,
    engine: options.Engine,
    merge: options.MergeHow = "all",
    beside: extras.Beside,
) -> None:
    """Draw articles as one HTML map that opens from disk, with no network."""
    output = options.new_file(output, "map.html")
    run, draw, loaded = Run(context), page.drawing(), beside.loaded()
    found = run.gather(
        sources,
        engine.settings(articles.codebook),
        articles,
        merge=options.merge(merge),
        selection=articles.selection(latest),
    )
    events, compared = beside.shown(found.events, found.codebook)
    drawn = draw(events, found, (*loaded, *compared))
    page.write(drawn, output)
    _tell(run, events, drawn, output)
    run.finish()


def _tell(run: Run, events: Sequence[Event], drawn: EventMap, output: Path) -> None:
    pinned = sum(event.is_pinned for event in events)
    run.say(f"{len(events)} events, {pinned} of them on the map: {output}")
    if drawn.hosts:
        run.say(f"the map loads from {', '.join(drawn.hosts)} when it is opened")
