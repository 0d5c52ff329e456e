"""Names to places: several indexes seen as one, under a worldview."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from geomapper.errors import GazetteerError
from geomapper.gazetteer.bundle import default_bundle
from geomapper.gazetteer.entries import precision_of, prominence
from geomapper.gazetteer.folding import bare_name, fold, without_article
from geomapper.gazetteer.index import Index
from geomapper.gazetteer.tables import (
    Demonym,
    Dispute,
    read_abbreviations,
    read_demonyms,
    read_disputes,
    read_stop_names,
)
from geomapper.gazetteer.user_tables import open_any
from geomapper.model import Place, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

WORLDVIEWS = ("un", "de-facto")
_LONGEST_NAME = 7
_FUZZY_LEAST = 84.0
_FUZZY_PREFIX = 2
_FUZZY_LENGTHS = 2
_BORDER_GAP, _BORDER_STEP = 0.05, 0.05
_EARTH_RADIUS_KM = 6371.009
_LEAST_RADIUS_KM = 2.0
_IN_FULL = {"mt": "mount", "st": "saint", "ft": "fort", "co": "county", "twp": "township"}
_SHORTENED = {long: short for short, long in _IN_FULL.items()}


class Gazetteer:
    """Places by name, by id and by point.

    Parameters
    ----------
    indexes
        In order of precedence: what a user adds before the default.
    worldview
        ``un`` gives every place its de jure country, ``de-facto`` who administers it.
    demonyms, stop_names, disputes, abbreviations
        The tables of `geomapper.gazetteer.tables`.
    """

    def __init__(
        self,
        indexes: Sequence[Index],
        *,
        worldview: str = "un",
        demonyms: Mapping[str, Demonym] | None = None,
        stop_names: frozenset[str] = frozenset(),
        disputes: Mapping[str, Dispute] | None = None,
        abbreviations: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        if worldview not in WORLDVIEWS:
            raise GazetteerError(f"no worldview {worldview!r}; known: {', '.join(WORLDVIEWS)}")
        self._indexes = tuple(indexes)
        self._worldview = worldview
        self._demonyms = demonyms or {}
        self._stop_names = stop_names
        self._disputes = disputes or {}
        self._abbreviations = abbreviations or {}
        self._cached_place = lru_cache(maxsize=50_000)(self._make)
        self._cached_lookup = lru_cache(maxsize=20_000)(self._find)
        self._cached_area = lru_cache(maxsize=512)(self._load_area)
        self._cached_fuzzy = lru_cache(maxsize=4_096)(self._alike)
        self._cached_border = lru_cache(maxsize=512)(self._border)

    @classmethod
    def open(cls, paths: Sequence[Path] = (), *, worldview: str = "un") -> Gazetteer:
        """Open the default gazetteer with those at `paths` stacked over it.

        Tables come before bundles, bundles before the default; each in the order given.

        Raises
        ------
        GazetteerError
            One of them is missing, cut or wrong, or the worldview is unknown.

        Examples
        --------
        >>> Gazetteer.open().lookup("Kharkov")[0].name
        'Kharkiv'
        """
        folder = default_bundle()
        tables_first = sorted(paths, key=lambda path: path.is_dir())
        return cls(
            [*(open_any(path) for path in tables_first), Index.open(folder)],
            worldview=worldview,
            demonyms=read_demonyms(folder / "demonyms.csv"),
            stop_names=read_stop_names(folder / "stop_names.csv"),
            disputes=read_disputes(folder / "disputed.csv"),
            abbreviations=read_abbreviations(folder / "abbreviations.csv"),
        )

    @property
    def name(self) -> str:
        """The names of the stacked indexes, first the one that is asked first."""
        return "+".join(str(index.manifest["name"]) for index in self._indexes)

    @property
    def version(self) -> str:
        """The versions of the stacked indexes, in the same order."""
        return "+".join(str(index.manifest["version"]) for index in self._indexes)

    @property
    def worldview(self) -> str:
        """Whose borders places are told by."""
        return self._worldview

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return places and searchable names of each index, by its name."""
        return {
            str(index.manifest["name"]): (len(index), int(index.manifest["names"]))
            for index in self._indexes
        }

    def has(self, name: str) -> bool:
        """Tell whether a place goes by `name`, in any spelling that folds to the same key."""
        key = fold(name)
        return any(key in index for index in self._indexes)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places of that name, the most prominent first; none gives ``()``.

        Case, diacritics and punctuation do not count, but for abbreviations, which come first;
        nothing is guessed (see `fuzzy`). Places come without their areas (see `with_area`).

        Examples
        --------
        >>> [place.name for place in Gazetteer.open().lookup("S.C.")]
        ['South Carolina']
        """
        short = self.abbreviation(name)
        if short and "." in name:
            return short
        key = fold(name)
        places = next(filter(None, map(self._cached_lookup, _spellings(key))), ())
        if not short:
            return places
        known = {place.id for place in short}
        wide = (place for place in places if not place.feature_code.startswith("PPL"))
        return (*short, *(place for place in wide if place.id not in known))

    def abbreviation(self, name: str) -> tuple[Place, ...]:
        """Return the places that `name` abbreviates as it is written; none gives ``()``."""
        letters = name.replace(" ", "")
        meant = self._abbreviations.get(letters) or self._abbreviations.get(f"{letters}.", ())
        return tuple(place for each in meant if (place := self._by_any_code(each)) is not None)

    def _by_any_code(self, code: str) -> Place | None:
        """Return the country, admin-1 unit or place of an ISO code, an admin-1 code or an id."""
        if ":" in code:
            return self.place(code)
        if "." not in code:
            return self.country(code)
        unit = self._units.get(code)
        return self._cached_place(*unit) if unit is not None else None

    def unit_names(self) -> dict[str, str]:
        """Return the names of admin-1 units by GeoNames' code."""
        return {code: self._cached_place(*unit).name for code, unit in self._units.items()}

    @cached_property
    def _units(self) -> dict[str, tuple[int, int]]:
        """Index and row of the admin-1 units, by GeoNames' code."""
        return {
            code: (number, row)
            for number, index in reversed(list(enumerate(self._indexes)))
            for code, row in index.unit_codes().items()
        }

    def is_own_name(self, place: Place, name: str) -> bool:
        """Tell whether `name` is the place's own name, with or without the word for its kind.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()
        >>> gazetteer.is_own_name(gazetteer.lookup("Atlantic Ocean")[0], "the Atlantic")
        True
        """
        return bare_name(place.name) == bare_name(name)

    def longest(self, words: Sequence[str], start: int) -> int:
        """Return how many of `words`, from `start` on, make the longest known name; 0 for none.

        A single word that news hardly ever uses for a place is none.
        """
        ends: dict[int, int] = {}
        text = ""
        for count, word in enumerate(words[start : start + _LONGEST_NAME], start=1):
            key = fold(word)
            text = f"{text} {key}".strip() if key else text
            if key:
                ends.setdefault(len(text), count)
        known = [
            ends[len(prefix)]
            for index in self._indexes
            for prefix in index.prefixes(text)
            if len(prefix) in ends and prefix not in self._stop_names
        ]
        return max(known, default=0)

    def is_stop_name(self, name: str) -> bool:
        """Tell whether news hardly ever uses `name` for the place of that name."""
        return fold(name) in self._stop_names

    def fuzzy(self, name: str, *, limit: int = 3) -> tuple[tuple[Place, float], ...]:
        """Return places whose names nearly are `name`, with a likeness of 0 to 1, best first.

        Only names with the same first two letters are compared; likeness is Levenshtein's,
        normalised. Short names give none: there everything is near.
        """
        return self._cached_fuzzy(fold(name), limit)

    def _alike(self, key: str, limit: int) -> tuple[tuple[Place, float], ...]:
        from rapidfuzz import fuzz, process

        if len(key) < 5:  # noqa: PLR2004
            return ()
        found: dict[str, tuple[Place, float]] = {}
        for index in self._indexes:
            near = index.keys(key[:_FUZZY_PREFIX])
            scored = process.extract(
                key, near, scorer=fuzz.ratio, limit=None, score_cutoff=_FUZZY_LEAST
            )
            alike = (each for each in scored if abs(len(each[0]) - len(key)) <= _FUZZY_LENGTHS)
            for match, score, _ in islice(alike, limit):
                for place in self._cached_lookup(match)[:1]:
                    found.setdefault(place.id, (place, score / 100))
        return tuple(sorted(found.values(), key=lambda item: (-item[1], item[0].id))[:limit])

    def demonym(self, word: str) -> Demonym | None:
        """Return what a word says of the people of somewhere, None for a word that says nothing."""
        return self._demonyms.get(fold(word)) if word[:1].isupper() else None

    def place(self, place_id: str) -> Place | None:
        """Return the place of an id, None where no index has it."""
        for number, index in enumerate(self._indexes):
            row = index.row_of(place_id)
            if row is not None:
                return self._cached_place(number, row)
        return None

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code, without its area."""
        return self._countries().get(code)

    def unit(self, country: str, admin1: str) -> Place | None:
        """Return the admin-1 unit of a country by its name, None where there is none."""
        for place in self.lookup(admin1):
            if place.feature_code == "ADM1" and place.country == country:
                return place
        return None

    def with_area(self, place: Place) -> Place:
        """Return a region or country with its area, where the gazetteer has one."""
        if place.area is not None or place.precision not in (Precision.ADMIN1, Precision.COUNTRY):
            return place
        area = self._cached_area(place.id)
        return replace(place, area=area) if area is not None else place

    def border(self, one: Place, other: Place) -> tuple[tuple[float, float], ...]:
        """Return points along the border that two regions or countries share, in degrees.

        They lie on the border of `one`, a few kilometres apart; no shared border gives ``()``.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()
        >>> len(gazetteer.border(gazetteer.country("PT"), gazetteer.country("FR")))
        0
        """
        return self._cached_border(one.id, other.id)

    def _border(self, one: str, other: str) -> tuple[tuple[float, float], ...]:
        area, beyond = self._cached_area(one), self._cached_area(other)
        if area is None or beyond is None:
            return ()
        from shapely import box, clip_by_rect, get_coordinates

        west, south, east, north = box(*area.bounds).buffer(_BORDER_GAP).bounds
        near = clip_by_rect(beyond, west, south, east, north).buffer(_BORDER_GAP)
        line = area.boundary.segmentize(_BORDER_STEP).intersection(near)
        return tuple((x, y) for x, y in get_coordinates(line).tolist())

    def locate(self, lon: float, lat: float) -> Place | None:
        """Return the smallest area that holds a point in degrees, a unit before its country."""
        from shapely import Point

        point = Point(lon, lat)
        for number, index in enumerate(self._indexes):
            for row in index.rows_with_area_around(lon, lat):
                place = self._cached_place(number, row)
                area = self._cached_area(place.id)
                if area is not None and area.covers(point):
                    return place
        return None

    def country_at(self, lon: float, lat: float) -> str | None:
        """Return the country code of the land at a point in degrees, None at sea."""
        place = self.locate(lon, lat)
        return place.country if place else None

    def nearest(self, lon: float, lat: float, *, count: int = 1) -> tuple[Place, ...]:
        """Return the populated places and sites nearest by to a point in degrees."""
        found = [
            self._cached_place(number, row)
            for number, index in enumerate(self._indexes)
            for row in index.nearest(lon, lat, count)
        ]
        return tuple(
            sorted(found, key=lambda p: (distance_km(p.lon, p.lat, lon, lat), p.id))[:count]
        )

    def is_within(self, place: Place, container: Place) -> bool:
        """Tell whether a place lies in a unit, region or country, by code first, else by area."""
        if container.precision is Precision.COUNTRY and container.country:
            return place.country == container.country
        if container.feature_code == "ADM1" and place.admin1:
            return (place.country, place.admin1) == (container.country, container.admin1)
        area = self._cached_area(container.id)
        if area is None:
            return False
        from shapely import Point

        return bool(area.covers(Point(place.lon, place.lat)))

    def _countries(self) -> dict[str, Place]:
        if not hasattr(self, "_by_code"):
            self._by_code = dict(self._all_countries())
        return self._by_code

    def _all_countries(self) -> list[tuple[str, Place]]:
        found: dict[str, Place] = {}
        for number, index in enumerate(self._indexes):
            for row in index.rows_of_feature("PCLI"):
                place = self._cached_place(number, row)
                if place.country:
                    found.setdefault(place.country, place)
        return sorted(found.items())

    def _find(self, key: str) -> tuple[Place, ...]:
        if not key:
            return ()
        told: dict[str, Place] = {}
        mapped: dict[str, Place] = {}
        holders = 0
        for number, index in enumerate(self._indexes):
            rows = index.rows(key)
            holders += bool(rows)
            for row, _ in rows:
                place = self._cached_place(number, row)
                (told if index.is_table else mapped).setdefault(place.id, place)
        ranked = list(mapped.values())
        if holders > 1:
            ranked.sort(key=lambda place: -prominence(place))
        return (*told.values(), *(place for place in ranked if place.id not in told))

    def _make(self, number: int, row: int) -> Place:
        facts = self._indexes[number].facts(row)
        code = facts["feature_code"]
        precision = precision_of(code, recalled=facts["recalled"])
        radius = max(facts["radius_km"], facts["accuracy_km"], _LEAST_RADIUS_KM)
        dispute = self._dispute(facts["admin1_code"], facts["country"], facts["name"])
        country = facts["country"] or None
        de_facto = dispute.admin_by if dispute else None
        if self._worldview == "de-facto" and de_facto:
            country = de_facto
        return Place(
            id=facts["id"],
            name=facts["name"],
            lon=facts["lon"],
            lat=facts["lat"],
            feature_code=code,
            precision=precision,
            country=country,
            admin1=facts["admin1"] or None,
            admin2=facts["admin2"] or None,
            population=facts["population"],
            radius_km=radius if precision is Precision.NEAR else None,
            dispute=dispute.sentence if dispute else None,
            de_facto_admin=de_facto,
        )

    def _dispute(self, admin1_code: str, country: str, name: str) -> Dispute | None:
        if admin1_code and (found := self._disputes.get(admin1_code)):
            return found
        found = self._disputes.get(fold(name)) or self._disputes.get(country)
        return found if found and found.country in (None, country) else None

    def _load_area(self, place_id: str) -> BaseGeometry | None:
        from shapely import from_wkb

        for index in self._indexes:
            row = index.row_of(place_id)
            if row is not None and (wkb := index.area(row)):
                return from_wkb(wkb)
        return None


def _spellings(key: str) -> Iterator[str]:
    """Yield a folded name, without its article, and with its short words in full."""
    yield key
    yield without_article(key)
    words = key.split()
    for table in (_IN_FULL, _SHORTENED):
        if any(word in table for word in words):
            yield " ".join(table.get(word, word) for word in words)


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the great-circle distance between two points in degrees, in kilometres.

    Examples
    --------
    >>> round(distance_km(30.52, 50.45, 36.23, 49.99))
    409
    """
    here, there = radians(lat), radians(other_lat)
    along, across = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    share = sin(along) ** 2 + cos(here) * cos(there) * sin(across) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(share)))
