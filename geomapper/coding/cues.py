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
from geomapper.coding.everyday import everyday_sense
from geomapper.coding.matching import Match, matches
from geomapper.model import Status
from geomapper.stages import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from geomapper.coding.codebook import Codebook
    from geomapper.coding.linking import Located
    from geomapper.coding.matching import Scene


LEAST = 0.8
RULE = 10.0
STRENGTH = 4.0
_FLOOR = 0.02
_PLACE = 0.4
_STATUS = 0.6
_UNREAL = 0.4
_DOUBT = 0.1


def matches_with_cues(
    scene: Scene, codebook: Codebook, cues: Mapping[int, Cue], known: frozenset[str]
) -> Iterator[Match]:
    """Yield the matches of a sentence in the order of their words.

    A word tells an event of its likeliest type where the chance that the model gives that type,
    and the chance that it gives all types together, both raised by a trigger of the codebook that
    fits, are `LEAST` or more in the mean: a word torn between two neighbouring types tells one all
    the same. A type that the model does not know (not in `known`) is left to the codebook.
    """
    ruled = {match.token.i: match for match in matches(scene, codebook)}
    for index in range(scene.start, scene.end):
        rule, cue = ruled.get(index), cues.get(index)
        if rule is not None and rule.trigger.type not in known:
            yield rule
        elif rule is not None or cue is not None:
            given = cue or Cue(index, (), (), ())
            yield from _weighed(scene.doc[index], rule, given, codebook, scene)


def _weighed(
    token: Token, rule: Match | None, cue: Cue, codebook: Codebook, scene: Scene
) -> Iterator[Match]:
    chances = {name: chance for name, chance in cue.types if name in codebook.types}
    ruled = rule.trigger.type if rule is not None else None
    if rule is not None and rule.trigger.type in codebook.types:
        chances.setdefault(rule.trigger.type, 0.0)
    if not chances:
        return
    surest, name = max(
        (_raised(chances[name], rule if name == ruled else None), name) for name in chances
    )
    if (surest + _raised(sum(chances.values()), rule)) / 2 < LEAST:
        return
    if name == "offensive" and ruled == "cross_border_push":
        name = ruled
    if rule is not None and name == ruled:
        yield replace(rule, cue=cue, chance=surest)
    else:
        clause = clause_of(token)
        if everyday_sense(clause, scene.start, scene.end) is None:
            yield Match(token, Trigger(name, 0), clause, cue, surest)


def _raised(chance: float, rule: Match | None) -> float:
    """Return a chance raised by a trigger that fits, the more it asks the more."""
    bounded = min(max(chance, _FLOOR), 1 - _FLOOR)
    heard = RULE * STRENGTH**rule.trigger.strength if rule is not None else 1.0
    odds = bounded / (1 - bounded) * heard
    return odds / (1 + odds)


def origin_by_cue(cue: Cue, located: Sequence[Located]) -> Located | None:
    """Return the place that the model takes for where an event came from, None where for none."""
    given = given_to(cue, "origin")
    origins = [(chance_of(each, given), -n) for n, each in enumerate(located)]
    sure, number = max(origins, default=(0.0, 0))
    return located[-number] if sure >= _PLACE else None


def given_to(cue: Cue, role: str) -> dict[int, float]:
    """Return the chances that the model gives words a role in a cue's event, by token."""
    return {token: chance for name, token, chance in cue.arguments if name == role}


def chance_of(each: Located, given: Mapping[int, float]) -> float:
    """Return the chance of a place name: that of its likeliest word, 0 where none is `given`."""
    return max((given.get(token, 0.0) for token in each.words), default=0.0)


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
