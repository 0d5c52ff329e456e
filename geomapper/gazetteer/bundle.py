"""The bundle that ships: built with the package from the tables in ``gazetteer/``."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from geomapper.errors import GazetteerError
from geomapper.gazetteer.building import build_index
from geomapper.gazetteer.sources import default_entries
from geomapper.gazetteer.tables import TABLES

_MAKERS = ("building", "entries", "folding", "index", "sources")
BUNDLE = Path(__file__).parent / "bundle"


def default_bundle() -> Path:
    """Return the folder of the bundle that ships with the package.

    Raises
    ------
    GazetteerError
        The package was not installed, only copied: the bundle is not there.
    """
    if not (BUNDLE / "manifest.json").exists():
        raise GazetteerError(
            "the default gazetteer is not built: install the package (`pip install .`), or run "
            "`python -m geomapper.gazetteer.bundle` in a checkout"
        )
    return BUNDLE


def build_default(tables: Path, bundle: Path = BUNDLE) -> Path:
    """Build the default bundle from the tables in a folder, unless it is up to date.

    The bundle is made beside its place and moved there whole.
    """
    version = hashlib.sha256(b"".join(_stamp(path) for path in _inputs(tables))).hexdigest()[:12]
    manifest = bundle / "manifest.json"
    if manifest.exists() and f'"version": "{version}"' in manifest.read_text(encoding="utf-8"):
        return bundle
    fresh = bundle.with_name(f".{bundle.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    index = build_index(default_entries(tables), name="default", version=version)
    index.save(fresh)
    for table in TABLES:
        shutil.copyfile(tables / table, fresh / table)
    shutil.rmtree(bundle, ignore_errors=True)
    fresh.rename(bundle)
    return bundle


def _inputs(tables: Path) -> list[Path]:
    """Return what decides on the contents: tables, and the code that makes an index of them."""
    code = [Path(__file__).with_name(f"{name}.py") for name in _MAKERS]
    return [
        *sorted(tables.glob("*.csv")),
        *sorted(tables.glob("overlay/*.csv")),
        *sorted(tables.glob("boundaries/*.gz")),
        *code,
    ]


def _stamp(path: Path) -> bytes:
    return path.name.encode() + hashlib.sha256(path.read_bytes()).digest()


if __name__ == "__main__":
    build_default(Path(__file__).parents[2] / "gazetteer")
