"""Bytes become text, or are refused with a reason."""

from __future__ import annotations

from geomapper.errors import DocumentError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE_BYTES = 65_536
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}
_MOST_CONTROL_SHARE = 0.01


def decode(data: bytes, name: str) -> str:
    r"""Return the text of `data`: by its byte order mark, as UTF-8, else by detection.

    Line ends become ``\n``.

    Raises
    ------
    DocumentError
        The bytes are empty, or not text.

    Examples
    --------
    >>> decode(b"Kharkiv\r\nPoltava", "note.txt")
    'Kharkiv\nPoltava'
    """
    if not data.strip():
        raise DocumentError(f"{name} is empty: expected the text of an article")
    return _unmarked(data, name).replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(data: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, name)
    if looks_binary(data):
        raise DocumentError(f"{name} is not text but binary data: give an article as text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, _detected_encoding(data), name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentError(
            f"{name} cannot be decoded as {encoding}: save it as UTF-8 and try again"
        ) from error


def _detected_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return best.encoding if best else "cp1252"


def looks_binary(data: bytes) -> bool:
    r"""Tell whether a sample of `data` holds NUL or many control bytes.

    Examples
    --------
    >>> looks_binary(b"\x89PNG\r\n\x1a\n\x00\x00"), looks_binary("Сміла".encode())
    (True, False)
    """
    sample = data[:_SAMPLE_BYTES]
    if 0 in sample:
        return True
    return sum(byte in _CONTROL for byte in sample) > _MOST_CONTROL_SHARE * len(sample)
