"""Mails: the subject is the title, who sent it the source, its date the publication date."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.policy import default
from typing import TYPE_CHECKING

from geomapper.documents.fields import article
from geomapper.documents.html import visible_text
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from geomapper.model import Document


def read_mail(data: bytes, name: str) -> Iterator[Document]:
    """Yield the article that a mail is: its plain text, else its HTML; attachments are left out.

    Raises
    ------
    DocumentError
        It is no mail, or has no text.
    """
    try:
        message: EmailMessage = message_from_bytes(data, policy=default)
        body = message.get_body(("plain", "html"))
        content = body.get_content() if body is not None else ""
        headers = {
            key: str(message.get(key) or "") for key in ("Subject", "From", "Date", "Message-ID")
        }
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise DocumentError(f"{name} is not a mail that can be read: {error}") from error
    if not headers["From"] and not headers["Subject"]:
        raise DocumentError(f"{name} is not a mail: expected the headers From and Subject")
    is_html = body is not None and body.get_content_subtype() == "html"
    text = visible_text(content) if is_html else str(content).replace("\r\n", "\n")
    yield article(
        {
            "id": headers["Message-ID"].strip("<> "),
            "text": text.strip(),
            "title": headers["Subject"],
            "source": headers["From"],
            "published": headers["Date"],
        },
        name,
    )
