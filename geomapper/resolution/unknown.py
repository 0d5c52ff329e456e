"""Names that the gazetteer lacks, or has elsewhere only: the region, town or neighbour around them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.gazetteer import distance_km
from geomapper.model import Candidate, Precision, Role
from geomapper.resolution.relative import relative_place
from geomapper.resolution.surroundings import SURE, WIDE

if TYPE_CHECKING:
    from geomapper.model import Mention, Place
    from geomapper.resolution.page import Page

_FAMOUS = 300_000
_STAND_IN_REACH = 400
_STAND_IN_SCORE = 0.4
_PART_RADIUS_KM = 15.0
_REGION_SCORE = 0.75
_TOWN_KM = 40.0
_UNIT_KM = 60.0
_UNITS = frozenset({"region", "county", "district"})
_MAY_BE_UNKNOWN = frozenset({None, "settlement", "site"})


def stand_in(page: Page, number: int) -> Candidate | None:
    """Return the region of the surest name close by, for a name that nothing is known of.

    An unknown square or village is most likely in the region that the text is about there:
    the area says so, with the named neighbour as its reference point.
    """
    mention = page.questions[number].mention
    if mention.role is Role.DEMONYM or page.gazetteer.demonym(mention.text):
        return None
    near = min(
        (
            (_gap(mention, page.questions[other].mention), other)
            for other, best in page.around.best.items()
            if best.score >= SURE
            and best.place.admin1
            and page.questions[other].mention.role is not Role.DEMONYM
        ),
        default=None,
    )
    if near is None or near[0] > _STAND_IN_REACH:
        return None
    place = page.around.best[near[1]].place
    unit = page.gazetteer.unit(place.country or "", place.admin1 or "")
    if unit is None:
        return None
    area = replace(page.gazetteer.with_area(unit), lon=place.lon, lat=place.lat)
    told = f"no place {mention.text!r} is known: the region of {place.name}, named beside it"
    return Candidate(area, _STAND_IN_SCORE, (told,), stands_in=True)


def town_around(page: Page, number: int, ranked: tuple[Candidate, ...]) -> Candidate | None:
    """Return the town for a quarter of it that the gazetteer lacks, or has elsewhere only.

    "The Sabra district of Gaza City" is in Gaza City.
    """
    question = page.questions[number]
    if question.clues.kind not in ("settlement", "district"):
        return None
    towns = [
        place
        for holder in question.clues.hard
        for place in page.questions[holder].places[:1]
        if place.feature_code.startswith("PPL")
    ]
    if not towns:
        return None
    town = towns[0]
    if ranked and _km(ranked[0].place, town) < _TOWN_KM:
        return None
    words = f"no place {question.mention.text!r} is known in {town.name}: the town that is named"
    return Candidate(town, _REGION_SCORE, (words,))


def unit_around(page: Page, number: int, ranked: tuple[Candidate, ...]) -> Candidate | None:
    """Return the surroundings of the town whose district the text names around an unknown name.

    "Lodjo in Djugu territory" is somewhere around Djugu, not in the middle of it, and not at a
    namesake in another region.
    """
    question = page.questions[number]
    if question.mention.role is not Role.LITERAL or question.clues.kind not in _MAY_BE_UNKNOWN:
        return None
    for holder in (*question.clues.hard, *question.clues.soft):
        best = page.around.best.get(holder)
        if best is None or best.score < SURE or page.questions[holder].clues.kind not in _UNITS:
            continue
        described = relative_place(page.text, page.questions[holder].mention, best.place)
        if described is None or any(_is_near(each.place, best.place) for each in ranked):
            return None
        told = f"no place {question.mention.text!r} is known there: told in the {described[0].name}"
        return Candidate(described[0], _REGION_SCORE, (told,))
    return None


def region_of_unknown(page: Page, number: int, ranked: tuple[Candidate, ...]) -> Candidate | None:
    """Return the region or country that the text names for a place that the gazetteer lacks there.

    "The village of Popovka in Belgorod region" is in that region, whatever namesakes the
    world holds elsewhere.
    """
    question = page.questions[number]
    if question.mention.role is not Role.LITERAL or question.clues.kind in ("region", "water"):
        return None
    containers = page.wide_places(question.clues.hard)
    units = [place for place in containers if place.precision is Precision.ADMIN1]
    holder = next(iter(units or containers), None)
    if holder is None or any(each.id == holder.id for each in question.places):
        return None
    if ranked and (ranked[0].place.precision in WIDE or _is_famous(ranked[0].place)):
        return None
    if any(
        page.gazetteer.is_within(candidate.place, each)
        for candidate in ranked
        for each in units or containers
    ):
        return None
    told = f"no place {question.mention.text!r} is known in {holder.name}, which is named"
    return Candidate(page.gazetteer.with_area(holder), _REGION_SCORE, (told,))


def part_of_name(name: str, candidate: Candidate) -> Candidate:
    """Return the candidate for a part of a name, as the surroundings of that part."""
    place = candidate.place
    told = f"no place {name!r} is known: {place.name} is part of the name"
    if place.precision is Precision.EXACT:
        place = replace(place, precision=Precision.NEAR, radius_km=_PART_RADIUS_KM)
    return replace(candidate, place=place, reasons=(told, *candidate.reasons), stands_in=True)


def _is_near(one: Place, other: Place) -> bool:
    same_unit = one.admin1 is not None and (one.country, one.admin1) == (
        other.country,
        other.admin1,
    )
    return same_unit or _km(one, other) < _UNIT_KM


def _is_famous(place: Place) -> bool:
    return place.feature_code == "PPLC" or place.population >= _FAMOUS


def _km(one: Place, other: Place) -> float:
    return distance_km(one.lon, one.lat, other.lon, other.lat)


def _gap(one: Mention, other: Mention) -> int:
    return max(one.span.start - other.span.end, other.span.start - one.span.end, 0)
