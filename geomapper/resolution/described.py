"""Places that a text describes from the names it gives: between two, at a border, north of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.model import Candidate, Role
from geomapper.resolution.borders import border_between, borders_on, place_at_border
from geomapper.resolution.relative import linked, midway, relative_place
from geomapper.resolution.surroundings import WIDE

if TYPE_CHECKING:
    from geomapper.resolution.page import Page


def between(page: Page, number: int) -> Candidate | None:
    """Return the place between a name and its neighbour that the text names together, if any."""
    for left in (number, number - 1):
        one, other = page.around.best.get(left), page.around.best.get(left + 1)
        if one is None or other is None:
            continue
        pair = page.questions[left].mention, page.questions[left + 1].mention
        if any(mention.role is not Role.LITERAL for mention in pair):
            continue
        told = linked(page.text, *pair)
        place = midway(one.place, other.place, told) if told else None
        score = min(one.score, other.score)
        if border_between(page.text, *pair):
            sides = (*page.units_beside(left), one.place)
            found = place_at_border(sides, other.place, page.gazetteer)
            place, told = found or (None, None)
        if place is not None:
            return Candidate(place, score, (*one.reasons, f"told as {told!r}"))
    return None


def at_border(page: Page, number: int, best: Candidate) -> Candidate | None:
    """Return the stretch of border that a name is told of: the region's that is named beside it.

    Else that of a region or country of the sentence, else of the one region of the document
    that borders there. None where the text tells of no border.
    """
    if best.place.precision not in WIDE or not borders_on(
        page.text, page.questions[number].mention
    ):
        return None
    gazetteer = page.gazetteer
    named = [
        unit
        for country, name in sorted(page.around.named_units)
        if (unit := gazetteer.unit(country, name)) is not None
        and gazetteer.border(unit, best.place)
    ]
    sides = [
        *page.units_beside(number),
        *page.countries_beside(number),
        *(named if len(named) == 1 else ()),
    ]
    apart = [side for side in sides if not gazetteer.is_within(side, best.place)]
    found = place_at_border(apart, best.place, gazetteer)
    if found is None:
        return None
    place, told = found
    return Candidate(place, best.score, (*best.reasons, f"told as {told!r}"))


def from_neighbour(page: Page, number: int, best: Candidate) -> Candidate | None:
    """Return the place that the text describes from a name: "10 km north of Pokrovsk"; else None."""
    mention = page.questions[number].mention
    found = relative_place(page.text, mention, best.place)
    if found is None or mention.role is not Role.LITERAL:
        return None
    place, phrase = found
    return replace(best, place=place, reasons=(*best.reasons, f"told as {phrase!r}"))
