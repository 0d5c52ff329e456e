"""The names of a document once they are ranked: what stands beside each, what holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.model import Precision
from geomapper.resolution.surroundings import SURE, wide_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Place
    from geomapper.resolution.features import Surroundings
    from geomapper.resolution.network import Question

_BESIDE_REACH = 200


@dataclass(frozen=True, slots=True)
class Page:
    """A document's text and questions, with what is known once every name has been ranked.

    Names go by their number among the questions.
    """

    text: str
    questions: Sequence[Question]
    around: Surroundings
    gazetteer: Gazetteer

    def wide_places(self, numbers: Sequence[int]) -> tuple[Place, ...]:
        """Return the regions and countries that those names mean, or may mean."""
        return wide_places(self.questions, numbers, self.around.best)

    def units_beside(self, number: int) -> list[Place]:
        """Return the admin-1 units that the sentence names or whose places it names."""
        units = (
            self.gazetteer.unit(place.country or "", place.admin1 or "")
            for place in self._beside(number)
            if place.admin1
        )
        return list(dict.fromkeys(unit for unit in units if unit is not None))

    def countries_beside(self, number: int) -> list[Place]:
        """Return the countries that the sentence names."""
        return [place for place in self._beside(number) if place.precision is Precision.COUNTRY]

    def _beside(self, number: int) -> list[Place]:
        """Return the surest places of the other names of a name's sentence, the nearest first."""
        mention = self.questions[number].mention
        found = []
        for other, best in self.around.best.items():
            each = self.questions[other].mention
            first, last = sorted((mention.span, each.span), key=lambda span: span.start)
            between = self.text[first.end : last.start]
            if other == number or best.score < SURE or len(between) > _BESIDE_REACH:
                continue
            if "\n" not in between and ". " not in between:
                found.append((len(between), other, best.place))
        return [place for _, _, place in sorted(found, key=lambda item: item[:2])]
