"""``geomapper events``: articles to events in a file format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread
from geomapper.errors import OptionError


@spread
def events(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here; by default to stdout."),
    ] = None,
    *,
    to: Annotated[
        list[str],
        typer.Option(
            "--to", metavar="FORMAT|DATE", help="A file format, or the last day of a period."
        ),
    ] = [],  # noqa: B006 - Typer copies it
    articles: options.Articles,
    engine: options.Engine,
    merge: options.MergeHow = "document",
    points: options.Points = False,
) -> None:
    """Extract events from articles, as GeoJSON on stdout or in the format you name.

    A format is named by --to (geojson, csv, ...) or by the ending of -o.
    """
    from geomapper.exporting import exporter_for, write_events

    latest, format_ = _period_or_format(to)
    exporter_for(format_, output)  # refused before anything is read
    run = Run(context)
    found = run.gather(
        sources,
        engine.settings(articles.codebook),
        articles,
        merge=options.merge(merge),
        selection=articles.selection(latest),
    )
    exporter = exporter_for(format_, output, points=points, codebook=found.codebook)
    count = write_events(found.events, exporter, output, provenance=found.provenance)
    run.say(f"{count} events{f' in {output}' if output else ''}")
    if caution := getattr(exporter, "caution", None):
        run.say(f"geomapper: {caution}")
    run.finish()


def _period_or_format(values: list[str]) -> tuple[options.Day | None, str | None]:
    """Tell the days from the formats among the values of ``--to``; each may come once."""
    days = [value for value in values if value[:1].isdigit()]
    formats = [value for value in values if not value[:1].isdigit()]
    if len(days) > 1 or len(formats) > 1:
        raise OptionError(f"--to {' --to '.join(values)}: expected one format and one day at most")
    return (options.day(days[0]) if days else None), (formats[0] if formats else None)
