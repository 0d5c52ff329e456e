"""The page's modules as one script: no bundler, no network.

The modules in ``assets/page`` are ES modules that Node runs in the tests. Here each becomes a
function that returns what it exports, after those that it imports.
"""

from __future__ import annotations

import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_IMPORT = re.compile(
    r"""^import\s+\{(?P<names>[^}]*)\}\s+from\s+"\./(?P<module>[\w-]+)\.js";\n""", re.MULTILINE
)
_EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:function|class|const)\s+(?P<name>\w+))", re.MULTILINE
)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


@cache
def page_script() -> str:
    """Return the script of the page."""
    folder = resources.files(__package__).joinpath("assets", "page")
    modules = {
        each.name.removesuffix(".js"): each.read_text("utf-8")
        for each in folder.iterdir()
        if each.name.endswith(".js")
    }
    return bundled(modules)


def bundled(modules: Mapping[str, str]) -> str:
    r"""Return modules, by name, as one script that runs each once, imports first.

    Only ``import { a, b } from "./name.js";`` and ``export`` before a declaration are read.

    Raises
    ------
    OutputError
        A module imports what is missing or what imports it in turn, or is written otherwise.

    Examples
    --------
    >>> print(bundled({"b": 'import { x } from "./a.js";\nlet y = x;\n', "a": "export const x = 1;\n"}))
    (() => {
    "use strict";
    const $a = (() => {
    const x = 1;
    return { x };
    })();
    const $b = (() => {
    const { x } = $a;
    let y = x;
    return {  };
    })();
    })();
    """
    needs = {
        name: sorted({found["module"] for found in _IMPORT.finditer(text)})
        for name, text in sorted(modules.items())
    }
    missing = set().union(*needs.values()) - set(modules)
    if missing:
        raise OutputError(f"the page's script imports {min(missing)!r}, which is no module of it")
    try:
        order = tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise OutputError(f"the page's modules import each other in a circle: {circle}") from error
    parts = [_as_function(name, modules[name]) for name in order]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"


def _as_function(name: str, text: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(text))
    body = _IMPORT.sub(lambda found: f"const {{{found['names']}}} = ${found['module']};\n", text)
    body = _EXPORT.sub("", body)
    left = _LEFT_OVER.search(body)
    if left:
        raise OutputError(f"the page's module {name!r} has {left[0]!r}, which cannot be bundled")
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();"
