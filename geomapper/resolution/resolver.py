"""The resolver that ships: candidates ranked by what the text and the document say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomapper.gazetteer import distance_km
from geomapper.gazetteer.folding import fold
from geomapper.model import Candidate, Precision, Resolution, Role
from geomapper.resolution.borders import border_between, borders_on, place_at_border
from geomapper.resolution.context import Clues, clues_of, words
from geomapper.resolution.features import Company, Surroundings, changing, held_in, option
from geomapper.resolution.network import Network, Question, Shortlist
from geomapper.resolution.publications import Home, home_of
from geomapper.resolution.ranking import Weights, probabilities, reasons, shipped_weights
from geomapper.resolution.relative import linked, midway, relative_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Mention, Place
    from geomapper.stages import Reading

_MOST_CANDIDATES = 30
_KEPT_CANDIDATES = 5
_SURE = 0.6
# From tests/benchmarks/calibration.py: fitted weights are a little too sure of themselves.
_LEAST_SCORE = 0.03
_SHARE_OF_SCORE = 0.93
_MOST_CONTAINERS = 6
_FAMOUS = 300_000
_STAND_IN_REACH = 400
_BESIDE_REACH = 200
_FUZZY_PENALTY = 0.6
_ALIKE = 0.9
_PART_PENALTY = 0.55
_LEAST_PART = 4
_STAND_IN_SCORE = 0.4
_PART_RADIUS_KM = 15.0
_REGION_SCORE = 0.75
_AT_HOME = 0.25
_TOWN_KM = 40.0
_ROUNDS = 3
_COMPANIONS = 4
_WIDE = (Precision.ADMIN1, Precision.COUNTRY)


class RankingResolver:
    """Ranks the gazetteer's candidates for each mention; areas come with the best.

    Two rounds: in the first each name stands for itself, the second knows which countries, units
    and neighbours the document is about.

    Parameters
    ----------
    gazetteer
        Where candidates come from.
    weights
        Of the features; by default those that ship.
    """

    def __init__(self, gazetteer: Gazetteer, weights: Weights | None = None) -> None:
        self._gazetteer = gazetteer
        self._weights = weights or shipped_weights()

    def resolve(self, reading: Reading, mentions: Sequence[Mention]) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; no mentions give ``()``."""
        text = reading.document.text
        network = self.network(text, mentions)
        around = self.settled(network, home_of(reading.document))
        ranked = self._ranked(network, around)
        questions = network.questions
        return tuple(
            Resolution(
                question.mention,
                _calibrated(
                    self._between(text, questions, number, around)
                    or self._final(text, question, questions, ranked[number], around)
                ),
            )
            for number, question in enumerate(questions)
        )

    def network(self, text: str, mentions: Sequence[Mention]) -> Network:
        """Return the mentions with their clues and candidates, before anything is ranked."""
        lists: dict[Any, Shortlist] = {}
        questions = []
        for mention, clues in zip(mentions, clues_of(text, mentions), strict=True):
            is_held = bool(clues.hard or clues.soft or clues.peers)
            like = mention.text, mention.role, clues.kind, bool(clues.soft), is_held
            if like not in lists:
                lists[like] = self._shortlist(mention, clues)
            questions.append(Question(mention, clues, lists[like]))
        return Network(questions)

    def settled(self, network: Network, home: Home | None) -> Surroundings:
        """Return what the document is about, once every name has been ranked among the others."""
        around = Surroundings(home=home)
        for _ in range(_ROUNDS):
            around = replace(
                self.surroundings(network.questions, self._ranked(network, around)), home=home
            )
        return around

    def rows(self, network: Network, around: Surroundings) -> Iterator[list[tuple[float, ...]]]:
        """Yield for each question the features of its candidates, in the order of `NAMES`."""
        neighbours = network.neighbours(around)
        for question in network.questions:
            yield self._rows(network, question, around, neighbours)

    def _rows(
        self,
        network: Network,
        question: Question,
        around: Surroundings,
        neighbours: Sequence[Sequence[float]],
    ) -> list[tuple[float, ...]]:
        clues, shortlist = question.clues, question.shortlist
        hard = self._wide_places(network.questions, clues.hard, around)
        soft = self._wide_places(network.questions, clues.soft, around)
        peers = [around.best[peer] for peer in clues.peers if peer in around.best]
        rows = []
        for number, each in enumerate(shortlist.options, start=network.row(shortlist)):
            held = (
                held_in(each.place, hard, self._gazetteer),
                held_in(each.place, soft, self._gazetteer),
            )
            more = changing(
                shortlist.key, clues.kind, each, around, held, peers, neighbours[number]
            )
            rows.append((*each.lasting, *more))
        return rows

    def surroundings(
        self, questions: Sequence[Question], ranked: Sequence[Sequence[Candidate]]
    ) -> Surroundings:
        """Return what the document is about, from how its names rank so far."""
        countries: dict[str, float] = defaultdict(float)
        units: Counter[tuple[str, str]] = Counter()
        points, named, named_units, regions = [], set(), set(), set()
        for question, candidates in zip(questions, ranked, strict=True):
            if question.clues.kind == "region":
                regions.add(fold(question.mention.text))
            for candidate in candidates[:3]:
                countries[candidate.place.country or ""] += candidate.score
            if not candidates or candidates[0].score < _SURE:
                continue
            best = candidates[0].place
            if best.precision is Precision.COUNTRY:
                named.add(f"country:{best.country}")
                continue
            units[(best.country or "", best.admin1 or "")] += 1
            if best.feature_code == "ADM1":
                named_units.add((best.country or "", best.admin1 or ""))
            else:
                points.append((best.lon, best.lat, best.id))
        countries.pop("", None)
        total, count = sum(countries.values()), sum(units.values())
        return Surroundings(
            countries={code: weight / total for code, weight in sorted(countries.items())},
            units={unit: weight / count for unit, weight in sorted(units.items())},
            points=tuple(dict.fromkeys(points))[:40],
            regions=frozenset(regions),
            named=frozenset(named),
            named_units=frozenset(named_units),
            focus=min(countries, key=lambda c: (-countries[c], c), default=None),
            company=_company(questions, ranked),
            best=_best(ranked),
            senses=self._senses(questions, ranked),
        )

    def _senses(
        self, questions: Sequence[Question], ranked: Sequence[Sequence[Candidate]]
    ) -> dict[str, str]:
        """Return the ids of places that the text tells in full somewhere, by folded name."""
        found: dict[str, str] = {}
        ranked_so_far = Surroundings(best=_best(ranked))
        for question, candidates in zip(questions, ranked, strict=True):
            numbers = (*question.clues.hard, *question.clues.soft)
            holders = self._wide_places(questions, numbers, ranked_so_far) if numbers else ()
            if not candidates or not holders or candidates[0].score < _SURE:
                continue
            best = candidates[0].place
            if any(
                each.id != best.id and self._gazetteer.is_within(best, each) for each in holders
            ):
                found.setdefault(fold(question.mention.text), best.id)
        return found

    def _shortlist(self, mention: Mention, clues: Clues) -> Shortlist:
        places, penalty = self._candidates(mention, clues)
        options = tuple(
            option(mention, clues.kind, places, rank, self._gazetteer)
            for rank in range(len(places))
        )
        return Shortlist(fold(mention.text), options, penalty)

    def _candidates(self, mention: Mention, clues: Clues) -> tuple[tuple[Place, ...], float]:
        """Return the places that a mention may mean, and the penalty for their names."""
        if mention.role is Role.DEMONYM or self._gazetteer.demonym(mention.text):
            home = self._home(mention.text)
            if home is not None or not clues.soft:
                return ((home,) if home else ()), 1.0
        if _is_direction_alone(mention.text, clues):
            return (), 1.0
        places = self._gazetteer.lookup(mention.text)[:_MOST_CANDIDATES]
        counties = self._counties(mention.text, clues, places)
        if places or counties:
            return (*places, *counties), 1.0
        near = self._gazetteer.fuzzy(mention.text)
        alike = tuple(place for place, likeness in near if likeness >= _ALIKE)
        if alike:
            return alike, _FUZZY_PENALTY
        return self._of_part(mention.text), _PART_PENALTY

    def _of_part(self, name: str) -> tuple[Place, ...]:
        """Return the places of the longest known part of a name: Manila of "Manila Cathedral"."""
        words = name.replace("-", " ").split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if self._may_name(part):
                    places = self._gazetteer.lookup(part)
                    if places:
                        return places[:_MOST_CANDIDATES]
        return ()

    def _may_name(self, part: str) -> bool:
        return (
            part[:1].isupper()
            and len(part) >= _LEAST_PART
            and not self._gazetteer.is_stop_name(part)
            and fold(part) not in words()["generic"]
            and fold(part) not in words()["directions"]
        )

    def _counties(self, name: str, clues: Clues, places: Sequence[Place]) -> tuple[Place, ...]:
        """Return the counties of a bare name: "in Barrow and Jackson counties", "DeKalb police"."""
        if clues.kind == "region" or any(place.precision is Precision.COUNTRY for place in places):
            return ()
        known = {place.id for place in places}
        found = self._gazetteer.lookup(f"{name} County")
        return tuple(
            place for place in found if place.feature_code == "ADM2" and place.id not in known
        )[:_MOST_CANDIDATES]

    def _home(self, word: str) -> Place | None:
        demonym = self._gazetteer.demonym(word)
        if demonym is None:
            return None
        if demonym.country:
            return self._gazetteer.country(demonym.country)
        found = self._gazetteer.lookup(demonym.people) if demonym.people else ()
        return found[0] if found else None

    def _wide_places(
        self, questions: Sequence[Question], numbers: Sequence[int], around: Surroundings
    ) -> tuple[Place, ...]:
        """Return the regions and countries that the mentions of those numbers mean, or may mean."""
        return tuple(
            place
            for number in numbers
            for place in _meant(questions[number], around.best.get(number))
            if place.precision in _WIDE
        )

    def _ranked(self, network: Network, around: Surroundings) -> list[tuple[Candidate, ...]]:
        """Return the candidates of every question, best first.

        Equal mentions that no other mention contains or stands beside are ranked once.
        """
        neighbours = network.neighbours(around)
        alone: dict[int, tuple[Candidate, ...]] = {}
        found = []
        for question in network.questions:
            key = id(question.shortlist)
            ranked = alone.get(key) if question.stands_alone else None
            if ranked is None:
                rows = self._rows(network, question, around, neighbours)
                ranked = self._best_first(question.shortlist, rows)
                if question.stands_alone:
                    alone[key] = ranked
            found.append(ranked)
        return found

    def _best_first(
        self, shortlist: Shortlist, rows: Sequence[Sequence[float]]
    ) -> tuple[Candidate, ...]:
        chances = probabilities(rows, self._weights)
        order = sorted(range(len(rows)), key=lambda n: (-chances[n], n))
        return tuple(
            Candidate(
                shortlist.options[n].place,
                chances[n] * shortlist.penalty,
                reasons(rows[n], self._weights),
            )
            for n in order[:_KEPT_CANDIDATES]
        )

    def _between(
        self, text: str, questions: Sequence[Question], number: int, around: Surroundings
    ) -> tuple[Candidate, ...]:
        """Return the place between two names that the text names together; else nothing."""
        for left in (number, number - 1):
            one, other = around.best.get(left), around.best.get(left + 1)
            if one is None or other is None:
                continue
            pair = questions[left].mention, questions[left + 1].mention
            if any(mention.role is not Role.LITERAL for mention in pair):
                continue
            told = linked(text, *pair)
            place = midway(one.place, other.place, told) if told else None
            score = min(one.score, other.score)
            if border_between(text, *pair):
                sides = (*self._units_beside(text, questions, left, around), one.place)
                found = place_at_border(sides, other.place, self._gazetteer)
                place, told = found or (None, None)
            if place is not None:
                return (Candidate(place, score, (*one.reasons, f"told as {told!r}")),)
        return ()

    def _final(
        self,
        text: str,
        question: Question,
        questions: Sequence[Question],
        ranked: tuple[Candidate, ...],
        around: Surroundings,
    ) -> tuple[Candidate, ...]:
        """Return the candidates as they come out: regions with areas, places told from others.

        A name that only nearly is in the gazetteer counts where the document is about its
        country anyway.
        """
        region = self._region_of_unknown(question, questions, ranked, around)
        if region is not None:
            return (region, *ranked)
        if question.shortlist.penalty == _FUZZY_PENALTY:
            ranked = tuple(
                c for c in ranked if around.countries.get(c.place.country or "", 0.0) >= _AT_HOME
            )
        town = self._town_around(question, questions, ranked)
        if town is not None:
            return (town, *ranked)
        if not ranked:
            return self._stand_in(question, questions, around)
        if question.shortlist.penalty == _PART_PENALTY:
            return tuple(_part_of_name(question.mention.text, each) for each in ranked)
        best = ranked[0]
        if borders_on(text, question.mention) and best.place.precision in _WIDE:
            found = self._at_border(text, question, questions, best, around)
            if found is not None:
                return (found, *ranked)
        described = relative_place(text, question.mention, best.place)
        if described is not None and question.mention.role is Role.LITERAL:
            place, phrase = described
            return (
                replace(best, place=place, reasons=(*best.reasons, f"told as {phrase!r}")),
                *ranked[1:],
            )
        return (replace(best, place=self._gazetteer.with_area(best.place)), *ranked[1:])

    def _at_border(
        self,
        text: str,
        question: Question,
        questions: Sequence[Question],
        best: Candidate,
        around: Surroundings,
    ) -> Candidate | None:
        """Return the stretch of border that a name is told of: the region's that is named beside it.

        Else that of a region or country of the sentence, else of the one region of the document
        that borders there.
        """
        number = next(n for n, each in enumerate(questions) if each is question)
        named = [
            unit
            for country, name in sorted(around.named_units)
            if (unit := self._gazetteer.unit(country, name)) is not None
            and self._gazetteer.border(unit, best.place)
        ]
        sides = [
            *self._units_beside(text, questions, number, around),
            *self._countries_beside(text, questions, number, around),
            *(named if len(named) == 1 else ()),
        ]
        apart = [side for side in sides if not self._gazetteer.is_within(side, best.place)]
        found = place_at_border(apart, best.place, self._gazetteer)
        if found is None:
            return None
        place, told = found
        return Candidate(place, best.score, (*best.reasons, f"told as {told!r}"))

    def _beside(
        self, text: str, questions: Sequence[Question], number: int, around: Surroundings
    ) -> list[Place]:
        """Return the surest places of the other names of a mention's sentence, the nearest first."""
        mention = questions[number].mention
        found = []
        for other, best in around.best.items():
            each = questions[other].mention
            first, last = sorted((mention.span, each.span), key=lambda span: span.start)
            between = text[first.end : last.start]
            if other == number or best.score < _SURE or len(between) > _BESIDE_REACH:
                continue
            if "\n" not in between and ". " not in between:
                found.append((len(between), other, best.place))
        return [place for _, _, place in sorted(found, key=lambda item: item[:2])]

    def _units_beside(
        self, text: str, questions: Sequence[Question], number: int, around: Surroundings
    ) -> list[Place]:
        """Return the admin-1 units that the sentence names or whose places it names."""
        units = (
            self._gazetteer.unit(place.country or "", place.admin1 or "")
            for place in self._beside(text, questions, number, around)
            if place.admin1
        )
        return list(dict.fromkeys(unit for unit in units if unit is not None))

    def _countries_beside(
        self, text: str, questions: Sequence[Question], number: int, around: Surroundings
    ) -> list[Place]:
        return [
            place
            for place in self._beside(text, questions, number, around)
            if place.precision is Precision.COUNTRY
        ]

    def _stand_in(
        self, question: Question, questions: Sequence[Question], around: Surroundings
    ) -> tuple[Candidate, ...]:
        """Return the region of the surest name close by, for a name that nothing is known of.

        An unknown square or village is most likely in the region that the text is about there:
        the area says so, with the named neighbour as its reference point.
        """
        mention = question.mention
        if mention.role is Role.DEMONYM or self._gazetteer.demonym(mention.text):
            return ()
        near = min(
            (
                (_gap(mention, questions[number].mention), number)
                for number, best in around.best.items()
                if best.score >= _SURE
                and best.place.admin1
                and questions[number].mention.role is not Role.DEMONYM
            ),
            default=None,
        )
        if near is None or near[0] > _STAND_IN_REACH:
            return ()
        place = around.best[near[1]].place
        unit = self._gazetteer.unit(place.country or "", place.admin1 or "")
        if unit is None:
            return ()
        area = replace(self._gazetteer.with_area(unit), lon=place.lon, lat=place.lat)
        told = f"no place {mention.text!r} is known: the region of {place.name}, named beside it"
        return (Candidate(area, _STAND_IN_SCORE, (told,), stands_in=True),)

    def _town_around(
        self,
        question: Question,
        questions: Sequence[Question],
        ranked: tuple[Candidate, ...],
    ) -> Candidate | None:
        """Return the town for a quarter of it that the gazetteer lacks, or has elsewhere only.

        "The Sabra district of Gaza City" is in Gaza City.
        """
        if question.clues.kind not in ("settlement", "district"):
            return None
        towns = [
            place
            for number in question.clues.hard
            for place in questions[number].places[:1]
            if place.feature_code.startswith("PPL")
        ]
        if not towns:
            return None
        town = towns[0]
        if (
            ranked
            and distance_km(ranked[0].place.lon, ranked[0].place.lat, town.lon, town.lat) < _TOWN_KM
        ):
            return None
        words = (
            f"no place {question.mention.text!r} is known in {town.name}: the town that is named"
        )
        return Candidate(town, _REGION_SCORE, (words,))

    def _region_of_unknown(
        self,
        question: Question,
        questions: Sequence[Question],
        ranked: tuple[Candidate, ...],
        around: Surroundings,
    ) -> Candidate | None:
        """Return the region or country that the text names for a place that the gazetteer lacks there.

        "The village of Popovka in Belgorod region" is in that region, whatever namesakes the
        world holds elsewhere.
        """
        if question.mention.role is not Role.LITERAL or question.clues.kind in ("region", "water"):
            return None
        containers = self._wide_places(questions, question.clues.hard, around)
        units = [place for place in containers if place.precision is Precision.ADMIN1]
        holder = next(iter(units or containers), None)
        if holder is None or any(each.id == holder.id for each in question.places):
            return None
        if ranked and (ranked[0].place.precision in _WIDE or _is_famous(ranked[0].place)):
            return None
        if any(
            self._gazetteer.is_within(candidate.place, each)
            for candidate in ranked
            for each in units or containers
        ):
            return None
        told = f"no place {question.mention.text!r} is known in {holder.name}, which is named"
        return Candidate(self._gazetteer.with_area(holder), _REGION_SCORE, (told,))


def _calibrated(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates with scores as often right as they say, on documents not fitted on."""
    return tuple(
        replace(each, score=_LEAST_SCORE + _SHARE_OF_SCORE * each.score) for each in candidates
    )


def _best(ranked: Sequence[Sequence[Candidate]]) -> dict[int, Candidate]:
    return {number: each[0] for number, each in enumerate(ranked) if each}


def _meant(question: Question, best: Candidate | None) -> tuple[Place, ...]:
    """Return the place that a name means where that is hardly in doubt, else what it may mean."""
    if best is not None and best.score >= _SURE:
        return (best.place,)
    return question.places[:_MOST_CONTAINERS]


def _is_direction_alone(name: str, clues: Clues) -> bool:
    """Tell whether a name only says a direction: "the West", "Western states"."""
    if fold(name) not in words()["direction_names"]:
        return False
    return clues.kind not in ("region", "county", "district") and not (
        clues.hard or clues.soft or clues.peers
    )


def _is_famous(place: Place) -> bool:
    return place.feature_code == "PPLC" or place.population >= _FAMOUS


def _part_of_name(name: str, candidate: Candidate) -> Candidate:
    """Return the candidate for a part of a name, as the surroundings of that part."""
    place = candidate.place
    told = f"no place {name!r} is known: {place.name} is part of the name"
    if place.precision is Precision.EXACT:
        place = replace(place, precision=Precision.NEAR, radius_km=_PART_RADIUS_KM)
    return replace(candidate, place=place, reasons=(told, *candidate.reasons), stands_in=True)


def _gap(one: Mention, other: Mention) -> int:
    return max(one.span.start - other.span.end, other.span.start - one.span.end, 0)


def _company(questions: Sequence[Question], ranked: Sequence[Sequence[Candidate]]) -> Company:
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
