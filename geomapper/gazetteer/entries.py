"""What a gazetteer is built from: entries, and the feature codes that decide on precision."""

from __future__ import annotations

from dataclasses import dataclass

from geomapper.model import Place, Precision

COUNTRY_CODES = frozenset({"PCLI", "PCLD", "PCLS", "PCLF", "PCLH", "PCL", "TERR", "CONT"})
REGION_CODES = frozenset({"ADM1", "ADM2", "ADM3", "ADMD", "RGN", "RGNE", "AREA", "PEN", "DST"})
WATER_CODES = frozenset(
    {"SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "SD", "LGN", "INLT", "RDST", "STM", "LK", "CNL"}
    | {"RSV", "LKS", "DLTA"}
)
LAND_CODES = frozenset({"ISL", "ISLS", "VAL", "DSRT", "RF", "SHOL", "MTS"})
_CITIES = frozenset({"PPLC", "PPLA"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as a source tells it.

    `lon`, `lat` are degrees in EPSG:4326. `id` is ``geonames:<number>`` or ``<table>:<word>``.
    `admin1` and `admin2` are names, `admin1_code` GeoNames' code (``UA.05``) where the source
    has one. `accuracy_km` says how well the point is known, 0 for surveyed ones; `radius_km` how
    far the place reaches. `members` name the units that a region is made of. `wkb` is its area.
    """

    id: str
    name: str
    lon: float
    lat: float
    feature_code: str = "PPL"
    alternates: tuple[str, ...] = ()
    country: str = ""
    admin1: str = ""
    admin1_code: str = ""
    admin2: str = ""
    population: int = 0
    accuracy_km: float = 0.0
    radius_km: float = 0.0
    members: tuple[str, ...] = ()
    wkb: bytes | None = None
    recalled: bool = False


def precision_of(feature_code: str, *, recalled: bool = False) -> Precision:
    """Return how well a place of this kind places an event that is said to be there.

    Examples
    --------
    >>> precision_of("PPL"), precision_of("ADM1"), precision_of("SEA")
    (<Precision.EXACT: 'exact'>, <Precision.ADMIN1: 'admin1'>, <Precision.NEAR: 'near'>)
    """
    if feature_code in COUNTRY_CODES:
        return Precision.COUNTRY
    if feature_code in REGION_CODES:
        return Precision.ADMIN1
    if feature_code in WATER_CODES or recalled:
        return Precision.NEAR
    return Precision.EXACT


def prominence(entry: Entry | Place) -> float:
    """Return how likely news means this place by its name alone; only the order matters.

    Examples
    --------
    >>> kyiv = Entry("a", "Kyiv", 30.5, 50.45, "PPLC", population=2_800_000)
    >>> prominence(kyiv) > prominence(Entry("b", "Kyiv", 0.0, 0.0, population=900))
    True
    """
    code = entry.feature_code
    if code in COUNTRY_CODES:
        return 1e9 + entry.population
    if code in _CITIES:
        return 5e5 + entry.population
    if code == "ADM2":
        return 1.5e5
    if code in REGION_CODES and entry.id.startswith("overlay:"):
        return 7e5
    if code in REGION_CODES or code in LAND_CODES:
        return 4e5 + entry.population / 1_000
    if code in WATER_CODES:
        return 6e5
    return float(entry.population or (2_000 if entry.id.startswith("overlay:") else 0))
