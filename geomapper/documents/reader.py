"""One way in for every source: a file, a folder, or ``-`` for standard input."""

from __future__ import annotations

import dataclasses
import sys
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geomapper.documents.date_lines import date_told
from geomapper.documents.decoding import decode
from geomapper.documents.feeds import read_feed
from geomapper.documents.fetching import fetch, is_address
from geomapper.documents.guards import tar_members, unzipped, zip_members
from geomapper.documents.html import read_html
from geomapper.documents.mail import read_mail
from geomapper.documents.office import read_docx, read_epub, read_sheet
from geomapper.documents.pdf import read_pdf
from geomapper.documents.plain import read_markdown, read_text
from geomapper.documents.tables import checked, read_csv, read_json, read_json_lines
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geomapper.documents.fetching import Limits
    from geomapper.model import Document

    OnProblem = Callable[[DocumentError], None]

DEFAULT_MAX_CHARACTERS = 5_000_000
FIELDS = ("id", "text", "title", "published", "source", "url", "author")
_MAX_FILE_BYTES = 2_000_000_000
_BYTES_A_CHARACTER = 8
_STDIN = "-"


def _raise(error: DocumentError) -> None:
    raise error


class SourceReader:
    """Reads articles from files, folders, archives, standard input and, on request, addresses.

    Parameters
    ----------
    published
        The publication date of articles that carry none, neither in a field nor in what their text
        says of it (see `date_lines`); None leaves these open.
    max_characters
        A longer article is refused.
    on_problem
        Called with each article that cannot be read, and reading goes on; by default the
        first one is raised.
    columns
        Which column of a table, or member of an object, holds a field that has another name
        there; keys are of `FIELDS`.
    fetch
        What an address may cost; None, and addresses are refused.
    """

    def __init__(
        self,
        *,
        published: dt.date | None = None,
        max_characters: int = DEFAULT_MAX_CHARACTERS,
        on_problem: OnProblem = _raise,
        columns: Mapping[str, str] = MappingProxyType({}),
        fetch: Limits | None = None,
    ) -> None:
        self._published = published
        self._max_characters = max_characters
        self._on_problem = on_problem
        self._columns = columns
        self._limits = fetch

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
        if source == _STDIN or is_address(source) or not Path(source).is_dir():
            yield source
            return
        files = sorted(
            path
            for path in Path(source).rglob("*")
            if format_of(path.name) in READABLE_SUFFIXES and path.is_file()
        )
        if not files:
            self._on_problem(DocumentError(f"{source} holds no articles: expected {_expected()}"))
        yield from map(str, files)

    def _accepted(self, path: str) -> Iterator[Document]:
        for document in self._documents(path):
            if len(document.text) > self._max_characters:
                self._on_problem(self._too_long(path, f"article {document.id}", len(document.text)))
            elif document.published is None:
                day = date_told(document.text, document.url) or self._published
                yield dataclasses.replace(document, published=day)
            else:
                yield document

    def _documents(self, path: str) -> Iterator[Document]:
        if path == _STDIN:
            data = sys.stdin.buffer.read()
            yield from self._parsed(data, _suffix_of_bytes(data), "standard input")
        elif is_address(path):
            yield from self._fetched(path)
        else:
            suffix = format_of(path)
            if suffix not in READABLE_SUFFIXES:
                _must_exist(path)
                raise DocumentError(f"{path}: unknown kind of file; expected {_expected()}")
            yield from self._parsed(_bytes_of(path), suffix, path)

    def _fetched(self, address: str) -> Iterator[Document]:
        if self._limits is None:
            raise DocumentError(f"{address} is an address: give --fetch to have it fetched")
        found = fetch(address, self._limits)
        for document in self._parsed(found.data, found.suffix, address):
            yield dataclasses.replace(document, url=document.url or found.address)

    def _parsed(self, data: bytes, suffix: str, name: str) -> Iterator[Document]:
        """Yield the articles of a file's bytes; an archive's members one after the other."""
        if suffix in _ARCHIVES:
            yield from self._unpacked(data, suffix, name)
        elif suffix in _BINARY:
            yield from self._binary(data, suffix, name)
        elif suffix in _TABLES:
            yield from _TABLES[suffix](decode(data, name), name, self._on_problem, self._columns)
        else:
            if len(data) > self._max_characters * _BYTES_A_CHARACTER:
                raise self._too_long(name, "it", len(data), "bytes")
            yield from _TEXTS[suffix](decode(data, name), name)

    def _binary(self, data: bytes, suffix: str, name: str) -> Iterator[Document]:
        if not data:
            raise DocumentError(f"{name} is empty: expected an article")
        if suffix == ".pdf":
            yield from read_pdf(data, name, max_characters=self._max_characters)
        elif suffix == ".xlsx":
            for where, row in read_sheet(data, name):
                yield from checked(row, where, self._on_problem, self._columns)
        elif suffix == ".docx":
            yield from read_docx(data, name)
        elif suffix == ".eml":
            yield from read_mail(data, name)
        else:
            read = read_epub if suffix == ".epub" else read_feed
            yield from read(data, name, self._on_problem)

    def _unpacked(self, data: bytes, suffix: str, name: str) -> Iterator[Document]:
        count = 0
        for member, content in _members(data, suffix, name):
            kind = format_of(member)
            if kind not in READABLE_SUFFIXES or kind in _ARCHIVES:
                continue
            count += 1
            try:
                yield from self._parsed(content(), kind, f"{name}, {member}")
            except DocumentError as error:
                self._on_problem(error)
        if not count:
            raise DocumentError(f"{name} holds no articles: expected {_expected()}")

    def _too_long(
        self, name: str, what: str, length: int, unit: str = "characters"
    ) -> DocumentError:
        return DocumentError(
            f"{name}: {what} has {length:,} {unit}, more than {self._max_characters:,} characters"
            " hold: split it, or raise --max-characters"
        )


def format_of(name: str) -> str:
    """Return the ending that tells a file's format, in lower case.

    Examples
    --------
    >>> format_of("News/April.TAR.GZ"), format_of("a.b.Html")
    ('.tar.gz', '.html')
    """
    lower = name.lower()
    packed = next((each for each in _TARS if lower.endswith(each)), None)
    return packed or Path(lower).suffix


def _members(data: bytes, suffix: str, name: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if suffix == ".zip":
        for member in zip_members(data, name).values():
            yield member.filename, partial(unzipped, data, member, name)
    else:
        for path, content in tar_members(data, name):
            yield path, lambda content=content: content  # type: ignore[misc]


_TEXTS: dict[str, Callable[[str, str], Iterator[Document]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
_TABLES: dict[str, Callable[[str, str, OnProblem, Mapping[str, str]], Iterator[Document]]] = {
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
}
_BINARY = (".pdf", ".docx", ".epub", ".xlsx", ".eml", ".rss", ".atom", ".xml")
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_ARCHIVES = (".zip", *_TARS)
READABLE_SUFFIXES = (*_TEXTS, *_TABLES, *_BINARY, *_ARCHIVES)


def read_sources(sources: Iterable[str], reader: SourceReader) -> Iterator[Document]:
    """Yield the articles of all `sources` in order; one with the same id and text comes once.

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


def _suffix_of_bytes(data: bytes) -> str:
    """Tell what standard input is by how it begins."""
    start = data.lstrip()[:200].lower()
    for mark, suffix in ((b"%pdf-", ".pdf"), (b"<?xml", ".xml"), (b"<rss", ".rss")):
        if start.startswith(mark):
            return suffix
    if start.startswith(b"{"):
        return ".jsonl" if b"\n{" in data.strip() else ".json"
    return ".html" if start.startswith((b"<!doctype html", b"<html")) else ".txt"


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
