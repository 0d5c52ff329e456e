"""To whom it is done: the side that is attacked, or civilians, behind the words that say what was hit.

A text names what was struck: soldiers, a clinic, a column, a bridge. An event names whom: the force that
holds the column, civilians for the clinic, infrastructure for the bridge (``targets.toml``). Where the words
say nothing, a place that is taken, besieged or fought for is so at the cost of whom the actor fights there
(``wars.csv``, else the one other armed side of the article); harm, abduction and flight are of civilians
by the definition of their types. Anything else stays unknown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorTable
    from geomapper.coding.casting import Said
    from geomapper.coding.codebook import EventType
    from geomapper.coding.implied import Sides
    from geomapper.coding.matching import Scene
    from geomapper.coding.wars import Front
    from geomapper.model import Place

_HARMING = frozenset({"strike", "air", "hidden"})
_HARMS = frozenset("kill wound injure hurt maim".split())
_PEOPLE = frozenset({"civilians", "protesters", "rioters"})
_CROWD = frozenset({"protesters", "rioters"})
_ALWAYS_CIVILIANS = frozenset({"violence_against_civilians", "displacement"})
_AT_A_FOE_S_COST = frozenset({"ground", "regain", "defend", "arrest"})
_OF_CIVILIANS = frozenset({"violence_against_civilians", "abduction", "displacement"})
_OF_SUSPECTS = "detention"
_OF_FIGHTERS = "prisoners_taken"
_KEPT = frozenset("citizens citizen nationals national settlers protesters demonstrators".split())
_UNTOLD = "the text does not say"


@cache
def _kinds() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("targets.toml").read_text(encoding="utf-8")
    return {word: kind for kind, words in tomllib.loads(text).items() for word in words.split()}


def civilians() -> Actor:
    """Return the actor that all civilians are."""
    return Actor("civilians", None, None, "civilians", ())


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed whose target is asked: its type, its words, who did it, where, in which war.

    `said` is what the language model takes for the target, `ruled` what the parse does; `before` is
    the kind of the deed told before.
    """

    kind: EventType
    said: Said
    ruled: Actor | None
    actor: Actor | None
    place: Place | None
    front: Front
    sides: Sides
    before: str | None = None

    @property
    def foe(self) -> Actor | None:
        """Whom the actor fights there, None where that is not known."""
        return _foe(self.actor, self.place, self.front, self.sides)


def target_of(deed: Deed, scene: Scene, table: ActorTable) -> tuple[Actor | None, str]:
    """Return to whom a deed was done, and why; None where that is not known."""
    found = _told(deed, table)
    if found is not None and deed.kind.id == _OF_FIGHTERS and found[0].name == civilians().name:
        return None, "who is taken prisoner fights: a word for civilians does not say for whom"
    if found is not None:
        return _by_definition(found[0], deed.kind.id), found[1]
    if deed.kind.id in _OF_CIVILIANS:
        return civilians(), "of civilians, by the definition of its type"
    is_protested = deed.before == "crowd" or any(m.actor.role in _CROWD for m in scene.actors)
    if deed.kind.id == _OF_SUSPECTS and is_protested:
        return Actor("Protesters", None, None, "protesters", ()), "after a protest"
    if deed.kind.deed in _HARMING and (word := _harmed(scene)) is not None:
        return civilians(), f"{word.text!r}, harmed by it"
    foe = deed.foe
    is_at_cost = deed.kind.deed in _AT_A_FOE_S_COST and deed.kind.id != _OF_SUSPECTS
    if is_at_cost and foe is not None and deed.actor is not None:
        return foe, f"implied: whom {deed.actor.name} fights there"
    named = deed.said.actor
    if named is not None and not _is_same(named, deed.actor):
        return named, deed.said.reason
    return None, _UNTOLD


def _told(deed: Deed, table: ActorTable) -> tuple[Actor, str] | None:
    """Return whom the words give: by name, else by what a noun stands for."""
    said = deed.said
    for named, reason in ((said.actor, said.reason), (deed.ruled, "by the parse")):
        if named is not None and _is_known(named) and not _is_same(named, deed.actor):
            return _as_target(named, deed.kind.id, table), reason
        if said.head is not None and named is said.actor:
            meant = _meant(said.head, deed, table)
            if meant is not None:
                return meant, f"{said.head.text!r}, by the language model"
    return None


def _is_known(actor: Actor) -> bool:
    """Tell whether a table knows an actor, or a class of people; other words are looked at first."""
    return bool(actor.code or actor.homes or actor.side) or actor.role in _PEOPLE


def _is_same(one: Actor, other: Actor | None) -> bool:
    return other is not None and one.name == other.name


def _by_definition(named: Actor, event_type: str) -> Actor:
    """Return civilians where the type is about them, whatever armed side the words name."""
    is_people = named.role in _PEOPLE or named.code is None
    return civilians() if event_type in _ALWAYS_CIVILIANS and not is_people else named


def _as_target(named: Actor, event_type: str, table: ActorTable) -> Actor:
    """Return a government's force for a government, and civilians for people of a nationality."""
    if named.role == "government" and len(named.homes) == 1 and event_type != "protest":
        return table.lexicon.of_country(named.homes[0], "troops") or named
    noun = named.name.rpartition(" ")[2].lower()
    if named.role == "civilians" and noun not in _KEPT and event_type != _OF_FIGHTERS:
        people = named.name.rpartition(" ")[0]
        return replace(named, name=f"{people} civilians".strip())
    return named


def _meant(head: Token, deed: Deed, table: ActorTable) -> Actor | None:
    """Return whom a noun without a name stands for, None for one that the table does not know."""
    word = next((t for t in _phrase(head) if _kind_of(t) is not None), None)
    kind = _kind_of(word) if word is not None else None
    if word is None or kind is None:
        return _authorities(head, deed, table)
    people = next((c for c in head.children if c.lower_ in table.lexicon.peoples), None)
    if kind == "force" and people is not None:
        return table.lexicon.peoples[people.lower_]
    if people is not None and head.lower_ in _KEPT:
        return Actor(f"{people.text} {head.text}", None, None, "civilians", ())
    if kind == "force" or deed.kind.id == _OF_FIGHTERS:
        return deed.foe or _national(word, deed, table)
    if kind == "infrastructure":
        return Actor("infrastructure", None, None, "infrastructure", ())
    return civilians()


def _phrase(head: Token) -> Iterator[Token]:
    """Yield a noun and the words before it that make one name with it: "bus stop", from the right."""
    yield head
    yield from sorted(
        (c for c in head.children if c.dep_ in ("compound", "amod")), key=lambda t: -t.i
    )


def _kind_of(word: Token) -> str | None:
    return _kinds().get(word.lemma_.lower()) or _kinds().get(word.lower_)


def _authorities(head: Token, deed: Deed, table: ActorTable) -> Actor | None:
    """Return the country's authorities for "the government", against which people protest."""
    is_government = table.role_of(head.lower_) == "government" and deed.kind.deed == "crowd"
    if not is_government or deed.place is None or deed.place.country is None:
        return None
    return table.lexicon.of_country(deed.place.country, "authorities")


def _national(word: Token, deed: Deed, table: ActorTable) -> Actor | None:
    """Return the army or police of the country for "soldiers" there, unless it is who did it."""
    role = table.role_of(word.lower_)
    if deed.place is None or deed.place.country is None or role not in ("military", "police"):
        return None
    noun = "police" if role == "police" else "troops"
    force = table.lexicon.of_country(deed.place.country, noun)
    return None if force is None or _is_same(force, deed.actor) else force


def _harmed(scene: Scene) -> Token | None:
    """Return a civilian word that a verb of the same sentence says was killed or hurt, else None."""
    for token in scene.doc[scene.start : scene.end]:
        if token.lemma_.lower() not in _HARMS or token.pos_ != "VERB":
            continue
        for child in token.children:
            if child.dep_ in ("obj", "nsubj:pass") and _kind_of(child) == "civilians":
                return child
    return None


def _foe(actor: Actor | None, place: Place | None, front: Front, sides: Sides) -> Actor | None:
    """Return whom an actor fights: by the wars that are known, else the article's one other side."""
    if actor is None:
        return None
    known = front.foe(actor)
    if known is not None or front.foes(actor):
        return known
    others = [
        each for each, _ in sides.counts if each.name != actor.name and each.side != actor.side
    ]
    if place is not None and place.country is not None:
        at_home = place.country in actor.homes
        others = [each for each in others if at_home or place.country in each.homes]
    return others[0] if len({each.side or each.name for each in others}) == 1 else None
