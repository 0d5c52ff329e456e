"""Templates that a user may replace. Text from documents is data in them and never code.

The sandbox of Jinja keeps a template from reaching beyond the briefing; every value is escaped
for the format that it goes into unless the template is ours and says otherwise.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from geomapper.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.sandbox import SandboxedEnvironment

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$@^])")
_AT_START = re.compile(r"^([-+=:]|\d+(?=[.)]))")
_SPACES = re.compile(r"\s+")


def markdown_text(text: str) -> str:
    r"""Return a text as Markdown shows it to the letter, on one line, HTML and shortcodes too.

    Examples
    --------
    >>> print(markdown_text("*a* <b> {{< x >}}\n# c"))
    \*a\* &lt;b&gt; \{\{&lt; x &gt;\}\} \# c
    """
    line = _SPACES.sub(" ", text).strip()
    line = _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;"))
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    return _AT_START.sub(r"\\\1", line)


def markdown_link(address: str) -> str:
    """Return an address as the target of a Markdown link holds it.

    Examples
    --------
    >>> markdown_link("https://example.org/a b)")
    'https://example.org/a%20b%29'
    """
    kept = "!#$%&'*+,-./:;=?@_~"
    from urllib.parse import quote

    return quote(address, safe=kept)


def render(suffix: str, values: dict[str, Any], template: Path | None = None) -> str:
    """Return the report of a kind (``.md``, ``.qmd``, ``.html``) by our template or the user's.

    Raises
    ------
    OutputError
        The template cannot be read, has a mistake, or asks for what there is not.
    """
    from jinja2.exceptions import SecurityError, TemplateError

    name = str(template) if template else f"report{suffix}.jinja"
    text = _text(template, name)
    try:
        return _environment(suffix).from_string(text).render(values)
    except (TemplateError, SecurityError, TypeError, ValueError) as error:
        raise OutputError(f"the template {name} cannot be filled: {error}") from error


def _text(template: Path | None, name: str) -> str:
    try:
        if template is not None:
            return template.read_text(encoding="utf-8")
        return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"the template {name} cannot be read: {error}") from error


def _environment(suffix: str) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    is_html = suffix == ".html"
    environment = ImmutableSandboxedEnvironment(
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if is_html else _finalized,
    )
    environment.filters["address"] = _address if not is_html else str
    return environment


def _address(value: str) -> Any:  # noqa: ANN401 - markupsafe's own type
    from markupsafe import Markup

    return Markup(markdown_link(value))  # noqa: S704 - quoted above


def _finalized(value: Any) -> Any:  # noqa: ANN401 - whatever a template puts out
    from markupsafe import Markup

    return (
        markdown_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
    )
