"""The verdict on an event: what the words around its trigger say of it, weighed in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.status.denial import contested, denies
from geomapper.coding.status.reality import is_plainly_not, unreal
from geomapper.coding.status.speech import speaker, speaks_for_a_side, speech_of
from geomapper.coding.status.words import ancestors, is_negated, status_words
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorMention
    from geomapper.coding.clauses import Clause
    from geomapper.coding.status.words import StatusWords
    from geomapper.model import Actor

_MAY = frozenset({"would", "may", "might", "can"})
_HELPING = frozenset({"is", "are", "'s", "'re", "has", "have"})


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


def judge(
    clause: Clause, start: int, end: int, actors: Sequence[ActorMention], actor: Actor | None
) -> Verdict:
    """Return the status of the event that a clause names, in the sentence of tokens `start` to `end`.

    In order: negated, hypothetical, planned, denied, confirmed, claimed (by a word of claiming,
    or by the side that the event favours), else reported.
    """
    words = status_words()
    chain = list(ancestors(clause))
    speech = speech_of(chain, start, end)
    attribution, says = speaker(speech, actors) if speech is not None else (None, None)

    def verdict(status: Status, reason: str, *, is_plain: bool = False) -> Verdict:
        return Verdict(status, attribution, says, reason, is_plain)

    reason = unreal(clause, chain, words)
    if speech is not None and denies(speech, words) and _is_only_loss(reason, speech):
        return verdict(Status.DENIED, f"{speech.text!r}", is_plain=True)
    untrue = contested(chain, words)
    if untrue is not None:
        taken_back = untrue.lemma_.lower() in words.retracting
        status = Status.NEGATED if taken_back else Status.DENIED
        return verdict(status, f"{untrue.text!r}", is_plain=True)
    if reason is not None:
        plain = reason[0] is Status.NEGATED and is_plainly_not(clause.head, words)
        return verdict(*reason, is_plain=plain)
    said = _by_speech(speech, words) if speech is not None else None
    if said is not None:
        return verdict(said[0], said[1], is_plain=said[2])
    if says is not None and actor is not None and says.side == actor.side:
        return verdict(Status.CLAIMED, "its own side says so", is_plain=True)
    ours = next((s for s in clause.subjects if _is_ours(s, words)), None)
    if ours is not None:
        return verdict(Status.CLAIMED, f"'our {ours.text}': a side tells it", is_plain=True)
    if speaks_for_a_side(attribution, clause.head, words):
        return verdict(Status.CLAIMED, "one side alone says so")
    return verdict(Status.REPORTED, "told as fact")


def _is_ours(noun: Token, words: StatusWords) -> bool:
    """Tell whether a subject is the narrator's own force: "our commandos"."""
    is_force = noun.lemma_.lower() in words.own or noun.lower_ in words.own
    return is_force and any(c.dep_ == "nmod:poss" and c.lower_ == "our" for c in noun.children)


def contradict(one: Verdict, other: Verdict) -> bool:
    """Tell whether one speaker says one and denies the other: they speak of two deeds.

    "The group said it had left the town but denied that it had lost it."
    """
    one_voice = one.attribution is not None and one.attribution == other.attribution
    return one_voice and (one.status is Status.DENIED) is not (other.status is Status.DENIED)


def _is_only_loss(reason: tuple[Status, str] | None, speech: Token) -> bool:
    """Tell whether all that makes an event unreal is the denial itself: "denied having shelled"."""
    return reason is not None and reason[1] == f"{speech.text!r}"


def _by_speech(speech: Token, words: StatusWords) -> tuple[Status, str, bool] | None:
    """Return the status that a word of saying gives, why, and whether that is plain."""
    lemma = speech.lemma_.lower()
    if is_negated(speech, words) and lemma not in words.denying:
        return Status.HYPOTHETICAL, f"{speech.text!r} is negated", False
    if denies(speech, words):
        return Status.DENIED, f"{speech.text!r}", True
    if lemma in words.confirming and not _could(speech, words):
        return Status.CONFIRMED, f"{speech.text!r}", False
    return (Status.CLAIMED, f"{speech.text!r}", True) if lemma in words.claiming else None


def _could(token: Token, words: StatusWords) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in words.possible for c in token.children)


def lies_ahead(clause: Clause, verdict: Verdict) -> bool:
    """Tell whether what is planned or possible lies ahead of the article, not of a past told in it.

    "Will deploy in June", "is planning an attack", "the planned offensive"; not "planned to attack
    in June", where nothing says that it still plans to.
    """
    if verdict.status not in (Status.PLANNED, Status.HYPOTHETICAL):
        return False
    chain = list(ancestors(clause))
    auxiliaries = {c.lower_ for token in chain for c in token.children if c.dep_ == "aux"}
    if auxiliaries & (status_words().future | _MAY):
        return True
    finite = next((t.tag_ for t in chain if t.tag_ in ("VBD", "VBZ", "VBP")), None)
    return bool(auxiliaries & _HELPING) or finite in ("VBZ", "VBP", None)
