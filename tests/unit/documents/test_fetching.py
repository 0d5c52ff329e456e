"""Addresses are fetched on request, from a server on loopback that plays every trick."""

import http.server
import socket
import threading
import time

import pytest

from geomapper.documents import SourceReader
from geomapper.documents.fetching import Limits, fetch
from geomapper.errors import DocumentError

PAGE = b"<html><head><title>T</title></head><body><p>Shells hit Nikopol.</p></body></html>"
PATIENT = Limits(seconds=2.0, allow_private=True)


class Tricks(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, self.path.strip("/").partition("?")[0])()

    def log_message(self, *_):
        pass

    def answer(self, body, kind="text/html", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page(self):
        self.answer(PAGE)

    def feed(self):
        self.answer(
            b"<rss><channel><item><title>Shells hit Goma</title></item></channel></rss>", "text/xml"
        )

    def missing(self):
        self.answer(b"", status=404)

    def picture(self):
        self.answer(b"\x89PNG", "image/png")

    def packed(self):
        self.answer(b"\x1f\x8b", Content_Encoding="gzip")

    def to_file(self):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def to_page(self):
        self.answer(b"", status=302, Location="/page")

    def round(self):
        self.answer(b"", status=302, Location=f"/round?{time.monotonic()}")

    def to_link_local(self):
        self.answer(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def trickle(self):
        try:
            for _ in range(200):
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def slow_body(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tricks)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_a_page_is_fetched_and_keeps_its_address(server):
    (document,) = SourceReader(fetch=PATIENT).read(f"{server}/page")
    assert (document.text, document.url) == ("Shells hit Nikopol.", f"{server}/page")


def test_a_feed_is_a_feed_by_what_the_server_says(server):
    (document,) = SourceReader(fetch=PATIENT).read(f"{server}/feed")
    assert document.text == "Shells hit Goma"


def test_a_redirect_on_the_same_host_is_followed(server):
    assert fetch(f"{server}/to_page", PATIENT).address == f"{server}/page"


def test_without_being_asked_nothing_is_fetched(server):
    problems = []
    assert list(SourceReader(on_problem=problems.append).read(f"{server}/page")) == []
    assert "--fetch" in str(problems[0])


REFUSED = {
    "missing": "404",
    "picture": "image/png",
    "packed": "packed",
    "to_file": "not allowed",
    "round": "infinite loop|redirect",
    "endless": "more than 1,000,000 bytes",
}


@pytest.mark.parametrize("path", REFUSED)
def test_a_trick_is_refused_with_one_sentence(server, path):
    limits = Limits(most_bytes=1_000_000, seconds=5.0, allow_private=True)
    with pytest.raises(DocumentError, match=REFUSED[path]):
        fetch(f"{server}/{path}", limits)


@pytest.mark.parametrize("path", ["trickle", "slow_body"])
def test_a_slow_answer_is_cut_off_in_time(server, path):
    start = time.monotonic()
    with pytest.raises(DocumentError):
        fetch(f"{server}/{path}", Limits(seconds=1.0, allow_private=True))
    assert time.monotonic() - start < 4.0


def test_private_addresses_are_refused_unless_allowed(server):
    with pytest.raises(DocumentError, match="private address 127"):
        fetch(f"{server}/page", Limits())
    for host in ("localhost", "0.0.0.0",  # noqa: S104 - an address to refuse
 "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]",
                 "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "127.1"):  # fmt: skip
        with pytest.raises(DocumentError, match=r"private address|cannot be fetched"):
            fetch(f"http://{host}:9/", Limits(seconds=2.0))


def test_a_name_is_checked_where_it_leads_and_not_as_it_looks(monkeypatch):
    def lookup(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(DocumentError, match=r"news\.example is the private address"):
        fetch("http://news.example/page", Limits())


def test_a_redirect_to_a_private_address_is_refused(server, monkeypatch):
    from geomapper.documents import fetching

    kept = fetching._Web._must_be_public

    def only_first(self, host, where):
        if where != "127.0.0.1":
            kept(self, host, where)

    monkeypatch.setattr(fetching._Web, "_must_be_public", only_first)
    with pytest.raises(DocumentError, match="private address 169"):
        fetch(f"{server}/to_link_local", Limits(seconds=3.0))


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/a", "gopher://x/", "http://"]
)
def test_other_schemes_are_refused(address):
    with pytest.raises(DocumentError, match="only http and https"):
        fetch(address, Limits())
