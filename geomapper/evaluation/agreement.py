"""When an event of the pipeline agrees with one of the gold, slot by slot."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.evaluation.distances import centre, holds, is_area, km_between
from geomapper.model import DatePrecision, DateRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomapper.evaluation.gold import GoldEvent
    from geomapper.model import Event

TOLERANCE_KM = {"exact": 50.0, "near": 50.0, "admin1": 150.0, "country": 600.0}
_AREA_TOLERANCE_KM = 50.0
_LEVEL = {"exact": "point", "near": "point", "admin1": "admin1", "country": "country"}
_SLACK = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=6)
_STEM = 6
_LIKE = 0.5
_COMMON = frozenset(
    "the of and forces force army armed military troops soldiers fighters government group militia "
    "rebels a in for its".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names of actors that mean one and the same, by their plain form."""

    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Iterable[Iterable[str]]) -> Names:
        """Return the names of lists of which each names one actor; none give none."""
        groups: dict[str, set[str]] = defaultdict(set)
        for names in lists:
            plain = [plain_name(name) for name in names]
            for name in plain:
                groups[name].add(plain[0])
        return cls({name: frozenset(heads) for name, heads in groups.items()})

    def same(self, wanted: str | None, given: str | None) -> bool:
        """Tell whether two names mean one actor; where none is wanted any passes.

        Examples
        --------
        >>> Names().same("Ukraine", "Ukrainian forces"), Names().same("Hamas", None)
        (True, False)
        """
        if not wanted:
            return True
        one, other = plain_name(wanted), plain_name(given)
        heads = self.groups.get(one, frozenset({one})) & self.groups.get(other, frozenset({other}))
        return one == other or bool(heads) or _alike(one, other)


def plain_name(name: str | None) -> str:
    """Return a name in small ASCII letters and digits.

    Examples
    --------
    >>> plain_name("Türkiye’s  Army")
    'turkiyes army'
    """
    text = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9/ -]", " ", text).split())


def _alike(one: str, other: str) -> bool:
    wanted, given = (
        {word[:_STEM] for word in set(re.findall(r"[a-z0-9]+", name)) - _COMMON}
        for name in (one, other)
    )
    return bool(wanted and given) and len(wanted & given) / len(wanted | given) >= _LIKE


def type_is_right(gold: GoldEvent, event: Event) -> bool:
    """Tell whether the type is the gold's, or one that the gold lets pass."""
    return event.type in gold.types


def place_is_right(gold: GoldEvent, event: Event) -> bool:
    """Tell whether the place is close enough for the precision of the gold.

    A point within 50 km of a settlement; for a region an area that holds the gold's point or
    whose centre lies within 150 km of it (600 km for a country).
    """
    if event.place is None or gold.lon is None or gold.lat is None:
        return False
    tolerance = TOLERANCE_KM[gold.precision or "exact"]
    shape = event.place.geometry
    if tolerance > _AREA_TOLERANCE_KM and is_area(shape) and holds(shape, gold.lon, gold.lat):
        return True
    return km_between(gold.lon, gold.lat, *centre(shape)) <= tolerance


def precision_is_right(gold: GoldEvent, event: Event) -> bool:
    """Tell whether a settlement is a point, a region a region, a country a country."""
    return event.place is not None and _LEVEL[event.place.precision.value] == _LEVEL.get(
        gold.precision or ""
    )


def status_is_right(gold: GoldEvent, event: Event) -> bool:
    """Tell whether the status is the gold's, or one that the gold lets pass."""
    return event.status.value in gold.statuses


def date_is_right(gold: GoldEvent, event: Event) -> bool:
    """Tell whether the days agree within one day; intervals must overlap and be of like length."""
    if gold.date_end is None and gold.date_start is None:
        return _is_vague(event.dates)
    if gold.date_start is None and gold.date_end is not None:
        return _is_by(gold.date_end, event.dates)
    start = gold.date_start or gold.date_end
    end = gold.date_end or gold.date_start
    given_start = event.dates.earliest or event.dates.latest
    given_end = event.dates.latest or event.dates.earliest
    if start is None or end is None or given_start is None or given_end is None:
        return False
    meets = given_start <= end + _SLACK and given_end >= start - _SLACK
    return meets and given_end - given_start <= 3 * (end - start) + _WEEK


def _is_vague(dates: DateRange) -> bool:
    if dates.earliest is None or dates.latest is None:
        return True
    long = (dates.latest - dates.earliest).days > _WEEK.days
    return long or dates.precision in (DatePrecision.UNKNOWN, DatePrecision.BEFORE)


def _is_by(end: dt.date, dates: DateRange) -> bool:
    if dates.latest is None or dates.latest > end + _SLACK:
        return False
    return (
        dates.earliest is None
        or dates.earliest < dates.latest
        or dates.precision is DatePrecision.BEFORE
    )
