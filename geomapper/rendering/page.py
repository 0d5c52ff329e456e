"""The map as a page: Folium is the host, Leaflet alone is inlined, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geomapper.coding.codebook import Codebook
from geomapper.errors import OutputError
from geomapper.rendering.payload import PACKED_ABOVE, json_for_page, packed, page_data
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomapper.model import Event, Provenance

MOST_EVENTS = 200_000
_DATA_HERE = "<!--geomapper-data-->"
_POLICY_HERE = "<!--geomapper-policy-->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_ADDRESS = re.compile(r"""(?:src|href)=["'](https?://[^/"']+)""")


class _Verbatim(Element):
    """Text of ours that goes into the page as it stands, never through a template."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self._name = self._id = name
        self._text = text

    def render(self, **_: object) -> str:
        """Return the text."""
        return self._text


class _Start(MacroElement):
    """Starts the page's own script on the map. It holds no text from outside."""

    _template = Template(
        "{% macro script(this, kwargs) %}geomapper.start({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "GeomapperStart", "geomapper"


class _Page(Figure):
    """A figure whose page gets its data and its policy after everything is rendered."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()
        self._id = "geomapper"
        self._data = data
        self.title = "geomapper"

    def render(self, **kwargs: object) -> str:
        """Return the whole page, the same bytes every time."""
        text = super().render(**kwargs)
        text = text.replace(_DATA_HERE, _data_elements(self._data), 1)
        return text.replace(_POLICY_HERE, _policy(text), 1)


class EventMap(folium.Map):
    """A Folium map of events: other plug-ins can be added, it saves, it shows itself in a notebook.

    Parameters
    ----------
    data
        The columns of `geomapper.rendering.payload.page_data`.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium's own shape
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(
            location=(25, 30),
            zoom_start=3,
            tiles=None,
            min_zoom=2,
            max_zoom=15,
            zoom_control="topright",
            control_scale=True,
            prefer_canvas=True,
        )
        self._id = "geomapper"
        page = _Page(data)
        page.add_child(self)
        for element in (
            _Verbatim(
                f'{_POLICY_HERE}<meta name="viewport" content="width=device-width">', "policy"
            ),
            _Verbatim(
                f"<style>{_asset('vendor/leaflet.css')}{_asset('page.css')}</style>", "style"
            ),
            _Verbatim(f"<script>{_asset('vendor/leaflet.js')}</script>", "leaflet"),
            _Verbatim(f"<script>{_page_script()}</script>{_DATA_HERE}", "geomapper"),
        ):
            page.header.add_child(element, name=element.get_name())
        self.add_child(_Start(), name="geomapper_start")


def build_map(
    events: Iterable[Event],
    *,
    provenance: Provenance,
    title: str | None = None,
    codebook: Codebook | None = None,
) -> EventMap:
    """Return the map of events; no events give an empty map.

    Raises
    ------
    OutputError
        There are more events than one page can hold.
    """
    events = sorted(events, key=lambda event: event.id)
    if len(events) > MOST_EVENTS:
        raise OutputError(
            f"{len(events):,} events are too many for one map, which holds {MOST_EVENTS:,}: "
            "draw one a period with --from and --to"
        )
    data = page_data(
        events, title=title, provenance=provenance, codebook=codebook or Codebook.load()
    )
    return EventMap(data)


def render_html(event_map: EventMap) -> str:
    """Return the page of a map, with nothing to fetch."""
    return str(event_map.get_root().render())


def write_map(event_map: EventMap, path: Path) -> None:
    """Write the page of a map, whole or not at all.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    write_whole(path, render_html(event_map))


def _data_elements(data: dict[str, Any]) -> str:
    """Return the page's data as JSON elements: the events, packed where there are many, and the land."""
    is_packed = len(data["id"]) > PACKED_ABOVE
    body = packed(data) if is_packed else json_for_page(data)
    return (
        f'<script type="application/json" id="geomapper-data" data-packed="{str(is_packed).lower()}">'
        f"{body}</script>"
        f'<script type="application/json" id="geomapper-basemap">{_basemap()}</script>'
    )


def _policy(text: str) -> str:
    """Return the Content-Security-Policy of a page: its own scripts by hash, and no network.

    A plug-in that somebody added and that loads from an address opens the policy for that host
    alone.
    """
    scripts = [
        match["body"]
        for match in _SCRIPT.finditer(text)
        if "application/json" not in match["attributes"] and match["body"].strip()
    ]
    hashes = " ".join(dict.fromkeys(f"'sha256-{_digest(body)}'" for body in scripts))
    hosts = " ".join(sorted(set(_ADDRESS.findall(text)) - {"https://leafletjs.com"}))
    hosts = f" {hosts}" if hosts else ""
    return (
        '<meta http-equiv="Content-Security-Policy" content="'
        f"default-src 'none'; script-src {hashes}{hosts}; style-src 'unsafe-inline'{hosts}; "
        f"img-src data: blob:{hosts}; font-src data:{hosts}; base-uri 'none'; form-action 'none'"
        '">'
    )


def _digest(body: str) -> str:
    return base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    text = resources.files(__package__).joinpath("assets", *name.split("/")).read_text("utf-8")
    if name.endswith("leaflet.css"):
        text = re.sub(r"url\([^)]*\)", "none", text)
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def _page_script() -> str:
    folder = resources.files(__package__).joinpath("assets", "page")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".js"))
    parts = [folder.joinpath(name).read_text("utf-8") for name in names]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "})();"


@cache
def _basemap() -> str:
    text = resources.files(__package__).joinpath("assets", "basemap.json").read_text("utf-8")
    return text.strip().replace("<", "\\u003c").replace("&", "\\u0026")
