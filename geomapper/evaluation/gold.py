"""Gold as people write it down: its kinds told apart by their fields, its rows as records."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from geomapper.documents.fields import article
from geomapper.errors import DocumentError, OptionError
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from geomapper.model import Document

    Row = Mapping[str, Any]

_EXPECTED = (
    "expected rows with text and toponyms (place names), places and events (articles), "
    "type and status (sentences), or labels (snippets)"
)


PINNED = frozenset(status.value for status in Status if status.is_pinned)


class Kind(StrEnum):
    """What gold is about: place names, whole articles, sentences with a status, snippets."""

    NAMES = "names"
    ARTICLES = "articles"
    SENTENCES = "sentences"
    SNIPPETS = "snippets"


@dataclass(frozen=True, slots=True)
class GoldName:
    """A place name in the gold, offsets into the text, degrees or None, with its role.

    `role` is one of ours, or "literal" or "associative" where `is_coarse`; None where the gold
    has no roles.
    """

    start: int
    end: int
    lon: float | None = None
    lat: float | None = None
    kind: str | None = None
    group: str | None = None
    role: str | None = None
    is_coarse: bool = False

    @property
    def is_located(self) -> bool:
        """Whether the gold says where it is."""
        return self.lon is not None and self.lat is not None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event in the gold; `types` and `statuses` hold what passes, the first one the answer."""

    types: tuple[str, ...]
    statuses: tuple[str, ...]
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    lon: float | None = None
    lat: float | None = None
    precision: str | None = None
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    sentence: str = ""

    @property
    def is_real(self) -> bool:
        """Whether its status goes on the map: neither planned, hypothetical nor negated."""
        return self.statuses[0] in PINNED

    @property
    def is_located(self) -> bool:
        """Whether the gold says where it is."""
        return self.lon is not None and self.lat is not None


@dataclass(frozen=True, slots=True)
class Gold:
    """One text of the gold, with all that is known of it; what is not is empty.

    `labels` are those of the gold's own scheme.
    """

    document: Document
    names: tuple[GoldName, ...] = ()
    traps: tuple[tuple[int, int], ...] = ()
    events: tuple[GoldEvent, ...] = ()
    optional: tuple[GoldEvent, ...] = ()
    labels: tuple[str, ...] = ()
    region: str | None = None


def read_gold(path: Path, *, published: dt.date | None = None) -> tuple[Kind, tuple[Gold, ...]]:
    """Return the kind of a gold file (JSON or JSON lines), and its rows.

    `published` dates texts that carry no publication date.

    Raises
    ------
    DocumentError
        The file cannot be read, is of no known kind, or a row of it is wrong.
    """
    rows = _rows(path)
    kind = _kind(rows[0][1]) if rows else None
    if kind is None:
        raise DocumentError(f"{path} is no gold that we know: {_EXPECTED}")
    return kind, tuple(_checked(row, where, kind, published) for where, row in rows)


def read_aliases(path: Path) -> list[list[str]]:
    """Return lists of names, each list of one actor.

    Raises
    ------
    OptionError
        The file is not a JSON list of lists of names.
    """
    value = _json(path)
    if not isinstance(value, list) or not all(isinstance(each, list) for each in value):
        raise OptionError(f"{path}: expected a JSON list of lists, each of the names of one actor")
    return [[str(name) for name in names] for names in value if names]


def read_labels(path: Path, name: str) -> dict[str, tuple[str, ...]]:
    """Return what each label of the scheme `name` means: types of ours, NONE, or nothing.

    A label that maps to null is left out of the count.

    Raises
    ------
    OptionError
        The file is not JSON, or holds no such scheme.
    """
    schemes = _json(path)
    if not isinstance(schemes, dict) or not isinstance(schemes.get(name), dict):
        known = ", ".join(schemes) if isinstance(schemes, dict) else "none"
        raise OptionError(f"{path} holds no labels named {name!r}; it holds {known}")
    meant = {label: value for label, value in schemes[name].items() if value is not None}
    return {
        label: tuple(value) if isinstance(value, list) else tuple(str(value).split("|"))
        for label, value in meant.items()
    }


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OptionError(f"{path} cannot be read as JSON: {error}") from error


def _rows(path: Path) -> list[tuple[str, Row]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path} cannot be read as gold: {error}") from error
    try:
        whole = json.loads(text)
    except ValueError:
        return [
            (f"{path}, line {number}", _object(line, f"{path}, line {number}"))
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip()
        ]
    listed = whole if isinstance(whole, list) else [whole]
    wrong = next((each for each in listed if not isinstance(each, dict)), None)
    if wrong is not None:
        raise DocumentError(f"{path}: expected objects, found {str(wrong)[:40]!r}")
    return [(f"{path}, row {number}", row) for number, row in enumerate(listed, start=1)]


def _object(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DocumentError(f"{where} is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise DocumentError(f"{where}: expected an object")
    return row


def _kind(row: Row) -> Kind | None:
    if "toponyms" in row:
        return Kind.NAMES
    if "places" in row:
        return Kind.ARTICLES
    if "type" in row and "status" in row:
        return Kind.SENTENCES
    return Kind.SNIPPETS if "labels" in row or "events" in row else None


def _checked(row: Row, where: str, kind: Kind, published: dt.date | None) -> Gold:
    document = article(row, where)
    if document.published is None:
        document = replace(document, published=published)
    try:
        return _READ[kind](row, document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(f"{where}: a field is missing or wrong ({error!r})") from error


def _names(row: Row, document: Document) -> Gold:
    return Gold(document, names=tuple(_name(each) for each in row["toponyms"]))


def _article(row: Row, document: Document) -> Gold:
    return Gold(
        document,
        names=tuple(_place(each) for each in row["places"]),
        traps=tuple((int(each["start"]), int(each["end"])) for each in row.get("traps") or ()),
        events=tuple(_event(each) for each in row.get("events") or ()),
        optional=tuple(_event(each) for each in row.get("optional_events") or ()),
        region=row.get("region"),
    )


def _sentence(row: Row, document: Document) -> Gold:
    status = str(row["status"])
    statuses = ("claimed", "confirmed") if status == "claimed_or_confirmed" else (status,)
    return Gold(document, events=(GoldEvent((str(row["type"]),), statuses),))


def _snippet(row: Row, document: Document) -> Gold:
    labels = row.get("labels")
    if not labels or isinstance(labels, dict):
        labels = [each["type"] for each in row.get("events") or ()][:1]
    listed = labels if isinstance(labels, list) else [labels]
    return Gold(document, labels=tuple(map(str, listed)))


_READ: dict[Kind, Callable[[Row, Document], Gold]] = {
    Kind.NAMES: _names,
    Kind.ARTICLES: _article,
    Kind.SENTENCES: _sentence,
    Kind.SNIPPETS: _snippet,
}


def _name(row: Row) -> GoldName:
    group = row.get("group")
    role = row.get("role")
    return GoldName(
        *_span_and_point(row),
        kind=row.get("type"),
        group=group,
        role=group or role,
        is_coarse=bool(group),
    )


def _place(row: Row) -> GoldName:
    role = row.get("role") or "literal"
    plain = "literal" if role in ("event", "mention") else role
    return GoldName(*_span_and_point(row), kind=role, role=plain)


def _span_and_point(row: Row) -> tuple[int, int, float | None, float | None]:
    return int(row["start"]), int(row["end"]), _degrees(row.get("lon")), _degrees(row.get("lat"))


def _degrees(value: object) -> float | None:
    return None if value is None else float(str(value))


def _event(row: Row) -> GoldEvent:
    return GoldEvent(
        types=(str(row["type"]), *_listed(row.get("type_alt"))),
        statuses=(str(row["status"]), *_listed(row.get("status_alt"))),
        actor=row.get("actor"),
        target=row.get("target"),
        place=row.get("place"),
        lon=_degrees(row.get("lon")),
        lat=_degrees(row.get("lat")),
        precision=row.get("precision"),
        date_start=_day(row.get("date_start")),
        date_end=_day(row.get("date_end")),
        sentence=str(row.get("sentence") or ""),
    )


def _listed(values: Iterable[object] | str | None) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(map(str, values or ()))


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(str(value)[:10]) if value else None
