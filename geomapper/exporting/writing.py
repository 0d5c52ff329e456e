"""Which exporter writes a format, and how its bytes reach a file or stdout."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geomapper import plugins
from geomapper.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomapper.model import Event, Provenance
    from geomapper.stages import Exporter

_DEFAULT = "geojson"


def exporter_for(format_: str | None, path: Path | None, *, points: bool = False) -> Exporter:
    """Return the exporter of a format, named or told by the ending of `path`; else GeoJSON.

    Raises
    ------
    OptionError
        No such format, or the ending of `path` names none.
    """
    known = {plugin.name: plugin for plugin in plugins.installed("exporter")}
    if format_ is None and path is not None and path.suffix:
        format_ = _by_suffix(path.suffix.lower(), known, points=points)
    format_ = format_ or _DEFAULT
    if format_ not in known:
        raise OptionError(f"no format {format_!r}; formats: {', '.join(known)}")
    exporter: Exporter = plugins.create("exporter", format_, points=points)
    return exporter


def _by_suffix(suffix: str, known: Iterable[str], *, points: bool) -> str:
    for name in known:
        if plugins.create("exporter", name, points=points).suffix == suffix:
            return name
    if suffix == ".json":
        return _DEFAULT
    raise OptionError(f"no format ends in {suffix!r}; formats: {', '.join(known)}")


def write_events(
    events: Iterable[Event], exporter: Exporter, path: Path | None, *, provenance: Provenance
) -> int:
    """Write `events` to `path`, or to stdout where it is None; return how many they were."""
    kept = tuple(events)
    if path is not None:
        exporter.export(kept, path, provenance=provenance)
        return len(kept)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"events{exporter.suffix}"
        exporter.export(kept, file, provenance=provenance)
        sys.stdout.buffer.write(file.read_bytes())
        sys.stdout.flush()
    return len(kept)
