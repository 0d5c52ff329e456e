"""A map inside another page: an iframe that holds everything, on one line, for reports and Markdown."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from geomapper.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def iframe(page: str, *, title: str, height: int = 600) -> str:
    r"""Return a page as an iframe whose ``srcdoc`` is the page; `height` is in pixels.

    It may run its own scripts and open links, and reaches neither the page around it nor any
    storage. It has no line end, so that Markdown takes it as one block of HTML.

    Examples
    --------
    >>> iframe("<p>\n</p>", title='a "map"', height=100)[:48]
    '<iframe title="a &quot;map&quot;" sandbox="allow'
    """
    source = html.escape(page, quote=True).replace("\r", "").replace("\n", "&#10;")
    named = html.escape(" ".join(title.split()), quote=True)
    return (
        f'<iframe title="{named}" sandbox="allow-scripts allow-popups allow-downloads"'
        f' style="width:100%;height:{height}px;border:0" loading="lazy" srcdoc="{source}"></iframe>'
    )


def quarto(fragment: str) -> str:
    """Return a fragment as a raw block that Quarto and Pandoc put into HTML as it stands."""
    return f"```{{=html}}\n{fragment}\n```\n"


def write_fragment(page: str, path: Path, *, title: str) -> None:
    """Write a page as a fragment: an iframe, in a raw block where `path` ends in ``.qmd``.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    frame = iframe(page, title=title)
    write_whole(path, quarto(frame) if path.suffix.lower() == ".qmd" else f"{frame}\n")
