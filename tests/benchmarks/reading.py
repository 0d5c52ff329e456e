"""Place names and roles beside what others reach: the table of docs/accuracy.md.

Usage: python tests/benchmarks/reading.py CORPORA [--model NAME ...] [--held-out]

CORPORA holds ``places/`` and ``events/dispatches.jsonl``. Our models were trained on six sevenths
of these documents: ``--held-out`` scores the seventh that they have not seen, which is small, 7 to
37 documents a corpus; of the dispatches, the half. The peers' figures are those of all documents.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

from geomapper.evaluation.gold import Gold, read_gold
from geomapper.evaluation.measuring import Options, measure
from geomapper.language.training.minilm_data import held_out
from geomapper.pipeline import Settings, open_pipeline

TABLES = tomllib.loads(Path(__file__).with_name("reading_peers.toml").read_text("utf-8"))
CORPORA = tuple(TABLES["roles"])


def row(name: str, cells: list[float | None]) -> str:
    """Return a line of a Markdown table, unknown figures left empty."""
    shown = ["" if cell is None else f"{cell:.3f}".removeprefix("0") for cell in cells]
    return f"| {name} | {' | '.join(shown)} |"


def chosen(path: Path, share: int | None) -> tuple[Any, list[Gold]]:
    """Return the gold of a file; with a share, what training left out, one document in `share`."""
    kind, texts = read_gold(path)
    return kind, [g for g in texts if share is None or held_out(g.document.id, share)]


def main() -> None:
    """Print the table, then the roles of each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", nargs="*", default=["accurate", "fast"])
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    print(f"| exact-span F1 | {' | '.join(CORPORA)} |\n|---|{'---|' * len(CORPORA)}")
    for name, figures in TABLES["peers"].items():
        print(row(name, [figures.get(corpus) for corpus in CORPORA]))
    remarks = []
    for model in arguments.model:
        pipeline = open_pipeline(Settings(language_model=model))
        cells: list[float | None] = []
        for corpus in CORPORA:
            path = arguments.corpora / "places" / f"{corpus}.jsonl"
            kind, texts = chosen(path, 7 if arguments.held_out else None)
            options = Options(only="all", roles=tuple(TABLES["roles"][corpus]))
            names = measure(kind, texts, pipeline, options).figures["names"]
            cells.append(names["exact"]["f1"])
            if corpus == "geowebnews":
                remarks.append(
                    f"{model}: GeoWebNews roles right {names['roles']['share_of_found']:.3f}"
                )
        print(row(f"geomapper {model}", cells), flush=True)
        kind, texts = chosen(arguments.corpora / "events" / "dispatches.jsonl", None)
        unseen = [g for g in texts if not (arguments.held_out and held_out(g.document.id, 2))]
        names = measure(kind, unseen, pipeline, Options(only="all")).figures["names"]
        for role, given in names["roles"]["given_by_gold"].items():
            right = given.get(role, 0) / sum(given.values())
            remarks.append(
                f"{model}: dispatches, {role} right {right:.3f} of {sum(given.values())}"
            )
        remarks.append(f"{model}: traps taken {names['trapped']} of {names['traps']}")
    print("\n".join(remarks))


if __name__ == "__main__":
    main()
