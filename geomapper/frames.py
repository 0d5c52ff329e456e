"""Events as rows and back: the columns of the public schema and the CRS are written once, here.

Every format that geomapper writes is made from `row`, and what an analyst corrected by hand
comes back through `event_from_row`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from geomapper.coding.codebook import Codebook
from geomapper.coding.dates import date_prec, time_precision
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
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

CRS = "EPSG:4326"
COLUMNS = (
    "id",
    "type",
    "subtype",
    "family",
    "document",
    "title",
    "source",
    "url",
    "published",
    "actor",
    "actor_side",
    "target",
    "target_side",
    "place",
    "place_id",
    "country",
    "admin1",
    "admin2",
    "dispute",
    "de_facto_admin",
    "precision",
    "radius_km",
    "geo_precision",
    "where_prec",
    "date_start",
    "date_end",
    "date_precision",
    "date_prec",
    "time_precision",
    "status",
    "attribution",
    "cross_border",
    "origin",
    "origin_lon",
    "origin_lat",
    "killed",
    "killed_low",
    "killed_high",
    "wounded",
    "captured",
    "time_frame",
    "confidence",
    "sentence",
    "sentence_start",
    "sentence_end",
    "trigger",
    "plover",
    "cameo",
    "acled",
    "sources",
    "edited",
)
_WATERS = frozenset(
    {"SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "SD", "COVE", "LGN", "INLT", "RDST", "AIRS"}
)
_NEAR_KM = 25.0
_DIGITS = 5

Row = dict[str, Any]


def row(event: Event, codebook: Codebook | None = None) -> Row:
    """Return an event as the properties of the public schema, in the order of `COLUMNS`.

    Dates are ISO 8601 days, `sources` a list of objects, coordinates degrees with five
    decimals; what is unknown is None. The first telling fills the flat columns. `codebook`
    gives the codes of other schemes; by default ours.
    """
    first = event.evidence[0]
    values = {
        "id": event.id,
        "type": event.type,
        "subtype": event.subtype,
        "family": event.family,
        **_telling_columns(first),
        **_actor_columns("actor", event.actor),
        **_actor_columns("target", event.target),
        **_place_columns(event.place),
        **_date_columns(event.dates),
        "status": event.status.value,
        "attribution": event.attribution,
        "cross_border": event.cross_border,
        **_origin_columns(event.origin),
        **_casualty_columns(event.casualties),
        "time_frame": event.time_frame.value,
        "confidence": round(event.confidence, 3),
        "sources": [_telling(each) for each in event.evidence],
        "edited": event.edited,
        **_scheme_codes(event.type, codebook or Codebook.load()),
    }
    return {column: _clean(values[column]) for column in COLUMNS}


def _telling_columns(telling: Evidence) -> Row:
    return {
        "document": telling.document,
        "title": telling.title,
        "source": telling.source,
        "url": telling.url,
        "published": _iso(telling.published),
        "sentence": telling.sentence,
        "sentence_start": telling.span.start,
        "sentence_end": telling.span.end,
        "trigger": telling.trigger,
    }


def _telling(telling: Evidence) -> Row:
    return {
        **_telling_columns(telling),
        "trigger_start": telling.trigger_span.start,
        "trigger_end": telling.trigger_span.end,
        "status": telling.status.value,
        "attribution": telling.attribution,
    }


def _actor_columns(column: str, actor: Actor | None) -> Row:
    return {
        column: actor.name if actor else None,
        f"{column}_side": actor.side if actor else None,
    }


def _place_columns(place: Place | None) -> Row:
    if place is None:
        names = ("place", "place_id", "country", "admin1", "admin2", "dispute", "de_facto_admin")
        return dict.fromkeys((*names, "precision", "radius_km", "geo_precision", "where_prec"))
    return {
        "place": place.name,
        "place_id": place.id,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "dispute": place.dispute,
        "de_facto_admin": place.de_facto_admin,
        "precision": place.precision.value,
        "radius_km": place.radius_km,
        "geo_precision": geo_precision(place),
        "where_prec": where_prec(place),
    }


def where_prec(place: Place) -> int:
    """Return UCDP's where_prec, 1 to 7.

    1 exact, 2 within about 25 km, 3 second-order unit, 4 first-order unit, 5 a fuzzy area or a
    wider circle, 6 country, 7 sea or air. Source: UCDP GED Codebook, version 24.1.
    """
    if place.feature_code in _WATERS:
        return 7
    if place.precision is Precision.NEAR:
        return 2 if (place.radius_km or 0.0) <= _NEAR_KM else 5
    if place.precision is Precision.ADMIN1:
        return {"ADM1": 4, "ADM2": 3, "ADM3": 3}.get(place.feature_code, 5)
    return 6 if place.precision is Precision.COUNTRY else 1


def geo_precision(place: Place) -> int:
    """Return ACLED's geo_precision, 1 to 3: a town, near one or a district, a larger region.

    Source: ACLED Codebook, 2023.
    """
    return {1: 1, 2: 2, 3: 2, 7: 2}.get(where_prec(place), 3)


def _date_columns(dates: DateRange) -> Row:
    return {
        "date_start": _iso(dates.earliest),
        "date_end": _iso(dates.latest),
        "date_precision": dates.precision.value,
        "date_prec": date_prec(dates),
        "time_precision": time_precision(dates),
    }


def _origin_columns(origin: Place | None) -> Row:
    return {
        "origin": origin.name if origin else None,
        "origin_lon": round(origin.lon, _DIGITS) if origin else None,
        "origin_lat": round(origin.lat, _DIGITS) if origin else None,
    }


def _casualty_columns(casualties: Casualties) -> Row:
    names = ("killed", "killed_low", "killed_high", "wounded", "captured")
    return {name: getattr(casualties, name) for name in names}


def _scheme_codes(event_type: str, codebook: Codebook) -> Row:
    known = codebook.types.get(event_type)
    return {
        "plover": known.plover if known else None,
        "cameo": known.cameo if known else None,
        "acled": known.acled if known else None,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _clean(value: Any) -> Any:  # noqa: ANN401 - one value of a row, of any kind
    """Replace what no format can hold, NUL and lone surrogates, by U+FFFD."""
    if isinstance(value, str):
        return (
            value.replace("\0", "\ufffd")
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return value


def to_geodataframe(events: Iterable[Event], codebook: Codebook | None = None) -> gpd.GeoDataFrame:
    """Return events as a GeoDataFrame, a row each, indexed by `id`, in EPSG:4326.

    Dates are datetimes without a zone (NaT where open). Areas are areas, events without a
    place have no geometry; no events give an empty frame with all columns.
    """
    import geopandas as gpd
    import pandas as pd

    events = list(events)
    frame = pd.DataFrame([row(event, codebook) for event in events], columns=list(COLUMNS))
    for column in ("published", "date_start", "date_end"):
        frame[column] = pd.to_datetime(frame[column])
    geometry = [event.place.geometry if event.place else None for event in events]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, crs=CRS), crs=CRS).set_index(
        "id", drop=False
    )


def event_from_row(values: Mapping[str, Any], geometry: BaseGeometry | None) -> Event:
    """Return the event of a row, as `row` made it and as an analyst may have edited it.

    An event whose columns no longer agree with its `sources` is edited by hand: `edited` then
    names the columns. Missing columns are unknown.

    Raises
    ------
    ValueError
        A date, a status or another controlled value is none.
    """
    evidence = tuple(_evidence(each) for each in _sources(values))
    return Event(
        id=str(values.get("id") or _row_id(values)),
        type=str(values.get("type") or "political"),
        subtype=values.get("subtype") or None,
        family=str(values.get("family") or ""),
        dates=DateRange(
            _day(values.get("date_start")),
            _day(values.get("date_end")),
            DatePrecision(values.get("date_precision") or "unknown"),
        ),
        place=_place(values, geometry),
        actor=_actor(values, "actor"),
        target=_actor(values, "target"),
        status=Status(values.get("status") or "reported"),
        evidence=evidence,
        attribution=values.get("attribution") or None,
        cross_border=values.get("cross_border"),
        origin=_origin(values),
        casualties=Casualties(
            *(_count(values.get(name)) for name in ("killed", "killed_low", "killed_high")),
            *(_count(values.get(name)) for name in ("wounded", "captured")),
        ),
        time_frame=TimeFrame(values.get("time_frame") or "current"),
        confidence=float(values.get("confidence") or 0.0),
        edited=values.get("edited") or None,
    )


def _sources(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sources = values.get("sources")
    if isinstance(sources, str):
        sources = json.loads(sources)
    return sources or [values]


def _evidence(telling: Mapping[str, Any]) -> Evidence:
    start, end = int(telling.get("sentence_start") or 0), int(telling.get("sentence_end") or 0)
    return Evidence(
        document=str(telling.get("document") or ""),
        span=Span(start, end),
        sentence=str(telling.get("sentence") or ""),
        trigger=str(telling.get("trigger") or ""),
        trigger_span=Span(
            int(telling.get("trigger_start") or start), int(telling.get("trigger_end") or start)
        ),
        status=Status(telling.get("status") or "reported"),
        attribution=telling.get("attribution") or None,
        title=telling.get("title") or None,
        source=telling.get("source") or None,
        url=telling.get("url") or None,
        published=_day(telling.get("published")),
    )


def _place(values: Mapping[str, Any], geometry: BaseGeometry | None) -> Place | None:
    if geometry is None or geometry.is_empty:
        return None
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    precision = Precision(values.get("precision") or "exact")
    codes = {Precision.ADMIN1: "ADM1", Precision.COUNTRY: "PCLI"}
    radius = values.get("radius_km")
    return Place(
        id=str(values.get("place_id") or ""),
        name=str(values.get("place") or ""),
        lon=point.x,
        lat=point.y,
        feature_code=codes.get(precision, "PPL"),
        precision=precision,
        country=values.get("country") or None,
        admin1=values.get("admin1") or None,
        admin2=values.get("admin2") or None,
        radius_km=None if radius is None else float(radius),
        dispute=values.get("dispute") or None,
        de_facto_admin=values.get("de_facto_admin") or None,
        area=geometry if geometry.geom_type != "Point" else None,
    )


def _origin(values: Mapping[str, Any]) -> Place | None:
    lon, lat = values.get("origin_lon"), values.get("origin_lat")
    if lon is None or lat is None:
        return None
    name = str(values.get("origin") or "")
    return Place("", name, float(lon), float(lat), "", Precision.EXACT)


def _actor(values: Mapping[str, Any], column: str) -> Actor | None:
    name = values.get(column)
    return Actor(str(name), side=values.get(f"{column}_side") or None) if name else None


def _count(value: object) -> int | None:
    return None if value is None or value == "" else int(float(str(value)))


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def _row_id(values: Mapping[str, Any]) -> str:
    text = json.dumps({key: str(values.get(key)) for key in COLUMNS}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
