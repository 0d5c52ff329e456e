"""The page's data as one packed block, for maps of many events: a header, then columns.

Unpacked, the block is the length of the header (four bytes), the header as JSON, and the columns
one after the other, each beginning at a multiple of eight bytes. The header holds what is no
column, and where each column belongs: `path`, `kind`, `count` and `size` in bytes. Numbers are
little-endian.

`whole`
    32-bit integers; `NO_NUMBER` stands for None.
`broken`
    64-bit floats; NaN stands for None.
`texts`
    The length of each text in UTF-16 units, as the page counts, then all of them in UTF-8.

The page takes columns as they are and cuts a text out when it needs it: nothing of them has to be
parsed before the map opens.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

NO_NUMBER = -(2**31)
_ALIGNED = 8
_TEXTS = ("id", "strings")
_BROKEN = ("lon", "lat", "radius", "originLon", "originLat", "confidence")
_WHOLE = (
    "type", "status", "actor", "target", "pinned", "area", "precision", "place", "dispute", "start", "end", "origin",
    "crossBorder", "killed", "wounded", "captured", "edited", "change", "before",
)  # fmt: skip


def packed(data: Mapping[str, Any]) -> str:
    """Return data packed by gzip, in base64, the same bytes every time, as a JSON string."""
    squeezed = gzip.compress(block(data), 6, mtime=0)
    return json.dumps(base64.b64encode(squeezed).decode("ascii"))


def block(data: Mapping[str, Any]) -> bytes:
    """Return the block, not yet packed, of the page's data."""
    found: list[tuple[tuple[str, ...], str, Any]]
    found = [((name,), "whole", data[name]) for name in _WHOLE if name in data]
    found += [((name,), "broken", data[name]) for name in _BROKEN if name in data]
    found += [((name,), "texts", data[name]) for name in _TEXTS if name in data]
    found += [(("told", name), "whole", column) for name, column in data.get("told", {}).items()]
    bodies = [_ENCODERS[kind](values) for _, kind, values in found]
    header = {
        "data": {name: value for name, value in data.items() if name not in {*_COLUMNS, "told"}},
        "columns": [
            {"path": path, "kind": kind, "count": len(values), "size": len(body)}
            for (path, kind, values), body in zip(found, bodies, strict=True)
        ],
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    written = head.encode("utf-8", "replace")
    parts = [len(written).to_bytes(4, "little") + written, *bodies]
    return b"".join(part + bytes(-len(part) % _ALIGNED) for part in parts)


_COLUMNS = frozenset((*_TEXTS, *_BROKEN, *_WHOLE))


def _whole(values: Iterable[int | None]) -> bytes:
    numbers = [NO_NUMBER if value is None else value for value in values]
    return np.array(numbers, dtype="<i4").tobytes()


def _broken(values: Sequence[float | None]) -> bytes:
    return np.array(values, dtype="<f8").tobytes()


def _texts(texts: Sequence[str]) -> bytes:
    written = [text.encode("utf-8", "replace") for text in texts]
    lengths = [_units(text) for text in texts]
    return np.array(lengths, dtype="<i4").tobytes() + b"".join(written)


def _units(text: str) -> int:
    """Return how many UTF-16 units the page counts; half of a pair becomes a question mark."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-8", "replace").decode("utf-8").encode("utf-16-le")) // 2


_ENCODERS: dict[str, Callable[[Any], bytes]] = {"whole": _whole, "broken": _broken, "texts": _texts}
