"""One way in for every source: a file, a folder, or ``-`` for standard input."""

from __future__ import annotations

import dataclasses
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geomapper.documents.decoding import decode
from geomapper.documents.html import read_html
from geomapper.documents.plain import read_markdown, read_text
from geomapper.documents.tables import read_csv, read_json, read_json_lines
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from geomapper.model import Document

    OnProblem = Callable[[DocumentError], None]
    Format = Callable[[str, str, OnProblem], Iterator[Document]]

DEFAULT_MAX_CHARACTERS = 5_000_000
_MAX_FILE_BYTES = 2_000_000_000
_STDIN = "-"


def _one_article(read: Callable[[str, str], Iterator[Document]]) -> Format:
    return lambda text, name, _on_problem: read(text, name)


_FORMATS: dict[str, Format] = {
    ".txt": _one_article(read_text),
    ".md": _one_article(read_markdown),
    ".markdown": _one_article(read_markdown),
    ".html": _one_article(read_html),
    ".htm": _one_article(read_html),
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
}
READABLE_SUFFIXES = tuple(_FORMATS)


def _raise(error: DocumentError) -> None:
    raise error


class SourceReader:
    """Reads articles from files, folders and standard input, lazily.

    Parameters
    ----------
    published
        The publication date of articles that carry none; None leaves theirs open.
    max_characters
        A longer article is refused.
    on_problem
        Called with each article that cannot be read, and reading goes on; by default the
        first one is raised.
    """

    def __init__(
        self,
        *,
        published: dt.date | None = None,
        max_characters: int = DEFAULT_MAX_CHARACTERS,
        on_problem: OnProblem = _raise,
    ) -> None:
        self._published = published
        self._max_characters = max_characters
        self._on_problem = on_problem

    def read(self, source: str) -> Iterator[Document]:
        """Yield the articles of `source`: a file, a folder (searched to the bottom), or ``-``.

        Raises
        ------
        DocumentError
            A source cannot be read, and no `on_problem` was given.
        """
        for path in self._files(source):
            try:
                yield from self._accepted(path)
            except DocumentError as error:
                self._on_problem(error)

    def _files(self, source: str) -> Iterator[str]:
        folder = Path(source)
        if source == _STDIN or not folder.is_dir():
            yield source
            return
        files = sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in _FORMATS and path.is_file()
        )
        if not files:
            self._on_problem(DocumentError(f"{source} holds no articles: expected {_expected()}"))
        yield from map(str, files)

    def _accepted(self, path: str) -> Iterator[Document]:
        for document in _documents(path, self._on_problem):
            if len(document.text) > self._max_characters:
                self._on_problem(
                    DocumentError(
                        f"{path}: article {document.id} has {len(document.text):,} characters, more than"
                        f" {self._max_characters:,}: split it, or raise --max-characters"
                    )
                )
            elif document.published is None:
                yield dataclasses.replace(document, published=self._published)
            else:
                yield document


def read_sources(sources: Iterable[str], reader: SourceReader) -> Iterator[Document]:
    """Yield the articles of all `sources` in order; one told twice to the letter comes once.

    Examples
    --------
    >>> list(read_sources([], SourceReader()))
    []
    """
    seen: set[tuple[str, int]] = set()
    for source in sources:
        for document in reader.read(source):
            key = (document.id, hash(document.text))
            if key not in seen:
                seen.add(key)
                yield document


def _documents(path: str, on_problem: OnProblem) -> Iterator[Document]:
    if path == _STDIN:
        yield from _from_stdin(on_problem)
        return
    parse = _FORMATS.get(Path(path).suffix.lower())
    if parse is None:
        _must_exist(path)
        raise DocumentError(f"{path}: unknown kind of file; expected {_expected()}")
    yield from parse(decode(_bytes_of(path), path), path, on_problem)


def _from_stdin(on_problem: OnProblem) -> Iterator[Document]:
    text = decode(sys.stdin.buffer.read(), "standard input")
    start = text.lstrip()[:200].lower()
    parse = _FORMATS[".txt"]
    if start.startswith("{"):
        parse = read_json_lines if "\n{" in text.strip() else read_json
    elif start.startswith(("<!doctype html", "<html")):
        parse = _FORMATS[".html"]
    yield from partial(parse, text, "standard input")(on_problem)


def _must_exist(path: str) -> None:
    if not Path(path).exists():
        raise DocumentError(f"{path}: no such file or folder")


def _bytes_of(path: str) -> bytes:
    _must_exist(path)
    try:
        if Path(path).stat().st_size > _MAX_FILE_BYTES:
            raise DocumentError(f"{path} is larger than 2 GB: split it")
        return Path(path).read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}") from error


def _expected() -> str:
    return f"{', '.join(READABLE_SUFFIXES[:-1])} or {READABLE_SUFFIXES[-1]}"
