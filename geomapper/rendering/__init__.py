"""Layers become one HTML file: a Folium map with our event layer, which opens with no network."""

from geomapper.rendering.extras import BlurNote, Compared, Extra, NoQuotes, PointsForAreas, Tiles
from geomapper.rendering.overlay import Overlay
from geomapper.rendering.page import EventMap, build_map, render_html, write_map
from geomapper.rendering.texts import Texts
from geomapper.rendering.tour import Step, Tour

__all__ = [
    "BlurNote",
    "Compared",
    "EventMap",
    "Extra",
    "NoQuotes",
    "Overlay",
    "PointsForAreas",
    "Step",
    "Texts",
    "Tiles",
    "Tour",
    "build_map",
    "render_html",
    "write_map",
]
