"""Rows become events again: what an analyst corrected by hand comes back in through here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from geomapper.columns import COLUMNS, Row, is_empty, typed_row
from geomapper.editing import BY_HAND, GEOMETRY, changed_columns, joined
from geomapper.model import (
    Actor,
    Casualties,
    DatePrecision,
    DateRange,
    Event,
    Evidence,
    Place,
    Precision,
    Span,
    Status,
    TimeFrame,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

_COUNTS = ("killed", "killed_low", "killed_high", "wounded", "captured")
_Named = TypeVar("_Named", bound=StrEnum)


def event_from_row(values: Mapping[str, object], geometry: BaseGeometry | None) -> Event:
    """Return the event of a row, as `row` made it and as an analyst may have edited it.

    Values may be of the kinds that any format gives back. What is no longer as it was made is
    named in `edited`, and so is a row that geomapper did not make. Missing columns are unknown.

    Raises
    ------
    ValueError
        There is no type, a place without coordinates, or a value that its column cannot hold.
    """
    given = typed_row(values)
    changed = changed_columns(given, geometry)
    evidence = tuple(_evidence(each) for each in given.get("sources") or [given])
    return Event(
        id=given.get("id") or _row_id(given),
        type=_type(given),
        subtype=given.get("subtype"),
        family=given.get("family") or "",
        dates=_dates(given),
        place=_place(given, geometry, changed),
        actor=_actor(given, "actor"),
        target=_actor(given, "target"),
        status=_one_of(Status, given, "status", Status.REPORTED),
        evidence=(_corrected(evidence[0], given, changed), *evidence[1:]),
        attribution=given.get("attribution"),
        cross_border=given.get("cross_border"),
        origin=_origin(given),
        casualties=Casualties(**{name: given.get(name) for name in _COUNTS}),
        time_frame=_one_of(TimeFrame, given, "time_frame", TimeFrame.CURRENT),
        confidence=_confidence(given),
        edited=joined(given.get("edited"), *(changed if given.get("as_made") else (BY_HAND,))),
    )


def _type(given: Row) -> str:
    if not given.get("type"):
        raise ValueError("there is no type: expected one of `geomapper codebook show`")
    return str(given["type"])


def _one_of(kind: type[_Named], given: Row, column: str, otherwise: _Named) -> _Named:
    value = given.get(column)
    try:
        return kind(value) if value else otherwise
    except ValueError as error:
        known = ", ".join(each.value for each in kind)
        raise ValueError(f"{column} is {value!r}: expected one of {known}") from error


def _dates(given: Row) -> DateRange:
    first, last = _day(given.get("date_start")), _day(given.get("date_end"))
    if first and last and last < first:
        raise ValueError(f"date_end {last} is before date_start {first}")
    usual = DatePrecision.DAY if first and first == last else DatePrecision.UNKNOWN
    return DateRange(first, last, _one_of(DatePrecision, given, "date_precision", usual))


def _confidence(given: Row) -> float:
    value = given.get("confidence")
    if value is not None and not 0.0 <= value <= 1.0:
        raise ValueError(f"confidence is {value:g}: expected a number from 0 to 1")
    return 1.0 if value is None else float(value)


def _evidence(telling: Mapping[str, Any]) -> Evidence:
    start, end = int(telling.get("sentence_start") or 0), int(telling.get("sentence_end") or 0)
    first, last = telling.get("trigger_start"), telling.get("trigger_end")
    return Evidence(
        document=str(telling.get("document") or ""),
        span=Span(start, end),
        sentence=str(telling.get("sentence") or ""),
        trigger=str(telling.get("trigger") or ""),
        trigger_span=Span(
            start if first is None else int(first), start if last is None else int(last)
        ),
        status=_one_of(Status, dict(telling), "status", Status.REPORTED),
        attribution=telling.get("attribution") or None,
        title=telling.get("title") or None,
        source=telling.get("source") or None,
        url=telling.get("url") or None,
        published=_day(telling.get("published")),
        casualties=_figures(telling) if "killed" in telling else None,
    )


def _figures(telling: Mapping[str, Any]) -> Casualties:
    counts = {name: telling.get(name) for name in _COUNTS}
    return Casualties(
        **{name: None if count is None else int(count) for name, count in counts.items()}
    )


def _corrected(telling: Evidence, given: Row, changed: tuple[str, ...]) -> Evidence:
    """Return the first telling with the flat columns of it that were changed by hand."""
    columns: dict[str, Any] = {
        name: given.get(name) for name in ("title", "source", "url") if name in changed
    }
    if "published" in changed:
        columns["published"] = _day(given.get("published"))
    if "sentence" in changed:
        columns["sentence"] = given.get("sentence") or ""
    return replace(telling, **columns)


def _place(given: Row, geometry: BaseGeometry | None, changed: tuple[str, ...]) -> Place | None:
    if geometry is None or geometry.is_empty:
        if given.get("place"):
            raise ValueError(
                f"place {given['place']!r} has no coordinates: give them, or leave the place empty"
            )
        return None
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    if not (-180.0 <= point.x <= 180.0 and -90.0 <= point.y <= 90.0):  # noqa: PLR2004 - degrees
        raise ValueError(f"the point {point.x:g}, {point.y:g} is not longitude and latitude")
    usual = Precision.EXACT if geometry.geom_type == "Point" else Precision.ADMIN1
    precision = _one_of(Precision, given, "precision", usual)
    moved = {"place", GEOMETRY} & set(changed)
    return Place(
        id="" if moved else given.get("place_id") or "",
        name=given.get("place") or "",
        lon=point.x,
        lat=point.y,
        feature_code=_feature_code(precision, given.get("where_prec")),
        precision=precision,
        country=given.get("country"),
        admin1=given.get("admin1"),
        admin2=given.get("admin2"),
        radius_km=given.get("radius_km"),
        dispute=given.get("dispute"),
        de_facto_admin=given.get("de_facto_admin"),
        area=None if geometry.geom_type == "Point" else geometry,
    )


def _feature_code(precision: Precision, where_prec: int | None) -> str:
    """Return a feature code for which `where_prec` gives the same again."""
    if where_prec == 7:  # noqa: PLR2004 - UCDP's sea or air
        return "SEA"
    if precision is Precision.ADMIN1:
        return {3: "ADM2", 5: "RGN"}.get(where_prec or 0, "ADM1")
    return "PCLI" if precision is Precision.COUNTRY else "PPL"


def _origin(given: Row) -> Place | None:
    lon, lat = given.get("origin_lon"), given.get("origin_lat")
    if lon is None or lat is None:
        return None
    return Place("", given.get("origin") or "", lon, lat, "", Precision.EXACT)


def _actor(given: Row, column: str) -> Actor | None:
    name = given.get(column)
    return Actor(name, side=given.get(f"{column}_side")) if name else None


def _day(value: object) -> dt.date | None:
    return None if is_empty(value) else dt.date.fromisoformat(str(value)[:10])


def _row_id(given: Row) -> str:
    text = json.dumps({key: str(given.get(key)) for key in COLUMNS}, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
