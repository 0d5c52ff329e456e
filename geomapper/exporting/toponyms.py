"""Place names as JSON lines, one article a line, in the form that scorers of geoparsers read."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomapper.errors import DocumentError
from geomapper.model import Mention, Role, Span
from geomapper.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geomapper.model import Document, Resolution
    from geomapper.pipeline import Pipeline

_GEONAMES = "geonames:"
Spans = dict[str, tuple[Mention, ...]]


def places_of(pipeline: Pipeline, document: Document, spans: Spans | None = None) -> dict[str, Any]:
    """Return an article's place names: recognised, or those of `spans` resolved.

    Offsets count characters of the article's text; `lat`, `lon` are degrees, None where no
    place was found; `confidence` is the probability of the place, 0 to 1.
    """
    if spans is None:
        _, resolutions = pipeline.places(document)
    else:
        given = spans.get(document.id, ())
        quoted = [replace(each, text=each.span.of(document.text)) for each in given]
        resolutions = pipeline.resolve(document, quoted)
    return {"id": document.id, "toponyms": [toponym(each) for each in resolutions]}


def toponym(resolution: Resolution) -> dict[str, Any]:
    """Return one place name with its role and its best place as plain values."""
    mention, best = resolution.mention, resolution.best
    place = best.place if best else None
    named = place is not None and place.id.startswith(_GEONAMES)
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "lat": round(place.lat, 5) if place else None,
        "lon": round(place.lon, 5) if place else None,
        "role": mention.role.value,
        "geonameid": int(place.id.removeprefix(_GEONAMES).partition("/")[0])
        if place and named
        else None,
        "name": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "precision": place.precision.value if place else None,
        "confidence": round(best.score, 3) if best else 0.0,
    }


def read_spans(path: Path) -> Spans:
    """Return the given spans of each article, by its id.

    Raises
    ------
    DocumentError
        The file cannot be read, or a line is not ``{"id", "toponyms": [{"start", "end"}]}``.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path} cannot be read as gold spans: {error}") from error
    spans: Spans = {}
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line) if line.strip() else None
            if row is not None:
                spans[str(row["id"])] = tuple(_mention(each, row) for each in row["toponyms"])
        except (ValueError, KeyError, TypeError) as error:
            expected = '{"id", "toponyms": [{"start", "end"}]}'
            raise DocumentError(f"{path}, line {number}: expected {expected}") from error
    return spans


def _mention(name: Mapping[str, Any], row: Mapping[str, Any]) -> Mention:
    span = Span(int(name["start"]), int(name["end"]))
    text = str(name.get("text") or span.of(str(row.get("text") or "")))
    return Mention(span, text, Role(name.get("role") or "literal"))


def write_lines(lines: Iterable[dict[str, Any]], path: Path | None) -> int:
    """Write JSON lines to `path`, whole or not at all, or to stdout; return their number."""
    texts = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if path is not None:
        rows = list(texts)
        write_whole(path, "".join(rows).encode("utf-8", "replace"))
        return len(rows)
    count = 0
    for count, text in enumerate(texts, start=1):  # noqa: B007 - the count is the answer
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
    return count
