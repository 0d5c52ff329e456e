"""``geomapper plugins``: what is installed."""

from __future__ import annotations

import typer


def list_plugins() -> None:
    """List the installed stages and formats."""
    from geomapper.plugins import installed

    for plugin in installed():
        typer.echo(f"{plugin.kind:11} {plugin.name:12} {plugin.origin} ({plugin.package})")
