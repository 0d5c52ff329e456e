"""Who did it, out of all whom the article could mean: contenders, weighed.

An actor may stand in the sentence, in the one before, or nowhere: "soldiers withdrew on Friday"
leaves out whose. Every armed side of the article, the forces of the country of the place and what
`coding.casting` and `coding.implied` propose are contenders; each is described by `features`, and
the weights of ``weights_actors.toml`` say how much each counts. They are fitted by `evaluation.fitting` on
dispatches (a softmax over the contenders and "nobody that is named").
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.coding.weighing import chances, log_odds_above, winner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.coding.wars import Front
    from geomapper.coding.weighing import Weights
    from geomapper.model import Actor, Place

UNWEIGHED = frozenset({None, "crowd"})
_LOCAL = ("troops", "police", "authorities")
_UNNAMED = {"arrest": ("police", "authorities")}
_NEAR = 60
_GUESS = 0.3
_FLOOR = 0.01


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is known before contenders are weighed, None each where nobody is proposed.

    `said` is whom the language model names with the chance `chance`, `ruled` whom the parse,
    `yields` the subject of a verb that makes it the one it is done to ("the rebels surrendered"),
    `sole` who alone has the means by `sole_reason`, `implied` the one side from outside, `foe`
    whom the target fights, `last` the actor of the deed told before (of the kind `last_deed`),
    `speaker` who tells it, `targets` to whom it is done; `word_role` is the role that a nameless
    word of the model names ("the soldiers"); `doing` and `suffering` are the chances that the model
    gives words of being actor and target; `headline` are the names in the title, `come_from` the
    country that it came from, and `front` the war around it; `elsewhere` is the share of a name in
    a part, ``"actor"`` or ``"target"``, of all deeds of this kind that the article tells.
    """

    said: Actor | None = None
    chance: float = 0.0
    ruled: Actor | None = None
    yields: Actor | None = None
    sole: Actor | None = None
    sole_reason: str = ""
    implied: Actor | None = None
    foe: Actor | None = None
    last: Actor | None = None
    last_deed: str | None = None
    speaker: Actor | None = None
    targets: tuple[Actor, ...] = ()
    word_role: str | None = None
    doing: Mapping[int, float] = field(default_factory=dict)
    suffering: Mapping[int, float] = field(default_factory=dict)
    headline: frozenset[str] = frozenset()
    come_from: str | None = None
    front: Front | None = None
    elsewhere: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contender:
    """An actor that may have done it, with what speaks for and against, by feature."""

    actor: Actor
    features: Mapping[str, float]


@cache
def _trades() -> dict[str, str]:
    text = resources.files(__package__).joinpath("roles.toml").read_text(encoding="utf-8")
    return {role: trade for trade, roles in tomllib.loads(text).items() for role in roles}


def _trade(role: str | None) -> str:
    return _trades().get(role or "", "other")


def contenders(
    deed: str | None,
    place: Place | None,
    sentence: tuple[int, int],
    mentions: Sequence[ActorMention],
    proposals: Proposals,
    table: ActorTable,
) -> tuple[Contender, ...]:
    """Return whom an article could mean as actor of an event, in the order of their names.

    `sentence` is its first token and the one after its last, `mentions` the actors that the
    article names; no mentions, no proposals and no place give ``()``. Forces of the country that
    the article does not name are meant by "the army" or an arrest alone.
    """
    forces = [(mention, table.force_of(mention)) for mention in mentions]
    counts = Counter(actor.name for _, actor in forces)
    near = [pair for pair in forces if sentence[0] - _NEAR <= pair[0].start < sentence[1] + _NEAR]
    known = {actor.name: actor for m, actor in forces if m.kind in ("force", "group", "state")}
    known |= {actor.name: actor for _, actor in near}
    known |= {actor.name: actor for actor in _proposed(proposals)}
    known |= {actor.name: known.get(actor.name, actor) for actor in _foes(near, proposals)}
    kinds = _LOCAL if proposals.word_role is not None else _UNNAMED.get(deed or "", ())
    local = dict(_local(place, table, kinds))
    known |= {actor.name: known.get(actor.name, actor) for actor in local.values()}
    heard = _heard(near, sentence, proposals)
    total = max(1, sum(counts.values()))
    found = []
    for name, actor in sorted(known.items()):
        if name not in heard and _is_far(actor, place):
            continue
        features = {"share": counts[name] / total, "unnamed": float(not counts[name])}
        features |= _whereabouts(name, near, sentence)
        features |= _by_words(name, forces, proposals)
        features |= _proposal_features(actor, proposals)
        features |= _fitness(actor, deed, place, proposals)
        features |= _war_features(actor, deed, proposals)
        features |= _elsewhere(actor, proposals)
        features |= {f"local_{kind}": 1.0 for kind, each in local.items() if each.name == name}
        found.append(Contender(actor, {k: v for k, v in features.items() if v}))
    return tuple(found)


def _foes(near: Iterable[tuple[ActorMention, Actor]], proposals: Proposals) -> Iterator[Actor]:
    """Yield whom the forces fight that are named around the sentence, named or not themselves."""
    if proposals.front is None:
        return
    for actor in {actor.name: actor for _, actor in near}.values():
        foe = proposals.front.foe(actor)
        if foe is not None:
            yield foe


def _heard(
    near: Iterable[tuple[ActorMention, Actor]], sentence: tuple[int, int], proposals: Proposals
) -> set[str]:
    """Return the names that the sentence itself gives, and who alone has the means."""
    told = {actor.name for m, actor in near if sentence[0] <= m.start < sentence[1]}
    return told | ({proposals.sole.name} if proposals.sole is not None else set())


def _is_far(actor: Actor, place: Place | None) -> bool:
    """Tell whether a place lies outside the countries that a group fights in; armies go abroad."""
    is_army = _trade(actor.role) in ("army", "peacekeepers")
    known = place is not None and place.country is not None and bool(actor.homes)
    return known and not is_army and place is not None and place.country not in actor.homes


def _proposed(proposals: Proposals) -> Iterator[Actor]:
    each = (
        proposals.said, proposals.ruled, proposals.sole, proposals.implied, proposals.foe,
        proposals.last,
    )  # fmt: skip
    return (actor for actor in each if actor is not None)


def _local(
    place: Place | None, table: ActorTable, kinds: Iterable[str]
) -> Iterator[tuple[str, Actor]]:
    if place is None or not place.country:
        return
    for kind in kinds:
        actor = table.lexicon.of_country(place.country, kind)
        if actor is not None:
            yield kind, actor


def _whereabouts(
    name: str, near: Iterable[tuple[ActorMention, Actor]], sentence: tuple[int, int]
) -> dict[str, float]:
    starts = [mention.start for mention, actor in near if actor.name == name]
    return {
        "here": float(any(sentence[0] <= start < sentence[1] for start in starts)),
        "before": float(any(start < sentence[0] for start in starts)),
        "after": float(any(start >= sentence[1] for start in starts)),
    }


def _by_words(
    name: str, forces: Iterable[tuple[ActorMention, Actor]], proposals: Proposals
) -> dict[str, float]:
    """Return how likely the model takes any mention of an actor for the one that does, or suffers."""
    doing = suffering = 0.0
    for mention, actor in forces:
        if actor.name == name:
            for token in range(mention.start, mention.end):
                doing = max(doing, proposals.doing.get(token, 0.0))
                suffering = max(suffering, proposals.suffering.get(token, 0.0))
    return {
        "doing": doing,
        "doing_sure": log_odds_above(doing, _FLOOR),
        "suffering": suffering,
        "suffering_sure": log_odds_above(suffering, _FLOOR),
    }


def _proposal_features(actor: Actor, proposals: Proposals) -> dict[str, float]:
    def same(other: Actor | None) -> float:
        return float(other is not None and other.name == actor.name)

    said = same(proposals.said)
    nothing_said = float(proposals.said is None)
    return {
        "said": said,
        "said_chance": said * proposals.chance,
        "ruled": same(proposals.ruled),
        "yields": same(proposals.yields),
        "ruled_alone": same(proposals.ruled) * nothing_said,
        "sole": same(proposals.sole) * nothing_said,
        "implied": same(proposals.implied) * nothing_said,
        "last": same(proposals.last),
        "last_alone": same(proposals.last) * nothing_said,
        "speaker": same(proposals.speaker),
        "target": float(any(same(each) for each in proposals.targets)),
        "side_of_target": float(
            any(each.side and each.side == actor.side for each in proposals.targets)
        ),
        "last_said": same(proposals.last) * said,
        "alone": nothing_said,
    }


def _fitness(
    actor: Actor, deed: str | None, place: Place | None, proposals: Proposals
) -> dict[str, float]:
    kind, trade = deed or "other", _trade(actor.role)
    features = {f"{trade}_{kind}": 1.0, "has_code": float(actor.code is not None)}
    if place is not None and place.country and actor.homes:
        where = "home" if place.country in actor.homes else "away"
        features[f"{where}_{kind}"] = 1.0
    if proposals.word_role is not None:
        agrees = _trade(proposals.word_role) == trade
        features["word_agrees" if agrees else "word_differs"] = 1.0
    if proposals.last_deed is not None and proposals.last_deed == deed:
        same = proposals.last is not None and proposals.last.name == actor.name
        features["last_of_kind"] = float(same)
    return features


def _elsewhere(actor: Actor, proposals: Proposals) -> dict[str, float]:
    """Return how often an actor does, and suffers, the like elsewhere in the article."""
    doing, suffering = (
        proposals.elsewhere.get((actor.name, part), 0.0) for part in ("actor", "target")
    )
    return {
        "elsewhere_doing": doing,
        "elsewhere_doing_alone": doing * float(proposals.said is None),
        "elsewhere_suffering": suffering,
    }


def shares_of(
    parts: Iterable[tuple[str, str, str | None, float]], deed: str | None
) -> dict[tuple[str, str], float]:
    """Return the share of each name in each part of a kind of deed; a part is name, part, deed, chance.

    Examples
    --------
    >>> told = [("Hamas", "actor", "strike", 0.5), ("Israeli military", "actor", "air", 0.5)]
    >>> shares_of(told, "air")
    {('Israeli military', 'actor'): 1.0}
    """
    sums: dict[tuple[str, str], float] = {}
    totals: dict[str, float] = {}
    for name, part, kind, chance in parts:
        if kind == deed:
            sums[name, part] = sums.get((name, part), 0.0) + chance
            totals[part] = totals.get(part, 0.0) + chance
    return {(name, part): each / totals[part] for (name, part), each in sums.items()}


def _war_features(actor: Actor, deed: str | None, proposals: Proposals) -> dict[str, float]:
    """Return what the war around speaks for: whom an actor fights, what the title names, from where."""
    front, nothing_said = proposals.front, float(proposals.said is None)
    features = {
        "headline": float(actor.name in proposals.headline),
        "from_home": float(proposals.come_from is not None and proposals.come_from in actor.homes),
    }
    if front is None:
        return features
    foes = front.foes(actor)
    speaker = proposals.speaker
    fights_speaker = speaker is not None and speaker.name in foes
    fights_target = any(each.name in foes for each in proposals.targets)
    return features | {
        "at_war": float(actor.name in front.belligerents),
        "foe": float(proposals.foe is not None and proposals.foe.name == actor.name),
        "fights_target": float(fights_target),
        "fights_target_alone": float(fights_target) * nothing_said,
        "fights_speaker": float(fights_speaker),
        f"fights_speaker_{deed}": float(fights_speaker),
        "fights_nearby": float(bool(foes & front.near)),
    }


def choose(found: Sequence[Contender], weights: Weights) -> tuple[Contender | None, float]:
    """Return the best contender and its probability, None where nobody is likelier.

    One whom neither the language model nor the parse proposes needs a chance of `_GUESS`: nobody
    is blamed for want of another. The event's reasons say that such an actor is implied, and how
    surely.
    """
    each = chances([contender.features for contender in found], weights)
    best = winner(each)
    if best is None:
        return None, 1 - sum(each)
    features = found[best].features
    is_told = features.get("said") or features.get("ruled")
    return (found[best] if is_told or each[best] >= _GUESS else None), each[best]
