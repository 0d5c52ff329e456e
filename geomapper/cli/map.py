"""``geomapper map``: articles to one HTML map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import extras, options
from geomapper.cli.running import DEFAULT_MAX_CHARACTERS, Run

if TYPE_CHECKING:
    pass


def draw_map(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The map to write.")
    ] = Path("map.html"),
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The map's title.", show_default=False)
    ] = None,
    earliest: options.Earliest = None,
    latest: options.Latest = None,
    published: options.Published = None,
    codebook: options.CodebookFile = None,
    language_model: options.LanguageModel = "accurate",
    gazetteer: options.Gazetteers = [],  # noqa: B006 - Typer copies it
    worldview: options.Worldview = "un",
    actor: options.Actors = [],  # noqa: B006
    type_: options.Types = [],  # noqa: B006
    status: options.Statuses = [],  # noqa: B006
    min_confidence: options.MinConfidence = 0.0,
    merge: options.MergeHow = "all",
    max_characters: options.MaxCharacters = DEFAULT_MAX_CHARACTERS,
    fragment: Annotated[
        bool,
        typer.Option(
            "--fragment",
            help="Write an iframe to put into a page, Markdown or Quarto, instead of a page.",
        ),
    ] = False,
    column: options.Columns = [],  # noqa: B006
    fetch: options.Fetch = False,
    allow_private: options.AllowPrivate = False,
    since: extras.Since = None,
    before: extras.Before = None,
    tour: extras.TourFile = None,
    overlay: extras.OverlayFile = None,
    overlay_source: extras.OverlaySource = "",
    blur: extras.Blur = None,
    points: options.Points = False,
    no_quotes: Annotated[
        bool, typer.Option("--no-quotes", help="Leave the sentences out, and say so on the map.")
    ] = False,
    texts: extras.TextsFile = None,
    tiles: extras.TilesAddress = None,
    tiles_credit: extras.TilesCredit = "",
) -> None:
    """Draw articles as one HTML map that opens from disk, with no network."""
    from geomapper.rendering import NoQuotes, PointsForAreas, Texts, build_map, write_map
    from geomapper.rendering.page import render_html
    from geomapper.reporting.embedding import write_fragment

    beside = extras.Beside(tour, overlay, overlay_source, blur, tiles, tiles_credit, since, before)
    loaded, words = beside.loaded(), Texts.load(texts)
    run = Run(context)
    found = run.gather(
        sources,
        options.settings(language_model, gazetteer, codebook, worldview),
        published=published,
        max_characters=max_characters,
        columns=column,
        fetch=fetch,
        allow_private=allow_private,
        merge=options.merge(merge),
        selection=options.selection(earliest, latest, actor, type_, status, min_confidence),
    )
    on_request = [
        extra for extra, on in ((PointsForAreas(), points), (NoQuotes(), no_quotes)) if on
    ]
    events, compared = beside.shown(found.events, found.codebook)
    drawn = build_map(
        events,
        provenance=found.provenance,
        title=title,
        codebook=found.codebook,
        texts=words,
        extras=(*loaded, *compared, *on_request),
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
