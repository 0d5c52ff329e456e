"""What speaks for a candidate, as numbers that weights turn into a probability."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.gazetteer.entries import COUNTRY_CODES, WATER_CODES
from geomapper.gazetteer.folding import fold
from geomapper.model import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Candidate, Mention, Place
    from geomapper.resolution.publications import Home

LASTING = (
    "population", "country", "continent", "admin1", "admin2", "named_region", "capital", "water",
    "site", "own_name", "first", "rank", "overlay", "kind_agrees", "kind_differs",
    "kind_settlement_is_region", "metonym_state", "settlement_unqualified", "abbreviation",
    "bare_county", "unit_population",
)  # fmt: skip
CHANGING = (
    "in_hard_container", "outside_hard_container", "in_soft_container", "country_share",
    "unit_share", "country_present", "unit_named", "focus", "named_as_region",
    "region_of_own_town", "small_and_far", "country_word_named", "same_as_qualified",
    "source_country", "source_unit", "like_peers", "company", "unit_company", "wide_company",
    "near_others", "near_source",
)  # fmt: skip
NAMES = (*LASTING, *CHANGING)
_SITE_CODES = frozenset(
    {"CMPRF", "RFGC", "AIRP", "AIRB", "MILB", "PSN", "BDG", "DAM", "CRSG", "PS"}
)
_SETTLEMENT = "settlement"
_LEAST_TOWN = 20_000
_MOST_RIVALS = 12


@dataclass(slots=True)
class Company:
    """The likeliest places of the names of a document: of which name, where, how likely."""

    keys: Sequence[str] = ()
    places: Sequence[Place] = ()
    weights: Sequence[float] = ()


@dataclass(slots=True)
class Surroundings:
    """What the rest of the document says: weights of countries and units, points, kinds of names.

    `countries` and `units` are shares that sum to 1; `points` are longitude and latitude of
    names whose place is hardly in doubt; `regions` the folded names that the text calls a region
    somewhere; `named` the ids of countries and units that it names. `company` are the likeliest
    places of every name, `senses` what a name is where the text says it in full ("Paris, Texas"),
    `home` where the publication is from; `best` the best candidate of each mention, by number.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[tuple[str, str], float] = field(default_factory=dict)
    points: Sequence[tuple[float, float, str]] = ()
    regions: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    named_units: frozenset[tuple[str, str]] = frozenset()
    focus: str | None = None
    company: Company = field(default_factory=Company)
    senses: Mapping[str, str] = field(default_factory=dict)
    home: Home | None = None
    best: Mapping[int, Candidate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name may mean, and what speaks for it whatever else the document says.

    `lasting` are the features of `LASTING`, in order; `has_own_town` tells a unit that shares its
    name with a town of its own.
    """

    place: Place
    unit: tuple[str, str]
    is_settlement: bool
    has_own_town: bool
    lasting: tuple[float, ...]


def option(
    mention: Mention, kind: str | None, rivals: Sequence[Place], rank: int, gazetteer: Gazetteer
) -> Option:
    """Return a place as an option of a mention, `rank` its number among `rivals`, from 0.

    `kind` is the kind of place that the text says it is, None where it does not.
    """
    place = rivals[rank]
    code = place.feature_code
    is_settlement = code.startswith("PPL")
    is_region = place.precision is Precision.ADMIN1
    agrees = _agrees(kind, place)
    values = {
        "population": math.log10(place.population + 1) / 7 if is_settlement else 0.0,
        "country": code in COUNTRY_CODES and code != "CONT",
        "continent": code == "CONT",
        "admin1": code == "ADM1",
        "admin2": code == "ADM2",
        "named_region": is_region and code not in ("ADM1", "ADM2"),
        "capital": code == "PPLC",
        "water": code in WATER_CODES,
        "site": code in _SITE_CODES,
        "own_name": _is_own_name(place, mention, gazetteer),
        "first": rank == 0,
        "rank": 1 / (1 + rank),
        "overlay": place.id.startswith("overlay:"),
        "kind_agrees": agrees is True,
        "kind_differs": agrees is False,
        "kind_settlement_is_region": kind == _SETTLEMENT and not is_settlement,
        "metonym_state": mention.role is Role.METONYM and code in (*COUNTRY_CODES, "PPLC"),
        "settlement_unqualified": is_settlement and kind is None,
        "abbreviation": place in gazetteer.abbreviation(mention.text),
        "bare_county": code == "ADM2" and fold(place.name) != fold(mention.text),
        "unit_population": math.log10(place.population + 1) / 8 if code == "ADM1" else 0.0,
    }
    return Option(
        place,
        (place.country or "", place.admin1 or ""),
        is_settlement,
        code in ("ADM1", "ADM2") and kind is None and _has_town(rivals, place),
        tuple(float(values[name]) for name in LASTING),
    )


def changing(
    key: str,
    kind: str | None,
    each: Option,
    around: Surroundings,
    held: tuple[bool | None, bool | None],
    peers: Sequence[Candidate],
    neighbours: Sequence[float],
) -> tuple[float, ...]:
    """Return the features of `CHANGING`, in order: what the document says for an option.

    `key` is the folded name, `held` whether the place lies in what the text says holds it, by
    words and by a comma, `neighbours` the last five features.
    """
    place, unit, home = each.place, each.unit, around.home
    code = place.feature_code
    share = around.countries.get(unit[0], 0.0)
    as_region = key in around.regions
    return (
        held[0] is True,
        held[0] is False,
        held[1] is True,
        share,
        around.units.get(unit, 0.0) if unit[1] else 0.0,
        share > 0,
        unit in around.named_units and place.precision is not Precision.ADMIN1,
        around.focus is not None and place.country == around.focus,
        as_region and code == "ADM1" and kind != _SETTLEMENT,
        each.has_own_town and not as_region,
        each.is_settlement and place.population < 5_000 and share == 0.0,  # noqa: PLR2004
        f"country:{place.country}" in around.named,
        around.senses.get(key) == place.id,
        home is not None and place.country == home.country,
        home is not None and bool(home.admin1) and place.admin1 == home.admin1,
        _like_peers(place, peers),
        *neighbours,
    )


def held_in(place: Place, containers: Sequence[Place], gazetteer: Gazetteer) -> bool | None:
    """Tell whether a place lies in one of `containers`; None where none but itself is named."""
    others = [each for each in containers if each.id != place.id]
    if not others:
        return None
    return any(gazetteer.is_within(place, each) for each in others)


def _agrees(kind: str | None, place: Place) -> bool | None:
    code = place.feature_code
    tests = {
        "settlement": code.startswith("PPL"),
        "region": place.precision is Precision.ADMIN1 and code != "ADM2",
        "county": code in ("ADM2", "ADM1"),
        "district": code in ("ADM2", "ADM3", "ADM1", "PPL", "PPLX"),
        "water": code in WATER_CODES,
        "site": code in _SITE_CODES,
        "island": code in ("ISL", "ISLS", "PEN", "ADM1", "TERR", "PCLI"),
    }
    return tests.get(kind or "")


def _has_town(rivals: Sequence[Place], unit: Place) -> bool:
    """Tell whether a unit shares its name with a town of its own: there, a bare name is the town."""
    least = _LEAST_TOWN if unit.feature_code == "ADM1" else 0
    return any(
        rival.feature_code.startswith("PPL")
        and rival.country == unit.country
        and rival.population > least
        and (unit.feature_code == "ADM1" or rival.admin1 == unit.admin1)
        for rival in rivals[:_MOST_RIVALS]
    )


def _is_own_name(place: Place, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is the place's own; "Atlantic" is the ocean's, "Odesa" not the oblast's."""
    if place.feature_code == "ADM1":
        return fold(place.name) == fold(mention.text)
    return gazetteer.is_own_name(place, mention.text)


def _like_peers(place: Place, peers: Sequence[Candidate]) -> float:
    """Return how likely the names beside it in a list are of its kind and country."""
    alike = [
        peer.score
        for peer in peers
        if peer.place.country == place.country
        and peer.place.feature_code[:4] == place.feature_code[:4]
    ]
    return max(alike, default=0.0)
