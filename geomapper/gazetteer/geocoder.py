"""The gazetteer as a geopy geocoder, and a service asked only where it knows nothing.

Whoever knows geopy can put `GazetteerGeocoder` where Nominatim stood, and the other way round.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

from geopy.exc import GeopyError
from geopy.location import Location
from geopy.point import Point

from geomapper.errors import GazetteerError
from geomapper.gazetteer.folding import fold
from geomapper.gazetteer.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geomapper.model import Place


class GazetteerGeocoder:
    """Answers like a geopy geocoder, from the gazetteer, offline.

    Parameters
    ----------
    gazetteer
        By default the one that ships.

    Examples
    --------
    >>> geocoder = GazetteerGeocoder()
    >>> geocoder.geocode("Kharkiv").raw["country"]
    'UA'
    >>> geocoder.geocode("Paris, Texas").raw["admin1"]
    'Texas'
    >>> geocoder.reverse((48.28, 37.18)).raw["name"]
    'Pokrovsk'
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int | None = None
    ) -> Location | list[Location] | None:
        """Return the place of a name, or a list, the most prominent first; None for none.

        What follows a comma says where the place is: "Popovka, Belgorod".
        """
        name, *holders = (part.strip() for part in query.split(","))
        places = list(self._gazetteer.lookup(query)) or self._inside(name, holders)
        found = [_location(place) for place in places[:limit]]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Return the populated place nearest to a point, latitude first as geopy has it."""
        point = Point(query)
        places = self._gazetteer.nearest(
            point.longitude, point.latitude, count=1 if exactly_one else 5
        )
        found = [_location(place) for place in places]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _inside(self, name: str, holders: list[str]) -> list[Place]:
        places = list(self._gazetteer.lookup(name))
        for holder in holders:
            wide = self._gazetteer.lookup(holder)[:6]
            places = [
                place
                for place in places
                if any(
                    each.id != place.id and self._gazetteer.is_within(place, each) for each in wide
                )
            ]
        return places


class FallbackGeocoder:
    """Asks the gazetteer first and an online geocoder, opted in to, only where it is silent.

    Parameters
    ----------
    first
        Asked first.
    online
        Any geopy geocoder, made by the user with their own key and user agent.
    cache
        A JSON file of earlier answers, so that nothing is asked twice.
    seconds_between
        The least time between two questions to the service.
    clock, sleep
        For tests.
    """

    def __init__(
        self,
        first: GazetteerGeocoder,
        online: Any,  # noqa: ANN401 - geopy's geocoders share no typed base
        *,
        cache: Path | None = None,
        seconds_between: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._first, self._online, self._cache = first, online, cache
        self._least, self._clock, self._sleep = seconds_between, clock, sleep
        self._asked_at: float | None = None
        self._lock = threading.Lock()
        self._answers = _read(cache)

    def geocode(self, query: str) -> Location | None:
        """Return the gazetteer's answer, else the service's; None where neither knows.

        Raises
        ------
        GazetteerError
            The service cannot be reached or refuses to answer.
        """
        found = self._first.geocode(query)
        if found is not None:
            return found if isinstance(found, Location) else found[0]
        with self._lock:
            key = fold(query)
            if key not in self._answers:
                self._answers[key] = self._ask(query)
                self._write()
            answer = self._answers[key]
        if answer is None:
            return None
        return Location(
            answer["address"], Point(answer["lat"], answer["lon"]), {**answer, "source": "online"}
        )

    def _ask(self, query: str) -> dict[str, Any] | None:
        now = self._clock()
        if self._asked_at is not None and now - self._asked_at < self._least:
            self._sleep(self._least - (now - self._asked_at))
        self._asked_at = self._clock()
        try:
            found = self._online.geocode(query)
        except GeopyError as error:
            raise GazetteerError(
                f"the online geocoder did not answer for {query!r} ({error}): try again later, or "
                "go on without it"
            ) from error
        if found is None:
            return None
        return {"address": found.address, "lat": found.latitude, "lon": found.longitude}

    def _write(self) -> None:
        if self._cache is not None:
            from geomapper.writing import write_whole

            text = json.dumps(self._answers, ensure_ascii=False, indent=1, sort_keys=True)
            write_whole(self._cache, text + "\n")


def _read(cache: Path | None) -> dict[str, Any]:
    if cache is None or not cache.exists():
        return {}
    try:
        answers = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"{cache} is no cache of answers ({error}): delete it") from error
    return dict(answers)


def _location(place: Place) -> Location:
    parts = [part for part in (place.name, place.admin1, place.country) if part]
    raw = {
        "id": place.id,
        "name": place.name,
        "feature_code": place.feature_code,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population,
        "precision": place.precision.value,
        "dispute": place.dispute,
        "source": "gazetteer",
    }
    return Location(", ".join(dict.fromkeys(parts)), Point(place.lat, place.lon), raw)
