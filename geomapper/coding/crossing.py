"""Whether an event crosses a border: the actor's homes against the country of the place."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomapper.coding.actors import ActorTable
    from geomapper.model import Actor, Place


def crosses_border(actor: Actor | None, place: Place | None) -> bool | None:
    """Tell whether an actor acts outside its homes; None where either is unknown.

    Examples
    --------
    >>> from geomapper.model import Actor
    >>> crosses_border(Actor("Ukrainian forces", homes=("UA",)), None) is None
    True
    """
    if actor is None or not actor.homes or place is None or place.country is None:
        return None
    return place.country not in actor.homes


def is_new_crossing(actor: Actor | None, place: Place | None) -> bool:
    """Tell whether a ground move there is a crossing, not one more on a front that lies abroad.

    Where an actor already holds ground in a country (``fronts.csv``), it is not.
    """
    if not crosses_border(actor, place) or actor is None or place is None:
        return False
    return not any((home, place.country) in _fronts() for home in actor.homes)


def army_abroad(country: str, table: ActorTable) -> Actor | None:
    """Return the army of the one state that holds ground in a country without an army of its own.

    None where none does, or more than one.

    Examples
    --------
    >>> from geomapper.coding.actors import ActorTable
    >>> army_abroad("PS", ActorTable.load()).name
    'Israeli military'
    """
    homes = [home for home, where in sorted(_fronts()) if where == country]
    return table.lexicon.of_country(homes[0], "troops") if len(homes) == 1 else None


@cache
def _fronts() -> frozenset[tuple[str, str]]:
    text = resources.files(__package__).joinpath("fronts.csv").read_text(encoding="utf-8")
    return frozenset((row["home"], row["country"]) for row in csv.DictReader(text.splitlines()))
