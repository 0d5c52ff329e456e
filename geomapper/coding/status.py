"""How certain an event is, and on whose word: read off the words around its trigger."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from geomapper.coding.actors import ActorMention
    from geomapper.coding.clauses import Clause
    from geomapper.model import Actor

_MOST_STEPS = 10
_BACK, _AHEAD = 60, 120
_GOVERNED = frozenset("xcomp obj nsubj:pass ccomp acl advcl nmod nsubj obl csubj".split())
_NEGATING = frozenset({"advmod", "det", "cc:preconj", "neg"})
_CONTENTS = frozenset({"acl", "ccomp", "acl:relcl", "nmod", "obj", "parataxis"})
_INFINITIVES = frozenset({"xcomp", "acl", "ccomp", "advcl", "csubj"})


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Lemmas in lower case, by what they say of an event."""

    speech: frozenset[str]
    claiming: frozenset[str]
    confirming: frozenset[str]
    denying: frozenset[str]
    planning: frozenset[str]
    failing: frozenset[str]
    possible: frozenset[str]
    possible_words: frozenset[str]
    future: frozenset[str]
    planned_words: frozenset[str]
    negations: frozenset[str]
    planning_deeds: frozenset[str]
    doubtful: frozenset[str]
    ready: frozenset[str]
    plans: frozenset[str]
    threats: frozenset[str]
    works: frozenset[str]
    neutral: frozenset[str]
    official: frozenset[str]
    reports: frozenset[str]
    untrue: frozenset[str]
    belligerent: frozenset[str]
    observers: frozenset[str]
    little: frozenset[str]
    media: frozenset[str]
    local: frozenset[str]
    defending: frozenset[str]
    doubting: frozenset[str]
    bearing_out: frozenset[str]
    announcing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with who says so and why.

    It `is_plain` where the words leave no doubt, so that nobody needs to be asked for another
    opinion: "did not close", "claimed that", "denied that".
    """

    status: Status
    attribution: str | None
    speaker: Actor | None
    reason: str
    is_plain: bool = False


@cache
def status_words() -> StatusWords:
    """Return the lists of ``status.toml``."""
    text = resources.files(__package__).joinpath("status.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return StatusWords(*(frozenset(table[field.name].split()) for field in fields(StatusWords)))


def judge(
    clause: Clause, start: int, end: int, actors: Sequence[ActorMention], actor: Actor | None
) -> Verdict:
    """Return the status of the event that a clause names, in the sentence of tokens `start` to `end`.

    In order: negated, hypothetical, planned, denied, confirmed, claimed (by a word of claiming,
    or by the side that the event favours), else reported.
    """
    words = status_words()
    chain = list(_ancestors(clause))
    speech = _speech(chain, start, end)
    attribution, speaker = _speaker(speech, actors) if speech is not None else (None, None)
    reason = _unreal(clause, chain, words)
    if speech is not None and _denies(speech, words) and _is_only_loss(reason, speech):
        return Verdict(Status.DENIED, attribution, speaker, f"{speech.text!r}", is_plain=True)
    contested = _contested(chain, words)
    if contested is not None:
        return Verdict(Status.DENIED, attribution, speaker, f"{contested.text!r}", is_plain=True)
    if reason is not None:
        plain = reason[0] is Status.NEGATED and _is_plainly_not(clause.head, words)
        return Verdict(reason[0], attribution, speaker, reason[1], is_plain=plain)
    said = _by_speech(speech, words) if speech is not None else None
    if said is not None:
        return Verdict(said[0], attribution, speaker, said[1], is_plain=said[2])
    if speaker is not None and actor is not None and speaker.side == actor.side:
        return Verdict(Status.CLAIMED, attribution, speaker, "its own side says so")
    if _speaks_for_a_side(attribution, clause.head, words):
        return Verdict(Status.CLAIMED, attribution, speaker, "one side alone says so")
    return Verdict(Status.REPORTED, attribution, speaker, "told as fact")


def _by_speech(speech: Token, words: StatusWords) -> tuple[Status, str, bool] | None:
    """Return the status that a word of saying gives, why, and whether that is plain."""
    lemma = speech.lemma_.lower()
    if _is_negated(speech, words) and lemma not in words.denying:
        return Status.HYPOTHETICAL, f"{speech.text!r} is negated", False
    if _denies(speech, words):
        return Status.DENIED, f"{speech.text!r}", True
    if lemma in words.confirming and not _could(speech, words):
        return Status.CONFIRMED, f"{speech.text!r}", False
    return (Status.CLAIMED, f"{speech.text!r}", True) if lemma in words.claiming else None


def _is_negated(token: Token, words: StatusWords) -> bool:
    return any(_negates(child, words) for child in token.children)


def _is_plainly_not(head: Token, words: StatusWords) -> bool:
    """Tell whether a deed is negated right there: "did not take", "failed to take"."""
    above = head.head
    fails = above.lemma_.lower() in words.failing and not _is_negated(above, words)
    return _is_negated(head, words) or (head.dep_ == "xcomp" and fails)


def _speaks_for_a_side(attribution: str | None, head: Token, words: StatusWords) -> bool:
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


def is_backed(status: Status, doc: Doc, token: Token, sentence: tuple[int, int]) -> bool:
    """Tell whether a word near a trigger bears out that its event is denied or confirmed.

    A "not" counts only in the trigger's `sentence`, its first token and the one after its last;
    "denied" and "false" in those around it, too. Any other status needs none.
    """
    words = status_words()
    asked = {
        Status.DENIED: words.denying | words.untrue | words.doubting,
        Status.CONFIRMED: words.confirming | words.bearing_out,
    }.get(status)
    if asked is None:
        return True
    near = doc[max(0, token.i - _BACK) : token.i + _AHEAD]
    return any(
        each.lemma_.lower() in asked or each.lower_ in asked
        for each in near
        if each.i in range(*sentence) or not _is_little(each, words)
    )


def _is_little(token: Token, words: StatusWords) -> bool:
    """Tell whether a word denies only what its own sentence says: "not", "no", "nothing"."""
    return token.lower_ in words.negations or token.lower_ in words.little


def _negates(child: Token, words: StatusWords) -> bool:
    """Tell whether a word negates what it hangs on: not "not only"."""
    after = child.nbor().lower_ if child.i + 1 < len(child.doc) else ""
    return child.lower_ in words.negations and after not in ("only", "just", "merely", "least")


def _contested(chain: list[Token], words: StatusWords) -> Token | None:
    """Return the word that calls a report untrue on which the event hangs.

    "Allegations that a market was shelled are false", "Claims that it fell were rejected".
    """
    for below, token in itertools.pairwise(chain):
        is_of_report = token.lemma_.lower() in words.reports and below.dep_ in _CONTENTS
        if not is_of_report or not token.dep_.startswith("nsubj") or token.head.i == token.i:
            continue
        said = token.head
        told = [said, *(c for c in said.children if c.dep_ == "conj")]
        untrue = (w for w in told if {w.lemma_.lower(), w.lower_} & (words.untrue | words.denying))
        return next((w for w in untrue if not _is_negated(w, words)), None)
    return None


def _denies(speech: Token, words: StatusWords) -> bool:
    return speech.lemma_.lower() in words.denying and not _is_negated(speech, words)


def _is_only_loss(reason: tuple[Status, str] | None, speech: Token) -> bool:
    """Tell whether all that makes an event unreal is the denial itself: "denied having shelled"."""
    return reason is not None and reason[1] == f"{speech.text!r}"


def lies_ahead(clause: Clause, verdict: Verdict) -> bool:
    """Tell whether what is planned or possible lies ahead of the article, not of a past told in it.

    "Will deploy in June", "is planning an attack", "the planned offensive"; not "planned to attack
    in June", where nothing says that it still plans to.
    """
    if verdict.status not in (Status.PLANNED, Status.HYPOTHETICAL):
        return False
    words = status_words()
    chain = list(_ancestors(clause))
    auxiliaries = {c.lower_ for token in chain for c in token.children if c.dep_ == "aux"}
    if auxiliaries & (words.future | {"would", "may", "might", "can"}):
        return True
    finite = next((t.tag_ for t in chain if t.tag_ in ("VBD", "VBZ", "VBP")), None)
    helped = auxiliaries & {"is", "are", "'s", "'re", "has", "have"}
    return bool(helped) or finite in ("VBZ", "VBP") or finite is None


def speaker_of(
    clause: Clause, start: int, end: int, actors: Sequence[ActorMention]
) -> Actor | None:
    """Return the side that says what a clause tells, None where nobody or a neutral one does."""
    speech = _speech(list(_ancestors(clause)), start, end)
    return _speaker(speech, actors)[1] if speech is not None else None


def denial_of_report(doc: Doc, start: int, end: int) -> Token | None:
    """Return the verb with which a sentence denies what was said before it, else None.

    "Kyiv rejected the claim", "Moscow denied it", "The army denied this".
    """
    words = status_words()
    for token in doc[start:end]:
        if token.lemma_.lower() in words.denying and token.pos_ == "VERB":
            objects = (c for c in token.children if c.dep_ in ("obj", "nsubj:pass"))
            if any(_points_back(each, words) for each in objects):
                return token
    return None


def _points_back(noun: Token, words: StatusWords) -> bool:
    """Tell whether a noun means what was said before: "the claim", "it", not "the claim that ..."."""
    says_more = any(c.dep_ in ("acl", "ccomp") for c in noun.children)
    return not says_more and (
        noun.lemma_.lower() in words.reports or noun.lower_ in ("it", "that", "this", "both")
    )


def _ancestors(clause: Clause) -> Iterator[Token]:
    """Yield the trigger and what it depends on, up to the root."""
    token = clause.head
    for _ in range(_MOST_STEPS):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _unreal(clause: Clause, chain: list[Token], words: StatusWords) -> tuple[Status, str] | None:
    head = clause.head
    if head.pos_ not in ("VERB", "AUX"):
        modifier = next((c for c in head.children if c.lower_ in words.planned_words), None)
        if modifier is not None:
            kind = (
                Status.HYPOTHETICAL if modifier.lower_ in words.possible_words else Status.PLANNED
            )
            return kind, f"{modifier.text!r}"
        if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in head.children):
            return Status.NEGATED, "'no'"
        if head.dep_ == "nmod" and any(c.lower_ in ("no", "neither") for c in head.head.children):
            return Status.NEGATED, "'no'"
    if _has_no(clause):
        return Status.NEGATED, "'no'"
    previous = None
    for token in chain:
        found = _of_step(token, previous, words)
        if found is not None:
            return found
        if token.dep_ in ("ccomp", "parataxis", "root", "acl:relcl") and token.pos_ in (
            "VERB",
            "AUX",
        ):
            return _mark_above(token)
        if previous is not None and token.lemma_.lower() in words.speech and token.pos_ == "VERB":
            return None
        previous = token
    return None


def _mark_above(token: Token) -> tuple[Status, str] | None:
    """Return what the verb above a complement clause makes of it: plans, fears, doubts."""
    above = token.head
    if token.dep_ != "ccomp" or above.i == token.i:
        return None
    lemma = above.lemma_.lower()
    if lemma in ("fear", "worry", "doubt", "suspect", "predict", "expect", "hope"):
        return Status.HYPOTHETICAL, f"{above.text!r}"
    return None


def _of_step(token: Token, below: Token | None, words: StatusWords) -> tuple[Status, str] | None:
    """Return what a word on the way from the trigger to the root makes of the event."""
    lemma = token.lemma_.lower()
    is_own = below is None
    if token.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
        relation = below.dep_ if below is not None else ""
        reaches = is_own or relation in (
            "xcomp",
            "obj",
            "nsubj:pass",
            "acl",
            "ccomp",
            "nsubj",
            "nmod",
            "obl",
            "csubj",
            "advcl",
            "conj",
        )
        for child in sorted(token.children, key=lambda each: not _negates(each, words)):
            text = child.lower_
            if not reaches or (relation in ("advcl", "conj") and not is_own):
                continue
            is_nor = child.dep_ == "cc" and text in ("nor", "neither")
            if _negates(child, words) and (is_nor or child.dep_ in _NEGATING):
                if relation in ("obl", "nmod") or (
                    relation == "nsubj"
                    and token.pos_ == "VERB"
                    and lemma
                    not in (
                        "happen",
                        "occur",
                        "take",
                        "materialise",
                        "materialize",
                        "follow",
                        "start",
                    )
                ):
                    continue
                return Status.NEGATED, f"{child.text!r}"
            leaning = _of_auxiliary(child, token, words)
            if leaning is not None:
                return leaning
    if below is None:
        return _own_marks(token)
    return _governed(token, below, words)


def _of_auxiliary(child: Token, token: Token, words: StatusWords) -> tuple[Status, str] | None:
    """Return what "will", "may", "would" or "if" makes of its verb."""
    text = child.lower_
    if child.dep_ == "mark" and text in ("if", "unless", "whether", "lest"):
        return Status.HYPOTHETICAL, f"{child.text!r}"
    if child.dep_ != "aux":
        return None
    if text == "would" and _is_said(token, words):
        return Status.PLANNED, f"{child.text!r}, said of what is to come"
    if text in words.possible:
        return Status.HYPOTHETICAL, f"{child.text!r}"
    return (Status.PLANNED, f"{child.text!r}") if text in words.future else None


def _is_said(token: Token, words: StatusWords) -> bool:
    """Tell whether a clause is what somebody says: "said that it would withdraw"."""
    return token.dep_ == "ccomp" and token.head.lemma_.lower() in words.announcing


def _has_no(clause: Clause) -> bool:
    """Tell whether a subject or object is "no" somebody: "no shell has fallen"."""
    if clause.head.pos_ not in ("VERB", "AUX"):
        return False
    return any(
        child.dep_ == "det" and child.lower_ in ("no", "neither")
        for each in (*clause.subjects, *clause.objects)
        for child in each.children
    )


def _own_marks(token: Token) -> tuple[Status, str] | None:
    """Return what an infinitive of purpose makes of its verb: a plan."""
    is_infinitive = any(c.dep_ == "mark" and c.lower_ == "to" for c in token.children)
    if is_infinitive and token.dep_ in ("advcl", "acl") and token.pos_ == "VERB":
        return Status.PLANNED, "'to', a purpose"
    return None


def _governed(token: Token, below: Token, words: StatusWords) -> tuple[Status, str] | None:
    """Return what a governing word makes of what hangs on it."""
    lemma, relation = token.lemma_.lower(), below.dep_
    if relation.startswith("nsubj") and lemma in words.doubtful:
        return Status.HYPOTHETICAL, f"{token.text!r}"
    if relation not in _GOVERNED:
        return None
    infinitive = relation in _INFINITIVES and any(
        c.dep_ == "mark" and c.lower_ == "to" for c in below.children
    )
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
) -> tuple[Status, str] | None:
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


def _could(token: Token, words: StatusWords) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in words.possible for c in token.children)


def _speech(chain: list[Token], start: int, end: int) -> Token | None:
    """Return the word with which somebody says it: a verb above or beside, or "according"."""
    words = status_words()
    below = None
    for token in chain:
        for child in token.children:
            if start <= child.i < end and child.lower_ == "according":
                return child
            if (
                child.dep_ in ("parataxis", "ccomp")
                and child.lemma_.lower() in words.speech
                and child is not below
                and _has_subject(child)
            ):
                return child
            if child.dep_ in ("obl", "nmod", "advcl") and any(
                c.lower_ == "according" for c in child.children
            ):
                return child
        if (
            below is not None
            and token.lemma_.lower() in words.speech
            and below.dep_ in ("ccomp", "xcomp", "obj", "parataxis", "acl", "nsubj:pass")
        ):
            return token
        below = token
    return None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubj:pass") for child in verb.children)


def _speaker(speech: Token, actors: Sequence[ActorMention]) -> tuple[str | None, Actor | None]:
    """Return the speaker in the text's words, and the side that it speaks for."""
    words = status_words()
    if speech.lower_ == "according" or any(c.lower_ == "according" for c in speech.children):
        named = [c for c in speech.children if c.dep_ in ("obl", "nmod", "pobj")]
        source = speech if speech.lower_ != "according" else next(iter(named), speech.head)
    else:
        sayers = [c for c in speech.children if c.dep_ in ("nsubj", "obl:agent")]
        if not sayers:
            return None, None
        source = sayers[0]
    inside = [t for t in source.subtree if t.lower_ not in ("according", "to") or t.i > source.i]
    inside = [t for t in inside if not _in_clause_of(t, source)]
    if not inside:
        return None, None
    text = " ".join(source.doc[inside[0].i : inside[-1].i + 1].text.split())
    text = re.split(r"^.{1,60}? [—–-] ", text, maxsplit=1)[-1]
    covered = {t.i for t in inside}
    if {t.lower_ for t in inside} & words.neutral and not {t.lower_ for t in inside} & {
        "ministry",
        "staff",
        "command",
    }:
        return text[:120].strip(" ,;"), None
    speaker = next((m.actor for m in actors if m.head in covered or m.start in covered), None)
    return text[:120].strip(" ,;"), speaker


def _in_clause_of(token: Token, top: Token) -> bool:
    while token.i != top.i:
        if token.dep_ in ("acl:relcl", "advcl", "acl", "parataxis"):
            return True
        token = token.head
    return False
