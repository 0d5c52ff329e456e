"""Plain text and Markdown files: one article a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.documents.fields import article, content_id
from geomapper.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_FENCE = "---"
_FEWEST_WORDS, _LONGEST_HEADLINE = 3, 120
_ENDS = frozenset('.!?…:;,-–—"”)')
_FRONT_MATTER_NAMES = {"date": "published", "publisher": "source", "link": "url"}


def read_text(text: str, name: str) -> Iterator[Document]:
    """Yield the one article that a text file is; a headline above its text is its title, too.

    Examples
    --------
    >>> [document.text for document in read_text("Shells hit Nikopol.", "note.txt")]
    ['Shells hit Nikopol.']
    """
    del name
    yield Document(id=content_id(text), text=text, title=headline(text))


def headline(text: str) -> str | None:
    r"""Return the short first line that is no sentence and has an empty line under it, else None.

    A line of fewer than three words, a byline, and a line that ends in a stop, a colon or a dash
    (as a dateline does) are no headlines.

    Examples
    --------
    >>> headline("Shells hit two towns\n\nKYIV - Shells hit Nikopol on Monday.")
    'Shells hit two towns'
    >>> headline("Shells hit Nikopol on Monday.\n\nTwo were killed.") is None
    True
    """
    line, _, rest = text.lstrip("\ufeff\r\n").partition("\n")
    line, (under, _, body) = line.strip(), rest.partition("\n")
    words = [word for word in line.split() if any(map(str.isalpha, word))]
    is_short = len(words) >= _FEWEST_WORDS and len(line) <= _LONGEST_HEADLINE
    is_open = line[-1:] not in _ENDS and not line.lower().startswith("by ")
    return line if is_short and is_open and not under.strip() and body.strip() else None


def read_markdown(text: str, name: str) -> Iterator[Document]:
    r"""Yield the article of a Markdown file, its markup taken off.

    Front matter gives `id`, `title`, `published` (or `date`), `source` and `url`; without a
    title there, the first heading of level one is it.

    Examples
    --------
    >>> page = "---\ndate: 2025-03-18\n---\n# Two towns\n\nShells hit **Nikopol**.\n"
    >>> document = next(read_markdown(page, "note.md"))
    >>> document.title, document.text, document.published
    ('Two towns', 'Two towns\n\nShells hit Nikopol.', datetime.date(2025, 3, 18))
    """
    front, body = _front_matter(text)
    title, prose = _prose(body)
    yield article({"title": title, **front, "text": prose}, name)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        return {}, text
    end = 1 + [line.strip() for line in lines[1:]].index(_FENCE)
    fields = {}
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        if colon and value.strip():
            key = key.strip().lower()
            fields[_FRONT_MATTER_NAMES.get(key, key)] = value.strip().strip("\"'")
    return fields, "\n".join(lines[end + 1 :])


def _prose(body: str) -> tuple[str | None, str]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = None
    blocks = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline":
            continue
        words = _inline_text(token)
        if words:
            blocks.append(words)
        if title is None and before is not None and before.tag == "h1":
            title = words
    return title, "\n\n".join(blocks)


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts).strip()
