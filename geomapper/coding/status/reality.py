"""Whether an event took place at all: planned, hypothetical and negated ones did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.coding.status.words import beside, is_negated, negates
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geomapper.coding.clauses import Clause
    from geomapper.coding.status.words import StatusWords

    _Reason = tuple[Status, str]

_GOVERNED = frozenset("xcomp obj nsubj:pass ccomp acl advcl nmod nsubj obl csubj".split())
_REACHED = _GOVERNED - {"advcl"}
_NEGATING = frozenset({"advmod", "det", "cc:preconj", "neg"})
_INFINITIVES = frozenset({"xcomp", "acl", "ccomp", "advcl", "csubj"})
_CONDITIONS = frozenset({"if", "unless"})
_CLAUSES = ("ccomp", "parataxis", "root", "acl:relcl")
_DEEDS = ("VERB", "AUX", "NOUN", "ADJ", "PROPN")


def unreal(clause: Clause, chain: Sequence[Token], words: StatusWords) -> _Reason | None:
    """Return why an event did not take place, None where nothing says so.

    `chain` is the way from the trigger up to the root.
    """
    found = _by_own_words(clause, words)
    if found is not None:
        return found
    below: Token | None = None
    for token in chain:
        found = _of_step(token, below, words)
        if found is not None:
            return found
        if token.dep_ in _CLAUSES and token.pos_ in ("VERB", "AUX"):
            return _feared(token, words)
        if below is not None and token.lemma_.lower() in words.speech and token.pos_ == "VERB":
            return None
        below = token
    return None


def is_plainly_not(head: Token, words: StatusWords) -> bool:
    """Tell whether a deed is negated right there: "did not take", "failed to take"."""
    above = head.head
    if head.dep_.startswith("nsubj") and above.lemma_.lower() in words.ceasing:
        return not is_negated(above, words)
    fails = above.lemma_.lower() in words.failing and not is_negated(above, words)
    if head.pos_ not in ("VERB", "AUX") and _by_own_negation(head, words) is not None:
        return True
    return is_negated(head, words) or (head.dep_ == "xcomp" and fails)


def _by_own_words(clause: Clause, words: StatusWords) -> _Reason | None:
    """Return what stands right beside a trigger: "planned offensive", "no attack"."""
    head = clause.head
    if head.pos_ not in ("VERB", "AUX"):
        planned = next((c for c in head.children if c.lower_ in words.planned_words), None)
        if planned is not None:
            is_possible = planned.lower_ in words.possible_words
            kind = Status.HYPOTHETICAL if is_possible else Status.PLANNED
            return kind, f"{planned.text!r}"
        return _by_own_negation(head, words)
    if any(_is_none(each) for each in (*clause.subjects, *clause.objects)):
        return Status.NEGATED, "'no'"
    return None


def _by_own_negation(noun: Token, words: StatusWords) -> _Reason | None:
    """Return what negates a noun right there: "no attack", "an attack, which did not happen"."""
    if _is_none(noun) or (noun.dep_ == "nmod" and _is_none(noun.head)):
        return Status.NEGATED, "'no'"
    for clause in noun.children:
        told = (clause, *(c for c in clause.children if c.dep_ == "ccomp"))
        if clause.dep_ == "acl:relcl" and any(_did_not_happen(each, words) for each in told):
            return Status.NEGATED, "it did not take place"
    return None


def _did_not_happen(verb: Token, words: StatusWords) -> bool:
    return verb.lemma_.lower() in words.happening and is_negated(verb, words)


def _is_none(noun: Token) -> bool:
    """Tell whether a noun is "no" somebody: "no shell has fallen"."""
    return any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in noun.children)


def _feared(token: Token, words: StatusWords) -> _Reason | None:
    """Return what the verb above a complement clause makes of it: fears, doubts."""
    above = token.head
    if token.dep_ == "ccomp" and above.i != token.i and above.lemma_.lower() in words.fearing:
        return Status.HYPOTHETICAL, f"{above.text!r}"
    return None


def _of_step(token: Token, below: Token | None, words: StatusWords) -> _Reason | None:
    """Return what a word on the way from the trigger to the root makes of the event."""
    if token.pos_ in _DEEDS and (below is None or below.dep_ in _REACHED):
        if _has_condition(token, words):
            return Status.HYPOTHETICAL, "on a condition"
        for child in sorted(beside(token), key=lambda each: not negates(each, words)):
            found = _of_negation(child, token, below, words) or _of_auxiliary(child, token, words)
            if found is not None:
                return found
    if below is None:
        return _own_marks(token)
    return _governed(token, below, words)


def _of_negation(
    child: Token, token: Token, below: Token | None, words: StatusWords
) -> _Reason | None:
    """Return what "not" or "nor" beside a word makes of the deed below it."""
    is_nor = child.dep_ == "cc" and child.lower_ in ("nor", "neither")
    if not negates(child, words) or not (is_nor or child.dep_ in _NEGATING):
        return None
    relation = below.dep_ if below is not None else ""
    happens = token.pos_ != "VERB" or token.lemma_.lower() in words.happening
    if relation in ("obl", "nmod") or (relation == "nsubj" and not happens):
        return None
    return Status.NEGATED, f"{child.text!r}"


def _of_auxiliary(child: Token, token: Token, words: StatusWords) -> _Reason | None:
    """Return what "will", "may", "would" or "if" makes of its verb."""
    text = child.lower_
    if child.dep_ == "mark" and text in _CONDITIONS | {"whether", "lest"}:
        return Status.HYPOTHETICAL, f"{child.text!r}"
    if child.dep_ != "aux":
        return None
    if text == "would" and _is_said(token, words):
        return Status.PLANNED, f"{child.text!r}, said of what is to come"
    if text in words.possible:
        return Status.HYPOTHETICAL, f"{child.text!r}"
    return (Status.PLANNED, f"{child.text!r}") if text in words.future else None


def _has_condition(token: Token, words: StatusWords) -> bool:
    """Tell whether what will be done hangs on a condition: "will leave if the town falls"."""
    if not any(c.dep_ == "aux" and c.lower_ in words.future for c in token.children):
        return False
    return any(
        mark.dep_ == "mark" and mark.lower_ in _CONDITIONS and not _is_even(mark)
        for clause in token.children
        if clause.dep_ == "advcl"
        for mark in clause.children
    )


def _is_even(mark: Token) -> bool:
    """Tell whether a condition is none: "even if", "as if"."""
    return mark.i > 0 and mark.nbor(-1).lower_ in ("even", "as")


def _is_said(token: Token, words: StatusWords) -> bool:
    """Tell whether a clause is what somebody says: "said that it would withdraw"."""
    return token.dep_ == "ccomp" and token.head.lemma_.lower() in words.announcing


def _own_marks(token: Token) -> _Reason | None:
    """Return what an infinitive of purpose makes of its verb: a plan."""
    if _is_infinitive(token) and token.dep_ in ("advcl", "acl") and token.pos_ == "VERB":
        return Status.PLANNED, "'to', a purpose"
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)


def _governed(token: Token, below: Token, words: StatusWords) -> _Reason | None:
    """Return what a governing word makes of what hangs on it."""
    lemma, relation = token.lemma_.lower(), below.dep_
    if relation.startswith("nsubj") and lemma in words.doubtful:
        return Status.HYPOTHETICAL, f"{token.text!r}"
    if relation.startswith("nsubj") and lemma in words.ceasing and not is_negated(token, words):
        return Status.NEGATED, f"{token.text!r}: it is over"
    if relation not in _GOVERNED:
        return None
    infinitive = relation in _INFINITIVES and _is_infinitive(below)
    noun_object = relation in ("obj", "nsubj:pass") and token.pos_ == "VERB"
    if lemma in words.failing and token.pos_ == "VERB" and (infinitive or noun_object):
        return Status.NEGATED, f"{token.text!r}"
    if lemma == "call" and noun_object and any(c.lower_ == "off" for c in token.children):
        return Status.NEGATED, "'called off'"
    if (lemma in words.planning and infinitive) or (lemma in words.planning_deeds and noun_object):
        return Status.PLANNED, f"{token.text!r}"
    if lemma in words.works and relation in ("nmod", "acl"):
        return Status.HYPOTHETICAL, f"{token.text!r} is about it"
    return _leaning(token, lemma, words, infinitive=infinitive, relation=relation)


def _leaning(
    token: Token, lemma: str, words: StatusWords, *, infinitive: bool, relation: str
) -> _Reason | None:
    """Return what a noun or adjective above makes of a deed: threat, plan, ready, unable."""
    if lemma in words.plans:
        return Status.PLANNED, f"{token.text!r}"
    if lemma in words.threats:
        return Status.HYPOTHETICAL, f"{token.text!r}"
    if infinitive and lemma == "unable":
        return Status.NEGATED, "'unable'"
    if infinitive and lemma in words.doubtful:
        return Status.HYPOTHETICAL, f"{token.text!r}"
    if infinitive and (lemma in words.ready or relation == "advcl"):
        return Status.PLANNED, f"{token.text!r}" if lemma in words.ready else "'to', a purpose"
    return None
