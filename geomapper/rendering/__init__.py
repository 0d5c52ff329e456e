"""Layers become one HTML file: a Folium map with our event layer, which opens with no network."""

from geomapper.rendering.page import EventMap, build_map, render_html, write_map

__all__ = ["EventMap", "build_map", "render_html", "write_map"]
