"""What speaks for a candidate, as numbers that weights turn into a probability."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geomapper.gazetteer import distance_km
from geomapper.gazetteer.entries import COUNTRY_CODES, WATER_CODES
from geomapper.model import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Candidate, Mention, Place
    from geomapper.resolution.context import Clues
    from geomapper.resolution.publications import Home

NAMES = (
    "population", "country", "continent", "admin1", "admin2", "named_region", "capital", "water",
    "site", "own_name", "first", "rank", "overlay", "kind_agrees", "kind_differs",
    "kind_settlement_is_region", "in_hard_container", "outside_hard_container",
    "in_soft_container", "country_share", "unit_share", "country_present", "unit_named", "near_others",
    "focus", "named_as_region", "metonym_state", "settlement_unqualified", "region_of_own_town",
    "small_and_far", "country_word_named", "abbreviation", "bare_county", "company",
    "unit_company", "same_as_qualified", "source_country", "source_unit", "near_source",
    "unit_population", "wide_company", "like_peers",
)  # fmt: skip
_SITE_CODES = frozenset(
    {"CMPRF", "RFGC", "AIRP", "AIRB", "MILB", "PSN", "BDG", "DAM", "CRSG", "PS"}
)
_SETTLEMENT = "settlement"
_NEAR_KM = 150.0
_COMPANY_KM = 80.0
_WIDE_COMPANY_KM = 500.0
_EARTH_KM = 6371.0
_LEAST_TOWN = 20_000
_MOST_RIVALS = 12


@dataclass(slots=True)
class Company:
    """The likeliest places of the names of a document: where, how likely, in which unit."""

    keys: Sequence[str] = ()
    lons: Sequence[float] = ()
    lats: Sequence[float] = ()
    units: Sequence[tuple[str, str]] = ()
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


def company_of(
    key: str, places: Sequence[Place], company: Company
) -> list[tuple[float, float, float]]:
    """Return how much company each place has among the names of other `key`.

    Three numbers a place, from 0 to 1: other names close by, in its unit, and in the wider
    region, weighed by their likelihood and levelling off. No company gives zeros.
    """
    others = np.array([other != key for other in company.keys], dtype=bool)
    if not places or not others.any():
        return [(0.0, 0.0, 0.0)] * len(places)
    weights = np.array(company.weights)[others]
    lons = np.radians(np.array(company.lons)[others])
    lats = np.radians(np.array(company.lats)[others])
    own_lons = np.radians([place.lon for place in places])[:, None]
    own_lats = np.radians([place.lat for place in places])[:, None]
    half = (
        np.sin((lats - own_lats) / 2) ** 2
        + np.cos(own_lats) * np.cos(lats) * np.sin((lons - own_lons) / 2) ** 2
    )
    kilometres = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    close = (weights * np.exp(-kilometres / _COMPANY_KM)).sum(axis=1)
    units = [unit for unit, other in zip(company.units, others, strict=True) if other]
    shared = np.array(
        [
            [unit == (place.country or "", place.admin1 or "") and unit[1] != "" for unit in units]
            for place in places
        ]
    )
    together = (weights * shared).sum(axis=1)
    wide = (weights * np.exp(-kilometres / _WIDE_COMPANY_KM)).sum(axis=1) / weights.sum()
    return [
        (1 - math.exp(-near), 1 - math.exp(-unit / 2), far)
        for near, unit, far in zip(close.tolist(), together.tolist(), wide.tolist(), strict=True)
    ]


def features(
    mention: Mention,
    place: Place,
    rank: int,
    clues: Clues,
    containers: tuple[Sequence[Place], Sequence[Place]],
    around: Surroundings,
    gazetteer: Gazetteer,
    rivals: Sequence[Place],
    company: tuple[float, float, float] = (0.0, 0.0, 0.0),
    peers: Sequence[Candidate] = (),
) -> list[float]:
    """Return the features of a candidate, in the order of `NAMES`.

    `rank` is the candidate's place among its rivals by prominence, from 0; `containers` the
    places that the text says hold it, by words and by a comma.
    """
    code = place.feature_code
    is_settlement = code.startswith("PPL")
    is_region = place.precision is Precision.ADMIN1
    share = around.countries.get(place.country or "", 0.0)
    unit = (place.country or "", place.admin1 or "")
    hard = _held(place, containers[0], gazetteer)
    soft = _held(place, containers[1], gazetteer)
    agrees = _agrees(clues.kind, place)
    as_region = gazetteer_key(mention.text) in around.regions
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
        "kind_settlement_is_region": clues.kind == _SETTLEMENT and not is_settlement,
        "in_hard_container": hard is True,
        "outside_hard_container": hard is False,
        "in_soft_container": soft is True,
        "country_share": share,
        "unit_share": around.units.get(unit, 0.0) if unit[1] else 0.0,
        "country_present": share > 0,
        "unit_named": unit in around.named_units and not is_region,
        "near_others": _nearness(place, around) if is_settlement else 0.0,
        "focus": around.focus is not None and place.country == around.focus,
        "named_as_region": as_region and code == "ADM1" and clues.kind != _SETTLEMENT,
        "metonym_state": mention.role is Role.METONYM and code in (*COUNTRY_CODES, "PPLC"),
        "settlement_unqualified": is_settlement and clues.kind is None,
        "region_of_own_town": code in ("ADM1", "ADM2")
        and clues.kind is None
        and not as_region
        and _has_town(rivals, place),
        "small_and_far": is_settlement and place.population < 5_000 and share == 0.0,  # noqa: PLR2004
        "country_word_named": f"country:{place.country}" in around.named,
        "abbreviation": place in gazetteer.abbreviation(mention.text),
        "bare_county": code == "ADM2" and gazetteer_key(place.name) != gazetteer_key(mention.text),
        "company": company[0],
        "unit_company": company[1],
        "same_as_qualified": around.senses.get(gazetteer_key(mention.text)) == place.id,
        "source_country": around.home is not None and place.country == around.home.country,
        "source_unit": around.home is not None
        and bool(around.home.admin1)
        and place.admin1 == around.home.admin1,
        "near_source": _near_home(place, around.home),
        "unit_population": math.log10(place.population + 1) / 8 if code == "ADM1" else 0.0,
        "wide_company": company[2],
        "like_peers": _like_peers(place, peers),
    }
    return [float(values[name]) for name in NAMES]


def gazetteer_key(name: str) -> str:
    """Return the folded name."""
    from geomapper.gazetteer.folding import fold

    return fold(name)


def _held(place: Place, containers: Sequence[Place], gazetteer: Gazetteer) -> bool | None:
    """Tell whether a place lies in one of `containers`; None where none is named."""
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
        return gazetteer_key(place.name) == gazetteer_key(mention.text)
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


def _near_home(place: Place, home: Home | None) -> float:
    if home is None or home.lon is None or home.lat is None:
        return 0.0
    return math.exp(-distance_km(place.lon, place.lat, home.lon, home.lat) / _NEAR_KM)


def _nearness(place: Place, around: Surroundings) -> float:
    """Return 1 beside another name of the document, falling to 0 with the distance."""
    nearest = min(
        (
            distance_km(place.lon, place.lat, lon, lat)
            for lon, lat, other in around.points
            if other != place.id
        ),
        default=math.inf,
    )
    return _NEAR_KM / (_NEAR_KM + nearest)
