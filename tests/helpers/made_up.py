"""Events made up for tests: plain ones by hand, hostile ones by Hypothesis."""

import datetime as dt

from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geomapper.coding.codebook import Codebook
from geomapper.model import (
    Actor,
    Casualties,
    DatePrecision,
    DateRange,
    Event,
    Evidence,
    Place,
    Precision,
    Provenance,
    Span,
    Status,
    TimeFrame,
)

MADE_BY = Provenance("geomapper 0", "places 1", "codebook 1", "model 1", "un", ("from 2025-01-01",))
BLOCK = box(30.12345678, 46.1, 33.5, 48.7)
RING = Polygon(
    [(10, 10), (10, 14), (15, 14), (15, 10), (10, 10)],
    [[(11, 11), (12, 11), (12, 12), (11, 12), (11, 11)]],
)
AREAS = (BLOCK, RING, MultiPolygon([BLOCK, box(170.0, -20.0, 180.0, -10.0)]))
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "'=1",
    "''tis",
    "\t=1",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "${7*7}`",
    'a "quoted", comma; semicolon\nnew line\r\nand return\rend',
    "]]>&lt;<![CDATA[",
    "\u202eright to left\u200f Хар\u0301ків 🛩️",
    "C:\\1\\",
    "NULL",
    "nan",
    "1e5",
    "\x0b\x1f control",
    "ends in a space ",
)
PLAIN = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30
)
TEXTS = st.one_of(st.sampled_from(HOSTILE), PLAIN)
MAYBE = st.none() | TEXTS
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
COUNTS = st.none() | st.integers(0, 2_000_000)
DEGREES = st.tuples(
    st.floats(-180, 180, allow_nan=False).map(lambda value: round(value, 5) + 0.0),
    st.floats(-90, 90, allow_nan=False).map(lambda value: round(value, 5) + 0.0),
)


def event(**changes):
    """Return an event in Izium, with `changes` made to it."""
    telling = Evidence(
        "d1", Span(0, 38), "Russian forces shelled Izium on Monday", "shelled", Span(15, 22),
        Status.CLAIMED, "the governor", "A title", "An outlet", "https://example.org/a",
        dt.date(2025, 4, 8),
    )  # fmt: skip
    monday = dt.date(2025, 4, 7)
    values = {
        "id": "e1",
        "type": "shelling",
        "family": "strike",
        "dates": DateRange(monday, monday, DatePrecision.DAY),
        "place": place(),
        "actor": Actor("Russian forces", side="Russia"),
        "target": None,
        "status": Status.CLAIMED,
        "evidence": (telling,),
        "casualties": Casualties(2, 2, 3),
        "confidence": 0.75,
    }
    return Event(**{**values, **changes})


def place(**changes):
    """Return Izium."""
    values = {
        "id": "geonames:707470",
        "name": "Izium",
        "lon": 37.26,
        "lat": 49.21,
        "feature_code": "PPLA2",
        "precision": Precision.EXACT,
        "country": "UA",
        "admin1": "Kharkiv Oblast",
    }
    return Place(**{**values, **changes})


def region(area=BLOCK, **changes):
    """Return a region with its area."""
    return place(
        id="r1",
        name="A region",
        feature_code="ADM1",
        precision=Precision.ADMIN1,
        area=area,
        lon=31.0,
        lat=47.0,
        **changes,
    )


def few():
    """Return events of every kind: at a point, in a region, across a border, without a place."""
    return (
        event(),
        event(id="e2", place=region(), status=Status.REPORTED),
        event(id="e3", origin=place(lon=36.6, lat=50.6, name="Belgorod"), cross_border=True),
        event(id="e4", place=None, dates=DateRange(), actor=None),
        event(id="e5", place=region(AREAS[2]), target=Actor("civilians")),
    )


@st.composite
def places(draw):
    """Draw a place: a town, near one, or a region."""
    lon, lat = draw(DEGREES)
    precision = draw(st.sampled_from(Precision))
    is_area = precision in (Precision.ADMIN1, Precision.COUNTRY)
    codes = {Precision.ADMIN1: ["ADM1", "ADM2", "RGN"], Precision.COUNTRY: ["PCLI"]}
    return Place(
        draw(TEXTS), draw(TEXTS), lon, lat,
        draw(st.sampled_from(codes.get(precision, ["PPL", "SEA"]))), precision,
        draw(st.sampled_from([None, "UA", "CD"])), draw(MAYBE), draw(MAYBE),
        radius_km=draw(st.sampled_from([5.0, 30.5])) if precision is Precision.NEAR else None,
        dispute=draw(MAYBE), de_facto_admin=draw(MAYBE),
        area=draw(st.sampled_from(AREAS)) if is_area else None,
    )  # fmt: skip


@st.composite
def tellings(draw):
    """Draw a telling."""
    start = draw(st.integers(0, 10**6))
    return Evidence(
        draw(TEXTS), Span(start, start + 40), draw(TEXTS), draw(TEXTS), Span(start + 3, start + 9),
        draw(st.sampled_from(Status)), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE),
        draw(st.none() | DAYS),
    )  # fmt: skip


@st.composite
def events(draw):
    """Draw an event whose every text may be hostile."""
    kind = draw(st.sampled_from(sorted(Codebook.load().types)))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    dates = draw(
        st.sampled_from(
            [
                DateRange(),
                DateRange(first, first, DatePrecision.DAY),
                DateRange(first, last, DatePrecision.MONTH),
                DateRange(None, last, DatePrecision.BEFORE),
            ]
        )
    )
    actor = st.none() | st.builds(lambda name, side: Actor(name, side=side), TEXTS, MAYBE)
    return Event(
        draw(TEXTS), kind, Codebook.load().types[kind].family, dates,
        draw(st.none() | places()), draw(actor), draw(actor), draw(st.sampled_from(Status)),
        tuple(draw(st.lists(tellings(), min_size=1, max_size=3))),
        subtype=draw(MAYBE), attribution=draw(MAYBE),
        cross_border=draw(st.sampled_from([None, True, False])),
        origin=draw(st.none() | places()),
        casualties=Casualties(*(draw(COUNTS) for _ in range(5))),
        time_frame=draw(st.sampled_from(TimeFrame)),
        confidence=draw(st.floats(0, 1).map(lambda value: round(value, 3))),
        edited=draw(st.none() | st.sampled_from(["place", "place, killed"])),
    )  # fmt: skip


def sets():
    """Draw some events with ids of their own."""
    return st.lists(events(), max_size=4, unique_by=lambda each: each.id)
