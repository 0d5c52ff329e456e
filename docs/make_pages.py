"""Make the pages of docs/ that come from the code: the reference and the gallery.

Usage: python docs/make_pages.py
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    "geomapper",
    "geomapper.model",
    "geomapper.documents",
    "geomapper.documents.fetching",
    "geomapper.gathering",
    "geomapper.exporting",
    "geomapper.exporting.loading",
    "geomapper.layers",
    "geomapper.rendering",
    "geomapper.reporting",
    "geomapper.reporting.embedding",
    "geomapper.reporting.pictures",
    "geomapper.selection",
    "geomapper.stages",
    "geomapper.testing",
    "geomapper.errors",
)
_HEADING = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)
_MADE = "<!-- made by docs/make_pages.py: change the code, not this page -->\n\n"


def pages() -> dict[str, str]:
    """Return the text of every page by its path below docs/."""
    return {
        "reference/commands.md": _MADE + commands(),
        "reference/columns.md": _MADE + columns(),
        "reference/python.md": _MADE + python(),
        "gallery.md": _MADE + gallery(),
    }


def python() -> str:
    """Return the reference of the public names, from their docstrings."""
    parts = ["# Python reference\n"]
    for name in MODULES:
        module = importlib.import_module(name)
        parts.append(f"## `{name}`\n\n{prose(module.__doc__)}")
        parts += [entry(each, getattr(module, each)) for each in public(module)]
    return "\n".join(parts)


def public(module: Any) -> list[str]:
    """Return the public names of a module: those it lists, else those that it defines."""
    listed = getattr(module, "__all__", None)
    if listed is None:
        listed = [
            name
            for name, value in vars(module).items()
            if not name.startswith("_")
            and (inspect.isclass(value) or inspect.isfunction(value))
            and value.__module__ == module.__name__
        ]
    return sorted(name for name in listed if not name.startswith("_"))


def entry(name: str, value: Any) -> str:
    """Return a name with its signature, its docstring and, of a class, its methods."""
    if not callable(value):
        return f"### `{name}`\n\n`{value!r}`\n" if isinstance(value, tuple) else ""
    text = f"### `{name}{signature(value)}`\n\n{prose(value.__doc__)}"
    if inspect.isclass(value):
        for key, member in vars(value).items():
            is_method = inspect.isfunction(member) or isinstance(member, classmethod)
            if is_method and not key.startswith("_") and member.__doc__:
                shown = signature(getattr(value, key))
                text += f"\n#### `{name}.{key}{shown}`\n\n{prose(member.__doc__)}"
    return text


def signature(value: Any) -> str:
    """Return a signature without what would change from run to run."""
    try:
        return re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(value)))
    except (ValueError, TypeError):
        return "()"


def prose(docstring: str | None) -> str:
    """Return a numpydoc docstring as Markdown: sections bold, examples as code."""
    text = inspect.cleandoc(docstring or "")
    text = _HEADING.sub(lambda found: f"**{found[1]}**\n", text).replace("``", "`")
    lines, inside = [], False
    for line in text.split("\n"):
        starts = line.startswith(">>>")
        if starts and not inside:
            lines.append("```pycon")
            inside = True
        if inside and not line.strip():
            lines.append("```")
            inside = False
        lines.append(line)
    return "\n".join([*lines, *(["```"] if inside else [])]) + "\n"


def commands() -> str:
    """Return the reference of the command line."""
    from typer.main import get_command

    from geomapper.cli.main import app

    parts = ["# Commands\n"]
    _describe(get_command(app), "geomapper", parts)
    return "\n".join(parts)


def _describe(command: Any, name: str, parts: list[str]) -> None:
    text = inspect.cleandoc(command.help or "")
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    shown = " ".join([name, *(p.metavar or p.name.upper() for p in arguments)])
    parts.append(f"## `{shown}`\n\n{text}\n")
    rows = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    if rows:
        parts.append("| option | what |\n|---|---|")
        parts[-1] += "".join(
            f"\n| `{'`, `'.join(p.opts)}` | {(p.help or '').replace('|', chr(92) + '|')} |"
            for p in rows
        )
        parts[-1] += "\n"
    for key, each in getattr(command, "commands", {}).items():
        _describe(each, f"{name} {key}", parts)


def columns() -> str:
    """Return the columns of the public schema with the kind of each."""
    from geomapper.columns import KINDS
    from geomapper.editing import EDITABLE

    rows = "\n".join(
        f"| `{name}` | {kind.value} | {'yes' if name in EDITABLE else ''} |"
        for name, kind in KINDS.items()
    )
    return (
        "# Columns of an event\n\nThe same in every format; what is unknown is empty. Days are ISO 8601,"
        " coordinates degrees. A correction by hand is told in the columns that say yes, and in the"
        f" geometry.\n\n| column | kind | corrected by hand |\n|---|---|---|\n{rows}\n"
    )


def gallery() -> str:
    """Return the page of the maps in maps/."""
    parts = [
        "# Gallery\n\nThe maps of our own articles, all but one invented. `make map` draws them.\n"
    ]
    for folder in sorted((ROOT / "maps").iterdir()):
        file = folder / "events.geojson"
        if file.exists():
            parts.append(_shown(folder, json.loads(file.read_text(encoding="utf-8"))["features"]))
    return "\n".join(parts)


def _shown(folder: Path, features: list[Any]) -> str:
    first = features[0]["properties"] if features else {}
    made = tomllib.loads((folder / "made-by.toml").read_text(encoding="utf-8"))
    commands = "\n".join(value for key, value in sorted(made.items()) if key.startswith("command"))
    placed = sum(each["geometry"] is not None for each in features)
    title = first.get("title") or folder.name
    return (
        f"## {title}\n\n![{title}](../maps/{folder.name}/preview.png)\n\n"
        f"{len(features)} events, {placed} with a place. [Article](../seeds/{folder.name}/article.md),"
        f" [events](../maps/{folder.name}/events.geojson).\n\n```text\n{commands}\n```\n"
    )


def main() -> None:
    """Write all pages."""
    for name, text in pages().items():
        path = ROOT / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
