"""geomapper turns news text into conflict events on a map, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Events", "Selection", "Settings", "__version__", "open_pipeline", "read"]

if TYPE_CHECKING:
    from geomapper.api import Events, read
    from geomapper.pipeline import Settings, open_pipeline
    from geomapper.selection import Selection

_HOMES = {
    "Events": "geomapper.api",
    "read": "geomapper.api",
    "Settings": "geomapper.pipeline",
    "open_pipeline": "geomapper.pipeline",
    "Selection": "geomapper.selection",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import what is asked for only then, so that ``geomapper --help`` starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomapper' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
