"""Who fights whom: the wars of ``wars.csv``, by country and year.

A war has two sides, each with its chief first. Who stands beside an actor is known by name, or by
the side of the tables of actors: Russian police stand where Russian forces do.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.coding.actors import ActorTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomapper.model import Actor, Place


@dataclass(frozen=True, slots=True)
class War:
    """A war: ISO codes of the countries in which it is fought, first and last year, both sides."""

    countries: frozenset[str]
    since: int
    until: int | None
    sides: tuple[tuple[Actor, ...], tuple[Actor, ...]]

    def is_on(self, country: str | None, year: int | None) -> bool:
        """Tell whether it is fought in a country in a year; where None, anywhere, or until today."""
        if country is not None and country not in self.countries:
            return False
        if year is None:
            return self.until is None
        return self.since <= year <= (self.until or year)

    def foes(self, actor: Actor) -> tuple[Actor, ...]:
        """Return the other side, the chief first; ``()`` for one who is in neither or in both."""
        one, other = self.sides
        stands = [_stands(actor, one), _stands(actor, other)]
        if all(stands) or not any(stands):
            return ()
        return other if stands[0] else one


def _stands(actor: Actor, side: tuple[Actor, ...]) -> bool:
    return any(
        actor.name == each.name or (each.side is not None and each.side == actor.side)
        for each in side
    )


@cache
def _wars() -> tuple[War, ...]:
    text = resources.files(__package__).joinpath("wars.csv").read_text(encoding="utf-8")
    return tuple(_war(row) for row in csv.DictReader(text.splitlines()))


def _war(row: Mapping[str, str]) -> War:
    one, other = (tuple(map(_known, row[side].split("|"))) for side in ("one", "other"))
    until = int(row["until"]) if row["until"] else None
    return War(frozenset(row["countries"].split("|")), int(row["since"]), until, (one, other))


def _known(name: str) -> Actor:
    actor = ActorTable.load().find(name)
    if actor is None:
        raise ValueError(f"wars.csv: {name!r} is in no table of actors")
    return actor


@dataclass(frozen=True, slots=True)
class Front:
    """What is known of the war around a deed: country and year, and whom the article names.

    `named` counts how often the article names each force, `near` those that the sentence names.
    """

    country: str | None = None
    year: int | None = None
    named: Mapping[str, int] = field(default_factory=dict)
    near: frozenset[str] = frozenset()

    @classmethod
    def at(
        cls,
        place: Place | None,
        year: int | None,
        named: Mapping[str, int],
        near: frozenset[str] = frozenset(),
    ) -> Front:
        """Return the front at a place in a year; None stands for not known."""
        return cls(place.country if place is not None else None, year, named, near)

    @property
    def belligerents(self) -> frozenset[str]:
        """Return the names of all who fight there then; none where the country is not known."""
        if self.country is None:
            return frozenset()
        return frozenset(actor.name for war in self._on() for side in war.sides for actor in side)

    def foes(self, actor: Actor) -> frozenset[str]:
        """Return the names of all whom an actor fights there then."""
        return frozenset(foe.name for war in self._on() for foe in war.foes(actor))

    def foe(self, actor: Actor) -> Actor | None:
        """Return whom an actor fights there then: the one foe, or the one of them that is told of.

        A war in which the actor is chief comes before those in which it helps another. None where
        it fights nobody that is known, or several and the article does not say which.

        Examples
        --------
        >>> front = Front("SD", 2024)
        >>> front.foe(ActorTable.load().find("RSF")).name
        'Sudanese Armed Forces'
        """
        wars = [war for war in self._on() if war.foes(actor)]
        led = [war for war in wars if any(side[0].name == actor.name for side in war.sides)]
        sides = [war.foes(actor) for war in led or wars]
        told = {each.name: each for foes in sides for each in foes if each.name in self.near}
        if len(told) == 1:
            return next(iter(told.values()))
        chiefs = {foes[0].name: foes[0] for foes in sides}
        counts = sorted(((self.named.get(name, 0), name) for name in chiefs), reverse=True)
        if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
            return None
        return chiefs[counts[0][1]]

    def _on(self) -> Iterator[War]:
        return (war for war in _wars() if war.is_on(self.country, self.year))
