"""Plug-ins by name, through entry points; ours enter by the same door.

A package offers one under ``geomapper.recognizers``, ``geomapper.resolvers``,
``geomapper.coders`` or ``geomapper.exporters``::

    [project.entry-points."geomapper.resolvers"]
    magic = "my_package:MagicResolver"
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from inspect import Parameter, signature
from typing import Any

from geomapper.errors import PluginError

KINDS = ("recognizer", "resolver", "coder", "exporter")


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in as it is installed: `kind` is one of `KINDS`, `origin` the object behind it."""

    kind: str
    name: str
    origin: str
    package: str


def installed(kind: str | None = None) -> tuple[Plugin, ...]:
    """Return what is installed, of one kind or of all, by kind and name.

    Examples
    --------
    >>> [plugin.name for plugin in installed("resolver")][:1]
    ['ranking']
    """
    kinds = KINDS if kind is None else (kind,)
    return tuple(
        Plugin(each, entry.name, entry.value, entry.dist.name if entry.dist else "")
        for each in kinds
        for entry in _entries(each)
    )


def load(kind: str, name: str) -> Any:  # noqa: ANN401 - whatever the package offers
    """Return the object that the plug-in `name` of a kind offers, most often a class.

    Raises
    ------
    PluginError
        There is none of that name, or it cannot be imported.

    Examples
    --------
    >>> load("resolver", "magic")
    Traceback (most recent call last):
    geomapper.errors.PluginError: no resolver named 'magic'; installed: ranking
    """
    entries = {entry.name: entry for entry in _entries(kind)}
    if name not in entries:
        known = ", ".join(entries) or "none"
        raise PluginError(f"no {kind} named {name!r}; installed: {known}")
    try:
        return entries[name].load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"the {kind} {name!r} cannot be imported: {error}") from error


def create(kind: str, name: str, **offered: object) -> Any:  # noqa: ANN401 - what it makes
    """Return the stage that the plug-in `name` makes of those of `offered` that it asks for.

    A plug-in is called with the keyword arguments that its signature names, out of
    ``gazetteer``, ``codebook``, ``actors`` and ``language_model``.

    Raises
    ------
    PluginError
        There is none of that name, it cannot be imported, or it asks for something else.
    """
    make = load(kind, name)
    wanted = signature(make).parameters.values()
    needed = [
        parameter.name
        for parameter in wanted
        if parameter.default is Parameter.empty
        and parameter.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
    ]
    missing = [each for each in needed if each not in offered]
    if missing:
        raise PluginError(
            f"the {kind} {name!r} asks for {', '.join(missing)}; offered: {', '.join(offered)}"
        )
    names = {parameter.name for parameter in wanted}
    return make(**{key: value for key, value in offered.items() if key in names})


def _entries(kind: str) -> list[EntryPoint]:
    if kind not in KINDS:
        raise PluginError(f"no kind of plug-in {kind!r}; kinds: {', '.join(KINDS)}")
    return sorted(entry_points(group=f"geomapper.{kind}s"), key=lambda entry: entry.name)
