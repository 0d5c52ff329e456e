"""The frozen records that pass between the stages.

Everything points back to its evidence by character span: offsets count characters of
`Document.text`, end exclusive. Unknown is a value: ``None``, an empty tuple, or
`DatePrecision.UNKNOWN`; never ``""``, ``0, 0`` or today. Longitude is x, in EPSG:4326.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from shapely.geometry.base import BaseGeometry


class Role(StrEnum):
    """What a place name does in its sentence.

    ``LITERAL`` is the ground itself; ``METONYM`` a government, army or people ("talks with
    Beijing"); ``DEMONYM`` a people or adjective ("Chinese citizens"); ``DATELINE`` where the
    article was filed; ``NAME_PART`` a piece of another name ("New York Times").
    """

    LITERAL = "literal"
    METONYM = "metonym"
    DEMONYM = "demonym"
    DATELINE = "dateline"
    NAME_PART = "name_part"


class Precision(StrEnum):
    """How well a text places something: a settlement, near one, a region, a country."""

    EXACT = "exact"
    NEAR = "near"
    ADMIN1 = "admin1"
    COUNTRY = "country"


class Status(StrEnum):
    """How certain an event is, and on whose word.

    Examples
    --------
    >>> Status.DENIED.is_pinned, Status.PLANNED.is_pinned
    (True, False)
    """

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"

    @property
    def is_pinned(self) -> bool:
        """Whether an event of this status may stand on the map."""
        return self not in (Status.PLANNED, Status.HYPOTHETICAL, Status.NEGATED)


class TimeFrame(StrEnum):
    """Whether an event is the news, its history, or the standing background."""

    CURRENT = "current"
    HISTORICAL = "historical"
    BACKGROUND = "background"


class DatePrecision(StrEnum):
    """How well a text dates something; ``BEFORE`` knows only the latest day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    BEFORE = "before"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Document.text`: characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character.

        Examples
        --------
        >>> Span(0, 4).overlaps(Span(3, 8)), Span(0, 4).overlaps(Span(4, 8))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """One article.

    `id` is the article's own where it has one, else a hash of its content. `published` is
    None where nobody said; it is never guessed. `language` is an ISO 639-1 code, None before
    it was detected.
    """

    id: str
    text: str
    published: dt.date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None

    def _repr_html_(self) -> str:
        """Return the article's head and beginning for a notebook; its text stays text."""
        from html import escape

        known = (self.source, self.author, self.published, self.url)
        about = " · ".join(escape(str(each)) for each in known if each)
        start = self.text[:600] + ("\u2026" if len(self.text) > 600 else "")  # noqa: PLR2004 - characters
        return (
            f"<article><h4>{escape(self.title or self.id)}</h4><p><small>{about}</small></p>"
            f'<p style="white-space:pre-wrap">{escape(start)}</p></article>'
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a text, with the role that it plays.

    `score` is the recognizer's confidence in the role, 0 to 1; `span` covers the name alone
    ("Donetsk", not "the Donetsk region").
    """

    span: Span
    text: str
    role: Role
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one that the text describes relative to such a place.

    `lon`, `lat` are degrees in EPSG:4326 of a point that stands for the place; `area` its
    outline where the gazetteer has one and the place is a region. `feature_code` is GeoNames'
    (``PPLA``, ``ADM1``, ``PCLI``, ...). `country` is ISO 3166-1 alpha-2 and de jure by the
    worldview, `admin1` and `admin2` are names. `radius_km` belongs to `Precision.NEAR`: how far
    from the point the thing may lie. `dispute` is a neutral sentence, or None.
    """

    id: str
    name: str
    lon: float
    lat: float
    feature_code: str
    precision: Precision
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float | None = None
    dispute: str | None = None
    de_facto_admin: str | None = None
    area: BaseGeometry | None = field(default=None, compare=False, repr=False)

    @property
    def geometry(self) -> BaseGeometry:
        """The area of a region, else the point; longitude first."""
        if self.area is not None and self.precision in (Precision.ADMIN1, Precision.COUNTRY):
            return self.area
        from shapely import Point

        return Point(self.lon, self.lat)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean. `score` is a calibrated probability, 0 to 1.

    `stands_in` says that the gazetteer does not know the place itself, and this one only says
    whereabouts it is: good enough for a list of names, not for the place of an event.
    """

    place: Place
    score: float
    reasons: tuple[str, ...] = ()
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention and the places that it may mean, best first; none where nothing fits."""

    mention: Mention
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The most probable candidate, or None."""
        return self.candidates[0] if self.candidates else None

    @property
    def place(self) -> Place | None:
        """The place of the most probable candidate, or None."""
        return self.candidates[0].place if self.candidates else None


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days within which something happened, both ends included; None is open.

    Examples
    --------
    >>> DateRange().is_open
    True
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether neither end is known."""
        return self.earliest is None and self.latest is None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, or is acted upon.

    `code` is the actor table's id (``UKR.MIL``), None for an actor the table does not know;
    `side` groups allies (``Ukraine``); `homes` are ISO 3166-1 alpha-2 codes of the states that
    it is based in; `role` says what it is: military, government, rebels, civilians, ....
    """

    name: str
    code: str | None = None
    side: str | None = None
    role: str | None = None
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Casualties:
    """Counts that a text ties to one event; None is unknown, which is not none.

    `killed` is the text's figure, `killed_low` and `killed_high` its range.
    """

    killed: int | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    wounded: int | None = None
    captured: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One telling of an event: the sentence, where it stands, and who says so.

    `span` is the sentence's, `trigger` the words that name the event, `trigger_span` theirs.
    `casualties` are the figures of this telling, which later ones may correct; None where nobody
    kept them.
    """

    document: str
    span: Span
    sentence: str
    trigger: str
    trigger_span: Span
    status: Status
    attribution: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: dt.date | None = None
    casualties: Casualties | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A conflict event as an analyst would code it.

    `id` is a hash of what the event is and where it is told, so that the same input gives the
    same id. `type` and `family` are codebook ids. `place` is None where the text names none.
    `origin` is where a cross-border event came from. `cross_border` is None where the actor's
    home or the place's country is unknown. `confidence` is 0 to 1. `evidence` holds at least
    one telling, the first fills the flat columns of the public schema. `reasons` are sentences
    for ``geomapper explain``. `edited` names what an analyst changed by hand.
    """

    id: str
    type: str
    family: str
    dates: DateRange
    place: Place | None
    actor: Actor | None
    target: Actor | None
    status: Status
    evidence: tuple[Evidence, ...]
    subtype: str | None = None
    attribution: str | None = None
    cross_border: bool | None = None
    origin: Place | None = None
    casualties: Casualties = field(default_factory=Casualties)
    time_frame: TimeFrame = TimeFrame.CURRENT
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    edited: str | None = None

    @property
    def is_pinned(self) -> bool:
        """Whether the event stands on the map: it has a place and a status that is pinned.

        Political events are recorded for context and never pinned.
        """
        return self.place is not None and self.status.is_pinned and self.family != "political"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a set of events: versions, and the worldview that decided on borders.

    Every output names it. `language_model` is a name and version, `filters` the options that
    narrowed the set, in words.
    """

    package: str
    gazetteer: str
    codebook: str
    language_model: str
    worldview: str = "un"
    filters: tuple[str, ...] = ()
