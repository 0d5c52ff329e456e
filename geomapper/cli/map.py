"""``geomapper map``: articles to one HTML map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import extras, options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread


@spread
def draw_map(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The map to write.",
            show_default="map.html, where there is none yet",
        ),
    ] = None,
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The map's title.", show_default=False)
    ] = None,
    articles: options.Articles,
    latest: options.Latest = None,
    engine: options.Engine,
    merge: options.MergeHow = "all",
    fragment: Annotated[
        bool,
        typer.Option(
            "--fragment",
            help="Write an iframe to put into a page, Markdown or Quarto, instead of a page.",
        ),
    ] = False,
    beside: extras.Beside,
    texts: extras.TextsFile = None,
) -> None:
    """Draw articles as one HTML map that opens from disk, with no network."""
    from geomapper.rendering import Texts, build_map, write_map
    from geomapper.rendering.page import render_html
    from geomapper.reporting.embedding import write_fragment

    output = options.new_file(output, "map.html")
    loaded, words = beside.loaded(), Texts.load(texts)
    run = Run(context)
    found = run.gather(
        sources,
        engine.settings(articles.codebook),
        articles,
        merge=options.merge(merge),
        selection=articles.selection(latest),
    )
    events, compared = beside.shown(found.events, found.codebook)
    drawn = build_map(
        events,
        provenance=found.provenance,
        title=title,
        codebook=found.codebook,
        texts=words,
        extras=(*loaded, *compared),
    )
    if fragment:
        write_fragment(render_html(drawn), output, title=title or "Conflict events")
    else:
        write_map(drawn, output)
    pinned = sum(event.is_pinned for event in events)
    run.say(f"{len(events)} events, {pinned} of them on the map: {output}")
    if drawn.hosts:
        run.say(f"the map loads from {', '.join(drawn.hosts)} when it is opened")
    run.finish()
