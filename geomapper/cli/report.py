"""``geomapper report``: articles, or events of a file, to a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import Run
from geomapper.cli.spreading import spread


@spread
def report(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default="report.html, where there is none yet",
            help="The report to write: .html, .md, .qmd, .docx, .pdf; .png or .svg is its map alone.",
        ),
    ] = None,
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The report's title.", show_default=False)
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own Jinja template for .html, .md or .qmd."),
    ] = None,
    articles: options.Articles,
    latest: options.Latest = None,
    engine: options.Engine,
    merge: options.MergeHow = "all",
) -> None:
    """Write a briefing: key figures, a map, every event with its quote and its source.

    With --from (and --to) the figures stand beside those of the period of the same length before.
    """  # fmt: skip
    from geomapper.reporting import write_report
    from geomapper.reporting.making import asked_for, made_report, map_page

    output = options.new_file(output, "report.html")
    asked_for(output, template)
    run = Run(context)
    found = run.gather(
        sources,
        engine.settings(articles.codebook),
        articles,
        merge=options.merge(merge),
        selection=articles.of_any_day(latest),
    )
    briefing = made_report(found, title=title, earliest=articles.earliest, latest=latest)
    write_report(
        briefing,
        output,
        page=map_page(found, briefing, output),
        template=template,
        on_news=lambda news: run.say(f"geomapper: {news}"),
    )
    run.say(f"{len(briefing.current)} events in {output}")
    run.finish()
