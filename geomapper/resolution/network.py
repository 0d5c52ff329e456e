"""The names of a document as one network: how near each one's places are to the others'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geomapper.model import Mention, Place
    from geomapper.resolution.context import Clues
    from geomapper.resolution.features import Company, Option, Surroundings
    from geomapper.resolution.publications import Home

    Floats = NDArray[np.float64]

_NEAR_KM = 150.0
_COMPANY_KM = 80.0
_WIDE_COMPANY_KM = 500.0
_EARTH_KM = 6371.009
_MOST_AT_ONCE = 400_000


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The places that a name may mean, those of equal mentions one list.

    `key` is the folded name, `penalty` what a score is multiplied by for a name that only nearly,
    or in part, is in the gazetteer.
    """

    key: str
    options: tuple[Option, ...]
    penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """A mention with what stands around it and the places that it may mean."""

    mention: Mention
    clues: Clues
    shortlist: Shortlist

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that it may mean, the most prominent first."""
        return tuple(each.place for each in self.shortlist.options)

    @property
    def stands_alone(self) -> bool:
        """Whether no other mention contains it or stands beside it in a list."""
        return not (self.clues.hard or self.clues.soft or self.clues.peers)


class Network:
    """The questions of a document, with the places of all shortlists as rows of one table."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions
        lists = {id(each.shortlist): each.shortlist for each in questions}
        self._first: dict[int, int] = {}
        places: list[Place] = []
        self._keys: dict[str, int] = {}
        keys: list[int] = []
        for number, each in lists.items():
            self._first[number] = len(places)
            places += [option.place for option in each.options]
            keys += [self._keys.setdefault(each.key, len(self._keys))] * len(each.options)
        self._units: dict[tuple[str | None, str | None], int] = {}
        self._key = np.array(keys, dtype=np.int64)
        self._unit = np.array([self._number(place) for place in places], dtype=np.int64)
        self._point = _radians([(place.lon, place.lat) for place in places])
        self._ids = np.array([place.id for place in places], dtype=np.str_)
        self._settled = np.array([p.feature_code.startswith("PPL") for p in places], dtype=bool)

    def row(self, shortlist: Shortlist) -> int:
        """Return the row of the first place of a shortlist."""
        return self._first[id(shortlist)]

    def neighbours(self, around: Surroundings) -> list[list[float]]:
        """Return how much company the place of each row has, five numbers from 0 to 1.

        Places of other names close by, in its unit, and in the wider region, weighed by their
        likelihood and levelling off; nearness of a settlement to the nearest place that is hardly
        in doubt; nearness to where the publication is from.
        """
        table = np.zeros((len(self._key), 5))
        if around.company.keys:
            for rows in self._parts(len(around.company.keys)):
                table[rows, :3] = self._company(rows, around.company)
        if around.points:
            for rows in self._parts(len(around.points)):
                table[rows, 3] = self._nearness(rows, around.points)
        table[:, 4] = self._near_home(around.home)
        rows_of_numbers: list[list[float]] = table.tolist()
        return rows_of_numbers

    def _number(self, place: Place) -> int:
        """Return a number for a place's unit, -1 for none."""
        if not place.admin1:
            return -1
        return self._units.setdefault((place.country, place.admin1), len(self._units))

    def _parts(self, columns: int) -> Iterator[slice]:
        """Yield the rows in parts, so that a table of them by `columns` stays small."""
        size = max(1, _MOST_AT_ONCE // columns)
        for start in range(0, len(self._key), size):
            yield slice(start, start + size)

    def _company(self, rows: slice, company: Company) -> Floats:
        keys = np.array([self._keys.get(key, -1) for key in company.keys], dtype=np.int64)
        weights = (self._key[rows, None] != keys) * np.array(company.weights)
        kilometres = _kilometres(
            self._point[:, rows], _radians([(each.lon, each.lat) for each in company.places])
        )
        units = np.array([self._number(each) for each in company.places], dtype=np.int64)
        shared = (self._unit[rows, None] == units) & (units >= 0)
        close = (weights * np.exp(-kilometres / _COMPANY_KM)).sum(axis=1)
        wide = (weights * np.exp(-kilometres / _WIDE_COMPANY_KM)).sum(axis=1)
        total = weights.sum(axis=1)
        return np.stack(
            [
                1 - np.exp(-close),
                1 - np.exp(-(weights * shared).sum(axis=1) / 2),
                wide / np.where(total > 0, total, 1.0),
            ],
            axis=1,
        )

    def _nearness(self, rows: slice, points: Sequence[tuple[float, float, str]]) -> Floats:
        """Return 1 beside another name of the document, falling to 0 with the distance."""
        kilometres = _kilometres(
            self._point[:, rows], _radians([(lon, lat) for lon, lat, _ in points])
        )
        ids = np.array([each for _, _, each in points], dtype=np.str_)
        kilometres[self._ids[rows, None] == ids] = np.inf
        nearness: Floats = _NEAR_KM / (_NEAR_KM + kilometres.min(axis=1)) * self._settled[rows]
        return nearness

    def _near_home(self, home: Home | None) -> Floats | float:
        if home is None or home.lon is None or home.lat is None:
            return 0.0
        kilometres = _kilometres(self._point, _radians([(home.lon, home.lat)]))[:, 0]
        nearness: Floats = np.exp(-kilometres / _NEAR_KM)
        return nearness


def _radians(points: Sequence[tuple[float, float]]) -> Floats:
    """Return longitudes and latitudes in degrees as two rows of radians."""
    lons = np.array([lon for lon, _ in points], dtype=np.float64)
    lats = np.array([lat for _, lat in points], dtype=np.float64)
    both: Floats = np.radians(np.stack([lons, lats]))
    return both


def _kilometres(points: Floats, others: Floats) -> Floats:
    """Return the great-circle distances of each point to each of the others, in kilometres."""
    lons, lats = points[:, :, None]
    half = (
        np.sin((others[1] - lats) / 2) ** 2
        + np.cos(lats) * np.cos(others[1]) * np.sin((others[0] - lons) / 2) ** 2
    )
    kilometres: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return kilometres
