"""Which kind of report a file name asks for, and how it is written."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

from geomapper.errors import OptionError, OutputError
from geomapper.reporting.docx import docx_bytes
from geomapper.reporting.embedding import iframe
from geomapper.reporting.pdf import pdf_bytes
from geomapper.reporting.pictures import PICTURE_FORMATS, actor_chart, day_chart, map_picture
from geomapper.reporting.templating import render
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geomapper.reporting.briefing import Briefing

_TEXTUAL = (".html", ".md", ".qmd")
REPORT_SUFFIXES = (*_TEXTUAL, ".docx", ".pdf", ".png", ".svg")
_MEDIA = {"png": "image/png", "svg": "image/svg+xml"}
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_STYLES = re.compile(r"style-src [^;\"]*")


def write_report(
    briefing: Briefing,
    path: Path,
    *,
    page: str | None = None,
    template: Path | None = None,
    on_news: Callable[[str], None] = lambda _news: None,
) -> None:
    """Write a briefing in the kind that the ending of `path` names, whole or not at all.

    ``.html`` holds everything in itself, `page` (an interactive map) too. ``.md`` and ``.qmd``
    keep their pictures beside them in ``<name>-pictures/``. ``.docx`` and ``.pdf`` need the extra
    ``report``; so do pictures, without which the others are written too, as `on_news` is told.
    ``.png`` and ``.svg`` are the static map alone.

    Raises
    ------
    OptionError
        No kind of report ends so, or a template is given for a kind that has none.
    OutputError
        The file cannot be written, or what it needs is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in REPORT_SUFFIXES:
        raise OptionError(f"no report ends in {suffix!r}; expected {', '.join(REPORT_SUFFIXES)}")
    if template is not None and suffix not in _TEXTUAL:
        raise OptionError(f"a report in {suffix} takes no template; {', '.join(_TEXTUAL)} do")
    if suffix[1:] in PICTURE_FORMATS and suffix != ".pdf":
        write_whole(path, map_picture(briefing.current, suffix[1:]))
    elif suffix in _TEXTUAL:
        write_whole(path, _textual(briefing, path, page, template, on_news))
    else:
        write_whole(path, {".docx": docx_bytes, ".pdf": pdf_bytes}[suffix](briefing))


def _textual(
    briefing: Briefing,
    path: Path,
    page: str | None,
    template: Path | None,
    on_news: Callable[[str], None],
) -> str:
    from markupsafe import Markup

    suffix = path.suffix.lower()
    pictures = _pictures(briefing, "png" if suffix == ".md" else "svg", on_news)
    is_html = suffix == ".html"
    named = _inlined(pictures) if is_html else _beside(pictures, path)
    frame = page and suffix != ".md" and Markup(iframe(page, title=briefing.title))  # noqa: S704
    values: dict[str, Any] = {
        "briefing": briefing,
        "texts": dict(briefing.texts),
        "compared": any(figure.before is not None for figure in briefing.figures),
        "pictures": {name: named.get(name) for name in ("map", "days", "actors")},
        "frame": frame or None,
        "is_quarto": suffix == ".qmd",
        "yaml_title": Markup(json.dumps(briefing.title)),  # noqa: S704 - JSON is YAML
        "policy": Markup(_policy(page)),  # noqa: S704 - ours
    }
    return render(".md" if suffix == ".qmd" else suffix, values, template).lstrip()


def _pictures(
    briefing: Briefing, format_: str, on_news: Callable[[str], None]
) -> dict[str, tuple[str, bytes]]:
    try:
        drawn = {
            "map": map_picture(briefing.current, format_),
            "days": day_chart(briefing.current, format_),
            "actors": actor_chart(briefing.current, format_),
        }
    except OutputError as error:
        on_news(f"no pictures: {error}")
        return {}
    return {name: (format_, data) for name, data in drawn.items() if data is not None}


def _inlined(pictures: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    return {
        name: f"data:{_MEDIA[format_]};base64,{base64.b64encode(data).decode('ascii')}"
        for name, (format_, data) in pictures.items()
    }


def _beside(pictures: Mapping[str, tuple[str, bytes]], path: Path) -> dict[str, str]:
    folder = path.with_name(f"{path.stem}-pictures")
    for name, (format_, data) in pictures.items():
        write_whole(folder / f"{name}.{format_}", data)
    return {name: f"{folder.name}/{name}.{format_}" for name, (format_, _) in pictures.items()}


def _policy(page: str | None) -> str:
    """Return the report's Content-Security-Policy: the map's own, since what it frames inherits it."""
    found = _POLICY.search(page or "")
    if found:
        return _STYLES.sub("style-src 'unsafe-inline'", found[0])
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">"
    )
