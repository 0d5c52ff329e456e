"""Which words of a sentence name events: triggers of the codebook whose conditions hold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.coding.clauses import Clause, clause_of
from geomapper.coding.everyday import everyday_sense
from geomapper.coding.surroundings import around, before
from geomapper.language.columns import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from geomapper.coding.actors import ActorMention
    from geomapper.coding.codebook import Codebook, Trigger
    from geomapper.coding.linking import Located
    from geomapper.stages import Cue

_CLASS_OF_KIND = {
    "force": "force", "group": "force", "unknown": "force", "civilians": "civilians",
    "nationals": "civilians", "state": "state",
}  # fmt: skip
_UNNAMED = frozenset({"force", "state"})
_PERSONS = frozenset("they he she it who we them him her".split())
_DEVERBAL = ("NOUN", "PROPN", "ADJ")
_AFTER_HYPHEN = frozenset({"attack", "offensive", "strike", "out", "back", "in"})
_MOST_AROUND = 25


@dataclass(frozen=True, slots=True)
class Match:
    """A word that names an event: its token, the trigger that fits best, its clause.

    `cue` is what the language model says of the word, None where it has no say; `chance` how
    likely the type is by model and codebook together, None without a model.
    """

    token: Token
    trigger: Trigger
    clause: Clause
    cue: Cue | None = None
    chance: float | None = None

    @property
    def certainty(self) -> float:
        """How certain the type is, 0 to 1; by the strength of the trigger where no model speaks."""
        if self.chance is not None:
            return self.chance
        return min(1.0, 0.75 + 0.05 * self.trigger.strength)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence: tokens `start` to `end`, its actors, and the ground that it names."""

    doc: Doc
    start: int
    end: int
    actors: Sequence[ActorMention]
    located: Sequence[Located]


@cache
def classes() -> dict[str, frozenset[str]]:
    """Return the lemmas of each class of ``classes.toml``."""
    text = resources.files(__package__).joinpath("classes.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


def matches(scene: Scene, codebook: Codebook) -> Iterator[Match]:
    """Yield the matches of a sentence in the order of their words, one a word.

    A verb or noun that hangs on another match of the same type is left to that one.
    """
    for token in _named_in(scene, codebook):
        triggers = [t for t in codebook.by_lemma.get(_lemma(token), ()) if _right_form(token, t)]
        clause = clause_of(token) if triggers else None
        if clause is None or everyday_sense(clause, scene.start, scene.end) is not None:
            continue
        fitting = [trigger for trigger in triggers if _holds(trigger, clause, scene)]
        if fitting:
            best = max(fitting, key=lambda trigger: (trigger.strength, -trigger.number))
            yield Match(token, best, clause)


def _named_in(scene: Scene, codebook: Codebook) -> Iterator[Token]:
    """Yield the words of a sentence whose lemma, or its end after a hyphen, triggers something."""
    lemmas = strings(scene.doc, scene.start, scene.end, "LEMMA")
    for index, lemma in enumerate(map(str.lower, lemmas), start=scene.start):
        if lemma in codebook.by_lemma or lemma in _AFTER_HYPHEN:
            yield scene.doc[index]


def class_of(token: Token, scene: Scene) -> Iterator[str]:
    """Yield the classes that a noun belongs to, by its lemma and by what is named there."""
    lemma = token.lemma_.lower()
    for name, words in classes().items():
        if lemma in words or token.lower_ in words or token.lower_.removesuffix("s") in words:
            yield name
    for mention in scene.actors:
        if mention.start <= token.i < mention.end and mention.kind in _CLASS_OF_KIND:
            yield _CLASS_OF_KIND[mention.kind]
    for each in scene.located:
        if token.i in (each.top.i, each.token.i):
            yield "place"
    if token.pos_ == "PRON" and token.lower_ in _PERSONS:
        yield from ("force", "civilians") if token.lower_ != "it" else ("force",)
    if token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
        yield from ("civilians", "person")
    if token.pos_ == "NUM":
        yield from ("civilians", "number", "fighters")


def _lemma(token: Token) -> str:
    lemma = token.lemma_.lower()
    if (
        token.i
        and token.i + 1 < len(token.doc)
        and token.nbor(-1).text == "-"
        and lemma in _AFTER_HYPHEN
    ):
        before = token.nbor(-2).lower_ if token.i > 1 else ""
        if before in ("counter", "air", "pull", "sit"):
            return f"{before}-{lemma}"
    return lemma


def _right_form(token: Token, trigger: Trigger) -> bool:
    lemma = _lemma(token)
    if token.text == "March":
        return False
    if token.pos_ in ("VERB", "AUX"):
        return lemma in trigger.verbs
    return token.pos_ in _DEVERBAL and token.tag_ != "JJ" and lemma in trigger.nouns


def _holds(trigger: Trigger, clause: Clause, scene: Scene) -> bool:
    return (
        _is_class(
            clause.subjects, trigger.subject, scene, missing=_may_lack_subject(trigger, clause)
        )
        and _object_holds(trigger, clause, scene)
        and _complement_holds(trigger, clause, scene)
        and (not trigger.nouns_of or _has_noun(clause.objects, trigger.nouns_of))
        and (not trigger.particles or bool(trigger.particles & _small_words(clause)))
        and not (trigger.blocked_particles & clause.particles)
        and (not trigger.passive or clause.is_passive)
        and (not trigger.words or _any_word(trigger.words, around(clause, scene.start, scene.end)))
        and (not trigger.adjacent or _any_word(trigger.adjacent, before(clause.head)))
        and not _any_word(trigger.without, around(clause, scene.start, scene.end))
    )


def _may_lack_subject(trigger: Trigger, clause: Clause) -> bool:
    """Tell whether the doer may go unnamed: a force, of a deed that has an object, in the passive."""
    return (
        clause.is_passive
        and trigger.subject <= _UNNAMED
        and bool(trigger.object or trigger.nouns_of)
    )


def _object_holds(trigger: Trigger, clause: Clause, scene: Scene) -> bool:
    if "none" in trigger.object:
        return not clause.objects
    return not trigger.object or (
        bool(clause.objects) and _is_class(clause.objects, trigger.object, scene)
    )


def _complement_holds(trigger: Trigger, clause: Clause, scene: Scene) -> bool:
    if trigger.of:
        nouns = [o.token for o in clause.obliques if o.preposition in ("of", "over", "in", "")]
        nouns += [
            child
            for each in clause.objects
            for child in (each, *each.children)
            if child.dep_ in ("nmod", "nmod:poss", "obj", "obl", "compound") or child is each
        ]
        if not _is_class(nouns, trigger.of, scene):
            return False
    if trigger.to:
        ways = trigger.by_way
        nouns = [o.token for o in clause.obliques if not ways or set(o.preposition.split()) & ways]
        if clause.objects and ways & {"into", "across"} and clause.head.pos_ == "VERB":
            nouns += [n for n in clause.objects if "place" in set(class_of(n, scene))]
        return bool(nouns) and _is_class(nouns, trigger.to, scene)
    return True


def _is_class(
    tokens: Iterable[Token], wanted: frozenset[str], scene: Scene, *, missing: bool = False
) -> bool:
    """Tell whether one of the tokens is of a wanted class; `missing` is the answer for none."""
    tokens = tuple(tokens)
    if not wanted:
        return True
    if not tokens:
        return missing
    if "any" in wanted:
        return True
    return any(wanted.intersection(_with_modifiers(token, scene)) for token in tokens)


def _with_modifiers(token: Token, scene: Scene) -> set[str]:
    """Return the classes of a noun; of "elements of the brigade" those of the brigade too."""
    found = set(class_of(token, scene))
    vague = {
        "kg",
        "kilogram",
        "ton",
        "tonne",
        "haul",
        "piece",
        "round",
        "stash",
        "rest",
        "element",
        "part",
        "number",
        "dozen",
        "hundred",
        "thousand",
        "group",
        "member",
        "lot",
        "most",
        "some",
        "all",
        "half",
        "remnant",
        "one",
        "two",
        "settlement",
        "village",
        "majority",
    }
    if token.lemma_.lower() in vague or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ in ("nmod", "appos"):
                found |= set(class_of(child, scene))
    for child in token.children:
        if child.dep_ in ("appos", "compound", "flat"):
            found |= {
                name
                for name in class_of(child, scene)
                if name in ("place", "force", "drone", "missile")
            }
    return found


def _has_noun(tokens: Iterable[Token], nouns: frozenset[str]) -> bool:
    return any(token.lemma_.lower() in nouns or token.lower_ in nouns for token in tokens)


def _small_words(clause: Clause) -> frozenset[str]:
    return clause.particles | {word for o in clause.obliques for word in o.preposition.split()}


def _any_word(wanted: frozenset[str], words: set[str]) -> bool:
    for each in wanted:
        if each.startswith("@"):
            if classes()[each[1:]] & words:
                return True
        elif each in words:
            return True
    return False
