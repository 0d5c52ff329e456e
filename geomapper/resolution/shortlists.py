"""Which places a name may mean: what the gazetteer lists under it, or under something like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.gazetteer.folding import fold
from geomapper.model import Precision, Role
from geomapper.resolution.context import words
from geomapper.resolution.features import option
from geomapper.resolution.network import Shortlist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Mention, Place
    from geomapper.resolution.context import Clues

FUZZY_PENALTY = 0.6
PART_PENALTY = 0.55
_MOST_CANDIDATES = 30
_ALIKE = 0.9
_LEAST_PART = 4


@dataclass(frozen=True, slots=True)
class Shortlister:
    """Finds the places that mentions may mean."""

    gazetteer: Gazetteer

    def shortlist(self, mention: Mention, clues: Clues) -> Shortlist:
        """Return the options of a mention, none where nothing like it is known."""
        places, penalty = self._candidates(mention, clues)
        options = tuple(
            option(mention, clues.kind, places, rank, self.gazetteer) for rank in range(len(places))
        )
        return Shortlist(fold(mention.text), options, penalty)

    def _candidates(self, mention: Mention, clues: Clues) -> tuple[tuple[Place, ...], float]:
        """Return the places that a mention may mean, and the penalty for their names."""
        if mention.role is Role.DEMONYM or self.gazetteer.demonym(mention.text):
            home = self._home(mention.text)
            if home is not None or not clues.soft:
                return ((home,) if home else ()), 1.0
        if _is_direction_alone(mention.text, clues):
            return (), 1.0
        places = self.gazetteer.lookup(mention.text)[:_MOST_CANDIDATES]
        counties = self._counties(mention.text, clues, places)
        if places or counties:
            return (*places, *counties), 1.0
        near = self.gazetteer.fuzzy(mention.text)
        alike = tuple(place for place, likeness in near if likeness >= _ALIKE)
        if alike:
            return alike, FUZZY_PENALTY
        return self._of_part(mention.text), PART_PENALTY

    def _of_part(self, name: str) -> tuple[Place, ...]:
        """Return the places of the longest known part of a name: Manila of "Manila Cathedral"."""
        words = name.replace("-", " ").split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if self._may_name(part):
                    places = self.gazetteer.lookup(part)
                    if places:
                        return places[:_MOST_CANDIDATES]
        return ()

    def _may_name(self, part: str) -> bool:
        return (
            part[:1].isupper()
            and len(part) >= _LEAST_PART
            and not self.gazetteer.is_stop_name(part)
            and fold(part) not in words()["generic"]
            and fold(part) not in words()["directions"]
        )

    def _counties(self, name: str, clues: Clues, places: Sequence[Place]) -> tuple[Place, ...]:
        """Return the counties of a bare name: "in Barrow and Jackson counties", "DeKalb police"."""
        if clues.kind == "region" or any(place.precision is Precision.COUNTRY for place in places):
            return ()
        known = {place.id for place in places}
        found = self.gazetteer.lookup(f"{name} County")
        return tuple(
            place for place in found if place.feature_code == "ADM2" and place.id not in known
        )[:_MOST_CANDIDATES]

    def _home(self, word: str) -> Place | None:
        demonym = self.gazetteer.demonym(word)
        if demonym is None:
            return None
        if demonym.country:
            return self.gazetteer.country(demonym.country)
        found = self.gazetteer.lookup(demonym.people) if demonym.people else ()
        return found[0] if found else None


def _is_direction_alone(name: str, clues: Clues) -> bool:
    """Tell whether a name only says a direction: "the West", "Western states"."""
    if fold(name) not in words()["direction_names"]:
        return False
    return clues.kind not in ("region", "county", "district") and not (
        clues.hard or clues.soft or clues.peers
    )
