"""Who says it: the word of saying above or beside a trigger, its speaker, and for whom that is."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from geomapper.coding.status.words import ancestors, status_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorMention
    from geomapper.coding.clauses import Clause
    from geomapper.coding.status.words import StatusWords
    from geomapper.model import Actor

_MOST_TEXT = 120
_SAID = ("ccomp", "xcomp", "obj", "parataxis", "acl", "nsubj:pass")
_SAYERS = ("nsubj", "obl:agent")
_ASIDE = ("acl:relcl", "advcl", "acl", "parataxis")
_FOR_A_SIDE = frozenset({"ministry", "staff", "command"})


def speech_of(chain: Sequence[Token], start: int, end: int) -> Token | None:
    """Return the word with which somebody says it: a verb above or beside, or "according"."""
    words = status_words()
    below = None
    for token in chain:
        beside = (c for c in token.children if c is not below and start <= c.i < end)
        found = next((c for c in beside if _says_beside(c, words)), None)
        if found is not None:
            return found
        is_speech = token.lemma_.lower() in words.speech
        if below is not None and is_speech and (below.dep_ in _SAID or _is_report(below, words)):
            return token
        below = token
    return None


def _is_report(noun: Token, words: StatusWords) -> bool:
    """Tell whether a noun is what carries the words of a speaker: "said in a statement that"."""
    return noun.dep_ in ("obl", "nmod") and noun.lemma_.lower() in words.reports


def _says_beside(child: Token, words: StatusWords) -> bool:
    """Tell whether what hangs on a word tells who says it: "..., he said", "according to him"."""
    if child.lower_ == "according":
        return True
    if child.dep_ in ("parataxis", "ccomp") and child.lemma_.lower() in words.speech:
        return any(each.dep_ in ("nsubj", "nsubj:pass") for each in child.children)
    return child.dep_ in ("obl", "nmod", "advcl") and _has_according(child)


def _has_according(token: Token) -> bool:
    return any(child.lower_ == "according" for child in token.children)


def speaker(speech: Token, actors: Sequence[ActorMention]) -> tuple[str | None, Actor | None]:
    """Return the speaker in the text's words, and the side that it speaks for."""
    words = status_words()
    source = _source(speech)
    if source is None:
        return None, None
    inside = [t for t in source.subtree if t.lower_ not in ("according", "to") or t.i > source.i]
    inside = [t for t in inside if not _in_clause_of(t, source)]
    if not inside:
        return None, None
    text = " ".join(source.doc[inside[0].i : inside[-1].i + 1].text.split())
    text = re.split(r"^.{1,60}? [—–-] ", text, maxsplit=1)[-1][:_MOST_TEXT].strip(" ,;")
    said = {t.lower_ for t in inside}
    if said & words.neutral and not said & _FOR_A_SIDE:
        return text, None
    covered = {t.i for t in inside}
    return text, next((m.actor for m in actors if m.head in covered or m.start in covered), None)


def _source(speech: Token) -> Token | None:
    """Return the noun that names who says it."""
    if speech.lower_ == "according":
        named = (c for c in speech.children if c.dep_ in ("obl", "nmod", "pobj"))
        return next(named, speech.head)
    if _has_according(speech):
        return speech
    sayers = (c for each in _sharing(speech) for c in each.children if c.dep_ in _SAYERS)
    sayer = next(sayers, None)
    is_relative = sayer is not None and sayer.lower_ in ("which", "who", "that")
    return speech.head if is_relative and speech.dep_ == "acl:relcl" else sayer


def _sharing(speech: Token) -> Iterator[Token]:
    """Yield a verb of saying, and those above it that it is coordinated with: "said ..., but denied"."""
    yield speech
    words = status_words()
    if speech.dep_ == "conj" and not any(c.dep_.startswith("nsubj") for c in speech.children):
        above = itertools.takewhile(lambda each: each.pos_ in ("VERB", "AUX"), speech.ancestors)
        yield from (each for each in above if each.lemma_.lower() in words.speech)


def _in_clause_of(token: Token, top: Token) -> bool:
    above = itertools.takewhile(lambda each: each.i != top.i, (token, *token.ancestors))
    return any(each.dep_ in _ASIDE for each in above)


def speaker_of(
    clause: Clause, start: int, end: int, actors: Sequence[ActorMention]
) -> Actor | None:
    """Return the side that says what a clause tells, None where nobody or a neutral one does."""
    speech = speech_of(list(ancestors(clause)), start, end)
    return speaker(speech, actors)[1] if speech is not None else None


def speaks_for_a_side(attribution: str | None, head: Token, words: StatusWords) -> bool:
    """Tell whether those who say it are a belligerent's own: its ministry, army, state media.

    A governor or a police chief reports; of a drone shot down they speak for those who shot.
    """
    if attribution is None:
        return False
    said = {word.strip(",.'\u2019").lower() for word in attribution.split()}
    if said & words.observers:
        return False
    if said & words.belligerent or ("state" in said and said & words.media):
        return True
    return head.lemma_.lower() in words.defending and bool(said & words.local)
