"""Why an event is what, where and when it is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.errors import DocumentError
from geomapper.merging.figures import corrections, in_order, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomapper.coding.codebook import Codebook, Trigger
    from geomapper.model import Actor, Casualties, DateRange, Document, Event, Evidence, Resolution
    from geomapper.pipeline import Coded, Pipeline

_SAYS_NOT = "the text does not say"
_CANDIDATES = 4
_CONDITIONS = (
    "subject", "object", "of", "to", "by_way", "particles", "nouns_of", "words", "adjacent",
)  # fmt: skip
_FLAGS = {"foreign": "a place outside the actor's home", "passive": "a passive verb"}


def explanation(pipeline: Pipeline, documents: Iterable[Document], event_id: str) -> str:
    """Return the explanation of the event whose id is, or begins with, `event_id`.

    Raises
    ------
    DocumentError
        None of the documents holds such an event; the message lists those that they hold.
    """
    known: list[str] = []
    for document in documents:
        coded = pipeline.code(document)
        for event in coded.events:
            if event.id.startswith(event_id):
                return "\n".join([told(event), *_rejected(event, coded, pipeline.codebook)])
            known.append(f"{event.id} {event.type} {event.place.name if event.place else '-'}")
    found = "; ".join(known) or "none"
    raise DocumentError(f"no event {event_id!r} in these articles; events there: {found}")


def told(event: Event) -> str:
    """Return all that is known of one event and why, a line each."""
    return "\n".join([*_slots(event), *_tellings(event), *_because(event)])


def _slots(event: Event) -> Iterator[str]:
    says = f", says {event.attribution}" if event.attribution else ""
    yield f"{event.id}  {event.type} ({event.family})"
    yield f"  actor   {_who(event.actor)}"
    yield f"  target  {_who(event.target)}"
    yield f"  place   {_where(event)}"
    yield f"  date    {days(event.dates)}"
    yield f"  status  {event.status.value}{says}"
    if figures := _figures(event.casualties):
        yield f"  people  {figures}"
    if event.cross_border:
        origin = f", from {event.origin.name}" if event.origin else ""
        yield f"  border  crossed{origin}"
    shown = "" if event.is_pinned else "; not on the map"
    yield f"  certain {event.confidence:.2f}{shown}"


def _tellings(event: Event) -> Iterator[str]:
    yield "told by"
    for each in in_order(event.evidence):
        facts = [each.status.value]
        if each.attribution:
            facts.append(f"says {each.attribution}")
        if each.casualties is not None and (figures := _figures(each.casualties)):
            facts.append(figures)
        yield f"  {where(each)} [{each.span.start}:{each.span.end}] {', '.join(facts)}"
        yield f"    {_marked(each)}"
    changed = corrections(event)
    if changed:
        yield "corrected"
        yield from (f"  {line}" for line in changed)


def _because(event: Event) -> Iterator[str]:
    yield "because"
    yield from (f"  {reason}" for reason in event.reasons)


def _rejected(event: Event, coded: Coded, codebook: Codebook) -> Iterator[str]:
    """Yield the readings that lost: places that the name may mean, names and types left aside."""
    sentence = event.evidence[0].span
    here = [each for each in coded.resolutions if sentence.overlaps(each.mention.span)]
    chosen = [each for each in here if _is_of(event, each)]
    yield from _rivals(chosen)
    yield from _names_aside([each for each in here if each not in chosen])
    yield from _types_aside(event, codebook)


def _rivals(chosen: Sequence[Resolution]) -> Iterator[str]:
    for resolution in chosen[:1]:
        yield f"places that {resolution.mention.text!r} may mean, best first"
        for candidate in resolution.candidates[:_CANDIDATES]:
            place = candidate.place
            region = ", ".join(each for each in (place.admin1, place.country) if each)
            reasons = "; ".join(candidate.reasons) or "no reason kept"
            yield f"  {candidate.score:.2f} {place.name} ({region}; {place.feature_code}): {reasons}"


def _names_aside(others: Sequence[Resolution]) -> Iterator[str]:
    if others:
        yield "other names of the sentence"
    for each in others:
        place = each.place.name if each.place else "no place found"
        yield f"  {each.mention.text!r} ({each.mention.role.value}): {place}"


def _types_aside(event: Event, codebook: Codebook) -> Iterator[str]:
    """Yield the other types that the trigger's word can name, with what their rules ask for."""
    word = event.evidence[0].trigger.casefold()
    rivals: dict[str, list[str]] = {}
    for lemma, triggers in codebook.by_lemma.items():
        for trigger in triggers:
            if trigger.type != event.type and _same_word(word, lemma):
                rivals.setdefault(trigger.type, []).append(_asked(trigger))
    if rivals:
        yield f"other types that {event.evidence[0].trigger!r} can name, with what they ask for"
    for name in sorted(rivals):
        yield f"  {name}: {' or '.join(dict.fromkeys(rivals[name]))}"


def _asked(trigger: Trigger) -> str:
    """Return the conditions of a trigger in words."""
    lists = [
        f"{name.replace('_', ' ')} {'|'.join(sorted(getattr(trigger, name)))}"
        for name in _CONDITIONS
        if getattr(trigger, name)
    ]
    flags = [words for name, words in _FLAGS.items() if getattr(trigger, name)]
    return ", ".join([*lists, *flags]) or "nothing more, but less sure"


def _same_word(word: str, lemma: str) -> bool:
    """Tell whether a word is the lemma or a regular form of it."""
    stem = lemma.removesuffix("e")
    if not word.startswith(stem):
        return False
    ending = word.removeprefix(stem)
    doubled = stem[-1:] if ending[:1] == stem[-1:] else ""
    return ending.removeprefix(doubled) in ("", "e", "s", "es", "d", "ed", "ing", "ings")


def _is_of(event: Event, resolution: Resolution) -> bool:
    if event.place is None:
        return False
    wanted = event.place.id.partition("/")[0]
    return any(each.place.id.partition("/")[0] == wanted for each in resolution.candidates)


def _who(actor: Actor | None) -> str:
    if actor is None:
        return _SAYS_NOT
    known = ", ".join(each for each in (actor.role, actor.side) if each and each != actor.name)
    return f"{actor.name} ({known})" if known else actor.name


def _where(event: Event) -> str:
    place = event.place
    if place is None:
        return "no place"
    region = ", ".join(
        each for each in (place.admin1, place.country) if each and each != place.name
    )
    near = f" within {place.radius_km:g} km" if place.radius_km else ""
    named = f"{place.name}, {region}" if region else place.name
    return f"{named} ({place.precision.value}{near}; {place.lon:.4f} {place.lat:.4f})"


def _figures(casualties: Casualties) -> str:
    low, high = casualties.killed_low, casualties.killed_high
    span = f" ({low} to {high})" if low is not None and high is not None and low != high else ""
    told_ = {
        "killed": f"{casualties.killed}{span}" if casualties.killed is not None else None,
        "wounded": casualties.wounded,
        "captured": casualties.captured,
    }
    return ", ".join(f"{count} {name}" for name, count in told_.items() if count is not None)


def days(dates: DateRange) -> str:
    """Return an interval in words.

    Examples
    --------
    >>> from geomapper.model import DateRange
    >>> days(DateRange())
    'open'
    """
    if dates.is_open:
        return "open"
    if dates.earliest is None:
        return f"by {dates.latest}"
    if dates.latest is None:
        return f"since {dates.earliest}"
    span = (
        f"{dates.earliest}"
        if dates.earliest == dates.latest
        else f"{dates.earliest} to {dates.latest}"
    )
    return f"{span} ({dates.precision.value})"


def _marked(telling: Evidence) -> str:
    """Return the sentence with its trigger between » and «, on one line."""
    sentence, start = telling.sentence, telling.trigger_span.start - telling.span.start
    if not 0 <= start <= len(sentence):
        return " ".join(sentence.split())
    end = start + len(telling.trigger)
    marked = f"{sentence[:start]}»{sentence[start:end]}«{sentence[end:]}"
    return " ".join(marked.split())
