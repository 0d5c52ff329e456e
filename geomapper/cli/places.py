"""``geomapper places``: articles to place names with their roles, as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread


@spread
def places(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here; by default to stdout."),
    ] = None,
    *,
    gold_spans: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help='Resolve the names given here, JSON lines {"id", "toponyms": [{"start", "end"}]}.',
        ),
    ] = None,
    published: options.Published = None,
    engine: options.Engine,
    max_characters: options.MaxCharacters = options.DEFAULT_MAX_CHARACTERS,
) -> None:
    """Find and geocode place names only, every mention with its role, as JSON lines."""
    from geomapper.exporting.toponyms import places_of, read_spans, write_lines

    run = Run(context)
    spans = read_spans(gold_spans) if gold_spans else None
    pipeline = engine.pipeline()
    documents = run.documents(sources, published=published, max_characters=max_characters)
    lines = (places_of(pipeline, document, spans) for document in documents)
    count = write_lines(lines, output)
    run.say(f"{count} articles read{f', their places in {output}' if output else ''}")
    run.finish()
