"""``geomapper report``: articles, or events of a file, to a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import options
from geomapper.cli.running import DEFAULT_MAX_CHARACTERS, Run

if TYPE_CHECKING:
    from geomapper.reporting import Briefing


def report(
    context: typer.Context,
    sources: options.Sources,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The report to write: .html, .md, .qmd, .docx, .pdf; .png or .svg is its map alone.",
        ),
    ] = Path("report.html"),
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The report's title.", show_default=False)
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own Jinja template for .html, .md or .qmd."),
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
    column: options.Columns = [],  # noqa: B006
    fetch: options.Fetch = False,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Write a briefing: key figures, a map, every event with its quote and its source.

    With --from (and --to) the figures stand beside those of the period of the same length before.
    """  # fmt: skip
    from geomapper.reporting import write_report
    from geomapper.reporting.making import asked_for, made_report, map_page

    asked_for(output, template)
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
        selection=options.selection(None, None, actor, type_, status, min_confidence),
    )
    options.selection(earliest, latest, (), (), (), 0.0)  # refuses a period that ends early
    briefing: Briefing = made_report(found, title=title, earliest=earliest, latest=latest)
    write_report(
        briefing,
        output,
        page=map_page(found, briefing, output),
        template=template,
        on_news=lambda news: run.say(f"geomapper: {news}"),
    )
    run.say(f"{len(briefing.current)} events in {output}")
    run.finish()
