"""Areas by another source, under the events: who claims control, say. Their source is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomapper.errors import OptionError
from geomapper.rendering.areas import area_rings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geomapper.model import Event

_PARTS = 1_000
_MOST_BYTES = 50_000_000
_NAMES = ("name", "label", "title", "status", "control", "description")
# Tol's light scheme: none of the colours that actors have
_COLOURS = ("#ee8866", "#77aadd", "#aaaa00", "#ffaabb", "#44bb99", "#bbcc33", "#99ddff", "#eedd88")
_REST = "#b0b0b0"
_UNNAMED = "area"


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its name and colour; rings of differences in thousandths of a degree."""

    name: str
    color: str
    rings: list[list[int]]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Areas, and who says so."""

    areas: tuple[Area, ...]
    source: str

    @classmethod
    def load(cls, path: Path, source: str) -> Overlay:
        """Return the polygons of a GeoJSON file in EPSG:4326; areas of one name share a colour.

        Raises
        ------
        OptionError
            No source is named, or the file cannot be read, is no GeoJSON or holds no polygon.
        """
        if not source.strip():
            raise OptionError(
                f"the overlay {path} needs its source: say who drew it and when, "
                "with --overlay-source"
            )
        found = [_named(feature, path) for feature in _features(path)]
        found = [(name, rings) for name, rings in found if rings]
        if not found:
            raise OptionError(f"{path} holds no polygon: an overlay needs areas")
        names = list(dict.fromkeys(name for name, _ in found))
        colours = {
            name: _COLOURS[n] if n < len(_COLOURS) else _REST for n, name in enumerate(names)
        }
        return cls(tuple(Area(name, colours[name], rings) for name, rings in found), source)

    def add_to(self, data: dict[str, Any], events: Sequence[Event]) -> None:  # noqa: ARG002
        """Add the areas and their source."""
        areas = [
            {"name": area.name, "color": area.color, "rings": area.rings} for area in self.areas
        ]
        data["overlay"] = {"source": self.source, "parts": _PARTS, "areas": areas}


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise OptionError(f"{path} is larger than 50 MB: simplify its areas first")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise OptionError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise OptionError(f"{path} is no GeoJSON: {error}") from error
    if not isinstance(content, dict) or "type" not in content:
        raise OptionError(f"{path} is no GeoJSON: it has no type")
    if content["type"] == "FeatureCollection":
        return [each for each in content.get("features") or [] if isinstance(each, dict)]
    return [content if content["type"] == "Feature" else {"geometry": content}]


def _named(feature: Mapping[str, Any], path: Path) -> tuple[str, list[list[int]]]:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    properties = feature.get("properties") or {}
    name = next((str(properties[key]) for key in _NAMES if properties.get(key)), _UNNAMED)
    if not feature.get("geometry"):
        return name, []
    try:
        geometry = shape(feature["geometry"])
        west, south, east, north = geometry.bounds if not geometry.is_empty else (0, 0, 0, 0)
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise OptionError(f"{path} has an area {name!r} that cannot be read: {error}") from error
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):  # noqa: PLR2004
        raise OptionError(
            f"{path} has an area {name!r} outside the world: its coordinates must be degrees, "
            "longitude first"
        )
    return name, area_rings(geometry, parts=_PARTS, holes=True)
