"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from geomapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
    >>> import tempfile
    >>> from pathlib import Path
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
    Missing folders are made, and go again where nothing was written.

    Raises
    ------
    OutputError
        The folder or the file cannot be written, or the disk is full.
    """
    name = f".{path.stem[:40]}-{secrets.token_hex(8)}{path.suffix}"
    temporary = path.with_name(name)
    missing = [folder for folder in path.parents if not folder.exists()]
    try:  # entered before the file is there, so that an interrupt leaves nothing behind
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            yield temporary
            _flush(temporary)
            temporary.chmod(_usual_mode())
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # one that holds a file stays
            for folder in missing:
                folder.rmdir()


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
