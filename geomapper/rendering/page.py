"""The map as a page: Folium is the host, Leaflet alone is inlined, nothing is fetched."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geomapper.coding.codebook import Codebook
from geomapper.errors import OutputError
from geomapper.rendering.inlining import inlined
from geomapper.rendering.packing import packed
from geomapper.rendering.payload import PACKED_ABOVE, json_for_page, page_data
from geomapper.rendering.policy import hosts_of, policy_of
from geomapper.rendering.script import page_script
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geomapper.model import Event, Provenance
    from geomapper.rendering.extras import Extra
    from geomapper.rendering.texts import Texts

MOST_EVENTS = 200_000
_DATA_HERE = "<!--geomapper-data-->"
_POLICY_HERE = "<!--geomapper-policy-->"
_END = "</html>"
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
# Folium's own forbids zooming in with two fingers, which people with weak sight need
_FOLIUM_VIEWPORT = re.compile(r"<meta name=\"viewport\"[^>]*user-scalable=no[^>]*>")
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_OURS = frozenset({"geomapper_start"})


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

    def template(self, **kwargs: object) -> str:
        """Return the page without its data and its policy: no text from outside is in it."""
        text = inlined(_FOLIUM_VIEWPORT.sub("", super().render(**kwargs)))
        return text.replace("<html>", f'<html lang="{_language(self._data)}">', 1)

    def render(self, **kwargs: object) -> str:
        """Return the whole page, the same bytes every time."""
        text = self.template(**kwargs)
        policy = policy_of(text, pictures_from=self.tile_hosts(), is_ours=self._is_ours())
        before, after = text.split(_DATA_HERE, 1)
        # the basemap comes last: events and controls do not wait for it
        after, end = after[: after.rindex(_END)], after[after.rindex(_END) :]
        before = before.replace(_POLICY_HERE, policy, 1)
        return before + _events_element(self._data) + after + _basemap_element() + end

    def tile_hosts(self) -> tuple[str, ...]:
        """Return the hosts of tiles: ours, and those of Folium's layers that were added."""
        ours = self._data.get("tiles")
        return (*([ours["host"]] if ours else ()), *sorted(set(_tile_hosts(self))))

    def _is_ours(self) -> bool:
        """Whether nobody added anything to the map."""
        maps = [child for child in self._children.values() if isinstance(child, EventMap)]
        return all(set(each._children) <= _OURS for each in maps)  # noqa: SLF001 - Folium's tree


class EventMap(folium.Map):
    """A Folium map of events: other plug-ins can be added to it, it saves, it shows itself in a notebook.

    Parameters
    ----------
    data
        The columns of `geomapper.rendering.payload.page_data`.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(
            location=(25, 30),
            zoom_start=3,
            tiles=None,
            zoom_control="topright",
            control_scale=True,
            prefer_canvas=True,
        )
        self._id = "geomapper"
        # of its own: Folium adds a link to the list that all maps share
        self.default_js, self.default_css = [], []
        page = _Page(data)
        page.add_child(self)
        for element in (
            _Verbatim(_POLICY_HERE + _VIEWPORT, "policy"),
            _Verbatim(
                f"<style>{_asset('vendor/leaflet.css')}</style><style>{_asset('page.css')}</style>",
                "style",
            ),
            _Verbatim(f"<script>{_asset('vendor/leaflet.js')}</script>", "leaflet"),
            _Verbatim(f"<script>{_safe(page_script())}</script>{_DATA_HERE}", "geomapper"),
        ):
            page.header.add_child(element, name=element.get_name())
        self.add_child(_Start(), name="geomapper_start")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the page may load from: none, unless a plug-in or tiles were added.

        Examples
        --------
        >>> from geomapper.model import Provenance
        >>> build_map([], provenance=Provenance("geomapper", "", "", "")).hosts
        ()
        """
        page = cast("_Page", self.get_root())
        return (*hosts_of(page.template()), *page.tile_hosts())


def build_map(
    events: Iterable[Event],
    *,
    provenance: Provenance,
    title: str | None = None,
    codebook: Codebook | None = None,
    texts: Texts | None = None,
    extras: Iterable[Extra] = (),
) -> EventMap:
    """Return the map of events; no events give an empty map.

    `texts` translate the page. `extras` add to it: a tour, an overlay, a comparison, tiles.

    Raises
    ------
    OutputError
        There are more events than one page can hold, or an extra does not fit them.
    """
    events = sorted(events, key=lambda event: event.id)
    if len(events) > MOST_EVENTS:
        raise OutputError(
            f"{len(events):,} events are too many for one map, which holds {MOST_EVENTS:,}: "
            "draw one a period with --from and --to, or fewer with --type and --min-confidence; "
            "a map that is only too big a file gets smaller with --no-quotes"
        )
    data = page_data(
        events,
        title=title,
        provenance=provenance,
        codebook=codebook or Codebook.load(),
        texts=texts,
    )
    for extra in extras:
        extra.add_to(data, events)
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


def _tile_hosts(element: Element) -> Iterator[str]:
    """Yield the hosts that Folium's layers of tiles on an element load from, a star for subdomains."""
    for child in element._children.values():  # noqa: SLF001 - Folium's tree
        address = getattr(child, "tiles", None) or getattr(child, "url", None)
        if isinstance(child, folium.TileLayer | folium.WmsTileLayer) and address:
            parts = urlsplit(address.replace("{s}", "*"))
            yield f"{parts.scheme}://{parts.netloc}"
        yield from _tile_hosts(child)


def _events_element(data: dict[str, Any]) -> str:
    """Return the events as a JSON element, packed where there are many."""
    is_packed = len(data["id"]) > PACKED_ABOVE
    body = packed(data) if is_packed else json_for_page(data)
    return _json_element("geomapper-data", body, is_packed=is_packed)


@cache
def _basemap_element() -> str:
    text = resources.files(__package__).joinpath("assets", "basemap.json").read_text("utf-8")
    return _json_element("geomapper-basemap", packed(json.loads(text)), is_packed=True)


def _json_element(name: str, body: str, *, is_packed: bool) -> str:
    return (
        f'<script type="application/json" id="{name}" data-packed="{str(is_packed).lower()}">'
        f"{body}</script>"
    )


def _language(data: dict[str, Any]) -> str:
    language = data["texts"]["language"]
    return language if _LANGUAGE.fullmatch(language) else "en"


@cache
def _asset(name: str) -> str:
    text = resources.files(__package__).joinpath("assets", *name.split("/")).read_text("utf-8")
    if name.endswith("leaflet.css"):
        text = re.sub(r"url\([^)]*\)", "none", text)
    return _safe(text)


def _safe(text: str) -> str:
    """Return a script or style of ours that does not end its own element."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
