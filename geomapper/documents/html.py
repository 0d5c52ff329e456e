"""Saved web pages: the article's text, title, source, address and date, by trafilatura."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.documents.fields import content_id, parse_date
from geomapper.errors import DocumentError
from geomapper.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafilatura.settings import Document as Extracted


def read_html(page: str, name: str) -> Iterator[Document]:
    """Yield the article of a web page.

    The date is the page's own statement (metadata, a dated address), never a guess from the
    words of the text.

    Raises
    ------
    DocumentError
        The page holds no article.
    """
    found = _extracted(page)
    text = (found.text if found else None) or visible_text(page)
    if not text.strip():
        raise DocumentError(f"{name} holds no article: expected a page with paragraphs of text")
    yield Document(
        id=content_id(text.strip()),
        text=text.strip(),
        published=parse_date(found.date, name) if found else None,
        title=found.title if found else None,
        source=found.sitename if found else None,
        url=found.url if found else None,
        author=found.author if found else None,
    )


def _extracted(page: str) -> Extracted | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    found = bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if isinstance(found, Extracted) else None


def visible_text(page: str) -> str:
    r"""Return the text of a page, or of a piece of one, block by block.

    Examples
    --------
    >>> visible_text("<p>Shells hit <b>Nikopol</b>.</p><p>A school burned &amp; fell.</p>")
    'Shells hit Nikopol.\n\nA school burned & fell.'
    """
    from lxml import etree, html

    try:
        root = html.document_fromstring(
            page.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for hidden in root.xpath("//script|//style|//nav|//footer|//head|//noscript|//template"):
        hidden.drop_tree()
    blocks = root.xpath("//p|//h1|//h2|//h3|//li|//blockquote") or [root]
    lines = (" ".join(block.text_content().split()) for block in blocks)
    return "\n\n".join(line for line in lines if line)
