"""Fit the weights of the ranking on gold place names. A maintainer runs it, users never.

``python -m geomapper.resolution.fitting CORPORA --out weights.toml`` reads the corpora of place
names with coordinates and our dispatches, and maximises the probability of the candidates near
the gold point (or of "none of them"), with a little ridge. Documents whose id hashes to the held
out seventh, and the held out half of the dispatches, are only measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geomapper.gazetteer import Gazetteer, distance_km
from geomapper.language.words import tokenizer
from geomapper.model import Document, Mention, Role, Span
from geomapper.resolution.features import NAMES
from geomapper.resolution.publications import home_of
from geomapper.resolution.ranking import Weights, shipped_weights
from geomapper.resolution.resolver import RankingResolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomapper.model import Place

CORPORA = ("lgl", "geowebnews", "trnews", "geovirus")
RIGHT_KM = 161.0
NEAR_KM = 40.0
WIDE_KM = 1500.0
RIDGE = 2e-3
# Gold points cannot tell a region from its capital: these weights are set, not fitted.
FIXED = {
    "in_hard_container": 1.5,
    "outside_hard_container": -1.0,
    "kind_agrees": 2.5,
    "kind_differs": -3.0,
    "named_as_region": 3.0,
    "region_of_own_town": -5.0,
}
ROUNDS = 3
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Case:
    """A gold name: the features of its candidates, and which of them are right."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    held_out: bool
    corpus: str


def cases(corpora: Path, gazetteer: Gazetteer, weights: Weights) -> list[Case]:
    """Return the cases of all corpora, surroundings as `weights` see them."""
    found = []
    resolver = RankingResolver(gazetteer, weights)
    for corpus in CORPORA:
        for row in read(corpora / "places" / f"{corpus}.jsonl"):
            found += _cases_of(
                row, row["toponyms"], resolver, corpus, is_held_out(str(row["id"]), 7)
            )
    for row in read(corpora / "events" / "dispatches.jsonl"):
        found += _cases_of(
            row, row["places"], resolver, "dispatches", not is_held_out(row["id"], 2)
        )
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def is_held_out(document: str, share: int) -> bool:
    """Tell whether a document's id hashes to zero modulo `share`."""
    return int(hashlib.sha1(document.encode()).hexdigest(), 16) % share == 0  # noqa: S324


def _role(name: dict[str, Any]) -> Role:
    if name.get("role") in set(Role):
        return Role(name["role"])
    kind = str(name.get("type") or "")
    if kind in ("Demonym", "Non_Literal_Modifier"):
        return Role.DEMONYM
    return Role.METONYM if name.get("group") == "associative" else Role.LITERAL


def _cases_of(
    row: dict[str, Any],
    names: list[dict[str, Any]],
    resolver: RankingResolver,
    corpus: str,
    held: bool,
) -> list[Case]:
    names = sorted(names, key=lambda name: name["start"])
    mentions = [
        Mention(Span(n["start"], n["end"]), row["text"][n["start"] : n["end"]], _role(n))
        for n in names
    ]
    network = resolver.network(row["text"], mentions)
    around = resolver.settled(network, home_of(Document(str(row["id"]), "", url=row.get("url"))))
    found = []
    told = zip(names, network.questions, resolver.rows(network, around), strict=True)
    for name, question, rows in told:
        places = question.places
        if name.get("lat") is None or not places or question.shortlist.penalty < 1:
            continue
        kilometres = np.array([distance_km(p.lon, p.lat, name["lon"], name["lat"]) for p in places])
        right = kilometres <= RIGHT_KM
        if (kilometres <= NEAR_KM).any():
            right = kilometres <= NEAR_KM
        if not right.any() and _is_elsewhere_in_it(places, kilometres):
            continue
        found.append(Case(np.array(rows), right, held, corpus))
    return found


def _is_elsewhere_in_it(places: Sequence[Place], kilometres: NDArray[np.float64]) -> bool:
    """Tell whether the gold point may be another reference point of a wide candidate.

    Gazetteers differ by hundreds of kilometres in where they put a continent, a sea or Canada:
    such a name teaches nothing.
    """
    return any(
        not place.feature_code.startswith("PPL") and km <= WIDE_KM
        for place, km in zip(places, kilometres, strict=True)
    )


def fit(found: list[Case], start: Weights, steps: int = 400) -> Weights:
    """Return the weights of the highest likelihood, by Adam over all cases at once."""
    counts = [len(case.rows) for case in found]
    rows = np.concatenate([case.rows for case in found])
    right = np.concatenate([case.right for case in found])
    owner = np.repeat(np.arange(len(found)), counts)
    none_right = np.array([not case.right.any() for case in found])
    theta = np.array([*start.features, start.nothing])
    fixed = np.array([*(name in FIXED for name in NAMES), False])
    theta[fixed] = [FIXED[name] for name in NAMES if name in FIXED]
    first = second = np.zeros_like(theta)
    for step in range(1, steps + 1):
        scores = rows @ theta[:-1]
        power = np.exp(np.clip(scores - theta[-1], -50, 50))
        total = np.bincount(owner, power) + 1.0
        good = np.bincount(owner, power * right) + none_right
        wanted = power * right / good[owner]
        given = power / total[owner]
        gradient = (wanted - given) @ rows
        nothing = (none_right / good - 1.0 / total).sum()
        slope = np.append(gradient, nothing) / len(found) - RIDGE * theta
        slope[fixed] = 0.0
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        theta += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return Weights(tuple(theta[:-1].tolist()), float(theta[-1]))


def accuracy(found: list[Case], weights: Weights) -> dict[str, tuple[float, float, int]]:
    """Return, a corpus and part, the share right, the calibration error and the count."""
    table: dict[str, list[tuple[float, bool]]] = {}
    for case in found:
        scores = case.rows @ np.array(weights.features)
        power = np.exp(scores - max(scores.max(), weights.nothing))
        share = power / (power.sum() + np.exp(weights.nothing - max(scores.max(), weights.nothing)))
        best = int(share.argmax())
        part = "held" if case.held_out else "seen"
        table.setdefault(f"{case.corpus} {part}", []).append(
            (float(share[best]), bool(case.right[best]))
        )
    return {
        name: (sum(ok for _, ok in each) / len(each), _calibration(each), len(each))
        for name, each in sorted(table.items())
    }


def _calibration(each: list[tuple[float, bool]]) -> float:
    error = 0.0
    for low in range(10):
        inside = [(p, ok) for p, ok in each if low / 10 < p <= (low + 1) / 10]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            error += abs(mean - sum(ok for _, ok in inside) / len(inside)) * len(inside)
    return error / len(each)


def main() -> None:
    """Fit in a few rounds, since surroundings depend on weights, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tokenizer()
    gazetteer, weights = Gazetteer.open(), shipped_weights()
    for _ in range(ROUNDS):
        found = cases(arguments.corpora, gazetteer, weights)
        weights = fit([case for case in found if not case.held_out], weights)
        for name, figures in accuracy(found, weights).items():
            log.info("%-18s right %.3f  calibration error %.3f  of %d", name, *figures)
    lines = [
        "# Fitted by `python -m geomapper.resolution.fitting`; see there for the data.",
        f"nothing = {weights.nothing:.4f}",
        "",
        "[features]",
        *(f"{name} = {value:.4f}" for name, value in zip(NAMES, weights.features, strict=True)),
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
