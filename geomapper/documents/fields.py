"""The fields of an article in a table or an object, checked one by one."""

from __future__ import annotations

import datetime as dt
import hashlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from geomapper.errors import DocumentError
from geomapper.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping


def content_id(text: str) -> str:
    """Return the id of an article that has none of its own: a hash of its text.

    Examples
    --------
    >>> content_id("Shells hit Nikopol.")
    'd965565b6d58'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def parse_date(value: object, where: str) -> dt.date | None:
    """Return the day that `value` names, None for an empty value.

    ISO dates and times, and the dates of mail and feeds (RFC 2822), are read.

    Raises
    ------
    DocumentError
        The value is none of these.

    Examples
    --------
    >>> parse_date("2025-04-08T21:10:00Z", "line 1")
    datetime.date(2025, 4, 8)
    >>> parse_date("Tue, 08 Apr 2025 21:10:00 GMT", "line 1")
    datetime.date(2025, 4, 8)
    """
    text = _as_text(value)
    if text is None:
        return None
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date()
        except (ValueError, TypeError, IndexError):
            continue
    raise DocumentError(f"{where}: {text[:40]!r} is not a date: write it as YYYY-MM-DD")


def article(fields: Mapping[str, object], where: str) -> Document:
    """Return the article that a row or an object holds; the text is kept to the letter.

    Read are `id`, `title`, `published`, `source`, `url`, `author` and `text`; others are ignored.

    Raises
    ------
    DocumentError
        There is no text, or the date is none.

    Examples
    --------
    >>> article({"id": 7, "text": "Shells hit Nikopol.", "mood": "grim"}, "line 1").id
    '7'
    """
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise DocumentError(f"{where}: the field 'text' is missing or empty")
    own_id = _as_text(fields.get("id"))
    return Document(
        id=own_id or content_id(text),
        text=text,
        published=parse_date(fields.get("published"), where),
        title=_as_text(fields.get("title")),
        source=_as_text(fields.get("source")),
        url=_as_text(fields.get("url")),
        author=_as_text(fields.get("author")),
    )


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    return str(value).strip() or None
