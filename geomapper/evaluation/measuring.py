"""Gold through the pipeline: one text after the other, counted by the yardstick of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomapper.errors import OptionError
from geomapper.evaluation.agreement import Names
from geomapper.evaluation.events import EventTally, count_events
from geomapper.evaluation.gold import Kind
from geomapper.evaluation.names import (
    NameAnswer,
    NameTally,
    count_names,
    count_roles,
    count_traps,
)
from geomapper.evaluation.sentences import (
    NONE,
    SentenceTally,
    SnippetTally,
    count_sentence,
    count_snippet,
)
from geomapper.exporting.toponyms import toponym
from geomapper.model import Mention, Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomapper.evaluation.gold import Gold
    from geomapper.model import Resolution
    from geomapper.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Options:
    """How to count: `km` is near enough for a name, `only` and `roles` choose names.

    `aliases` are lists of names, each of one actor; `labels` say what a snippet's label means,
    by default our own types; `given_names` has the gold's names resolved, none recognised.
    """

    km: float = 161.0
    only: str = "located"
    roles: tuple[str, ...] = ()
    aliases: Sequence[Sequence[str]] = ()
    labels: Mapping[str, Sequence[str]] | None = None
    given_names: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: `figures` by name, and `notes`, a line for each answer that is wrong."""

    kind: Kind
    figures: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def measure(
    kind: Kind, texts: Iterable[Gold], pipeline: Pipeline, options: Options | None = None
) -> Measured:
    """Return the figures of the gold `texts`; no texts give figures of nothing.

    Raises
    ------
    OptionError
        Snippets carry labels that are no types of ours, and `options` do not say what they mean.
    """
    count = {
        Kind.NAMES: _measure_names,
        Kind.ARTICLES: _measure_articles,
        Kind.SENTENCES: _measure_sentences,
        Kind.SNIPPETS: _measure_snippets,
    }[kind]
    return count(texts, pipeline, options or Options())


def _measure_names(texts: Iterable[Gold], pipeline: Pipeline, options: Options) -> Measured:
    tally = NameTally()
    for gold in texts:
        if options.given_names:
            resolutions = pipeline.resolve(gold.document, _mentions(gold))
        else:
            _, resolutions = pipeline.places(gold.document)
        _count_all_names(tally, gold, resolutions, options)
    return Measured(Kind.NAMES, {"names": tally.figures(options.km)}, tuple(tally.notes))


def _measure_articles(texts: Iterable[Gold], pipeline: Pipeline, options: Options) -> Measured:
    names, events = NameTally(), EventTally()
    alike = Names.of(options.aliases)
    for gold in texts:
        coded = pipeline.code(gold.document)
        _count_all_names(names, gold, coded.resolutions, options)
        count_events(events, gold, coded.events, alike)
    figures = {"names": names.figures(options.km), "events": events.figures()}
    return Measured(Kind.ARTICLES, figures, (*events.notes, *names.notes))


def _measure_sentences(texts: Iterable[Gold], pipeline: Pipeline, _: Options) -> Measured:
    tally = SentenceTally()
    for gold in texts:
        count_sentence(tally, gold, pipeline.code(gold.document).events)
    return Measured(Kind.SENTENCES, {"sentences": tally.figures()}, tuple(tally.notes))


def _measure_snippets(texts: Iterable[Gold], pipeline: Pipeline, options: Options) -> Measured:
    listed = list(texts)
    meaning = options.labels or _own_types(listed, pipeline)
    tally = SnippetTally()
    for gold in listed:
        count_snippet(tally, gold, pipeline.code(gold.document).events, meaning)
    return Measured(Kind.SNIPPETS, {"snippets": tally.figures()}, tuple(tally.notes))


def _own_types(texts: Sequence[Gold], pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {name: (name,) for name in (*pipeline.codebook.types, NONE)}
    strange = sorted({label for gold in texts for label in gold.labels} - set(known))
    if strange:
        raise OptionError(
            f"the label {strange[0]!r} is no event type of this codebook; say what the labels mean"
            " with --labels FILE NAME, a JSON object of schemes"
        )
    return known


def _count_all_names(
    tally: NameTally, gold: Gold, resolutions: Sequence[Resolution], options: Options
) -> None:
    answers = [_answer(each) for each in resolutions]
    count_names(
        tally,
        gold.names,
        answers,
        only=options.only,
        roles=options.roles,
        km=options.km,
        label=gold.document.id,
    )
    count_roles(tally, gold.names, answers)
    count_traps(tally, gold.traps, answers)


def _answer(resolution: Resolution) -> NameAnswer:
    row = toponym(resolution)
    return NameAnswer(
        row["start"],
        row["end"],
        row["lon"],
        row["lat"],
        row["role"],
        row["confidence"],
        row["text"],
    )


def _mentions(gold: Gold) -> list[Mention]:
    text = gold.document.text
    spans = sorted({Span(name.start, name.end) for name in gold.names})
    return [Mention(span, span.of(text), Role.LITERAL) for span in spans]
