"""Texts as XML holds them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def content(text: str) -> str:
    r"""Return a text as the content of an element; what XML cannot hold is U+FFFD.

    Examples
    --------
    >>> content("a < b\x01\r")
    'a &lt; b\ufffd&#13;'
    """
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, in its quotes.

    Examples
    --------
    >>> print(attribute("a < b"))
    "a &lt; b"
    """
    return quoteattr(_NOT_XML.sub("\ufffd", text))
