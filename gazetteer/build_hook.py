"""Builds the gazetteer's bundle when the package is built, so that the wheel carries it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):
    """Makes ``geomapper/gazetteer/bundle`` from the tables beside this file."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle unless it is up to date."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from geomapper.gazetteer.bundle import build_default
        finally:
            sys.path.pop(0)
        build_default(root / "gazetteer", root / "geomapper" / "gazetteer" / "bundle")
        build_data["artifacts"].append("geomapper/gazetteer/bundle")
