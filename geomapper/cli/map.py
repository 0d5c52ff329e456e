"""``geomapper map``: articles to one HTML map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import DEFAULT_MAX_CHARACTERS, Run


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
) -> None:
    """Draw articles as one HTML map that opens from disk, with no network."""
    from geomapper.rendering import build_map, write_map

    selection = options.selection(earliest, latest, actor, type_, status, min_confidence)
    run = Run(context)
    pipeline = options.pipeline(language_model, gazetteer, codebook, worldview)
    documents = run.documents(sources, published=published, max_characters=max_characters)
    events = tuple(selection.of(pipeline.events(documents, merge=options.merge(merge))))
    drawn = build_map(
        events,
        provenance=options.provenance(pipeline, selection),
        title=title,
        codebook=pipeline.codebook,
    )
    write_map(drawn, output)
    pinned = sum(event.is_pinned for event in events)
    run.say(f"{len(events)} events, {pinned} of them on the map: {output}")
    run.finish()
