"""Who does what to whom: the arguments of a verb or a noun, read off the dependencies.

Universal Dependencies. Passives, relative clauses, coordination, participles, light verbs and
nominalisations all come out as one `Clause`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
_LIGHT_VERBS = frozenset(
    "carry launch conduct make stage mount perform execute do begin start come suffer face see "
    "repel continue report witness open wage undertake resume initiate commit be use order take".split()
)
_SUFFERING = frozenset("come suffer face see witness be report repel".split())
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Oblique:
    """A complement with its preposition in lower case (``"out of"``), ``""`` for none."""

    preposition: str
    token: Token


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its arguments; coordinated arguments are listed each.

    `verb` is the verb that carries it: the predicate itself, or the light verb of a noun.
    `particles` are words like "out" and "back" that belong to the verb, in lower case.
    """

    head: Token
    verb: Token | None
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    particles: frozenset[str]
    is_passive: bool


def clause_of(token: Token) -> Clause:
    """Return the clause of a verb, or of a noun that names a deed."""
    return _verbal(token) if token.pos_ in ("VERB", "AUX") else _nominal(token)


def with_conjuncts(tokens: list[Token]) -> tuple[Token, ...]:
    """Return tokens with all that is coordinated with each ("Orikhiv, Huliaipole and ...")."""
    found: dict[int, Token] = {}
    stack = list(reversed(tokens))
    while stack:
        token = stack.pop()
        if token.i not in found:
            found[token.i] = token
            stack.extend(child for child in token.children if child.dep_ == "conj")
    return tuple(found[index] for index in sorted(found))


def preposition_of(token: Token) -> str:
    """Return the preposition of a noun, its parts joined: "into", "out of", ``""``."""
    parts = []
    for child in token.children:
        if child.dep_ == "case" and child.lower_ not in ("'s", "’s", "'", "’"):
            parts.append(child.lower_)
            parts.extend(more.lower_ for more in child.children if more.dep_ == "fixed")
    return " ".join(parts)


def _verbal(verb: Token) -> Clause:
    children = list(verb.children)
    passive = any(c.dep_ in (*_PASSIVE_SUBJECTS, "aux:pass") for c in children)
    was_done = verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in children)
    subjects = [c for c in children if c.dep_ in _SUBJECTS and not was_done]
    objects = [c for c in children if c.dep_ in ("obj", "iobj")]
    sufferers = (*_PASSIVE_SUBJECTS, *_SUBJECTS) if was_done else _PASSIVE_SUBJECTS
    patients = [c for c in children if c.dep_ in sufferers]
    passive = passive or was_done
    obliques = list(_obliques(verb))
    agents = (
        [o.token for o in obliques if o.preposition == "by"]
        if passive or _is_bare_participle(verb)
        else []
    )
    if verb.dep_ in ("acl", "acl:relcl") and not subjects and not patients:
        antecedent = verb.head
        if passive or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            patients, passive = [antecedent], True
        elif (
            not _has_own_object(objects)
            and verb.dep_ == "acl:relcl"
            and _subject_is_relative(children)
        ):
            subjects = [antecedent]
        else:
            subjects = [antecedent]
    elif verb.dep_ == "acl:relcl":
        subjects = [verb.head if _is_relative(s) else s for s in subjects]
        patients = [verb.head if _is_relative(s) else s for s in patients]
        if not objects and not patients and all(s.i != verb.head.i for s in subjects):
            objects = [verb.head]
    objects += patients
    if not subjects and not patients:
        inherited = _inherited_subject(verb)
        if inherited is not None:
            if passive or _is_bare_participle(verb):
                objects, passive = [*objects, inherited], True
            else:
                subjects = [inherited]
    return Clause(
        verb,
        verb,
        with_conjuncts([*subjects, *agents]),
        with_conjuncts(objects),
        tuple(o for o in obliques if o.token not in agents),
        frozenset(_particles(verb)),
        passive,
    )


def _nominal(noun: Token) -> Clause:
    """Return the clause of a noun: its own complements, and those of the light verb above it."""
    own = list(_obliques(noun))
    possessors = [c for c in noun.children if c.dep_ == "nmod:poss"]
    subjects = [*possessors, *(o.token for o in own if o.preposition == "by")]
    objects = [o.token for o in own if o.preposition in ("of", "on", "against")]
    verb = _carrier(noun)
    obliques = own
    particles: frozenset[str] = frozenset()
    passive = False
    if verb is not None and _is_light(verb):
        above = _verbal(verb)
        is_object = any(o.i == noun.i for o in above.objects)
        carried = is_object and not above.is_passive and verb.lemma_.lower() not in _SUFFERING
        subjects += (
            [s for s in above.subjects if s.i != noun.i] if carried or above.is_passive else []
        )
        if not carried and verb.lemma_.lower() in _SUFFERING and not objects:
            objects += [s for s in above.subjects if s.i != noun.i and is_object]
        obliques = [*own, *(o for o in above.obliques if o.token.i != noun.i)]
        particles = above.particles
    return Clause(
        noun,
        verb,
        with_conjuncts(subjects),
        with_conjuncts(objects),
        tuple(obliques),
        particles,
        passive,
    )


def _carrier(noun: Token) -> Token | None:
    """Return the verb that a noun depends on as subject, object or complement."""
    head = noun
    for _ in range(_MOST_STEPS):
        if head.dep_ in ("conj", "appos", "nmod", "compound") and head.head.i != head.i:
            if head.dep_ == "nmod" and head.head.pos_ != "VERB":
                return None
            head = head.head
            continue
        break
    governor = head.head
    return governor if governor.i != head.i and governor.pos_ in ("VERB", "AUX") else None


def _is_light(verb: Token) -> bool:
    return verb.lemma_.lower() in _LIGHT_VERBS


def _obliques(token: Token) -> Iterator[Oblique]:
    for child in token.children:
        if child.dep_ in ("obl", "obl:agent", "nmod", "obl:unmarked", "obl:tmod", "nmod:tmod"):
            for each in with_conjuncts([child]):
                yield Oblique(preposition_of(each) or preposition_of(child), each)
        elif child.dep_ in ("advmod", "compound:prt") and child.pos_ in ("ADV", "ADP"):
            for grandchild in child.children:
                if grandchild.dep_ in ("obl", "nmod"):
                    for each in with_conjuncts([grandchild]):
                        yield Oblique(f"{child.lower_} {preposition_of(grandchild)}".strip(), each)
        elif child.dep_ == "xcomp" and child.pos_ in ("NOUN", "PROPN"):
            yield Oblique("as", child)


def _particles(verb: Token) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ in ("compound:prt", "advmod", "xcomp", "case"):
            yield child.lower_
        if child.dep_ in ("obl", "obl:agent"):
            yield from preposition_of(child).split()


def _inherited_subject(verb: Token) -> Token | None:
    """Return the subject that a coordinated or dependent verb shares with the one above it."""
    current = verb
    for _ in range(_MOST_STEPS):
        if current.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "parataxis"):
            return None
        above = current.head
        if above.i == current.i or (current.dep_ in ("ccomp", "parataxis")):
            return None
        for child in above.children:
            if child.dep_ in (*_SUBJECTS, *_PASSIVE_SUBJECTS):
                return child
        if current.dep_ == "xcomp":
            found = next((c for c in above.children if c.dep_ == "obj"), None)
            if found is not None:
                return found
        if above.dep_ in ("acl:relcl", "acl") and above.head.pos_ in ("NOUN", "PROPN"):
            return above.head
        current = above
    return None


def _is_bare_participle(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "aux:pass") for c in verb.children)


def _is_relative(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP", "WP$") or token.lower_ in ("that", "which", "who", "whom")


def _has_own_object(objects: list[Token]) -> bool:
    return bool(objects)


def _subject_is_relative(children: list[Token]) -> bool:
    return any(_is_relative(child) for child in children)
