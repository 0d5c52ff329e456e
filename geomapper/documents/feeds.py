"""RSS and Atom feeds: an article an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.documents.fields import article
from geomapper.documents.guards import parse_xml
from geomapper.documents.html import visible_text
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from geomapper.model import Document

_ENTRIES = ("item", "entry")
_TEXTS = ("encoded", "content", "description", "summary", "title")
_DATES = ("pubDate", "published", "date", "updated", "issued")
_AUTHORS = ("creator", "author")


def read_feed(
    data: bytes, name: str, on_problem: Callable[[DocumentError], None]
) -> Iterator[Document]:
    """Yield the articles of a feed; its HTML becomes text, its own title is their source.

    The whole text of an entry is taken where the feed has it, else its summary, else its title.

    Raises
    ------
    DocumentError
        The file is not XML, or no feed.
    """
    root = parse_xml(data, name)
    entries = [each for each in root.iter("{*}item", "{*}entry") if _local(each) in _ENTRIES]
    if _local(root) not in ("rss", "RDF", "feed"):
        raise DocumentError(f"{name} is XML but no feed: expected RSS or Atom")
    channel = root.find("{*}channel")
    outlet = _child(root if channel is None else channel, ("title",))
    for number, entry in enumerate(entries, start=1):
        try:
            yield article(_fields(entry, outlet), f"{name}, entry {number}")
        except DocumentError as error:
            on_problem(error)


def _fields(entry: etree._Element, outlet: str) -> dict[str, object]:
    text = next(filter(None, (_child(entry, (tag,)) for tag in _TEXTS)), "")
    return {
        "text": visible_text(text) if "<" in text or "&" in text else text,
        "title": visible_text(_child(entry, ("title",))),
        "published": _child(entry, _DATES),
        "source": outlet,
        "url": _link(entry),
        "author": _child(entry, _AUTHORS),
    }


def _child(element: etree._Element, names: tuple[str, ...]) -> str:
    """Return the text of the first child of one of these names, in the order of the names."""
    for name in names:
        for child in element:
            if _local(child) == name:
                return "".join(child.itertext()).strip()
    return ""


def _link(entry: etree._Element) -> str:
    links = [child for child in entry if _local(child) == "link"]
    own = [each for each in links if each.get("rel", "alternate") == "alternate"]
    if not own:
        return ""
    return str(own[0].get("href") or own[0].text or "").strip()


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
