"""The ``geomapper`` command: its options, its commands, and what becomes of errors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from geomapper import __version__
from geomapper.cli.codebook import app as codebook_app
from geomapper.cli.evaluate import evaluate
from geomapper.cli.events import events
from geomapper.cli.explain import explain
from geomapper.cli.gazetteer import app as gazetteer_app
from geomapper.cli.map import draw_map
from geomapper.cli.options import Common
from geomapper.cli.places import places
from geomapper.cli.plugins import list_plugins
from geomapper.cli.report import report
from geomapper.errors import GeomapperError

_HELP = "News text in, conflict events on an offline map out."

app = typer.Typer(
    name="geomapper",
    help=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("map")(draw_map)
app.command("events")(events)
app.command("report")(report)
app.command("places")(places)
app.command("explain")(explain)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(codebook_app, name="codebook")
app.command("evaluate")(evaluate)
app.command("plugins")(list_plugins)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"geomapper {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[  # noqa: ARG001 - eager, handled by its callback
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """News text in, conflict events on an offline map out."""
    context.obj = Common(verbosity=int(verbose) - int(quiet), debug=debug)


def main() -> None:
    """Run the command line; an explained failure ends with status 1, wrong usage with 2."""
    try:
        app()
    except GeomapperError as error:
        if "--debug" in sys.argv:
            raise
        typer.echo(f"geomapper: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("geomapper: stopped; nothing was left half-written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
