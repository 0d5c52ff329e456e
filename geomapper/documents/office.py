"""Word documents, e-books and spreadsheets: zip archives of XML, read by their own definitions."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geomapper.documents.fields import article
from geomapper.documents.guards import parse_xml, unzipped, zip_members
from geomapper.documents.html import visible_text
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml import etree

    from geomapper.model import Document

_SHORTEST_CHAPTER = 200
_DAY_ONE, _DAY_ONE_OF_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class _Parts:
    """The parts of an archive of XML, each read when it is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._members = zip_members(data, name)

    def xml(self, part: str) -> etree._Element | None:
        """Return the root of a part, None where there is no such part."""
        content = self.content(part)
        return None if content is None else parse_xml(content, f"{self._name}, {part}")

    def content(self, part: str) -> bytes | None:
        """Return the bytes of a part, None where there is no such part."""
        member = self._members.get(part)
        return None if member is None else unzipped(self._data, member, self._name)

    def needed(self, part: str, kind: str) -> etree._Element:
        """Return the root of a part without which this is no such file."""
        root = self.xml(part)
        if root is None:
            raise DocumentError(f"{self._name} is not {kind}: expected the part {part}")
        return root


def read_docx(data: bytes, name: str) -> Iterator[Document]:
    """Yield the article that a Word document is, a paragraph a paragraph, tables cell by cell.

    The document's own title and author are taken; its dates are those of the file, so the
    publication date stays open.

    Raises
    ------
    DocumentError
        It is no Word document, or has no text.
    """
    parts = _Parts(data, name)
    body = parts.needed("word/document.xml", "a Word document")
    paragraphs = (_paragraph(each) for each in body.iter("{*}p"))
    text = "\n\n".join(line for line in paragraphs if line)
    core = parts.xml("docProps/core.xml")
    fields = {"text": text, "title": _said(core, "title"), "author": _said(core, "creator")}
    yield article(fields, name)


def _paragraph(paragraph: etree._Element) -> str:
    words = []
    for each in paragraph.iter("{*}t", "{*}tab", "{*}br"):
        is_text = each.tag.endswith("}t")
        words.append(str(each.text or "") if is_text else " ")
    return " ".join("".join(words).split())


def read_epub(
    data: bytes, name: str, on_problem: Callable[[DocumentError], None]
) -> Iterator[Document]:
    """Yield the chapters of an e-book in its own order, as articles; covers and lists are left out.

    Raises
    ------
    DocumentError
        It is no e-book, or no chapter of it has text.
    """
    parts = _Parts(data, name)
    container = parts.needed("META-INF/container.xml", "an e-book")
    path = next((each.get("full-path", "") for each in container.iter("{*}rootfile")), "")
    package = parts.needed(path, "an e-book")
    fields = {
        "source": _said(package, "title"),
        "author": _said(package, "creator"),
        "published": _said(package, "date"),
    }
    count = 0
    for number, chapter in enumerate(_chapters(parts, package, path), start=1):
        text = visible_text(chapter)
        if len(text) >= _SHORTEST_CHAPTER:
            count += 1
            try:
                title = text.split("\n", 1)[0][:200]
                yield article({**fields, "text": text, "title": title}, f"{name}, chapter {number}")
            except DocumentError as error:
                on_problem(error)
    if not count:
        raise DocumentError(f"{name} holds no chapter of {_SHORTEST_CHAPTER} characters or more")


def _chapters(parts: _Parts, package: etree._Element, path: str) -> Iterator[str]:
    files = {each.get("id"): each.get("href", "") for each in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        file = unquote(files.get(reference.get("idref"), ""))
        content = parts.content(posixpath.normpath(posixpath.join(posixpath.dirname(path), file)))
        if content is not None:
            yield content.decode("utf-8", "replace")


def read_sheet(data: bytes, name: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the rows of a workbook's first sheet by the names in its first row, in lower case.

    Days that the sheet holds as numbers come as ISO dates where the column is ``published``.

    Raises
    ------
    DocumentError
        It is no workbook.
    """
    parts = _Parts(data, name)
    workbook = parts.needed("xl/workbook.xml", "a spreadsheet")
    links = parts.needed("xl/_rels/workbook.xml.rels", "a spreadsheet")
    targets = {each.get("Id"): each.get("Target", "") for each in links.iter("{*}Relationship")}
    first = next(workbook.iter("{*}sheet"), None)
    target = "" if first is None else targets.get(first.get(_RELATION), "")
    path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    sheet = parts.needed(path, "a spreadsheet")
    properties = next(workbook.iter("{*}workbookPr"), None)
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    rows = _cells(sheet, _shared(parts.xml("xl/sharedStrings.xml")))
    names = {column: value.strip().lower() for column, value in next(rows, {}).items()}
    for number, cells in enumerate(rows, start=2):
        row: dict[str, object] = {names[c]: value for c, value in cells.items() if c in names}
        if row:
            row["published"] = _sheet_day(str(row.get("published") or ""), is_1904=is_1904)
            yield f"{name}, row {number}", row


def _shared(root: etree._Element | None) -> list[str]:
    if root is None:
        return []
    return ["".join(_runs(each)) for each in root.iter("{*}si")]


def _runs(item: etree._Element) -> Iterator[str]:
    """Yield the pieces of a text, without the readings that stand over East Asian words."""
    for text in item.iter("{*}t"):
        parent = text.getparent()
        if parent is None or not parent.tag.endswith("}rPh"):
            yield str(text.text or "")


def _cells(sheet: etree._Element, shared: list[str]) -> Iterator[dict[str, str]]:
    for row in sheet.iter("{*}row"):
        found = {}
        for number, cell in enumerate(row.iter("{*}c")):
            column = re.sub(r"\d", "", cell.get("r", "")) or str(number)
            found[column] = _cell(cell, shared)
        yield found


def _cell(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(_runs(cell))
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return str(value)


def _sheet_day(value: str, *, is_1904: bool) -> str:
    if not _SERIAL.fullmatch(value):
        return value
    start = _DAY_ONE_OF_1904 if is_1904 else _DAY_ONE
    return (start + dt.timedelta(int(float(value)))).isoformat()


def _said(root: etree._Element | None, tag: str) -> str:
    if root is None:
        return ""
    found = next(root.iter(f"{{*}}{tag}"), None)
    return "" if found is None else str(found.text or "").strip()
