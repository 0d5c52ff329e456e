"""What the language model says of events: its cues become matches, places, actors and a status.

A cue is a word that the model takes for telling an event (`geomapper.stages.Cue`), with chances
of type and status and of each word around it as argument. The codebook keeps its say: only its
types are coded, a trigger of it that fits lowers the bar, and its rule is named beside the cue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.coding.clauses import clause_of
from geomapper.coding.codebook import Trigger
from geomapper.coding.linking import Link
from geomapper.coding.matching import Match, matches
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomapper.coding.codebook import Codebook
    from geomapper.coding.linking import Located
    from geomapper.coding.matching import Scene
    from geomapper.stages import Cue

ALONE = 0.4
WITH_RULE = 0.15
_PLACE = 0.4
_LISTED = 0.2
_LAST_RESORT = 0.12
_STATUS = 0.5


def matches_with_cues(
    scene: Scene, codebook: Codebook, cues: Mapping[int, Cue], known: frozenset[str]
) -> Iterator[Match]:
    """Yield the matches of a sentence in the order of their words.

    A cue tells an event of its likeliest types where the chance is `ALONE` or more, and where a
    trigger of the codebook fits from `WITH_RULE` on. A type that the model does not know (not in
    `known`) is left to the codebook.
    """
    ruled = {match.token.i: match for match in matches(scene, codebook)}
    for token in scene.doc[scene.start : scene.end]:
        rule, cue = ruled.get(token.i), cues.get(token.i)
        if rule is not None and rule.trigger.type not in known:
            yield rule
            continue
        if cue is None:
            continue
        for name, chance in cue.types:
            fits = rule is not None and rule.trigger.type == name
            if name not in codebook.types or chance < (WITH_RULE if fits else ALONE):
                continue
            trigger = rule.trigger if rule is not None and fits else Trigger(name, 0)
            yield Match(token, trigger, clause_of(token), cue)


def link_by_cue(cue: Cue, located: Sequence[Located]) -> Link:
    """Return the places that the model gives an event, all of a list; none gives an empty link."""
    chances = _chances(cue, "place")
    origins = _chances(cue, "origin")
    scored = [
        (max((chances.get(i, 0.0) for i in _words(each)), default=0.0), each) for each in located
    ]
    best = max((chance for chance, _ in scored), default=0.0)
    bar = _PLACE if best >= _PLACE else _LAST_RESORT
    chosen = [each for chance, each in scored if chance >= bar]
    if bar == _LAST_RESORT and chosen:
        chosen = [each for chance, each in scored if chance == best]
    rejected = tuple(
        each for chance, each in scored if each not in chosen and chance > _LAST_RESORT
    )
    origin = max(
        (each for each in located if each not in chosen),
        key=lambda each: max((origins.get(i, 0.0) for i in _words(each)), default=0.0),
        default=None,
    )
    if origin is not None and max(origins.get(i, 0.0) for i in _words(origin)) < _PLACE:
        origin = None
    return Link(tuple(chosen), round(4 * (1 - best), 2), rejected, origin)


def status_by_cue(cue: Cue) -> Status | None:
    """Return the status that the model gives an event, None where it is not sure."""
    name, chance = cue.statuses[0]
    return Status(name) if chance >= _STATUS else None


def _chances(cue: Cue, role: str) -> dict[int, float]:
    return {token: chance for name, token, chance in cue.arguments if name == role}


def _words(each: Located) -> range:
    span = each.resolution.mention.span
    tokens = each.token.doc.char_span(span.start, span.end, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)
