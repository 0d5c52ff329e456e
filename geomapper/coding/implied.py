"""Who must have done it where the text does not say: the only force of the article that is not at home.

News of a war leaves out what its readers know: "shelling of Izium" needs no "Russian". Where the
article names exactly one armed side from outside the country of the place, that side is implied for
strikes, sieges, offensives and captures; a place recaptured is taken by the country's own force. The
event's reasons say that the actor is implied.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.model import Actor, Place

_ARMED = frozenset({"military", "rebels", "militants", "jihadists", "paramilitary", "separatists"})
_BY_OUTSIDERS = frozenset({"strike", "air", "ground"})
_BY_HOLDERS = "regain"
_CLEARLY_MORE = 2


@dataclass(frozen=True, slots=True)
class Sides:
    """The armed actors that an article names, with how often, and their governments counted in."""

    counts: tuple[tuple[Actor, int], ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of all of them."""
        return frozenset(actor.name for actor, _ in self.counts)


def sides_of(mentions: Iterable[ActorMention], table: ActorTable) -> Sides:
    """Return the armed sides of an article, the most named first."""
    counts: Counter[Actor] = Counter()
    for mention in mentions:
        actor = mention.actor
        if mention.kind == "state" and len(actor.homes) == 1:
            force = table.lexicon.of_country(actor.homes[0], "troops")
            if force is not None:
                counts[force] += 1
        elif mention.kind in ("force", "group") and actor.role in _ARMED and actor.homes:
            counts[actor] += 2
    return Sides(tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].name))))


@cache
def _means() -> tuple[dict[str, str], ...]:
    text = resources.files(__package__).joinpath("means.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def sole_actor(
    event_type: str, place: Place | None, year: int | None, table: ActorTable
) -> tuple[Actor, str] | None:
    """Return who alone does such a thing there in that year, and why, by ``means.csv``.

    None where the table says nothing, or where place or year are not known.

    Examples
    --------
    >>> from geomapper.coding.actors import ActorTable
    >>> sole_actor("air_strike", None, 2024, ActorTable.load()) is None
    True
    """
    if place is None or place.country is None or year is None:
        return None
    for row in _means():
        if event_type not in row["types"].split("|") or place.country != row["country"]:
            continue
        inside = not row["admin1"] or place.admin1 in row["admin1"].split("|")
        excepted = place.admin1 in row["except_admin1"].split("|")
        if not inside or excepted or not _in_years(row, year):
            continue
        actor = table.find(row["actor"])
        return (actor, row["why"]) if actor is not None else None
    return None


def _in_years(row: dict[str, str], year: int) -> bool:
    return int(row["since"]) <= year <= int(row["until"] or year)


def implied_actor(
    deed: str | None, place: Place | None, sides: Sides, table: ActorTable
) -> Actor | None:
    """Return the actor that an article leaves out of a kind of deed, None where more than one could be meant."""
    if place is None or place.country is None:
        return None
    own = table.lexicon.of_country(place.country, "troops")
    if deed == _BY_HOLDERS:
        return own if own is not None and own.name in sides.names else None
    if deed not in _BY_OUTSIDERS:
        return None
    outside = [
        (a, n) for a, n in sides.counts if place.country not in a.homes and a.role == "military"
    ]
    outside = outside or [(a, n) for a, n in sides.counts if place.country not in a.homes]
    if not outside:
        return None
    rest = outside[1][1] if len(outside) > 1 else 0
    return outside[0][0] if outside[0][1] >= _CLEARLY_MORE * max(rest, 1) else None
