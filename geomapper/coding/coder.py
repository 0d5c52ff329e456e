"""The coder that ships: triggers of the codebook, and for each who, whom, where, when, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.coding.article import Article, Memory
from geomapper.coding.dating import event_dates
from geomapper.coding.domains import other_domain
from geomapper.coding.making import Maker, denied
from geomapper.coding.status import denial_of_report, lies_ahead
from geomapper.coding.telling import Teller
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomapper.coding.actors import ActorTable
    from geomapper.coding.codebook import Codebook
    from geomapper.coding.dating import Dated
    from geomapper.coding.matching import Scene
    from geomapper.coding.telling import Told
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Event, Resolution
    from geomapper.stages import Reading, Sentence

    _Heard = tuple[Told, Dated]

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
        article = Article.of(reading, resolutions, self._actors)
        events: list[Event] = []
        before: list[int] = []
        for sentence, scene, heard in self._heard(article):
            found = list(self._events(article, sentence, heard))
            found = _with_denial(scene, found, events, before)
            before = list(range(len(events), len(events) + len(found))) if found else before
            events.extend(found)
        return tuple(events)

    def told(self, reading: Reading, resolutions: Sequence[Resolution]) -> Iterator[Told]:
        """Yield what a document tells, before it is made events: for fitting and for looking."""
        for _, _, heard in self._heard(Article.of(reading, resolutions, self._actors)):
            yield from (told for told, _ in heard)

    def _heard(self, article: Article) -> Iterator[tuple[Sentence, Scene, list[_Heard]]]:
        """Yield each sentence that is read, with what it tells and when that was."""
        memory = Memory()
        for sentence in article.reading.sentences:
            too_short = sentence.tokens[1] - sentence.tokens[0] < _LEAST_WORDS
            if sentence.is_boilerplate or not sentence.is_parsed or too_short:
                continue
            memory.begin(sentence, article.reading.document.text)
            scene = article.scene(sentence)
            memory.hear(scene)
            yield sentence, scene, list(self._of_sentence(article, scene, memory))

    def _of_sentence(self, article: Article, scene: Scene, memory: Memory) -> Iterator[_Heard]:
        for told in self._teller.told(article, scene, memory):
            text = article.reading.document.text
            ahead = lies_ahead(told.match.clause, told.verdict)
            dated = event_dates(
                told.match, scene, text, article.dates, memory.dates, is_ahead=ahead
            )
            yield told, dated
            if told.link.places:
                memory.located = told.link.places[0]
            if told.cast.actor is not None:
                memory.actor = told.cast.actor
                memory.deed = self._teller.codebook.types[told.match.trigger.type].deed
            if dated.is_told and not ahead:
                memory.dates = dated.dates

    def _events(
        self, article: Article, sentence: Sentence, heard: Iterable[_Heard]
    ) -> Iterator[Event]:
        seen: set[tuple[str, str | None, bool]] = set()
        for told, dated in heard:
            places = told.link.places or (None,)
            for located in places:
                is_denied = told.verdict.status is Status.DENIED
                key = (told.match.trigger.type, located.place.id if located else None, is_denied)
                if key in seen:
                    continue
                seen.add(key)
                shared = len(places) > 1
                yield self._maker.make(article, sentence, told, located, dated, shared=shared)


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
