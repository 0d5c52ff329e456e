"""Who acts and who is acted upon: actors of the sentence in the roles of the trigger's clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.coding.matching import Match, Scene
    from geomapper.model import Place

_ARMED = frozenset({"force", "group", "unknown"})
_MOST_STEPS = 8
_GENERIC = frozenset(
    "army military troops soldiers forces police officers security authorities warplanes jets commandos marines".split()  # noqa: SIM905
)
_PROTESTING = frozenset({"protest", "riot"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Initiator and target, None where the text does not say, and how they were found."""

    actor: Actor | None
    target: Actor | None
    reason: str


def cast(
    match: Match, scene: Scene, table: ActorTable, place: Place | None, before: Actor | None
) -> Cast:
    """Return who does what a match tells to whom.

    `before` is the actor of the event before, for pronouns; `place` says whose "the army" is.
    """
    clause, wanted = match.clause, match.trigger.actor
    subjects, objects = clause.subjects, clause.objects
    if "object" in wanted:
        subjects, objects = objects, subjects
    elif "none" in wanted:
        subjects, objects = (), subjects
    elif "to" in wanted:
        subjects = tuple(o.token for o in clause.obliques if o.preposition == "to")
    actor, reason = _of(subjects, scene, table, place, before)
    if actor is None and "none" not in wanted:
        actor, reason = _beside(match, scene)
    target, _ = _of(objects, scene, table, place, None)
    if target is None:
        against = [o.token for o in clause.obliques if o.preposition in ("against", "with", "from")]
        target, _ = _of(against, scene, table, place, None)
    if match.trigger.type in _PROTESTING and (actor is None or actor.role == "civilians"):
        actor = Actor("Protesters", None, None, "protesters", ())
        reason = "a protest has protesters"
    if actor is not None and target == actor:
        target = None
    return Cast(actor, target, reason)


def _of(
    tokens: Iterable[Token],
    scene: Scene,
    table: ActorTable,
    place: Place | None,
    before: Actor | None,
) -> tuple[Actor | None, str]:
    for token in tokens:
        mention = _mention_at(token, scene)
        if mention is not None:
            return mention.actor, f"{scene.doc[mention.start : mention.end].text!r}"
        if token.lower_ in _GENERIC and place is not None and place.country:
            national = table.lexicon.of_country(place.country, token.lower_)
            if national is not None:
                return national, f"{token.text!r} in {place.country}"
        if token.pos_ == "PRON" and before is not None and token.lower_ in ("it", "they", "he", "we", "its", "their", "his"):
            return before, f"{token.text!r}, the actor before"
    return None, "the text does not say"


def _mention_at(token: Token, scene: Scene) -> ActorMention | None:
    """Return the actor that a noun names, or that stands inside its phrase."""
    for mention in scene.actors:
        if mention.start <= token.i < mention.end:
            return mention
    inside = {t.i for t in _phrase(token)}
    found = [m for m in scene.actors if m.head in inside or m.start in inside]
    armed = [m for m in found if m.kind in _ARMED]
    return (armed or found or [None])[0]


def _phrase(token: Token) -> Iterable[Token]:
    """Yield the words of a noun phrase without its clauses."""
    stack = [token]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(
            child
            for child in current.children
            if child.dep_ in ("compound", "amod", "nmod:poss", "flat", "appos", "nmod", "nummod")
        )


def _beside(match: Match, scene: Scene) -> tuple[Actor | None, str]:
    """Return the actor told beside the trigger: "Russian shelling", or the subject further up."""
    for mention in scene.actors:
        if mention.start <= match.token.i < mention.end and mention.kind in _ARMED:
            return mention.actor, f"{scene.doc[mention.start : mention.end].text!r}"
    own = {t.i for t in match.token.children if t.dep_ in ("amod", "compound", "nmod:poss")}
    for mention in scene.actors:
        if mention.start in own or mention.head in own:
            return mention.actor, f"{scene.doc[mention.start : mention.end].text!r} beside it"
    token = match.clause.verb or match.token
    for _ in range(_MOST_STEPS):
        if token.dep_ not in ("acl", "acl:relcl", "xcomp", "conj", "obl", "obj", "nmod", "advcl"):
            break
        token = token.head
        for child in token.children:
            if child.dep_ == "nsubj" and (mention := _mention_at(child, scene)) is not None and mention.kind in _ARMED:
                return mention.actor, f"{scene.doc[mention.start : mention.end].text!r}, further up"
    return None, "the text does not say"
