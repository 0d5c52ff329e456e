"""What speaks for a candidate, as numbers that weights turn into a probability."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.gazetteer import distance_km
from geomapper.gazetteer.entries import COUNTRY_CODES, WATER_CODES
from geomapper.model import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Mention, Place
    from geomapper.resolution.context import Clues

NAMES = (
    "population", "country", "continent", "admin1", "admin2", "named_region", "capital", "water",
    "site", "own_name", "first", "rank", "overlay", "kind_agrees", "kind_differs",
    "kind_settlement_is_region", "in_hard_container", "outside_hard_container",
    "in_soft_container", "country_share", "unit_share", "country_present", "unit_named", "near_others",
    "focus", "named_as_region", "metonym_state", "settlement_unqualified", "region_of_own_town",
    "small_and_far", "country_word_named",
)  # fmt: skip
_SITE_CODES = frozenset(
    {"CMPRF", "RFGC", "AIRP", "AIRB", "MILB", "PSN", "BDG", "DAM", "CRSG", "PS"}
)
_SETTLEMENT = "settlement"
_NEAR_KM = 150.0


@dataclass(slots=True)
class Surroundings:
    """What the rest of the document says: weights of countries and units, points, kinds of names.

    `countries` and `units` are shares that sum to 1; `points` are longitude and latitude of
    names whose place is hardly in doubt; `regions` the folded names that the text calls a region
    somewhere; `named` the ids of countries and units that it names.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[tuple[str, str], float] = field(default_factory=dict)
    points: Sequence[tuple[float, float, str]] = ()
    regions: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    named_units: frozenset[tuple[str, str]] = frozenset()
    focus: str | None = None


def features(
    mention: Mention,
    place: Place,
    rank: int,
    clues: Clues,
    containers: tuple[Sequence[Place], Sequence[Place]],
    around: Surroundings,
    gazetteer: Gazetteer,
    rivals: Sequence[Place],
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
        "own_name": gazetteer.is_own_name(place, mention.text),
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
        "region_of_own_town": code == "ADM1" and clues.kind is None and _has_town(rivals, place),
        "small_and_far": is_settlement and place.population < 5_000 and share == 0.0,  # noqa: PLR2004
        "country_word_named": f"country:{place.country}" in around.named,
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
        "district": code in ("ADM2", "ADM3", "ADM1", "PPL", "PPLX"),
        "water": code in WATER_CODES,
        "site": code in _SITE_CODES,
        "island": code in ("ISL", "ISLS", "PEN", "ADM1", "TERR", "PCLI"),
    }
    return tests.get(kind or "")


def _has_town(rivals: Sequence[Place], unit: Place) -> bool:
    return any(
        rival.feature_code.startswith("PPL")
        and rival.country == unit.country
        and rival.population > 20_000  # noqa: PLR2004
        for rival in rivals[:10]
    )


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
