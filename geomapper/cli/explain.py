"""``geomapper explain``: why an event is what, where and when it is."""

from __future__ import annotations

from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread


@spread
def explain(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The article, or - for stdin.")],
    event_id: Annotated[
        str, typer.Argument(metavar="EVENT_ID", help="An event's id, or its first characters.")
    ],
    *,
    published: options.Published = None,
    codebook: options.CodebookFile = None,
    engine: options.Engine,
    max_characters: options.MaxCharacters = options.DEFAULT_MAX_CHARACTERS,
) -> None:
    """Say why an event has this type, this place and this date."""
    from geomapper.explaining import explanation

    run = Run(context)
    pipeline = engine.pipeline(codebook)
    documents = run.documents([source], published=published, max_characters=max_characters)
    typer.echo(explanation(pipeline, documents, event_id))
    run.finish()
