"""PDF files: their text in reading order, lines made paragraphs, running heads and page numbers off."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from geomapper.documents.fields import article
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomapper.model import Document

_MOST_PAGES = 5_000
_FEWEST_REPEATS = 3
_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}\W*(?:(?:of|/)\s*\d{1,4}\W*)?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TOOL_TITLE = re.compile(
    r"^(?:microsoft word|untitled|.*\.(?:docx?|indd|qxd|odt|pdf|tex))\b", re.IGNORECASE
)
_END = (".", "!", "?", ":", "\u201d", '"', ".)")
_FULL_LINE = 0.75
_PARTED = re.compile("[\x02\ufffe]\\s?")  # what PDFium puts where a word was parted


def read_pdf(data: bytes, name: str, *, max_characters: int) -> Iterator[Document]:
    """Yield the article that a PDF is; its title and author are taken where it names them.

    The dates of a PDF are those of the file, so the publication date stays open. No more than
    `max_characters` are read.

    Raises
    ------
    DocumentError
        It is no PDF, is locked, has too many pages, or holds no text, as a scan does.
    """
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise DocumentError(f"{name} has more than {_MOST_PAGES:,} pages: split it")
            pages = list(_pages(document, max_characters))
            about = document.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise DocumentError(f"{name} is not a PDF that can be read: {error}") from error
    text = "\n\n".join(paragraphs(_without_running_heads(pages)))
    if not text.strip():
        raise DocumentError(f"{name} holds no text: if it is a scan, run it through OCR first")
    title = about.get("Title") or ""
    fields = {
        "text": text,
        "title": "" if _TOOL_TITLE.match(title) else title,
        "author": about.get("Author"),
    }
    yield article(fields, name)


def _pages(document: object, max_characters: int) -> Iterator[list[str]]:
    count = 0
    for page in document:  # type: ignore[attr-defined]
        found = page.get_textpage()
        text = _PARTED.sub("", found.get_text_bounded())
        found.close()
        page.close()
        yield [line.strip() for line in text.replace("\r", "").split("\n")]
        count += len(text)
        if count > max_characters:
            return


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    edges = Counter(
        _DIGITS.sub("#", line)
        for page in pages
        for line in {*filter(None, (*page[:2], *page[-2:]))}
    )
    most = max(_FEWEST_REPEATS, len(pages) // 2)
    lines = []
    for page in pages:
        for number, line in enumerate(page):
            is_edge = number < 2 or number >= len(page) - 2  # noqa: PLR2004 - lines
            is_head = is_edge and edges[_DIGITS.sub("#", line)] >= most
            if not (is_head or (is_edge and _NUMBER.fullmatch(line))):
                lines.append(line)
    return lines


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs that lines of a page make: a short line that ends a sentence ends one.

    A word that was parted by a hyphen at the end of a line is one again.

    Examples
    --------
    >>> list(paragraphs(["Shells hit the out-", "skirts of Nikopol.", "", "Nobody was hurt."]))
    ['Shells hit the outskirts of Nikopol.', 'Nobody was hurt.']
    """
    width = max((len(line) for line in lines), default=0)
    held = ""
    for line in lines:
        if not line:
            if held:
                yield held
            held = ""
            continue
        held = _joined(held, line)
        if line.endswith(_END) and len(line) < width * _FULL_LINE:
            yield held
            held = ""
    if held:
        yield held


def _joined(before: str, line: str) -> str:
    if before.endswith("-") and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}".strip()
