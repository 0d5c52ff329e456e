"""What was told becomes an event: its record, its reasons, its confidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomapper.coding.casualties import casualties
from geomapper.coding.crossing import crosses_border
from geomapper.model import Casualties, DateRange, Event, Evidence, Span, Status, TimeFrame

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomapper.coding.article import Article
    from geomapper.coding.codebook import Codebook
    from geomapper.coding.dating import Dated
    from geomapper.coding.linking import Located
    from geomapper.coding.matching import Match
    from geomapper.coding.telling import Told
    from geomapper.gazetteer import Gazetteer
    from geomapper.model import Place
    from geomapper.stages import Reading, Sentence

_HISTORICAL_DAYS = 365
_BACKGROUND_DAYS = 60
_MOST_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes events of what was told."""

    codebook: Codebook
    gazetteer: Gazetteer

    def make(
        self,
        article: Article,
        sentence: Sentence,
        told: Told,
        located: Located | None,
        dated: Dated,
        *,
        shared: bool,
    ) -> Event:
        """Return the event that was told of one place; `shared` figures belong to no one of several."""
        reading = article.reading
        document, match, verdict = reading.document, told.match, told.verdict
        event_type = self.codebook.types[match.trigger.type]
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
        crossing = crosses_border(told.cast.actor, place)
        origin = told.link.origin
        key = f"{document.id}|{trigger.start}|{event_type.id}|{place.id if place else ''}"
        figures = Casualties() if shared else casualties(_clause_text(match, reading, sentence))
        return Event(
            id=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12],
            type=event_type.id,
            family=event_type.family,
            dates=dated.dates if verdict.status.is_pinned else _planned(dated),
            place=place,
            actor=told.cast.actor,
            target=told.cast.target,
            status=verdict.status,
            evidence=(evidence,),
            attribution=verdict.attribution,
            cross_border=crossing,
            origin=self._origin(told, origin, place, crossing=bool(crossing)),
            casualties=figures,
            time_frame=_time_frame(dated.dates, reading),
            confidence=_confidence(told, located, dated),
            reasons=self._reasons(told, located, dated),
        )

    def _origin(
        self, told: Told, origin: Located | None, place: Place | None, *, crossing: bool
    ) -> Place | None:
        """Return where an event came from: as told, else where the actor's home is nearest."""
        if origin is not None:
            return _nearest_point(origin.place, place) if place is not None else origin.place
        actor = told.cast.actor
        if not crossing or actor is None or told.match.trigger.type != "cross_border_push":
            return None
        home = self.gazetteer.country(actor.homes[0])
        return _nearest_point(self.gazetteer.with_area(home), place) if home and place else None

    def _reasons(self, told: Told, located: Located | None, dated: Dated) -> tuple[str, ...]:
        match = told.match
        lines = [
            f"type: {match.token.text!r} {_type_reason(match)} ({self.codebook.types[match.trigger.type].label})",
            f"status: {told.verdict.status.value}, {told.verdict.reason}",
            f"date: {dated.reason}",
            f"actor: {told.cast.reason}",
            f"target: {told.cast.target_reason}",
        ]
        if located is None:
            lines.append("place: the text names none that belongs to the trigger")
        else:
            best = located.resolution.best
            words = ", ".join(best.reasons) if best else ""
            lines.append(
                f"place: {located.resolution.mention.text!r}, {told.link.price:.1f} away in the parse; "
                f"{located.place.name} ({located.place.feature_code}, {located.place.country}) for {words}"
            )
        lines += [f"not the place: {each.resolution.mention.text!r}" for each in told.link.rejected]
        return tuple(lines)


def _type_reason(match: Match) -> str:
    """Return why a word has its type: the codebook's rule, the language model's word, or both."""
    trigger = match.trigger
    if match.cue is None:
        return f"fits {trigger.rule}"
    said = f"is {trigger.type} to the language model, {match.cue.chance(trigger.type):.2f}"
    return f"fits {trigger.rule}, and {said}" if trigger.number else said


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


def denied(event: Event, word: str) -> Event:
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


def _confidence(told: Told, located: Located | None, dated: Dated) -> float:
    """Return how certain an event is, 0 to 1: place, way to it, trigger, date, status together."""
    place = 0.6
    if located is not None and located.resolution.best is not None:
        place = located.resolution.best.score * max(0.4, 1 - max(told.link.price, 0) / 12)
    trigger = told.match.certainty
    status = {Status.CONFIRMED: 1.0, Status.REPORTED: 0.95, Status.CLAIMED: 0.8}.get(
        told.verdict.status, 0.6
    )
    return round(place * trigger * status * (1.0 if dated.is_told else 0.9), 4)
