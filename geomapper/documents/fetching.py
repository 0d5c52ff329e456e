"""Addresses as sources, on request: http and https, no private address, bounded in size and time."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from email.message import Message

_SCHEMES = ("http", "https")
_MOST_REDIRECTS = 5
_CHUNK = 65_536
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost: bytes, seconds in all, and whether private addresses are allowed."""

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the bytes, the ending of the format that it says it is, the last address."""

    data: bytes
    suffix: str
    address: str


def is_address(source: str) -> bool:
    """Tell whether a source is an address rather than a file.

    Examples
    --------
    >>> is_address("https://example.org/a"), is_address("articles/a.html")
    (True, False)
    """
    return "://" in source[:20]


def fetch(address: str, limits: Limits) -> Fetched:
    """Return what stands at an address.

    Each host, that of a redirect too, is looked up once and must be public; the connection goes
    to the very address that was checked. Proxies and cookies are not used.

    Raises
    ------
    DocumentError
        The address may not be fetched, does not answer in time, or answers with too much, with an
        error or with no kind of article.
    """
    _must_be_web(address)
    deadline = time.monotonic() + limits.seconds
    web = _Web(limits, deadline)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
        web,
    ):
        opener.add_handler(handler)
    asked = urllib.request.Request(  # noqa: S310 - its scheme was checked
        address, headers={"User-Agent": "geomapper", "Accept-Encoding": "identity"}
    )
    try:
        with opener.open(asked, timeout=limits.seconds) as answer:
            data = _bounded(answer, address, limits, deadline)
            return Fetched(data, _suffix(answer.headers, answer.geturl()), answer.geturl())
    except urllib.error.HTTPError as error:
        error.close()
        raise DocumentError(f"{address} answers {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise DocumentError(
            f"{address} cannot be fetched: {reason or 'no answer in time'}"
        ) from error
    finally:
        for timer in web.timers:
            timer.cancel()


def _must_be_web(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise DocumentError(f"{address[:80]} is no address: {error}") from error
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        raise DocumentError(f"{address[:80]}: only http and https addresses are fetched")


def _bounded(answer: Any, address: str, limits: Limits, deadline: float) -> bytes:  # noqa: ANN401
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise DocumentError(f"{address} answers packed though asked not to: it is refused")
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limits.most_bytes:
            raise DocumentError(
                f"{address} answers with more than {limits.most_bytes:,} bytes: it is refused"
            )
        if time.monotonic() > deadline:
            raise DocumentError(f"{address} is not done after {limits.seconds:g} s: it is refused")
    return b"".join(parts)


def _suffix(headers: Message, address: str) -> str:
    kind = headers.get_content_type()
    known = _SUFFIXES.get(kind)
    if known is None:
        raise DocumentError(f"{address} is {kind}: expected a page, a feed, a PDF or a table")
    return known


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,  # noqa: ANN401 - urllib's own
        code: int,
        msg: str,
        headers: Any,  # noqa: ANN401
        newurl: str,
    ) -> urllib.request.Request | None:
        """Follow only to http and https; each new host is checked as the first was."""
        _must_be_web(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Web(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Opens connections to checked addresses alone."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        super().__init__()
        self._limits, self._deadline = limits, deadline
        self.timers: list[threading.Timer] = []

    def http_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401
        """Open over plain HTTP."""
        return self.do_open(self._connection(http.client.HTTPConnection), req)

    def https_open(self, req: urllib.request.Request) -> Any:  # noqa: ANN401
        """Open over TLS; the certificate must be the host's."""
        return self.do_open(self._connection(http.client.HTTPSConnection), req)

    def _connection(self, kind: type[http.client.HTTPConnection]) -> Any:  # noqa: ANN401
        def connect(host: str, **options: Any) -> http.client.HTTPConnection:  # noqa: ANN401
            options["timeout"] = max(self._deadline - time.monotonic(), 0.01)
            made = kind(host, **options)
            made._create_connection = self._connect  # type: ignore[attr-defined]  # noqa: SLF001
            self._cut_at_deadline(made)
            return made

        return connect

    def _cut_at_deadline(self, connection: http.client.HTTPConnection) -> None:
        """End a connection whose answer does not begin in time, however slowly it trickles."""

        def cut() -> None:
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(max(self._deadline - time.monotonic(), 0.01), cut)
        timer.daemon = True
        timer.start()
        self.timers.append(timer)

    def _connect(
        self,
        address: tuple[str, int],
        timeout: float,
        source_address: Any = None,  # noqa: ANN401
    ) -> socket.socket:
        del source_address
        host, port = address
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for _, _, _, _, where in found:
            self._must_be_public(host, str(where[0]))
        return socket.create_connection((str(found[0][4][0]), port), timeout)

    def _must_be_public(self, host: str, where: str) -> None:
        number = ipaddress.ip_address(where.partition("%")[0])
        mapped = getattr(number, "ipv4_mapped", None) or number
        if not self._limits.allow_private and not (mapped.is_global and not mapped.is_multicast):
            raise DocumentError(
                f"{host} is the private address {where}: it is refused unless --allow-private is given"
            )
