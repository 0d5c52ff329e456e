"""Events as rows of the public schema, and as a GeoDataFrame.

Every format that geomapper writes is made from `row`; `geomapper.restoring` is the way back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomapper.coding.codebook import Codebook
from geomapper.coding.dates import date_prec, time_precision
from geomapper.columns import COLUMNS, CRS, Row
from geomapper.editing import as_made
from geomapper.model import Precision

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geomapper.model import Actor, Casualties, DateRange, Event, Evidence, Place

__all__ = ["COLUMNS", "CRS", "Row", "row", "shape", "to_geodataframe"]
_WATERS = frozenset(
    {"SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "SD", "COVE", "LGN", "INLT", "RDST", "AIRS"}
)
_NEAR_KM = 25.0
_DIGITS = 5
_COUNTS = ("killed", "killed_low", "killed_high", "wounded", "captured")


def row(event: Event, codebook: Codebook | None = None, *, points: bool = False) -> Row:
    """Return an event as the properties of the public schema, in the order of `COLUMNS`.

    Dates are ISO 8601 days, `sources` a list of objects, coordinates degrees with five
    decimals; what is unknown is None. The first telling fills the flat columns. `codebook`
    gives the codes of other schemes; by default ours. With `points` the digest ``as_made`` is
    that of an event drawn as a point.
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
    cleaned = {column: _clean(values.get(column)) for column in COLUMNS}
    cleaned["as_made"] = as_made(cleaned, shape(event.place, points=points))
    return cleaned


def shape(place: Place | None, *, points: bool = False) -> BaseGeometry | None:
    """Return what a place is drawn as: a point, or its area unless `points` are asked for."""
    if place is None:
        return None
    if points and place.area is not None:
        from shapely import Point

        return Point(place.lon, place.lat)
    return place.geometry


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
        **(_casualty_columns(telling.casualties) if telling.casualties else {}),
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
    return {name: getattr(casualties, name) for name in _COUNTS}


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
        return _clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return value


def _clean_text(text: str) -> str:
    if text.isascii():
        return text.replace("\0", "\ufffd")
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return paired.replace("\0", "\ufffd")


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
    geometry = [shape(event.place) for event in events]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, crs=CRS), crs=CRS).set_index(
        "id", drop=False
    )
