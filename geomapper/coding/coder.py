"""The coder that ships: triggers of the codebook, and for each who, whom, where, when, how sure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomapper.coding.casting import Cast, Known, cast, cast_by_cue
from geomapper.coding.casualties import casualties
from geomapper.coding.crossing import crosses_border, is_new_crossing
from geomapper.coding.cues import link_by_cue, matches_with_cues, status_by_cue
from geomapper.coding.dates import DateReader
from geomapper.coding.dating import Dated, event_dates
from geomapper.coding.domains import other_domain
from geomapper.coding.implied import Sides, implied_actor, sides_of
from geomapper.coding.linking import Link, Located, link, located_in
from geomapper.coding.matching import Match, Scene, matches
from geomapper.coding.status import Verdict, denial_of_report, judge
from geomapper.model import (
    Casualties,
    DateRange,
    Event,
    Evidence,
    Span,
    Status,
    TimeFrame,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorTable
    from geomapper.coding.codebook import Codebook
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Actor, Place, Resolution
    from geomapper.stages import Cue, Reading, Sentence

CUED_TYPES = frozenset("territory_captured territory_recaptured prisoners_taken weapons_seized offensive clash siege cross_border_push shelling missile_strike air_strike drone_strike interception chemical_weapon withdrawal bombing suicide_bombing violence_against_civilians abduction detention property_destruction displacement protest riot deployment agreement prisoner_exchange".split())
USE_CUE_NONE = False
_HISTORICAL_DAYS = 365
_LEAST_WORDS = 4
_MOST_CLAUSES = 3
_BACKGROUND_DAYS = 60
_HARMFUL = frozenset({"strike", "bombing", "harm", "offensive", "unrest"})


@dataclass(slots=True)
class Memory:
    """What the article has told so far, for "the town", "they" and "the same day"."""

    located: Located | None = None
    actor: Actor | None = None
    by_role: dict[str, Actor] = field(default_factory=dict)
    sides: Sides = field(default_factory=lambda: Sides(()))
    wide: Scene | None = None
    cues: dict[int, Cue] = field(default_factory=dict)
    dates: DateRange | None = None
    paragraph: int = -1
    claimed: list[int] = field(default_factory=list)


class CodebookCoder:
    """Codes events by the triggers of a codebook over the dependency parse.

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
        self._codebook = codebook
        self._actors = actors
        self._gazetteer = gazetteer

    def code(self, reading: Reading, resolutions: Sequence[Resolution]) -> tuple[Event, ...]:
        """Return the events of a document in the order of their sentences; none gives ``()``."""
        if other_domain(reading.doc) is not None:
            return ()
        introduced = self._actors.introduced(reading.document.text)
        dates = DateReader(reading.document.published)
        named = self._actors.mentions(reading.doc, 0, len(reading.doc), introduced)
        memory = Memory(sides=sides_of(named, self._actors))
        located = located_in(reading.doc, 0, len(reading.doc), resolutions)
        memory.wide = Scene(reading.doc, 0, len(reading.doc), named, located)
        memory.cues = {cue.token: cue for cue in reading.cues or ()}
        events: list[Event] = []
        before: list[int] = []
        for sentence in reading.sentences:
            too_short = sentence.tokens[1] - sentence.tokens[0] < _LEAST_WORDS
            if sentence.is_boilerplate or not sentence.is_parsed or too_short:
                continue
            scene = self._scene(reading, sentence, resolutions, introduced)
            paragraph = reading.document.text.count("\n", 0, sentence.span.start)
            if paragraph != memory.paragraph:
                memory.paragraph, memory.dates, memory.located = paragraph, None, None
            denier = denial_of_report(reading.doc, *sentence.tokens)
            memory.by_role.update(
                (mention.actor.role, mention.actor)
                for mention in scene.actors
                if mention.kind in ("group", "force") and mention.actor.role
            )
            found = list(self._of_sentence(reading, sentence, scene, dates, memory))
            told = [event.evidence[0].trigger_span.start for event in found]
            if denier is not None and any(start < denier.idx for start in told):
                found = [
                    _denied(event, denier.text) if start < denier.idx else event
                    for event, start in zip(found, told, strict=True)
                ]
            elif denier is not None:
                for number in before:
                    events[number] = _denied(events[number], denier.text)
            before = list(range(len(events), len(events) + len(found))) if found else before
            events.extend(found)
        return tuple(events)

    def _scene(
        self,
        reading: Reading,
        sentence: Sentence,
        resolutions: Sequence[Resolution],
        introduced: dict[str, Actor],
    ) -> Scene:
        start, end = sentence.tokens
        return Scene(
            reading.doc,
            start,
            end,
            self._actors.mentions(reading.doc, start, end, introduced),
            located_in(reading.doc, start, end, resolutions),
        )

    def _of_sentence(
        self, reading: Reading, sentence: Sentence, scene: Scene, dates: DateReader, memory: Memory
    ) -> Iterator[Event]:
        seen: set[tuple[str, str | None]] = set()
        found = [
            drawn
            for match in self._matches(reading, scene, memory)
            if (drawn := self._drawn(match, scene, memory)) is not None
        ]
        found.sort(key=lambda each: (not each.link.places, -each.match.trigger.strength))
        taken: list[_Drawn] = []
        for drawn in found:
            if not any(_same_deed(drawn, other) for other in taken):
                taken.append(drawn)
        for drawn in sorted(taken, key=lambda each: each.match.token.i):
            dated = event_dates(drawn.match, scene, dates, memory.dates)
            places = drawn.link.places or (None,)
            for located in places:
                key = (drawn.match.trigger.type, located.place.id if located else None)
                if key in seen:
                    continue
                seen.add(key)
                yield self._event(reading, sentence, drawn, located, dated, shared=len(places) > 1)
            if drawn.link.places:
                memory.located = drawn.link.places[0]
            memory.actor = drawn.cast.actor or memory.actor
            if dated.is_told:
                memory.dates = dated.dates

    def _matches(self, reading: Reading, scene: Scene, memory: Memory) -> Iterator[Match]:
        if reading.cues is None:
            return matches(scene, self._codebook)
        return matches_with_cues(scene, self._codebook, memory.cues, CUED_TYPES)

    def _drawn(self, match: Match, scene: Scene, memory: Memory) -> _Drawn | None:
        linked = link(match.clause, match.trigger.type, scene.located)
        if match.cue is not None and memory.wide is not None:
            by_cue = link_by_cue(match.cue, memory.wide.located)
            if by_cue.places or USE_CUE_NONE:
                linked = by_cue
        if not linked.places and memory.located is not None and not scene.located:
            linked = Link((memory.located,), linked.price, linked.rejected, linked.origin)
        place = linked.places[0].place if linked.places else None
        known = Known(memory.actor, memory.by_role, named=memory.sides.names)
        who = cast(match, scene, self._actors, place, known)
        if match.cue is not None and memory.wide is not None:
            said = cast_by_cue(match.cue, memory.wide, self._actors, place, known)
            who = Cast(said.actor or who.actor, said.target or who.target, said.reason if said.actor else who.reason)
        if match.trigger.foreign and not is_new_crossing(who.actor, place):
            return self._without_crossing(match, scene, memory)
        if who.actor is None:
            guess = implied_actor(match.trigger.type, place, memory.sides, self._actors)
            if guess is not None:
                who = Cast(
                    guess,
                    who.target,
                    "implied: the one armed side that the article names from outside",
                )
        verdict = judge(match.clause, scene.start, scene.end, scene.actors, who.actor)
        status = status_by_cue(match.cue) if match.cue is not None else None
        if status is not None and status is not verdict.status:
            verdict = replace(verdict, status=status, reason="as the language model reads it")
        return _Drawn(match, linked, who, verdict)

    def _without_crossing(self, match: Match, scene: Scene, memory: Memory) -> _Drawn | None:
        """Return the next best reading of a ground move that crosses no border."""
        types = {
            name: each for name, each in self._codebook.types.items() if name != match.trigger.type
        }
        rest = replace(
            self._codebook,
            types=types,
            by_lemma={
                lemma: tuple(t for t in triggers if not t.foreign)
                for lemma, triggers in self._codebook.by_lemma.items()
            },
        )
        narrow = replace(scene, start=match.token.i, end=match.token.i + 1)
        for other in matches(
            Scene(scene.doc, narrow.start, narrow.end, scene.actors, scene.located), rest
        ):
            return self._drawn(other, scene, memory)
        return None

    def _event(
        self,
        reading: Reading,
        sentence: Sentence,
        drawn: _Drawn,
        located: Located | None,
        dated: Dated,
        *,
        shared: bool,
    ) -> Event:
        document, match, verdict = reading.document, drawn.match, drawn.verdict
        event_type = self._codebook.types[match.trigger.type]
        place = located.place if located else None
        trigger = Span(match.token.idx, match.token.idx + len(match.token))
        evidence = Evidence(
            document=document.id,
            span=sentence.span,
            sentence=sentence.span.of(document.text),
            trigger=match.token.text,
            trigger_span=trigger,
            status=verdict.status,
            attribution=verdict.attribution,
            title=document.title,
            source=document.source,
            url=document.url,
            published=document.published,
        )
        crossing = crosses_border(drawn.cast.actor, place)
        origin = drawn.link.origin
        key = f"{document.id}|{trigger.start}|{event_type.id}|{place.id if place else ''}"
        figures = Casualties() if shared else casualties(_clause_text(match, reading, sentence))
        return Event(
            id=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12],
            type=event_type.id,
            family=event_type.family,
            dates=dated.dates if verdict.status.is_pinned else _planned(dated),
            place=place,
            actor=drawn.cast.actor,
            target=drawn.cast.target,
            status=verdict.status,
            evidence=(evidence,),
            attribution=verdict.attribution,
            cross_border=crossing,
            origin=self._origin(drawn, origin, place, crossing=bool(crossing)),
            casualties=figures,
            time_frame=_time_frame(dated.dates, reading),
            confidence=_confidence(drawn, located, dated),
            reasons=self._reasons(drawn, located, dated),
        )

    def _origin(
        self, drawn: _Drawn, origin: Located | None, place: Place | None, *, crossing: bool
    ) -> Place | None:
        """Return where an event came from: as told, else where the actor's home is nearest."""
        if origin is not None:
            return _nearest_point(origin.place, place) if place is not None else origin.place
        actor = drawn.cast.actor
        if not crossing or actor is None or drawn.match.trigger.type != "cross_border_push":
            return None
        home = self._gazetteer.country(actor.homes[0])
        return _nearest_point(self._gazetteer.with_area(home), place) if home and place else None

    def _reasons(self, drawn: _Drawn, located: Located | None, dated: Dated) -> tuple[str, ...]:
        match = drawn.match
        lines = [
            f"type: {match.token.text!r} fits {match.trigger.rule} ({self._codebook.types[match.trigger.type].label})",
            f"status: {drawn.verdict.status.value}, {drawn.verdict.reason}",
            f"date: {dated.reason}",
            f"actor: {drawn.cast.reason}",
        ]
        if located is None:
            lines.append("place: the text names none that belongs to the trigger")
        else:
            best = located.resolution.best
            words = ", ".join(best.reasons) if best else ""
            lines.append(
                f"place: {located.resolution.mention.text!r}, {drawn.link.price:.1f} away in the parse; "
                f"{located.place.name} ({located.place.feature_code}, {located.place.country}) for {words}"
            )
        lines += [
            f"not the place: {each.resolution.mention.text!r}" for each in drawn.link.rejected
        ]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A match with all that was read of it."""

    match: Match
    link: Link
    cast: Cast
    verdict: Verdict


def _hangs_on(token: Token, other: Token) -> bool:
    """Tell whether a word hangs on another without being a clause of its own, with its own subject."""
    if token.head.i != other.i:
        return False
    is_clause = token.dep_ in ("advcl", "conj", "ccomp", "acl:relcl", "parataxis")
    return not (is_clause and any(child.dep_.startswith("nsubj") for child in token.children))


def _nearest_point(home: Place, place: Place) -> Place:
    """Return a region or country with its point nearest to a place, where one crosses over.

    A place without an area is returned as it is.
    """
    if home.area is None:
        return home
    from shapely import Point
    from shapely.ops import nearest_points

    point, _ = nearest_points(home.area, Point(place.lon, place.lat))
    return replace(home, lon=round(point.x, 4), lat=round(point.y, 4))


def _same_deed(one: _Drawn, other: _Drawn) -> bool:
    """Tell whether two matches of a sentence tell one deed: one hangs on the other, one type or kin."""
    first, second = one.match, other.match
    places = {each.place.id for each in one.link.places} == {
        each.place.id for each in other.link.places
    }
    same_type = first.trigger.type == second.trigger.type
    if same_type and (places or not (one.link.places and other.link.places)):
        return True
    linked = _hangs_on(first.token, second.token) or _hangs_on(second.token, first.token)
    carried = (first.clause.verb is not None and first.clause.verb.i == second.token.i) or (
        second.clause.verb is not None and second.clause.verb.i == first.token.i
    )
    return places and (linked or carried)


def _clause_text(match: Match, reading: Reading, sentence: Sentence) -> str:
    """Return the text of the clause around a trigger, for its figures."""
    top = match.clause.verb or match.token
    steps = 0
    while (
        top.dep_ in ("advcl", "conj", "xcomp", "acl")
        and top.head.pos_ in ("VERB", "NOUN")
        and steps < _MOST_CLAUSES
    ):
        if (
            match.token.pos_ == "VERB"
            and top.dep_ == "conj"
            and any(c.dep_.startswith("nsubj") for c in top.children)
        ):
            break
        top = top.head
        steps += 1
    words = [reading.doc[index].text for index in sorted(_inside(top)) if _in(index, sentence)]
    return " ".join(words)


def _in(index: int, sentence: Sentence) -> bool:
    return sentence.tokens[0] <= index < sentence.tokens[1]


def _inside(top: Token) -> set[int]:
    """Return the words below a verb without those of clauses beside it that have their own subject."""
    found = {top.i}
    for child in top.children:
        beside = child.dep_ in ("conj", "parataxis") and child.pos_ in ("VERB", "AUX")
        if beside and any(each.dep_.startswith("nsubj") for each in child.children):
            continue
        found |= _inside(child)
    return found


def _planned(dated: Dated) -> DateRange:
    return dated.dates if dated.is_told else DateRange()


def _denied(event: Event, word: str) -> Event:
    """Return an event whose report the next sentence denies."""
    if event.status not in (Status.CLAIMED, Status.REPORTED):
        return event
    first = replace(event.evidence[0], status=Status.CLAIMED)
    return replace(
        event,
        status=Status.DENIED,
        evidence=(first, *event.evidence[1:]),
        reasons=(*event.reasons, f"status: denied, the sentence after it says {word!r}"),
    )


def _time_frame(dates: DateRange, reading: Reading) -> TimeFrame:
    published, last = reading.document.published, dates.latest
    if published is None or last is None:
        return TimeFrame.CURRENT
    days = (published - last).days
    if days > _HISTORICAL_DAYS:
        return TimeFrame.HISTORICAL
    return TimeFrame.BACKGROUND if days > _BACKGROUND_DAYS else TimeFrame.CURRENT


def _confidence(drawn: _Drawn, located: Located | None, dated: Dated) -> float:
    """Return how certain an event is, 0 to 1: place, way to it, trigger, date, status together."""
    place = 0.6
    if located is not None and located.resolution.best is not None:
        place = located.resolution.best.score * max(0.4, 1 - max(drawn.link.price, 0) / 12)
    trigger = min(1.0, 0.75 + 0.05 * drawn.match.trigger.strength)
    status = {Status.CONFIRMED: 1.0, Status.REPORTED: 0.95, Status.CLAIMED: 0.8}.get(
        drawn.verdict.status, 0.6
    )
    return round(place * trigger * status * (1.0 if dated.is_told else 0.9), 4)
