"""What the language model says of events: its cues become matches, places, actors and a status.

A cue is a word that the model takes for telling an event (`geomapper.stages.Cue`), with chances
of type and status and of each word around it as argument. The codebook keeps its say: only its
types are coded, a trigger of it that fits lowers the bar, and its rule is named beside the cue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomapper.coding.clauses import clause_of
from geomapper.coding.codebook import Trigger
from geomapper.coding.linking import Link
from geomapper.coding.matching import Match, matches
from geomapper.model import Precision, Status
from geomapper.stages import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from geomapper.coding.codebook import Codebook
    from geomapper.coding.linking import Located
    from geomapper.coding.matching import Scene


LEAST = 0.75
RULE = 10.0
STRENGTH = 4.0
_FLOOR = 0.02
_PLACE = 0.4
_BESIDE = 0.8
_LAST_RESORT = 0.12
_STATUS = 0.5
_UNREAL = 0.4
_DOUBT = 0.1


def matches_with_cues(
    scene: Scene, codebook: Codebook, cues: Mapping[int, Cue], known: frozenset[str]
) -> Iterator[Match]:
    """Yield the matches of a sentence in the order of their words.

    A word tells an event of its likeliest type where the chance that the model gives it, raised by
    a trigger of the codebook that fits, is `LEAST` or more. A type that the model does not know
    (not in `known`) is left to the codebook.
    """
    ruled = {match.token.i: match for match in matches(scene, codebook)}
    for index in range(scene.start, scene.end):
        rule, cue = ruled.get(index), cues.get(index)
        if rule is not None and rule.trigger.type not in known:
            yield rule
        elif rule is not None or cue is not None:
            yield from _weighed(scene.doc[index], rule, cue or Cue(index, (), (), ()), codebook)


def _weighed(token: Token, rule: Match | None, cue: Cue, codebook: Codebook) -> Iterator[Match]:
    ruled = rule.trigger.type if rule is not None else None
    names = dict.fromkeys([*(name for name, _ in cue.types), *filter(None, [ruled])])
    weighed = [
        (_weight(cue.chance(name), rule if name == ruled else None), name)
        for name in names
        if name in codebook.types
    ]
    chance, name = max(weighed, default=(0.0, ""))
    if chance < LEAST:
        return
    if name == "offensive" and ruled == "cross_border_push":
        name = ruled
    if rule is not None and name == ruled:
        yield replace(rule, cue=cue, chance=chance)
    else:
        yield Match(token, Trigger(name, 0), clause_of(token), cue, chance)


def _weight(chance: float, rule: Match | None) -> float:
    """Return the chance of a type when a fitting trigger is heard too, the more it asks the more."""
    bounded = min(max(chance, _FLOOR), 1 - _FLOOR)
    heard = RULE * STRENGTH**rule.trigger.strength if rule is not None else 1.0
    odds = bounded / (1 - bounded) * heard
    return odds / (1 + odds)


def link_by_cue(cue: Cue, located: Sequence[Located]) -> Link:
    """Return the places that the model gives an event, all of a list; none gives an empty link.

    The surest place counts from `_LAST_RESORT` on; others beside it where they are nearly as sure.
    """
    scored = [(_chance(cue, "place", each), each) for each in located]
    best = max((chance for chance, _ in scored), default=0.0)
    bar = max(_PLACE, _BESIDE * best) if best >= _PLACE else best
    chosen = [each for chance, each in scored if chance >= max(bar, _LAST_RESORT)]
    chosen = [each for each in chosen if not _holds_another(each, chosen)]
    rejected = [each for chance, each in scored if each not in chosen and chance > _LAST_RESORT]
    origins = [(_chance(cue, "origin", each), -n) for n, each in enumerate(located)]
    sure, number = max(origins, default=(0.0, 0))
    origin = located[-number] if sure >= _PLACE and located[-number] not in chosen else None
    return Link(tuple(chosen), round(4 * (1 - best), 2), tuple(rejected), origin)


def _holds_another(each: Located, chosen: Sequence[Located]) -> bool:
    """Tell whether a place only says in which country or region another chosen one lies."""
    precision, place = each.place.precision, each.place
    inside = [other.place for other in chosen if other.place.country == place.country]
    if precision is Precision.COUNTRY:
        return any(other.precision is not Precision.COUNTRY for other in inside)
    points = [other for other in inside if other.precision in (Precision.EXACT, Precision.NEAR)]
    is_unit = precision is Precision.ADMIN1
    return is_unit and any(other.admin1 == place.admin1 for other in points)


def status_by_cue(cue: Cue, ruled: Status) -> Status:
    """Return the status of a cue's event, where the rules of `coding.status` say `ruled`.

    What is planned, hypothetical or negated must not be pinned: where the model gives these
    together `_UNREAL` or more, or the rules see one and the model does not rule it out, the event
    is not real. A denial that the rules see stands. Else the model's status counts where it is sure of it, and the rules' elsewhere.
    """
    chances = {Status(name): chance for name, chance in cue.statuses}
    unreal = {status: chance for status, chance in chances.items() if not status.is_pinned}
    together = sum(unreal.values())
    if not ruled.is_pinned and (together >= _DOUBT or not chances):
        return ruled
    if ruled is Status.DENIED and together < _UNREAL:
        return ruled
    if together >= _UNREAL:
        return max(unreal, key=lambda status: (unreal[status], status.value))
    likeliest, chance = max(
        ((s, c) for s, c in chances.items() if s.is_pinned),
        key=lambda pair: (pair[1], pair[0].value),
        default=(ruled, 0.0),
    )
    return likeliest if chance >= _STATUS or not ruled.is_pinned else ruled


def _chance(cue: Cue, role: str, each: Located) -> float:
    """Return the chance that the words of a place name have a role in a cue's event."""
    span = each.resolution.mention.span
    tokens = each.token.doc.char_span(span.start, span.end, alignment_mode="expand")
    words = range(tokens.start, tokens.end) if tokens is not None else range(0)
    given = [chance for name, token, chance in cue.arguments if name == role and token in words]
    return max(given, default=0.0)
