"""Where an event was, out of all the ground that the article names: places, weighed.

The language model gives each name a chance, the parse a price (`coding.linking`), the story a
place where it stands. Each is a feature of a site, and ``weights_places.toml`` says how much it
counts (see `coding.weighing`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.clauses import preposition_of
from geomapper.coding.cues import chance_of, given_to
from geomapper.coding.linking import Link, beside, leaves, same_list, way
from geomapper.coding.place_words import place_words
from geomapper.coding.weighing import chances, log_odds_above, winner
from geomapper.model import Precision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Token

    from geomapper.coding.linking import Located
    from geomapper.coding.matching import Match, Scene
    from geomapper.coding.weighing import Weights

_LEAST_SEEN = 0.02
_ELSEWHERE = 0.3
_UNKNOWN = 0.5
_FLOOR = 1e-3
_FAR = 8.0
_LIST = 0.4
_IN_LIST = 0.3
_AS_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Site:
    """Ground where an event may have been, with what speaks for and against, by feature."""

    located: Located
    chance: float
    features: Mapping[str, float]


def sites(
    match: Match, scene: Scene, around: Scene, linked: Link, story: Located | None
) -> tuple[Site, ...]:
    """Return the ground that an event may be at, in the order of the text.

    `around` is the scene as far as the language model sees, `linked` what the parse says, `story`
    the place where the paragraph stands, None where it has none. Ground in another sentence must
    be the story's, or the model's own choice, and none in the sentence may be likely; where the model
    points at a name that the gazetteer does not know, no other place is taken for it but one that
    the model sees, too, or that describes the name. No ground gives ``()``.
    """
    given = given_to(match.cue, "place") if match.cue is not None else {}
    here = {id(each) for each in scene.located}
    kept = _ground(given, scene, around, story)
    best = max((chance for _, chance in kept), default=0.0)
    return tuple(
        Site(
            each,
            chance,
            {
                name: value
                for name, value in {
                    **_said(chance, best),
                    **_stands(each, match, scene, story, is_here=id(each) in here),
                    **_kind(each, kept, match),
                    **(_parsed(each, match, linked) if id(each) in here else {}),
                }.items()
                if value
            },
        )
        for each, chance in kept
    )


def _ground(
    given: Mapping[int, float], scene: Scene, around: Scene, story: Located | None
) -> list[tuple[Located, float]]:
    """Return the ground that counts, each with the chance that the model gives it."""
    here = {id(each) for each in scene.located}
    seen = [(each, chance_of(each, given)) for each in around.located]
    kept = [
        (each, chance)
        for each, chance in seen
        if id(each) in here or chance >= _ELSEWHERE or each is story
    ]
    if story is not None and not any(each is story for each, _ in kept):
        kept.insert(0, (story, 0.0))
    unknown = _unknown(given, scene, kept)
    is_told = any(chance >= _LIST for each, chance in kept if id(each) in here)
    if is_told or unknown is not None:
        kept = [(each, chance) for each, chance in kept if id(each) in here]
    if unknown is None:
        return kept
    return [
        (each, chance)
        for each, chance in kept
        if chance >= _LEAST_SEEN or unknown.is_ancestor(each.token)
    ]


def _unknown(
    given: Mapping[int, float], scene: Scene, kept: Sequence[tuple[Located, float]]
) -> Token | None:
    """Return the model's surest word of a place, where it is in the sentence and no known place's."""
    token = max(given, key=lambda each: (given[each], -each), default=None)
    if token is None or given[token] < _UNKNOWN or not scene.start <= token < scene.end:
        return None
    return scene.doc[token] if all(token not in each.words for each, _ in kept) else None


def _said(chance: float, best: float) -> dict[str, float]:
    return {
        "said": log_odds_above(chance, _FLOOR),
        "said_chance": chance,
        "said_most": float(chance == best and chance >= _LEAST_SEEN),
        "said_share": chance / best if best else 0.0,
    }


def _stands(
    each: Located, match: Match, scene: Scene, story: Located | None, *, is_here: bool
) -> dict[str, float]:
    distance = each.token.i - match.token.i
    is_story = story is not None and each.place.id == story.place.id
    return {
        "here": float(is_here),
        "before": float(each.token.i < scene.start),
        "after": float(each.token.i >= scene.end),
        "distance": math.log1p(abs(distance)),
        "ahead": float(distance > 0 and is_here),
        "story": float(is_story),
        "story_elsewhere": float(is_story and not is_here),
        "fronted": float(is_here and each.token.i - scene.start <= 2),  # noqa: PLR2004
        "only_here": float(is_here and len(scene.located) == 1),
    }


def _kind(each: Located, kept: Sequence[tuple[Located, float]], match: Match) -> dict[str, float]:
    place, precision = each.place, each.place.precision
    wide = precision in (Precision.COUNTRY, Precision.ADMIN1)
    holds = wide and any(
        other.place.country == place.country
        and other.place.precision not in (Precision.COUNTRY, precision)
        and (precision is Precision.COUNTRY or other.place.admin1 == place.admin1)
        for other, _ in kept
    )
    return {
        "country": float(precision is Precision.COUNTRY),
        "region": float(precision is Precision.ADMIN1),
        "holds_another": float(holds),
        "same_place_again": float(sum(o.place.id == place.id for o, _ in kept) > 1),
        "left": float(
            place_words().deed_of(match.trigger.type) == "leaving" and leaves(match.token, each)
        ),
    }


def _parsed(each: Located, match: Match, linked: Link) -> dict[str, float]:
    words, kind = place_words(), match.trigger.type
    preposition = words.kind_of(preposition_of(each.top) or preposition_of(each.token))
    deed = words.deed_of(kind)
    return {
        "way": max(0.0, _FAR - way(match.clause, kind, each)) / _FAR,
        "ruled": float(_is_in(each, linked)),
        "origin": float(each is linked.origin),
        f"{preposition}": 1.0,
        f"{preposition}_{deed}": float(preposition in ("from", "to", "into")),
    }


def site_of(found: Sequence[Site], linked: Link, weights: Weights) -> Link:
    """Return the likeliest ground, all of a list, none where no ground is likelier than each."""
    each = chances([site.features for site in found], weights)
    best = winner(each)
    if best is None:
        return Link((), linked.price, tuple(s.located for s in found), linked.origin, tuple(found))
    chosen = found[best]
    more = [site.located for site in found if _is_also(site, chosen, linked)]
    places = tuple(sorted([chosen.located, *more], key=lambda place: place.token.i))
    rejected = tuple(site.located for site in found if site.located not in places)
    origin = linked.origin if linked.origin not in places else None
    return Link(places, round(4 * (1 - each[best]), 2), rejected, origin, tuple(found))


def _is_also(site: Site, chosen: Site, linked: Link) -> bool:
    """Tell whether an event happened at a place, too, besides the likeliest."""
    if site is chosen or site.located.place.id == chosen.located.place.id:
        return False
    if same_list(site.located, chosen.located):
        return site.chance >= _IN_LIST
    if _is_in(site.located, linked) and site.chance >= max(_LIST, _AS_SURE * chosen.chance):
        return True
    return site.chance >= _LIST and beside(site.located, chosen.located)


def _is_in(each: Located, linked: Link) -> bool:
    return any(each is other for other in linked.places)
