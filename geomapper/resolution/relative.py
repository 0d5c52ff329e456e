"""Places that a text describes from another: "10 km north of Pokrovsk", "near", "between X and Y"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.model import Precision
from geomapper.resolution.context import words

if TYPE_CHECKING:
    from geomapper.model import Mention, Place

_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_KM = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609, "metre": 0.001, "meter": 0.001,
       "m": 0.001, "nautical mile": 1.852}  # fmt: skip
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
          "forty": 40, "fifty": 50, "a few": 4, "several": 6, "dozens of": 30}  # fmt: skip
_COMPASS = r"(?:north|south)[- ]?(?:east|west)|north|south|east|west"
_DIRECTION = rf"(?P<bearing>{_COMPASS})(?:ern)?(?:wards?)?"
_DISTANCE = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?|" + "|".join(_SMALL) + r")[ -]?"
    r"(?P<unit>nautical mile|kilomet(?:re|er)|km|mile|met(?:re|er)|m)s?\b"
    rf"(?: \([^)]{{1,20}}\))?(?: (?:to|away to) the)?(?: (?:{_DIRECTION}))? (?:of|from|outside|off|inside|into|away from)"
    r" (?:the )?(?:(?:[a-z-]+ ){0,3}(?:of )?)?$",
    re.IGNORECASE,
)
_BEARING_OF = re.compile(
    rf"\b(?:(?:just|immediately|directly|further|to the) )?(?P<bearing>{_COMPASS}) of (?:the )?(?:(?:city|town|village|port) of )?$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:near|outside|around|close to|adjacent to|not far from|(?:on|in|to) the (?:[a-z-]+ )?"
    r"(?:outskirts|approaches|edge|suburbs|vicinity|environs|surroundings) (?:of|to)|"
    r"in and around|the area of|bordering|overlooking)(?: (?:the )?(?:[a-z-]+ ){0,2}"
    r"(?:city|town|village|settlement|port|district|capital|camp|crossing|base)(?: of)?)?(?: the)? $",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"\boff (?:the )?(?:[a-z-]+ )?(?:coast|shore|port)?(?: of)?(?: the)? ?$", re.IGNORECASE
)
_OUTSKIRTS_AFTER = re.compile(r"['’]s? (?:[a-z-]+ )?(?:outskirts|suburbs|approaches|environs)\b")
_REACH = 90
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:(?:city|town|village|villages|towns) of )?$")
_ROADS = "road|highway|motorway|route|railway|rail line|track|supply line"
_ROAD_BEFORE = re.compile(rf"\b(?:{_ROADS}) (?:(?:leading|running) )?(?:from|between) (?:the )?$")
_ROAD_AFTER = re.compile(rf"[ -](?:main )?(?:{_ROADS}|axis)\b")
_MOST_APART_KM = 150.0
_NEAR_KM = 10.0
_FRONT_KM = 25.0
_UNIT_KM = 30.0
_BEARING_KM = 15.0
_OFFSHORE_KM = 40.0
_FARTHEST_KM = 500.0
_NEAREST_KM = 2.0
_SEATS = frozenset({"PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLC"})
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def relative_place(text: str, mention: Mention, place: Place) -> tuple[Place, str] | None:
    """Return the place that the text describes from `place`, and the words that do; else None.

    Only settlements and sites are anchors. The result has precision ``near``: a point moved by
    the distance and bearing that the text gives, and a radius in kilometres for what it leaves
    open. Distance is geodesic. What is over 500 km away is not described by its neighbour.
    """
    if place.precision not in (Precision.EXACT, Precision.NEAR):
        return None
    before = text[max(0, mention.span.start - _REACH) : mention.span.start]
    before = before[max(before.rfind("\n"), before.rfind(". ") + 1, 0) :]
    after = text[mention.span.end : mention.span.end + 40]
    for found in (
        _by_distance(before),
        _by_bearing(before),
        _by_words(before, after),
        _by_unit(after, place),
    ):
        if found is not None:
            km, bearing, radius, phrase = found
            if max(km, radius) > _FARTHEST_KM:
                return None
            lon, lat = moved(place.lon, place.lat, km, bearing)
            return replace(
                place,
                id=f"{place.id}/{round(km)}km-{bearing if bearing is not None else 'around'}",
                name=f"{phrase} {place.name}".strip() if phrase else place.name,
                lon=lon,
                lat=lat,
                precision=Precision.NEAR,
                radius_km=max(radius, place.radius_km or 0.0),
                feature_code=place.feature_code,
                area=None,
            ), phrase
    return None


def linked(text: str, left: Mention, right: Mention) -> str | None:
    """Return the words that put something between two names, None where none do.

    "Between X and Y", "on the road from X to Y", "the X-Y highway".
    """
    gap = text[left.span.end : right.span.start]
    before = text[max(0, left.span.start - _REACH) : left.span.start]
    after = text[right.span.end : right.span.end + _REACH]
    if gap in (" and ", " and the ") and _BETWEEN.search(before):
        return "between"
    if gap in (" to ", " and ") and _ROAD_BEFORE.search(before):
        return "on the road between"
    if gap in ("-", "–", "—", " - ", " to ") and _ROAD_AFTER.match(after):
        return "on the road between"
    return None


def midway(one: Place, other: Place, words_of_link: str) -> Place | None:
    """Return the place half way between two settlements or sites, None where they are far apart.

    Its radius reaches both.
    """
    exact = (Precision.EXACT, Precision.NEAR)
    if one.precision not in exact or other.precision not in exact or one.id == other.id:
        return None
    from geopy.distance import great_circle

    kilometres = great_circle((one.lat, one.lon), (other.lat, other.lon)).km
    if kilometres > _MOST_APART_KM:
        return None
    return replace(
        one,
        id=f"{one.id}/{other.id}",
        name=f"{words_of_link} {one.name} and {other.name}",
        lon=round((one.lon + other.lon) / 2, 5),
        lat=round((one.lat + other.lat) / 2, 5),
        precision=Precision.NEAR,
        radius_km=max(_NEAREST_KM, round(kilometres / 2, 1)),
        admin1=one.admin1 if one.admin1 == other.admin1 else None,
        admin2=one.admin2 if one.admin2 == other.admin2 else None,
        population=0,
        area=None,
    )


def moved(lon: float, lat: float, km: float, bearing: int | None) -> tuple[float, float]:
    """Return a point in degrees moved by kilometres along a bearing, clockwise from north.

    Examples
    --------
    >>> moved(37.18, 48.28, 10, 0)
    (37.18, 48.36993)
    """
    if bearing is None or km == 0:
        return lon, lat
    from geopy.distance import distance

    point = distance(kilometers=km).destination((lat, lon), bearing=bearing)
    return round(point.longitude, 5), round(point.latitude, 5)


def _by_distance(before: str) -> tuple[float, int | None, float, str] | None:
    match = _DISTANCE.search(before)
    if match is None:
        return None
    number = match["number"].lower()
    count = _SMALL.get(number) or _number(number)
    unit = match["unit"].lower().replace("ter", "tre")
    km = count * _KM.get(unit, _KM.get(match["unit"].lower(), 1.0))
    bearing = _degrees(match["bearing"])
    phrase = " ".join(match[0].split())
    return (
        (km, bearing, max(_NEAREST_KM, 0.3 * km), phrase)
        if bearing is not None
        else (0, None, max(_NEAREST_KM, km), phrase)
    )


def _number(text: str) -> float:
    """Return a number in digits: a comma before three digits parts thousands, else decimals."""
    plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
    return float(plain)


def _by_bearing(before: str) -> tuple[float, int | None, float, str] | None:
    match = _BEARING_OF.search(before)
    if match is None:
        return None
    return _BEARING_KM, _degrees(match["bearing"]), _BEARING_KM, " ".join(match[0].split())


def _by_words(before: str, after: str) -> tuple[float, int | None, float, str] | None:
    if match := _AROUND.search(before):
        phrase = " ".join(match[0].split())
        return 0.0, None, _NEAR_KM, phrase
    if match := _OFF.search(before):
        return 0.0, None, _OFFSHORE_KM, " ".join(match[0].split())
    if _OUTSKIRTS_AFTER.match(after):
        return 0.0, None, _NEAR_KM, "outskirts of"
    word = _word_after(after)
    if word in words()["fronts"]:
        return 0.0, None, _FRONT_KM, f"{word} of"
    return None


def _by_unit(after: str, place: Place) -> tuple[float, int | None, float, str] | None:
    """Return the surroundings of a town whose district the text means, where no area is known."""
    word = _word_after(after)
    if word not in words()["units"] or place.feature_code not in _SEATS:
        return None
    return 0.0, None, _UNIT_KM, f"{word} of"


def _word_after(after: str) -> str:
    """Return the word that a name stands before, lower-case; ``""`` after a comma or full stop."""
    if not after.startswith((" ", "-")):
        return ""
    return after.strip().split(" ")[0].strip(".,;:)").lower()


def _degrees(name: str | None) -> int | None:
    if name is None:
        return None
    return _BEARINGS[name.lower().replace("-", "").replace(" ", "")]
