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

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Event, Provenance
    from geomapper.stages import Exporter

_DEFAULT = "geojson"
_SHAPEFILE = ".shp"


def exporter_for(
    format_: str | None,
    path: Path | None,
    *,
    points: bool = False,
    codebook: Codebook | None = None,
) -> Exporter:
    """Return the exporter of a format, named or told by the ending of `path`; else GeoJSON.

    Raises
    ------
    OptionError
        No such format, or the ending of `path` names none.
    """
    known = [plugin.name for plugin in plugins.installed("exporter")]
    if format_ is not None and format_ not in known:
        raise OptionError(f"no format {format_!r}; formats: {', '.join(known)}")
    if path is not None and path.suffix.lower() == _SHAPEFILE:
        raise OptionError(f"{path}: a Shapefile is several files: name it {path.name}.zip")
    if format_ is None and path is not None and path.suffix:
        return _by_suffix(path.name.lower(), known, points=points, codebook=codebook)
    return _make(format_ or _DEFAULT, points=points, codebook=codebook)


def _by_suffix(
    name: str, known: Iterable[str], *, points: bool, codebook: Codebook | None
) -> Exporter:
    for format_ in known:
        exporter = _make(format_, points=points, codebook=codebook)
        if name.endswith(exporter.suffix):
            return exporter
    if name.endswith(".json"):
        return _make(_DEFAULT, points=points, codebook=codebook)
    raise OptionError(f"no format ends as {name!r} does; formats: {', '.join(known)}")


def _make(format_: str, *, points: bool, codebook: Codebook | None) -> Exporter:
    exporter: Exporter = plugins.create("exporter", format_, points=points, codebook=codebook)
    return exporter


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
