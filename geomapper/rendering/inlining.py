"""Scripts and styles that plug-ins of Folium load from the network go into the page where we have them.

We have what ``assets/vendor/plugins.toml`` lists, and what lies in the installed Folium itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_SCRIPT = re.compile(
    r"""<script\s+src\s*=\s*["'](?P<address>https?://[^"']+)["']\s*>\s*</script>"""
)
_STYLE = re.compile(
    r"""<link\s+(?=[^>]*rel=["']stylesheet["'])[^>]*href=["'](?P<address>https?://[^"']+)["'][^>]*/?>"""
)
_FOLIUM = "/folium/templates/"


def inlined(page: str) -> str:
    """Return a page with those of its scripts and styles inline that we have; others stay.

    Examples
    --------
    >>> inlined('<script src="https://example.org/x.js"></script>')
    '<script src="https://example.org/x.js"></script>'
    """
    page = _SCRIPT.sub(lambda found: _element("script", found), page)
    return _STYLE.sub(lambda found: _element("style", found), page)


def _element(tag: str, found: re.Match[str]) -> str:
    text = _text_of(found["address"])
    return found[0] if text is None else f"<{tag}>{text}</{tag}>"


@cache
def _text_of(address: str) -> str | None:
    """Return the text that an address stands for, None where we do not have it."""
    path = urlsplit(address).path
    name = PurePosixPath(path).name
    folder = resources.files(__package__).joinpath("assets", "vendor")
    if _FOLIUM in path:
        folder = resources.files("folium").joinpath("templates")
    elif not any(path.endswith(known) for known in _known()):
        return None
    file = folder.joinpath(name)
    if not file.is_file():
        return None
    return file.read_text("utf-8").replace("</", "<\\/")


@cache
def _known() -> tuple[str, ...]:
    """Return the ends of the addresses that we have."""
    table = resources.files(__package__).joinpath("assets", "vendor", "plugins.toml")
    return tuple(each["address"] for each in tomllib.loads(table.read_text("utf-8"))["plugin"])
