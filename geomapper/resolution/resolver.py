"""The resolver that ships: candidates ranked by what the text and the document say of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomapper.model import Candidate, Resolution
from geomapper.resolution import described, unknown
from geomapper.resolution.context import clues_of
from geomapper.resolution.features import Surroundings, changing, held_in
from geomapper.resolution.network import Network, Question, Shortlist
from geomapper.resolution.page import Page
from geomapper.resolution.publications import Home, home_of
from geomapper.resolution.ranking import Weights, probabilities, reasons, shipped_weights
from geomapper.resolution.shortlists import FUZZY_PENALTY, PART_PENALTY, Shortlister
from geomapper.resolution.surroundings import surroundings, wide_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Mention
    from geomapper.stages import Reading

_KEPT_CANDIDATES = 5
# From tests/benchmarks/calibration.py: fitted weights are a little too sure of themselves.
_LEAST_SCORE = 0.03
_SHARE_OF_SCORE = 0.93
_AT_HOME = 0.25
_ROUNDS = 3


class RankingResolver:
    """Ranks the gazetteer's candidates for each mention; areas come with the best.

    A few rounds: in the first each name stands for itself, later ones know which countries, units
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
        self._shortlister = Shortlister(gazetteer)
        self._weights = weights or shipped_weights()

    def resolve(self, reading: Reading, mentions: Sequence[Mention]) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; no mentions give ``()``."""
        text = reading.document.text
        network = self.network(text, mentions)
        around = self.settled(network, home_of(reading.document))
        page = Page(text, network.questions, around, self._gazetteer)
        return tuple(
            Resolution(page.questions[number].mention, _calibrated(_final(page, number, ranked)))
            for number, ranked in enumerate(self._ranked(network, around))
        )

    def network(self, text: str, mentions: Sequence[Mention]) -> Network:
        """Return the mentions with their clues and candidates, before anything is ranked."""
        lists: dict[Any, Shortlist] = {}
        questions = []
        for mention, clues in zip(mentions, clues_of(text, mentions), strict=True):
            is_held = bool(clues.hard or clues.soft or clues.peers)
            like = mention.text, mention.role, clues.kind, bool(clues.soft), is_held
            if like not in lists:
                lists[like] = self._shortlister.shortlist(mention, clues)
            questions.append(Question(mention, clues, lists[like]))
        return Network(questions)

    def settled(self, network: Network, home: Home | None) -> Surroundings:
        """Return what the document is about, once every name has been ranked among the others."""
        around = Surroundings(home=home)
        for _ in range(_ROUNDS):
            ranked = self._ranked(network, around)
            found = surroundings(self._gazetteer, network.questions, ranked)
            around = replace(found, home=home)
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
        hard = wide_places(network.questions, clues.hard, around.best)
        soft = wide_places(network.questions, clues.soft, around.best)
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


def _final(page: Page, number: int, ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates as they come out: regions with areas, places told from others.

    A name that only nearly is in the gazetteer counts where the document is about its
    country anyway.
    """
    middle = described.between(page, number)
    if middle is not None:
        return (middle,)
    holder = unknown.unit_around(page, number, ranked) or unknown.region_of_unknown(
        page, number, ranked
    )
    if holder is not None:
        return (holder, *ranked)
    penalty = page.questions[number].shortlist.penalty
    if penalty == FUZZY_PENALTY:
        shares = page.around.countries
        ranked = tuple(c for c in ranked if shares.get(c.place.country or "", 0.0) >= _AT_HOME)
    town = unknown.town_around(page, number, ranked)
    if town is not None:
        return (town, *ranked)
    if not ranked:
        standing = unknown.stand_in(page, number)
        return (standing,) if standing is not None else ()
    if penalty == PART_PENALTY:
        name = page.questions[number].mention.text
        return tuple(unknown.part_of_name(name, each) for each in ranked)
    return _told(page, number, ranked)


def _told(page: Page, number: int, ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates of a known name, the best as the text describes it, or with its area."""
    best = ranked[0]
    border = described.at_border(page, number, best)
    if border is not None:
        return (border, *ranked)
    near = described.from_neighbour(page, number, best)
    if near is not None:
        return (near, *ranked[1:])
    return (replace(best, place=page.gazetteer.with_area(best.place)), *ranked[1:])


def _calibrated(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates with scores as often right as they say, on documents not fitted on."""
    return tuple(
        replace(each, score=_LEAST_SCORE + _SHARE_OF_SCORE * each.score) for each in candidates
    )
