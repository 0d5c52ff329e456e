"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geomapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` to `path`; where that fails the old file stays as it was.

    The bytes go to a temporary file beside `path`, reach the disk, and take its place in one
    step. Missing folders are made. Text is written as UTF-8.

    Raises
    ------
    OutputError
        The folder or the file cannot be written, or the disk is full.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "maps" / "a.txt", "Нікополь")
    ...     (Path(folder) / "maps" / "a.txt").read_text(encoding="utf-8")
    'Нікополь'
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a temporary file that takes the place of `path` when all went well.

    For writers that need a path of their own. The temporary file keeps the suffix of `path`.

    Raises
    ------
    OutputError
        The folder or the file cannot be written, or the disk is full.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=path.suffix
        )
        os.close(handle)
    temporary = Path(name)
    try:
        with _explained(path):
            yield temporary
            _flush(temporary)
            temporary.chmod(_usual_mode())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}; the old file, if any, is whole"
        ) from error


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
