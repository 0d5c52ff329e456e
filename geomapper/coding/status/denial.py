"""What denies a report: the verb that rejects it, the word that calls it untrue."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from geomapper.coding.status.words import is_negated, status_words
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from geomapper.coding.status.words import StatusWords

_BACK, _AHEAD = 60, 120
_CONTENTS = frozenset({"acl", "ccomp", "acl:relcl", "nmod", "obj", "parataxis"})


def denies(speech: Token, words: StatusWords) -> bool:
    """Tell whether a word of saying denies: not "did not deny"."""
    return speech.lemma_.lower() in words.denying and not is_negated(speech, words)


def contested(chain: Sequence[Token], words: StatusWords) -> Token | None:
    """Return the word that calls a report untrue on which the event hangs.

    "Allegations that a market was shelled are false", "Claims that it fell were rejected".
    """
    wrong = words.untrue | words.denying | words.retracting
    for below, token in itertools.pairwise(chain):
        if token.lemma_.lower() not in words.reports or below.dep_ not in _CONTENTS:
            continue
        told = [w for w in _told_of(token, below) if {w.lemma_.lower(), w.lower_} & wrong]
        if told:
            return next((w for w in told if not is_negated(w, words)), None)
    return None


def _told_of(report: Token, content: Token) -> Iterator[Token]:
    """Yield what is said of a report: its predicate and, where the parse is off, verbs below it."""
    if report.dep_.startswith("nsubj") and report.head.i != report.i:
        yield report.head
        yield from (c for c in report.head.children if c.dep_ == "conj")
    for child in report.children:
        is_passive = any(c.dep_ == "aux:pass" for c in child.children)
        if child.i != content.i and child.dep_ in ("acl", "ccomp") and is_passive:
            yield child


def denial_of_report(doc: Doc, start: int, end: int) -> Token | None:
    """Return the verb with which a sentence denies what was said before it, else None.

    "Kyiv rejected the claim", "Moscow denied it", "The army denied this".
    """
    words = status_words()
    for token in doc[start:end]:
        if token.lemma_.lower() in words.denying and token.pos_ == "VERB":
            objects = [c for c in token.children if c.dep_ in ("obj", "nsubj:pass")]
            if any(_points_back(each, words) for each in objects):
                return token
            if objects and _calls_untrue(token, words):
                return token
    return None


def _calls_untrue(verb: Token, words: StatusWords) -> bool:
    """Tell whether a verb rejects something as untrue: "dismissed the videos as fabrication"."""
    return any(
        child.dep_ in ("obl", "xcomp", "advcl", "nmod")
        and {child.lemma_.lower(), child.lower_} & words.untrue
        and any(c.lower_ == "as" for c in child.children)
        for noun in (verb, *(c for c in verb.children if c.dep_ == "obj"))
        for child in noun.children
    )


def _points_back(noun: Token, words: StatusWords) -> bool:
    """Tell whether a noun means what was said before: "it", "the claim", not "the claim that"."""
    says_more = any(c.dep_ in ("acl", "ccomp") for c in noun.children)
    return not says_more and (
        noun.lemma_.lower() in words.reports or noun.lower_ in ("it", "that", "this", "both")
    )


def is_backed(status: Status, doc: Doc, token: Token, sentence: tuple[int, int]) -> bool:
    """Tell whether a word near a trigger bears out that its event is denied, negated or confirmed.

    A "not" counts only in the trigger's `sentence`, its first token and the one after its last;
    "denied" and "false" in those around it, too. Any other status needs none.
    """
    words = status_words()
    asked = {
        Status.DENIED: words.denying | words.untrue | words.doubting,
        Status.CONFIRMED: words.confirming | words.bearing_out,
        Status.NEGATED: words.denying | words.untrue | words.doubting | words.undoing,
    }.get(status)
    if asked is None:
        return True
    near = doc[max(0, token.i - _BACK) : token.i + _AHEAD]
    return any(
        each.lemma_.lower() in asked or each.lower_ in asked
        for each in near
        if not _speaks_of_another(each, token, words)
        if each.i in range(*sentence) or not _is_little(each, words)
    )


def _speaks_of_another(word: Token, token: Token, words: StatusWords) -> bool:
    """Tell whether a denial says itself what it denies, and that is not what `token` tells.

    "Said that it had left, but denied that it had lost the town" does not deny the leaving.
    """
    if (
        word.lemma_.lower() not in words.denying
        or word.sent.start > token.i
        or token.i >= word.sent.end
    ):
        return False
    denied = [c for c in word.children if c.dep_ in ("ccomp", "xcomp")]
    return bool(denied) and not any(c.i == token.i or c.is_ancestor(token) for c in denied)


def _is_little(token: Token, words: StatusWords) -> bool:
    """Tell whether a word denies only what its own sentence says: "not", "no", "nothing"."""
    return token.lower_ in words.negations or token.lower_ in words.little
