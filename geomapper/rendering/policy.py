"""The Content-Security-Policy of a page: its own scripts and styles by hash, and no network."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(?P<body>.*?)</style>", re.DOTALL)
_LOADED = re.compile(r"""<(?:script|link)\b[^>]*?\b(?:src|href)\s*=\s*["'](?P<address>[^"']+)""")


def hosts_of(page: str) -> tuple[str, ...]:
    """Return the hosts that a page's script and link elements load from, with their scheme.

    Only a plug-in that somebody added to the map brings any.

    Examples
    --------
    >>> hosts_of('<script src="https://example.org/heat.js"></script>')
    ('https://example.org',)
    """
    addresses = (urlsplit(found["address"]) for found in _LOADED.finditer(page))
    return tuple(
        sorted(
            {
                f"{address.scheme or 'https'}://{address.netloc}"
                for address in addresses
                if address.netloc
            }
        )
    )


def policy_of(page: str, *, pictures_from: Iterable[str] = (), is_ours: bool = True) -> str:
    """Return the policy's element for a page that does not hold any data yet.

    `pictures_from` are hosts of tiles. A page that is not ours alone, because a plug-in was
    added, may style its elements inline, and loads from the plug-in's hosts and no other.
    """
    bodies = [
        found["body"]
        for found in _SCRIPT.finditer(page)
        if "application/json" not in found["attributes"] and found["body"].strip()
    ]
    styles = [found["body"] for found in _STYLE.finditer(page)]
    hosts = list(hosts_of(page))
    rules = {
        "default-src": ["'none'"],
        "script-src": [*_hashes(bodies), *hosts],
        "style-src": [*(_hashes(styles) if is_ours else ["'unsafe-inline'"]), *hosts],
        "img-src": ["data:", "blob:", *hosts, *pictures_from],
        "font-src": ["data:", *hosts],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    content = "; ".join(" ".join((name, *values)) for name, values in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def _hashes(bodies: Iterable[str]) -> list[str]:
    return [f"'sha256-{_digest(body)}'" for body in dict.fromkeys(bodies)]


def _digest(body: str) -> str:
    return base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
