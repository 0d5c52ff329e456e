"""What a document is about: its countries, units and neighbours, from how its names rank so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geomapper.gazetteer.folding import fold
from geomapper.model import Precision
from geomapper.resolution.features import Company, Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Candidate, Place
    from geomapper.resolution.network import Question

    Ranked = Sequence[Sequence[Candidate]]

SURE = 0.6
WIDE = (Precision.ADMIN1, Precision.COUNTRY)
_COMPANIONS = 4
_MOST_CONTAINERS = 6
_MOST_POINTS = 40


def surroundings(
    gazetteer: Gazetteer, questions: Sequence[Question], ranked: Ranked
) -> Surroundings:
    """Return what the document is about; no questions give empty surroundings."""
    countries = _countries(ranked)
    units: Counter[tuple[str, str]] = Counter()
    points, named, named_units = [], set(), set()
    for best in _sure(ranked):
        if best.precision is Precision.COUNTRY:
            named.add(f"country:{best.country}")
            continue
        units[(best.country or "", best.admin1 or "")] += 1
        if best.feature_code == "ADM1":
            named_units.add((best.country or "", best.admin1 or ""))
        else:
            points.append((best.lon, best.lat, best.id))
    total, count = sum(countries.values()), sum(units.values())
    return Surroundings(
        countries={code: weight / total for code, weight in sorted(countries.items())},
        units={unit: weight / count for unit, weight in sorted(units.items())},
        points=tuple(dict.fromkeys(points))[:_MOST_POINTS],
        regions=frozenset(
            fold(each.mention.text) for each in questions if each.clues.kind == "region"
        ),
        named=frozenset(named),
        named_units=frozenset(named_units),
        focus=min(countries, key=lambda c: (-countries[c], c), default=None),
        company=_company(questions, ranked),
        best=_best(ranked),
        senses=_senses(gazetteer, questions, ranked),
    )


def wide_places(
    questions: Sequence[Question], numbers: Sequence[int], best: Mapping[int, Candidate]
) -> tuple[Place, ...]:
    """Return the regions and countries that the mentions of those numbers mean, or may mean."""
    return tuple(
        place
        for number in numbers
        for place in _meant(questions[number], best.get(number))
        if place.precision in WIDE
    )


def _meant(question: Question, best: Candidate | None) -> tuple[Place, ...]:
    """Return the place that a name means where that is hardly in doubt, else what it may mean."""
    if best is not None and best.score >= SURE:
        return (best.place,)
    return question.places[:_MOST_CONTAINERS]


def _countries(ranked: Ranked) -> dict[str, float]:
    countries: dict[str, float] = defaultdict(float)
    for candidates in ranked:
        for candidate in candidates[:3]:
            countries[candidate.place.country or ""] += candidate.score
    countries.pop("", None)
    return countries


def _sure(ranked: Ranked) -> list[Place]:
    """Return the places that are hardly in doubt, one a name."""
    return [each[0].place for each in ranked if each and each[0].score >= SURE]


def _best(ranked: Ranked) -> dict[int, Candidate]:
    return {number: each[0] for number, each in enumerate(ranked) if each}


def _senses(gazetteer: Gazetteer, questions: Sequence[Question], ranked: Ranked) -> dict[str, str]:
    """Return the ids of places that the text tells in full somewhere, by folded name."""
    found: dict[str, str] = {}
    so_far = _best(ranked)
    for question, candidates in zip(questions, ranked, strict=True):
        numbers = (*question.clues.hard, *question.clues.soft)
        holders = wide_places(questions, numbers, so_far) if numbers else ()
        if not candidates or not holders or candidates[0].score < SURE:
            continue
        best = candidates[0].place
        if any(each.id != best.id and gazetteer.is_within(best, each) for each in holders):
            found.setdefault(fold(question.mention.text), best.id)
    return found


def _company(questions: Sequence[Question], ranked: Ranked) -> Company:
    """Return the likeliest places of every name, each name once, countries left out."""
    best: dict[tuple[str, str], Candidate] = {}
    for question, candidates in zip(questions, ranked, strict=True):
        key = fold(question.mention.text)
        for candidate in candidates[:_COMPANIONS]:
            if candidate.place.precision is Precision.COUNTRY:
                continue
            old = best.get((key, candidate.place.id))
            if old is None or old.score < candidate.score:
                best[key, candidate.place.id] = candidate
    return Company(
        keys=[key for key, _ in best],
        places=[candidate.place for candidate in best.values()],
        weights=[candidate.score for candidate in best.values()],
    )
