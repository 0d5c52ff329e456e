"""Who did it, out of all whom the article could mean: contenders, weighed.

An actor may stand in the sentence, in the one before, or nowhere: "soldiers withdrew on Friday"
leaves out whose. Every armed side of the article, the forces of the country of the place and what
`coding.casting` and `coding.implied` propose are contenders; each is described by `features`, and
the weights of ``weights_actors.toml`` say how much each counts. They are fitted by `evaluation.fitting` on
dispatches (a softmax over the contenders and "nobody that is named").
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.coding.weighing import chances, log_odds_above, winner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.coding.weighing import Weights
    from geomapper.model import Actor, Place

_TRADES = {
    "military": "army", "coalition": "army", "alliance": "army", "peacekeepers": "peacekeepers",
    "police": "police", "security service": "police", "authorities": "government",
    "government": "government", "gunmen": "nameless", "militants": "rebels", "rebels": "rebels",
    "jihadists": "rebels", "paramilitary": "rebels", "separatists": "rebels", "militia": "rebels",
    "partisans": "rebels", "armed group": "rebels", "mercenaries": "rebels",
    "bandits": "criminals", "criminals": "criminals", "pirates": "criminals",
    "civilians": "crowd", "protesters": "crowd", "rioters": "crowd", "settlers": "settlers",
}  # fmt: skip
_DEEDS = {
    "strike": "shelling missile_strike air_strike drone_strike chemical_weapon",
    "ground": "territory_captured offensive siege clash cross_border_push",
    "regain": "territory_recaptured",
    "leave": "withdrawal",
    "hidden": "bombing suicide_bombing abduction",
    "harm": "violence_against_civilians property_destruction",
    "arrest": "detention weapons_seized prisoners_taken",
    "crowd": "protest riot",
    "post": "deployment",
    "talk": "agreement prisoner_exchange",
    "defend": "interception",
    "flee": "displacement",
}  # fmt: skip
_DEED = {name: deed for deed, names in _DEEDS.items() for name in names.split()}
_LOCAL = ("troops", "police", "authorities")
_UNNAMED = {"detention": ("police", "authorities"), "weapons_seized": ("police", "authorities")}
_NEAR = 60
_GUESS = 0.3
_FLOOR = 0.01


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is known before contenders are weighed, None each where nobody is proposed.

    `said` is whom the language model names with the chance `chance`, `ruled` whom the parse,
    `sole` who alone has the means by `sole_reason`, `implied` the one side from outside, `last` the
    actor of the deed told before (of the type `last_type`), `speaker` who tells it, `targets` to whom it is
    done; `word_role` is the role that a nameless word of the model names ("the soldiers"); `doing`
    and `suffering` are the chances that the model gives words of being actor and target.
    """

    said: Actor | None = None
    chance: float = 0.0
    ruled: Actor | None = None
    sole: Actor | None = None
    sole_reason: str = ""
    implied: Actor | None = None
    last: Actor | None = None
    last_type: str = ""
    speaker: Actor | None = None
    targets: tuple[Actor, ...] = ()
    word_role: str | None = None
    doing: Mapping[int, float] = field(default_factory=dict)
    suffering: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contender:
    """An actor that may have done it, with what speaks for and against, by feature."""

    actor: Actor
    features: Mapping[str, float]


def contenders(
    event_type: str,
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
    forces = [(mention, _force(mention, table)) for mention in mentions]
    counts = Counter(actor.name for _, actor in forces)
    near = [pair for pair in forces if sentence[0] - _NEAR <= pair[0].start < sentence[1] + _NEAR]
    known = {actor.name: actor for m, actor in forces if m.kind in ("force", "group", "state")}
    known |= {actor.name: actor for _, actor in near}
    known |= {actor.name: actor for actor in _proposed(proposals)}
    kinds = _LOCAL if proposals.word_role is not None else _UNNAMED.get(event_type, ())
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
        features |= _fitness(actor, event_type, place, proposals)
        features |= {f"local_{kind}": 1.0 for kind, each in local.items() if each.name == name}
        found.append(Contender(actor, {k: v for k, v in features.items() if v}))
    return tuple(found)


def _heard(
    near: Iterable[tuple[ActorMention, Actor]], sentence: tuple[int, int], proposals: Proposals
) -> set[str]:
    """Return the names that the sentence itself gives, and who alone has the means."""
    told = {actor.name for m, actor in near if sentence[0] <= m.start < sentence[1]}
    return told | ({proposals.sole.name} if proposals.sole is not None else set())


def _is_far(actor: Actor, place: Place | None) -> bool:
    """Tell whether a place lies outside the countries that a group fights in; armies go abroad."""
    is_army = _TRADES.get(actor.role or "") in ("army", "peacekeepers")
    known = place is not None and place.country is not None and bool(actor.homes)
    return known and not is_army and place is not None and place.country not in actor.homes


def _force(mention: ActorMention, table: ActorTable) -> Actor:
    """Return the forces of a state that is named, any other actor as it is."""
    actor = mention.actor
    if mention.kind != "state" or len(actor.homes) != 1:
        return actor
    return table.lexicon.of_country(actor.homes[0], "troops") or actor


def _proposed(proposals: Proposals) -> Iterator[Actor]:
    each = (proposals.said, proposals.ruled, proposals.sole, proposals.implied, proposals.last)
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
    actor: Actor, event_type: str, place: Place | None, proposals: Proposals
) -> dict[str, float]:
    deed = _DEED.get(event_type, "other")
    trade = _TRADES.get(actor.role or "", "other")
    features = {f"{trade}_{deed}": 1.0, "has_code": float(actor.code is not None)}
    if place is not None and place.country and actor.homes:
        where = "home" if place.country in actor.homes else "away"
        features[f"{where}_{deed}"] = 1.0
    if proposals.word_role is not None:
        agrees = _TRADES.get(proposals.word_role, "other") == trade
        features["word_agrees" if agrees else "word_differs"] = 1.0
    if proposals.last_type and _DEED.get(proposals.last_type) == deed:
        same = proposals.last is not None and proposals.last.name == actor.name
        features["last_of_kind"] = float(same)
    return features


def is_weighed(event_type: str) -> bool:
    """Tell whether contenders are weighed for a type: deeds of war, not politics, are."""
    return event_type in _DEED


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
