"""The coder that ships: triggers of the codebook, and for each who, whom, where, when, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.coding.article import Article, Memory
from geomapper.coding.dating import event_dates
from geomapper.coding.domains import other_domain
from geomapper.coding.making import Maker, denied
from geomapper.coding.status import denial_of_report
from geomapper.coding.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomapper.coding.actors import ActorTable
    from geomapper.coding.codebook import Codebook
    from geomapper.coding.matching import Scene
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Event, Resolution
    from geomapper.stages import Reading, Sentence

_LEAST_WORDS = 4


class CodebookCoder:
    """Codes events by the triggers of a codebook and, where a model gives them, by its cues.

    Parameters
    ----------
    codebook
        What names events.
    actors
        Who is who.
    gazetteer
        Whose country a place is in, and what lies where.
    """

    def __init__(self, codebook: Codebook, actors: ActorTable, gazetteer: Gazetteer) -> None:
        self._actors = actors
        self._teller = Teller(codebook, actors)
        self._maker = Maker(codebook, gazetteer)

    def code(self, reading: Reading, resolutions: Sequence[Resolution]) -> tuple[Event, ...]:
        """Return the events of a document in the order of their sentences; none gives ``()``."""
        if other_domain(reading.doc) is not None:
            return ()
        article, memory = Article.of(reading, resolutions, self._actors), Memory()
        events: list[Event] = []
        before: list[int] = []
        for sentence in reading.sentences:
            too_short = sentence.tokens[1] - sentence.tokens[0] < _LEAST_WORDS
            if sentence.is_boilerplate or not sentence.is_parsed or too_short:
                continue
            memory.begin(sentence, reading.document.text)
            scene = article.scene(sentence)
            memory.hear(scene)
            found = list(self._of_sentence(article, sentence, scene, memory))
            found = _with_denial(scene, found, events, before)
            before = list(range(len(events), len(events) + len(found))) if found else before
            events.extend(found)
        return tuple(events)

    def _of_sentence(
        self, article: Article, sentence: Sentence, scene: Scene, memory: Memory
    ) -> Iterator[Event]:
        seen: set[tuple[str, str | None]] = set()
        for told in self._teller.told(article, scene, memory):
            text = article.reading.document.text
            dated = event_dates(told.match, scene, text, article.dates, memory.dates)
            places = told.link.places or (None,)
            for located in places:
                key = (told.match.trigger.type, located.place.id if located else None)
                if key in seen:
                    continue
                seen.add(key)
                shared = len(places) > 1
                yield self._maker.make(article, sentence, told, located, dated, shared=shared)
            if told.link.places:
                memory.located = told.link.places[0]
            memory.actor = told.cast.actor or memory.actor
            if dated.is_told:
                memory.dates = dated.dates


def _with_denial(
    scene: Scene, found: list[Event], events: list[Event], before: Sequence[int]
) -> list[Event]:
    """Return a sentence's events, denied where it ends in a denial; it may deny those `before` it."""
    denier = denial_of_report(scene.doc, scene.start, scene.end)
    if denier is None:
        return found
    starts = [event.evidence[0].trigger_span.start for event in found]
    if any(start < denier.idx for start in starts):
        return [
            denied(event, denier.text) if start < denier.idx else event
            for event, start in zip(found, starts, strict=True)
        ]
    for number in before:
        events[number] = denied(events[number], denier.text)
    return found
