"""Which date phrase belongs to which event, and what stands in for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.status import status_words
from geomapper.model import DatePrecision, DateRange, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geomapper.coding.dates import DatePhrase, DateReader
    from geomapper.coding.matching import Match, Scene

_SIDEWAYS = {
    "acl": 6.0,
    "acl:relcl": 6.0,
    "advcl": 3.0,
    "ccomp": 3.0,
    "parataxis": 3.0,
    "conj": 2.0,
}
_SURE = 0.4
_CLAUSES = frozenset({"advcl", "acl", "acl:relcl", "ccomp", "parataxis", "conj", "csubj"})


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's days, whether a phrase tells them, and why these."""

    dates: DateRange
    is_told: bool
    reason: str


def event_dates(
    match: Match,
    scene: Scene,
    text: str,
    reader: DateReader,
    before: DateRange | None,
    *,
    is_ahead: bool = False,
) -> Dated:
    """Return the days of a match in the article `text`; of one that `is_ahead`, days to come.

    The phrase nearest in the parse; a phrase that dates the report ("said on Tuesday") says only
    by when; else the days of the event told before in the paragraph, `before`; else the event is
    no later than the article, and without its date open.
    """
    phrases = _phrases(scene, text, reader, is_ahead=is_ahead)
    pointed = _pointed_at(match, scene, phrases)
    if pointed is not None:
        reason = f"{pointed.text!r}, {pointed.rule}, by the language model"
        return Dated(pointed.dates, not pointed.dates.is_open, reason)
    priced = sorted(
        (
            (_price(match, _token_at(scene, phrase), phrase), number)
            for number, phrase in enumerate(phrases)
        )
    )
    report: DatePhrase | None = None
    for price, number in priced:
        phrase = phrases[number]
        token = _token_at(scene, phrase)
        if _dates_report(token, match):
            report = report or phrase
            continue
        if price < 6:  # noqa: PLR2004
            return Dated(phrase.dates, not phrase.dates.is_open, f"{phrase.text!r}, {phrase.rule}")
    if report is not None and not report.dates.is_open:
        return Dated(
            DateRange(None, report.dates.latest, DatePrecision.BEFORE),
            is_told=False,
            reason=f"no later than the report, {report.text!r}",
        )
    if before is not None:
        return Dated(before, is_told=False, reason="as the event told before it")
    default = reader.default()
    said = (
        "the text does not say; no later than the article"
        if default.latest
        else "open: neither text nor article says"
    )
    return Dated(default, is_told=False, reason=said)


def _phrases(
    scene: Scene, text: str, reader: DateReader, *, is_ahead: bool
) -> Sequence[DatePhrase]:
    first, last = scene.doc[scene.start], scene.doc[scene.end - 1]
    if is_ahead:
        sentence = text[first.idx : last.idx + len(last)]
        return reader.phrases(sentence, first.idx, is_future=True)
    return reader.within(text, Span(first.idx, last.idx + len(last)))


def _pointed_at(match: Match, scene: Scene, phrases: Sequence[DatePhrase]) -> DatePhrase | None:
    """Return the phrase that the language model gives a match, None where it gives none."""
    if match.cue is None:
        return None
    chances = {token: p for role, token, p in match.cue.arguments if role == "date"}
    scored = []
    for number, phrase in enumerate(phrases):
        words = scene.doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
        if words is not None:
            best = max((chances.get(token.i, 0.0) for token in words), default=0.0)
            scored.append((best, -number))
    best, number = max(scored, default=(0.0, 0))
    return phrases[-number] if best >= _SURE else None


def _token_at(scene: Scene, phrase: DatePhrase) -> Token:
    span = scene.doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
    return span.root if span is not None else scene.doc[scene.start]


def _dates_report(token: Token, match: Match) -> bool:
    """Tell whether a phrase hangs on a verb of saying that is not the trigger itself."""
    if _follows_saying(token):
        return True
    verb = token
    steps = 0
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i and steps < 6:  # noqa: PLR2004
        verb = verb.head
        steps += 1
    is_trigger = verb.i in (match.token.i, match.clause.verb.i if match.clause.verb else -1)
    return (
        not is_trigger
        and verb.lemma_.lower() in status_words().speech
        and _is_below(match.token, verb)
    )


def _follows_saying(token: Token) -> bool:
    """Tell whether a phrase stands right after a verb of saying: "said Tuesday that", "said on Monday"."""
    index = token.i - 1
    while index > 0 and token.doc[index].lower_ in ("on", "late", "early", "last", "this"):
        index -= 1
    before = token.doc[max(index, 0)]
    return before.pos_ == "VERB" and before.lemma_.lower() in status_words().speech


def _is_below(token: Token, ancestor: Token) -> bool:
    steps = 0
    while token.head.i != token.i and steps < 40:  # noqa: PLR2004
        token = token.head
        if token.i == ancestor.i:
            return True
        steps += 1
    return any(child.i == ancestor.i for child in token.children)


def _price(match: Match, token: Token, phrase: DatePhrase) -> float:
    goal = match.token
    up_date, up_trigger = _path(token), _path(goal)
    common = next((index for index in up_date if index in up_trigger), None)
    if common is None:
        return 5.0
    doc = token.doc
    below = [doc[i] for i in up_date[: up_date.index(common)]]
    clauses = sum(_SIDEWAYS.get(each.dep_, 0.0) for each in below if each.pos_ in ("VERB", "AUX"))
    clauses += 0.7 * sum(doc[i].dep_ in _CLAUSES for i in up_trigger[: up_trigger.index(common)])
    vague = 0.4 if phrase.rule == "the night" else 0.0
    return clauses + 0.02 * abs(token.i - goal.i) + vague


def _path(token: Token) -> list[int]:
    path = [token.i]
    while token.head.i != token.i and len(path) < 60:  # noqa: PLR2004
        token = token.head
        path.append(token.i)
    return path
