"""What a report says, before any format: key figures, events with their evidence, sources, method."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.model import Status, TimeFrame
from geomapper.reporting.wording import date_words, safe_link, type_label, where_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomapper.coding.codebook import Codebook
    from geomapper.model import Event, Evidence, Provenance

_SURE = frozenset({Status.CONFIRMED, Status.REPORTED})
_UNSURE = frozenset({Status.CLAIMED, Status.DENIED})


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure; `before` is that of the period before, None where none was asked for."""

    label: str
    now: int
    before: int | None = None

    @property
    def change(self) -> str:
        """The difference in words that sort: ``+3``, ``−2``, ``0``; nothing without a period before."""
        if self.before is None:
            return ""
        difference = self.now - self.before
        return f"+{difference}" if difference > 0 else f"\u2212{-difference}" if difference else "0"


@dataclass(frozen=True, slots=True)
class Source:
    """An article that tells of an event; `link` is an address by http or https, or None."""

    number: int
    title: str
    outlet: str | None
    link: str | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling: the sentence in three parts with its trigger in the middle, and its source."""

    before: str
    trigger: str
    after: str
    source: Source
    attribution: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """An event as a report tells it, in words; what the text does not say is None."""

    id: str
    date: str
    label: str
    actor: str | None
    target: str | None
    place: str | None
    precision: str | None
    dispute: str | None
    status: str
    attribution: str | None
    harm: str | None
    certainty: str
    edited: str | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Events of one country: those told without reserve, and apart from them one side's word."""

    title: str
    sure: tuple[Line, ...]
    unsure: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a report says. `current` are the events that the pictures show."""

    title: str
    as_of: str | None
    period: str | None
    filters: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    without_place: tuple[Line, ...]
    unreal: tuple[Line, ...]
    past: tuple[Line, ...]
    sources: tuple[Source, ...]
    made_by: tuple[str, ...]
    disclaimer: str
    texts: Mapping[str, str]
    current: tuple[Event, ...]


def brief(
    events: Iterable[Event],
    *,
    provenance: Provenance,
    codebook: Codebook,
    title: str | None = None,
    period: tuple[dt.date | None, dt.date | None] = (None, None),
    before: Iterable[Event] | None = None,
) -> Briefing:
    """Return the briefing of events, by country and day.

    `period` is what was asked for; `before` are the events of the period before, None where
    there is nothing to compare with.
    """
    texts = report_texts()
    events = sorted(events, key=_order)
    sources = _Sources(events)
    lines = {event.id: _line(event, codebook, sources, texts) for event in events}
    told = [event for event in events if event.time_frame is TimeFrame.CURRENT]
    real = [event for event in told if event.status.is_pinned]
    placed = [event for event in real if event.place is not None]
    world = "un" if provenance.worldview == "un" else "de_facto"
    return Briefing(
        title=title or texts["title"],
        as_of=_as_of(events),
        period=_period_words(*period),
        filters=tuple(each for each in provenance.filters if not each.startswith(("from ", "to "))),
        figures=_figures(told, None if before is None else list(before), texts),
        sections=_sections(placed, lines, texts),
        without_place=tuple(lines[event.id] for event in real if event.place is None),
        unreal=tuple(lines[event.id] for event in told if not event.status.is_pinned),
        past=tuple(lines[event.id] for event in events if event not in told),
        sources=sources.listed,
        made_by=(
            provenance.package,
            f"gazetteer {provenance.gazetteer}",
            f"codebook {provenance.codebook}",
            f"language model {provenance.language_model}",
        ),
        disclaimer=texts[f"disclaimer_{world}"],
        texts=texts,
        current=tuple(real),
    )


def period_before(earliest: dt.date, latest: dt.date) -> tuple[dt.date, dt.date]:
    """Return the period of the same length just before one; both ends included.

    Examples
    --------
    >>> period_before(dt.date(2025, 4, 8), dt.date(2025, 4, 14))
    (datetime.date(2025, 4, 1), datetime.date(2025, 4, 7))
    """
    length = latest - earliest + dt.timedelta(1)
    return earliest - length, earliest - dt.timedelta(1)


@cache
def report_texts() -> Mapping[str, str]:
    """Return the texts of reports."""
    return tomllib.loads(resources.files(__package__).joinpath("texts.toml").read_text("utf-8"))


class _Sources:
    """The articles, numbered in the order in which the events name them."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._known: dict[tuple[str, ...], Source] = {}
        for event in events:
            for telling in event.evidence:
                self.of(telling)

    def of(self, telling: Evidence) -> Source:
        """Return the source of a telling."""
        key = (telling.url or "", telling.document, telling.title or "", telling.source or "")
        if key not in self._known:
            title = telling.title or telling.source or telling.document or "\u2014"
            self._known[key] = Source(
                len(self._known) + 1,
                title,
                telling.source,
                safe_link(telling.url),
                telling.published,
            )
        return self._known[key]

    @property
    def listed(self) -> tuple[Source, ...]:
        """All sources, by number."""
        return tuple(self._known.values())


def _order(event: Event) -> tuple[dt.date, str, str]:
    first = event.dates.earliest or event.dates.latest or dt.date.max
    return first, event.place.name if event.place else "", event.id


def _as_of(events: Sequence[Event]) -> str | None:
    days = [each.published for event in events for each in event.evidence if each.published]
    return max(days).isoformat() if days else None


def _period_words(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    if earliest and latest:
        return f"{earliest} \u2013 {latest}"
    if earliest:
        return f"from {earliest}"
    return f"to {latest}" if latest else None


def _figures(
    events: Sequence[Event], before: Sequence[Event] | None, texts: Mapping[str, str]
) -> tuple[Figure, ...]:
    then = (
        None
        if before is None
        else _counts([e for e in before if e.time_frame is TimeFrame.CURRENT])
    )
    return tuple(
        Figure(texts[name], value, None if then is None else then[name])
        for name, value in _counts(events).items()
    )


def _counts(events: Sequence[Event]) -> dict[str, int]:
    """Return the key figures; those of the statuses add up to all events."""
    real = [event for event in events if event.status.is_pinned]
    statuses = Counter(event.status for event in real)
    return {
        "events": len(events),
        "confirmed": statuses[Status.CONFIRMED],
        "reported": statuses[Status.REPORTED],
        "claimed": statuses[Status.CLAIMED],
        "denied": statuses[Status.DENIED],
        "not_happened": len(events) - len(real),
        "with_place": sum(event.is_pinned for event in real),
        "without_place": sum(event.place is None for event in real),
        "deadly": sum(bool(event.casualties.killed) for event in real),
        "killed": sum(event.casualties.killed or 0 for event in real),
        "wounded": sum(event.casualties.wounded or 0 for event in real),
    }


def _sections(
    events: Sequence[Event], lines: Mapping[str, Line], texts: Mapping[str, str]
) -> tuple[Section, ...]:
    by_country: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.place is not None:
            by_country[event.place.country or ""].append(event)
    order = sorted(by_country, key=lambda code: (not code, -len(by_country[code]), code))
    return tuple(
        Section(
            country_name(code) if code else texts["no_country"],
            tuple(lines[event.id] for event in by_country[code] if event.status in _SURE),
            tuple(lines[event.id] for event in by_country[code] if event.status in _UNSURE),
        )
        for code in order
    )


def country_name(code: str) -> str:
    """Return a country's usual English name by its ISO 3166-1 code, the code where unknown.

    Examples
    --------
    >>> country_name("UA")
    'Ukraine'
    """
    return _countries().get(code, code)


@cache
def _countries() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("countries.toml").read_text("utf-8")
    return tomllib.loads(text)


def _line(event: Event, codebook: Codebook, sources: _Sources, texts: Mapping[str, str]) -> Line:
    place = event.place
    return Line(
        id=event.id,
        date=date_words(event.dates, texts["no_date"]),
        label=type_label(event, codebook),
        actor=event.actor.name if event.actor else None,
        target=event.target.name if event.target else None,
        place=where_words(event, texts),
        precision=texts[f"precision_{place.precision.value}"] if place else None,
        dispute=place.dispute if place else None,
        status=texts[f"status_{event.status.value}"],
        attribution=event.attribution,
        harm=_harm(event, texts),
        certainty=f"{event.confidence:.0%}",
        edited=event.edited,
        tellings=tuple(_telling(each, sources, texts) for each in event.evidence),
    )


def _harm(event: Event, texts: Mapping[str, str]) -> str | None:
    counts = event.casualties
    killed = str(counts.killed)
    low, high = counts.killed_low, counts.killed_high
    if low is not None and high is None:
        killed = f"{low}+"
    elif low is None and high is not None:
        killed = f"\u2264{high}"
    elif low != high:
        killed = f"{low}\u2013{high}"
    words = (
        ("killed", None if counts.killed is None else killed),
        ("wounded", counts.wounded),
        ("captured", counts.captured),
    )
    said = [f"{value} {texts[f'{name}_short']}" for name, value in words if value is not None]
    return ", ".join(said) or None


def _telling(telling: Evidence, sources: _Sources, texts: Mapping[str, str]) -> Telling:
    sentence = telling.sentence
    start = telling.trigger_span.start - telling.span.start
    end = start + len(telling.trigger)
    if start < 0 or sentence[start:end] != telling.trigger:
        start = end = 0
    return Telling(
        sentence[:start],
        sentence[start:end],
        sentence[end:],
        sources.of(telling),
        telling.attribution,
        texts[f"status_{telling.status.value}"],
    )
