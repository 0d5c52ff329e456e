"""Fit the weights of places and actors on dispatches. A maintainer runs it, users never.

``python -m geomapper.evaluation.fitting --dispatches FOLDER [--gold GOLD.jsonl] [--aliases A.json]
--out FOLDER`` codes annotated dispatches of ours that the language model was not trained on, notes
the contenders for each event that is found, and maximises the probability of the right ones, or of
none where none is right, with a ridge. Of the gold, documents whose id hashes to an even number
are fitted on, too; the others are only measured. It writes ``weights_places.toml`` and
``weights_actors.toml``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geomapper.coding.actors import ActorTable
from geomapper.coding.coder import CodebookCoder
from geomapper.coding.weighing import Weights, chances, winner
from geomapper.evaluation.agreement import Names
from geomapper.evaluation.distances import km_between
from geomapper.language.training.dispatches import read_dispatches
from geomapper.language.training.minilm_data import held_out
from geomapper.model import Document
from geomapper.pipeline import Settings, open_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomapper.coding.contenders import Contender
    from geomapper.coding.siting import Site
    from geomapper.language.training.dispatches import TrainingEvent
    from geomapper.pipeline import Pipeline

NEAR_KM = 50.0
RIDGES = {"places": 1e-3, "actors": 3e-3}
STEPS = 600
UNTOLD_WEIGHT = 0.1
NOWHERE_WEIGHT = 0.25
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deed:
    """What gold says of an event: characters that tell it, types, its actor's name, its ground.

    `names` are character ranges of place names, `point` a longitude and a latitude; a deed without
    both is nowhere.
    """

    start: int
    end: int
    types: frozenset[str]
    actor: str | None
    names: tuple[tuple[int, int], ...] = ()
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """Contenders for an event that was found by feature, which are right, and how much it counts."""

    found: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    weight: float


def contests(
    pipeline: Pipeline, documents: Iterable[tuple[Document, Sequence[Deed]]], names: Names
) -> Iterator[tuple[str, str, Contest]]:
    """Yield a document's id, "actors" or "places", and the contest of each event found."""
    for document, deeds in documents:
        reading, resolutions = pipeline.places(document)
        coder = pipeline.coder
        if not isinstance(coder, CodebookCoder):
            raise TypeError("only the codebook's coder has contests")
        for told in coder.told(reading, resolutions):
            at, kind = told.match.token.idx, told.match.trigger.type
            meant = [each for each in deeds if each.start <= at < each.end and kind in each.types]
            if len({each.actor for each in meant}) == 1 and told.cast.rivals:
                yield document.id, "actors", _of_actor(meant[0].actor, told.cast.rivals, names)
            if meant and told.link.sites:
                yield document.id, "places", _of_places(meant, told.link.sites)


def _of_actor(actor: str | None, rivals: Sequence[Contender], names: Names) -> Contest:
    """Return who is right: who bears the very name, else who bears a like one."""
    right = tuple(actor == each.actor.name for each in rivals)
    if actor is not None and not any(right):
        right = tuple(names.same(actor, each.actor.name) for each in rivals)
    found = tuple(each.features for each in rivals)
    return Contest(found, right, 1.0 if actor else UNTOLD_WEIGHT)


def _of_places(deeds: Sequence[Deed], sites: Sequence[Site]) -> Contest:
    named = {site.located.place.id for site in sites for deed in deeds if _is_named(site, deed)}
    right = tuple(
        site.located.place.id in named or any(_is_near(site, deed) for deed in deeds)
        for site in sites
    )
    return Contest(
        tuple(site.features for site in sites), right, 1.0 if any(right) else NOWHERE_WEIGHT
    )


def _is_named(site: Site, deed: Deed) -> bool:
    span = site.located.resolution.mention.span
    return any(start < span.end and span.start < end for start, end in deed.names)


def _is_near(site: Site, deed: Deed) -> bool:
    place = site.located.place
    return deed.point is not None and km_between(place.lon, place.lat, *deed.point) <= NEAR_KM


def of_dispatches(folder: Path, table: ActorTable) -> Iterator[tuple[Document, list[Deed]]]:
    """Yield our own annotated dispatches, an actor by the name that the table gives it."""
    for path in sorted(folder.glob("*.txt")):
        for each in read_dispatches(path):
            published = dt.date.fromisoformat(each.published) if each.published else None
            document = Document(id=each.id, text=each.text, title=each.title, published=published)
            deeds = [
                Deed(
                    start,
                    end,
                    frozenset((event.type, *event.alternatives)),
                    actor,
                    event.arguments["place"],
                )
                for event in each.events
                for actor in [_actor(event, each.text, table)]
                for start, end in event.triggers
            ]
            yield document, deeds


def _actor(event: TrainingEvent, text: str, table: ActorTable) -> str | None:
    """Return the name of an event's actor by the table, else in the text's words."""
    for start, end in event.arguments.get("actor", ()) if event.who is None else ():
        return _name(text[start:end], table)
    return _name(event.who or "", table)


def _name(words: str, table: ActorTable) -> str | None:
    found = table.find(words)
    return found.name if found is not None else words or None


def of_gold(path: Path, table: ActorTable) -> Iterator[tuple[Document, list[Deed]]]:
    """Yield gold dispatches that name an actor; where gold names none, any is right there."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        published = dt.date.fromisoformat(row["published"]) if row["published"] else None
        document = Document(id=row["id"], text=row["text"], title=row["title"], published=published)
        deeds = [
            Deed(
                event["sentence_start"],
                event["sentence_end"],
                frozenset((event["type"], *(event.get("type_alt") or ()))),
                _name(event["actor"] or "", table),
                point=None if event["lon"] is None else (event["lon"], event["lat"]),
            )
            for event in row["events"]
        ]
        yield document, deeds


def fit(cases: Sequence[Contest], ridge: float, steps: int = STEPS) -> Weights:
    """Return the weights of the highest likelihood, by Adam over all cases at once."""
    names = sorted({name for case in cases for features in case.found for name in features})
    column = {name: number for number, name in enumerate(names)}
    counts = [len(case.found) for case in cases]
    rows = np.zeros((sum(counts), len(names)))
    for row, features in enumerate(each for case in cases for each in case.found):
        for name, value in features.items():
            rows[row, column[name]] = value
    right = np.array([flag for case in cases for flag in case.right])
    owner = np.repeat(np.arange(len(cases)), counts)
    nobody = np.array([not any(case.right) for case in cases])
    weight = np.array([case.weight for case in cases])
    theta = np.zeros(len(names) + 1)
    first = second = np.zeros_like(theta)
    for step in range(1, steps + 1):
        power = np.exp(np.clip(rows @ theta[:-1] - theta[-1], -50, 50))
        total = np.bincount(owner, power, len(cases)) + 1.0
        good = np.bincount(owner, power * right, len(cases)) + nobody
        gradient = ((power * right / good[owner] - power / total[owner]) * weight[owner]) @ rows
        at_nobody = ((nobody / good - 1.0 / total) * weight).sum()
        slope = np.append(gradient, at_nobody) / weight.sum() - ridge * theta
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        theta += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return Weights(dict(zip(names, theta[:-1].tolist(), strict=True)), float(theta[-1]))


def accuracy(cases: Iterable[Contest], weights: Weights) -> tuple[float, int]:
    """Return the share of contests of full weight that are rightly won, and their number."""
    wins = []
    for case in cases:
        if case.weight < 1:
            continue
        best = winner(chances(case.found, weights))
        wins.append(not any(case.right) if best is None else case.right[best])
    return sum(wins) / max(1, len(wins)), len(wins)


def written(weights: Weights) -> str:
    """Return weights as the table that ships."""
    lines = [
        "# Fitted by `python -m geomapper.evaluation.fitting`; see there for the data.",
        f"nobody = {weights.nobody:.4f}",
        "",
        "[features]",
        *(f"{name} = {value:.4f}" for name, value in sorted(weights.features.items())),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Note the contests, fit, measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dispatches", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--aliases", type=Path)
    parser.add_argument("--language-model", default="accurate")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    pipeline = open_pipeline(Settings(language_model=arguments.language_model))
    names = Names.of(json.loads(arguments.aliases.read_text()) if arguments.aliases else ())
    table = ActorTable.load()
    documents = list(of_dispatches(arguments.dispatches, table))
    documents += of_gold(arguments.gold, table) if arguments.gold else ()
    noted = list(contests(pipeline, documents, names))
    gold = {document.id for document, _ in of_gold(arguments.gold, table)} if arguments.gold else {}
    noted = [(n, k, c) for n, k, c in noted if not (k == "actors" and n in gold and c.weight < 1)]
    for kind, ridge in RIDGES.items():
        held = [c for name, k, c in noted if k == kind and name in gold and not held_out(name, 2)]
        seen = [
            c for name, k, c in noted if k == kind and not (name in gold and not held_out(name, 2))
        ]
        weights = fit(seen, ridge)
        log.info("%s: %.3f of %d seen", kind, *accuracy(seen, weights))
        log.info("%s: %.3f of %d held out", kind, *accuracy(held, weights))
        text = written(weights)
        (arguments.out / f"weights_{kind}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
