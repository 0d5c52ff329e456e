"""Who acts and who is acted upon: actors of the sentence in the roles of the trigger's clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomapper.coding.crossing import army_abroad
from geomapper.coding.matching import class_of
from geomapper.coding.status import speaker_of
from geomapper.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Span, Token

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.coding.contenders import Contender
    from geomapper.coding.matching import Match, Scene
    from geomapper.model import Place

_ARMED = frozenset({"force", "group", "unknown"})
_MOST_STEPS = 8
_GENERIC = frozenset(
    "army military troops soldiers forces police officers security authorities warplanes jets commandos marines".split()
)
_SOLDIERS = frozenset({"army", "military", "troops", "soldiers", "forces", "warplanes", "jets"})
_BY_NAME = frozenset({"force", "group", "state"})
_BY_FORCES = frozenset({"strike", "air", "ground", "regain", "leave", "hidden", "defend", "post"})
_OWNED = frozenset({"military", "police", "government"})
_MERE = frozenset({"man", "person", "people", "youth"})
_BODIES = frozenset({"group", "organisation", "organization", "movement"})
_JUNTAS = frozenset({"junta", "regime"})
_GOVERNMENTS = frozenset({"government", "state", "federal", "regime", "junta"})
_ARMIES = frozenset({"army", "military"})
_LOST = frozenset({"territory_captured", "territory_recaptured"})
CROWDED = frozenset({"protest", "riot"})
_CROWDS = frozenset({"civilians", "protesters", "police", None})
_THINGS = frozenset({"drone", "missile", "artillery", "air", "arms", "ied", "chemical"})
_UNTOLD = "the text does not say"
_DYING = frozenset({"die", "perish", "suffer", "fall"})
_SURE = 0.3
_BESIDE = 0.25


_PRONOUNS = frozenset("it they he she we its their his".split())
_ROLES = {
    "paramilitaries": "paramilitary", "rebels": "rebels", "militants": "militants",
    "insurgents": "rebels", "jihadists": "jihadists", "separatists": "separatists",
    "militia": "militia", "militiamen": "militia", "fighters": "rebels", "settlers": "civilians",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the article has named: the last actor, the last of each role, the speaker, all armed ones.

    `group` is the last that is no state's force: "the group".
    """

    last: Actor | None
    by_role: Mapping[str, Actor]
    speaker: Actor | None = None
    named: frozenset[str] = frozenset()
    group: Actor | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Initiator and target, None where the text does not say, and how they were found.

    `rivals` are all who were weighed as initiator, none where the parse alone was asked.
    """

    actor: Actor | None
    target: Actor | None
    reason: str
    target_reason: str = _UNTOLD
    rivals: tuple[Contender, ...] = ()


def cast(match: Match, scene: Scene, table: ActorTable, place: Place | None, known: Known) -> Cast:
    """Return who does what a match tells to whom.

    `known` says who was named before, for pronouns and "the rebels"; `place` says whose "the
    army" is; "its troops" are the speaker's.
    """
    clause, wanted = match.clause, match.trigger.actor
    speaker = speaker_of(clause, scene.start, scene.end, scene.actors)
    known = replace(known, speaker=force_of(speaker, table))
    subjects, objects = clause.subjects, clause.objects
    if "object" in wanted:
        subjects, objects = objects, subjects
    elif "none" in wanted:
        subjects, objects = (), subjects
    elif "to" in wanted:
        subjects = tuple(o.token for o in clause.obliques if o.preposition == "to")
    actor, reason = _of(subjects, scene, table, place, known)
    if actor is None and "none" not in wanted:
        actor, reason = _beside(match, scene)
    target, _ = _of(objects, scene, table, place, known)
    if target is None:
        against = [o.token for o in clause.obliques if o.preposition in ("against", "with", "from")]
        target, _ = _of(against, scene, table, place, known)
    if match.trigger.type in CROWDED and (actor is None or actor.role == "civilians"):
        actor = _protesters()
        reason = "a protest has protesters"
    if actor is not None and target == actor:
        target = None
    return Cast(actor, target, reason)


@dataclass(frozen=True, slots=True)
class Said:
    """Whom the words mean to which the language model gives a role, and how sure it is of them.

    `word` is the word that names them, `head` its token, None where it gives the role to none; an
    actor may be None all the same: "its men", "the unit".
    """

    actor: Actor | None
    chance: float
    word: str | None
    reason: str
    head: Token | None = None


def by_cue(
    match: Match,
    role: str,
    scene: Scene,
    whole: Scene,
    table: ActorTable,
    place: Place | None,
    known: Known,
    deed: str | None,
) -> Said:
    """Return whom the language model gives a role, "actor" or "target", in the event of a match.

    `whole` is the scene of the whole article: the words of a cue may stand in another sentence;
    `deed` is the kind of deed that the codebook gives the type.
    """
    speaker = speaker_of(match.clause, scene.start, scene.end, scene.actors)
    known = replace(known, speaker=force_of(speaker, table))
    said = _by_words(match, role, whole, table, place, known)
    if role != "actor":
        return said
    crowd = said.actor is None or said.actor.role in _CROWDS
    if deed == "crowd" and crowd:
        return Said(_protesters(), 1.0, said.word, "a protest has protesters")
    return _as_doer(said, deed, table)


def _as_doer(said: Said, deed: str | None, table: ActorTable) -> Said:
    """Return a state's forces for the state in deeds of war, and nobody for mere "men" or a unit.

    Which army a unit, "the ministry" or "men" belong to is left to be weighed.
    """
    actor = said.actor
    if actor is None or deed is None:
        return said
    if deed in _BY_FORCES:
        said = replace(said, actor=force_of(actor, table))
    head = said.head
    is_unit = actor.role is None and head is not None and _is_a_unit(head, table)
    is_person = head is not None and head.lemma_.lower() in _MERE and actor.role == "civilians"
    if (is_unit or is_person) and deed not in ("crowd", "flee"):
        return replace(said, actor=None, chance=0.0, reason=_UNTOLD)
    return said


def _is_a_unit(head: Token, table: ActorTable) -> bool:
    """Tell whether a noun without a known name is some state's: "the 98th Division", "the ministry"."""
    is_numbered = any(letter.isdigit() for child in head.children for letter in child.text)
    return table.role_of(head.lower_) in _OWNED and (head.pos_ == "NOUN" or is_numbered)


def _by_words(
    match: Match, role: str, whole: Scene, table: ActorTable, place: Place | None, known: Known
) -> Said:
    """Return the actor that the words name to which the model gives a role."""
    arguments = match.cue.arguments if match.cue is not None else ()
    chances = {token: chance for name, token, chance in arguments if name == role}
    best = max(chances, key=lambda token: (chances[token], -token), default=None)
    if best is None or chances[best] < _SURE:
        return Said(None, 0.0, None, _UNTOLD)
    start, end = best, best + 1
    while chances.get(start - 1, 0.0) >= _BESIDE:
        start -= 1
    while chances.get(end, 0.0) >= _BESIDE:
        end += 1
    words = whole.doc[start:end]
    head = _named_head(words, whole, chances)
    if head.tag_ == "PRP$" and head.head.i == match.token.i and match.trigger.type in _LOST:
        return Said(None, 0.0, None, _UNTOLD)
    actor, reason = _of((head,), whole, table, place, known)
    if actor is not None:
        return Said(actor, chances[best], head.lower_, f"{reason}, by the language model", head)
    owner = next((c for c in head.children if c.lower_ in _PRONOUNS), None)
    if head.pos_ not in ("NOUN", "PROPN") or owner is not None or _is_thing(head, whole):
        return Said(None, 0.0, head.lower_, _UNTOLD, head)
    name = " ".join(t.text for t in words if t.pos_ not in ("DET", "PUNCT", "SPACE", "NUM"))
    unnamed = Actor(name, None, None, None, ())
    return Said(unnamed, chances[best], head.lower_, f"{words.text!r}, by the language model", head)


def _named_head(words: Span, whole: Scene, chances: Mapping[int, float]) -> Token:
    """Return the head of the surest actor named in the words, a force before "men", else of the words."""
    named = [m for m in whole.actors if m.start < words.end and words.start < m.end]
    if not named:
        return words.root
    surest = max(
        named,
        key=lambda m: (
            m.kind in _BY_NAME,
            max(chances.get(i, 0.0) for i in range(m.start, m.end)),
        ),
    )
    return whole.doc[surest.head]


def _is_thing(head: Token, whole: Scene) -> bool:
    """Tell whether a noun names a weapon, which no one mistakes for who fired it."""
    return not _THINGS.isdisjoint(class_of(head, whole))


def _protesters() -> Actor:
    return Actor("Protesters", None, None, "protesters", ())


def force_of(speaker: Actor | None, table: ActorTable) -> Actor | None:
    """Return the force of a government that speaks, another speaker as it is."""
    if speaker is None or speaker.role != "government" or len(speaker.homes) != 1:
        return speaker
    return table.lexicon.of_country(speaker.homes[0], "troops") or speaker


def _of(
    tokens: Iterable[Token], scene: Scene, table: ActorTable, place: Place | None, known: Known
) -> tuple[Actor | None, str]:
    for token in tokens:
        owners = [c for c in token.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"]
        mention = _mention_at(token, scene)
        if mention is not None and (not owners or mention.kind == "group"):
            named = _named_before(token, mention, table, place, known)
            if named is not None:
                return named
            return mention.actor, f"{scene.doc[mention.start : mention.end].text!r}"
        if owners and known.speaker is not None:
            return known.speaker, f"{owners[0].text!r} {token.text!r}, the speaker's"
        meant = _meant(token, scene, table, place, known)
        if meant is not None:
            return meant
    return None, _UNTOLD


def _named_before(
    token: Token, mention: ActorMention, table: ActorTable, place: Place | None, known: Known
) -> tuple[Actor, str] | None:
    """Return whom armed men of no known side are: those of that role before, a country's police."""
    role = mention.actor.role or ""
    if mention.kind != "unknown":
        return None
    if role in known.by_role and not _is_described(token):
        return known.by_role[role], f"{token.text!r}, named before"
    if role != "police" or place is None or place.country is None:
        return None
    police = table.lexicon.of_country(place.country, role)
    return (police, f"{token.text!r} in {place.country}") if police is not None else None


def _is_described(token: Token) -> bool:
    """Tell whether a noun is told from others of its kind: "tribal fighters" are not "the fighters"."""
    return any(child.dep_ in ("amod", "compound") for child in token.children)


def _meant(
    token: Token, scene: Scene, table: ActorTable, place: Place | None, known: Known
) -> tuple[Actor, str] | None:
    """Return whom a noun without a name or a pronoun means: "the rebels", "the army", "they"."""
    word = token.lower_
    if place is not None and place.country and _is_of_government(token):
        own = table.lexicon.of_country(place.country, word if word == "police" else "troops")
        if own is not None and table.role_of(word) in ("military", "police"):
            return own, f"the government's {token.text!r} in {place.country}"
    if word in _ROLES and _ROLES[word] in known.by_role and not _is_described(token):
        return known.by_role[_ROLES[word]], f"{token.text!r}, named before"
    if word in _BODIES and known.group is not None and not _is_described(token):
        return known.group, f"{token.text!r}, the group named before"
    if word in _GENERIC | _JUNTAS and place is not None and place.country:
        national = table.lexicon.of_country(place.country, word)
        if word in _SOLDIERS and national is not None and national.role != "military":
            national = army_abroad(place.country, table)
        if word in _SOLDIERS and (
            national is None or national.role != "military" or national.name not in known.named
        ):
            national = _other_army(word, place.country, known) or national
        if national is not None:
            return national, f"{token.text!r} in {place.country}"
    return _pronoun_means(token, scene, known)


def _pronoun_means(token: Token, scene: Scene, known: Known) -> tuple[Actor, str] | None:
    """Return whom "it", "they" or "its" means: the subject above, the speaker, the actor before."""
    if token.pos_ != "PRON" or token.lower_ not in _PRONOUNS:
        return None
    bound = _subject_above(token, scene) if token.tag_ == "PRP$" else None
    if bound is not None:
        return bound.actor, f"{token.text!r}, the subject's"
    if known.speaker is not None and token.lower_ in ("it", "they", "we"):
        return known.speaker, f"{token.text!r}, the speaker"
    return (known.last, f"{token.text!r}, the actor before") if known.last is not None else None


def _subject_above(pronoun: Token, scene: Scene) -> ActorMention | None:
    """Return the armed subject of the nearest verb above a possessive: "the SDF announced its withdrawal"."""
    token = pronoun
    for _ in range(_MOST_STEPS):
        if token.head.i == token.i:
            return None
        token = token.head
        for child in token.children:
            if child.dep_ == "nsubj" and child.i < pronoun.i:
                mention = _mention_at(child, scene)
                return mention if mention is not None and mention.kind in _ARMED else None
    return None


def _is_of_government(token: Token) -> bool:
    """Tell whether armed men are the government's: "government artillery", "federal troops"."""
    return any(
        child.dep_ in ("amod", "compound") and child.lower_ in _GOVERNMENTS
        for child in token.children
    )


def _other_army(word: str, country: str, known: Known) -> Actor | None:
    """Return the army named before; "the army" is one that is at home in the country."""
    army = known.by_role.get("military")
    is_national = army is None or word not in _ARMIES or country in army.homes
    return army if is_national else None


def _mention_at(token: Token, scene: Scene) -> ActorMention | None:
    """Return the actor that a noun names, or that stands inside its phrase."""
    for mention in scene.actors:
        if mention.start <= token.i < mention.end:
            return mention
    inside = {t.i for t in _phrase(token)}
    found = [m for m in scene.actors if m.head in inside or m.start in inside]
    armed = [m for m in found if m.kind in _ARMED]
    return next(iter(armed or found), None)


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
        if token.lemma_.lower() in _DYING:
            break
        for child in token.children:
            above = _mention_at(child, scene) if child.dep_ == "nsubj" else None
            if above is not None and above.kind in _ARMED:
                return above.actor, f"{scene.doc[above.start : above.end].text!r}, further up"
    return None, _UNTOLD
