"""Write the tables of places, names, roles, parsing and speed in docs/accuracy.md, measured anew.

Usage: python tests/benchmarks/figures.py CORPORA [--only places names roles parsing speed]

CORPORA holds ``places/``, ``events/dispatches.jsonl`` and ``training/ud/``. A table stands between
``<!-- figures: NAME -->`` and ``<!-- end of figures -->``; what is outside stays. Names and roles
are those of held-out documents, as in ``reading.py``. Speed is CPU time of one process (wall-clock
for the first event): nothing else should run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reading import CORPORA, TABLES, chosen, row

from geomapper import __version__
from geomapper.evaluation.measuring import Options, measure
from geomapper.language.training.conll18 import measured
from geomapper.model import Document
from geomapper.pipeline import Pipeline, Settings, open_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
SEED = Path(__file__).resolve().parents[2] / "seeds"
MODELS = ("accurate", "fast")
TITLES = {"lgl": "LGL", "geowebnews": "GeoWebNews", "trnews": "TR-News", "geovirus": "GeoVirus"}
WORDS_AN_ARTICLE = 400
ARTICLES = 60


def header(first: str, cells: list[str]) -> list[str]:
    """Return the first two lines of a Markdown table."""
    return [f"| {first} | {' | '.join(cells)} |", f"|---|{'---|' * len(cells)}"]


def names_of(corpora: Path, pipeline: Pipeline, only: str) -> dict[str, dict[str, Any]]:
    """Return the figures of each corpus of place names, on its held-out documents."""
    found = {}
    for corpus in CORPORA:
        kind, texts = chosen(corpora / "places" / f"{corpus}.jsonl", 7)
        options = Options(only=only, roles=tuple(TABLES["roles"][corpus]))
        found[corpus] = measure(kind, texts, pipeline, options).figures["names"]
    return found


def places(corpora: Path) -> list[str]:
    """Return the table of place names found and resolved, by the accurate model."""
    pipeline = open_pipeline(Settings(language_model="accurate"))
    located = names_of(corpora, pipeline, "located")
    every = names_of(corpora, pipeline, "all")
    return [
        *header("", [TITLES[corpus] for corpus in CORPORA]),
        row("geo-F1", [located[corpus]["geo"]["f1"] for corpus in CORPORA]),
        row("gold names found and within 161 km", [located[each]["acc_gold"] for each in CORPORA]),
        row("exact-span F1", [every[corpus]["exact"]["f1"] for corpus in CORPORA]),
    ]


def names(corpora: Path) -> list[str]:
    """Return the table of place names found, beside what others reach."""
    lines = header("exact-span F1", [TITLES[corpus] for corpus in CORPORA])
    for peer, figures in TABLES["peers"].items():
        lines.append(row(peer, [figures.get(corpus) for corpus in CORPORA]))
    for model in MODELS:
        figures = names_of(corpora, open_pipeline(Settings(language_model=model)), "all")
        cells: list[float | None] = [figures[corpus]["exact"]["f1"] for corpus in CORPORA]
        lines.append(row(f"geomapper {model}", cells))
    return lines


def roles(corpora: Path) -> list[str]:
    """Return the table of roles that are right, of the names found."""
    columns = []
    for model in MODELS:
        pipeline = open_pipeline(Settings(language_model=model))
        web = names_of(corpora, pipeline, "all")["geowebnews"]["roles"]["share_of_found"]
        kind, texts = chosen(corpora / "events" / "dispatches.jsonl", None)
        _, trained_on = chosen(corpora / "events" / "dispatches.jsonl", 2)
        seen = {gold.document.id for gold in trained_on}
        unseen = [gold for gold in texts if gold.document.id not in seen]
        figures = measure(kind, unseen, pipeline, Options(only="all")).figures["names"]
        given = figures["roles"]["given_by_gold"]
        right = [
            given[each].get(each, 0) / sum(given[each].values())
            for each in ("literal", "metonym", "dateline")
        ]
        columns.append(
            [f"{share:.3f}".removeprefix("0") for share in (web, *right)]
            + [f"{figures['trapped']} of {figures['traps']}"]
        )
    first = (
        "GeoWebNews, literal or associative",
        "dispatches, half not trained on: literal",
        "dispatches: metonym",
        "dispatches: dateline",
        "dispatches: names that are no places, taken for places",
    )
    cells = zip(first, *columns, strict=True)
    return [
        *header("roles right, of the names found", list(MODELS)),
        *(f"| {' | '.join(each)} |" for each in cells),
    ]


def parsing(corpora: Path) -> list[str]:
    """Return the table of reading from raw text to dependencies."""
    lines = header("from raw text, CoNLL 2018 rule", ["words F1", "sentences F1", "UAS", "LAS"])
    for bank in ("ewt", "gum"):
        for model in MODELS:
            found = measured(corpora, bank, model)
            cells: list[float | None] = [found.words, found.sentences, found.uas, found.las]
            lines.append(row(f"{bank.upper()} test, {model}", cells))
    return lines


def articles(corpora: Path) -> list[Document]:
    """Return articles of 400 words, cut from a corpus of local news."""
    text = (corpora / "places" / "lgl.jsonl").read_text(encoding="utf-8")
    words = [word for line in text.splitlines() for word in json.loads(line)["text"].split(" ")]
    parts = [
        " ".join(words[at : at + WORDS_AN_ARTICLE])
        for at in range(0, ARTICLES * WORDS_AN_ARTICLE, WORDS_AN_ARTICLE)
    ]
    day = dt.date(2025, 4, 8)
    return [Document(str(at), part, day, language="en") for at, part in enumerate(parts)]


def a_second(work: Callable[[Document], object], documents: list[Document]) -> float:
    """Return how many documents a CPU second are done, the best of three, once warm."""
    best = float("inf")
    for _ in range(4):
        began = time.process_time()
        for document in documents:
            work(document)
        best = min(best, time.process_time() - began)
    return len(documents) / best


def first_event(model: str) -> float:
    """Return the seconds from the shell to the events of the first seed, the best of three."""
    article = min(SEED.glob("*/article.md"))
    command = [sys.executable, "-m", "geomapper", "--quiet", "events", str(article)]
    best = float("inf")
    for _ in range(3):
        began = time.monotonic()
        subprocess.run([*command, "--language-model", model], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.monotonic() - began)
    return best


def speed(corpora: Path) -> list[str]:
    """Return the table of speed and memory, one core."""
    documents = articles(corpora)
    lines = header("one core", list(MODELS))
    rows: dict[str, list[str]] = {}
    for model in MODELS:
        for everything in (True, False):
            pipeline = open_pipeline(Settings(language_model=model, read_everything=everything))
            words = a_second(pipeline.analyzer.analyze, documents) * WORDS_AN_ARTICLE
            what = "everything read" if everything else "only what may matter read"
            rows.setdefault(f"words a second, {what}", []).append(f"{words:,.0f}")
        rate = a_second(pipeline.code, documents)
        rows.setdefault("articles of 400 words a second, whole pipeline", []).append(f"{rate:.1f}")
        rows.setdefault("shell to first event, s", []).append(f"{first_event(model):.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]
    return [*lines, f"| memory, peak, both models open, MB | {peak:.0f} | |"]


def replaced(page: str, name: str, lines: list[str]) -> str:
    """Return the page with the table of that name replaced."""
    begin, end = f"<!-- figures: {name} -->", "<!-- end of figures -->"
    if begin not in page:
        raise SystemExit(f"{PAGE.name} lacks {begin}: put it and {end} where the table belongs")
    stamp = f"Version {__version__}, {dt.datetime.now(dt.UTC).date().isoformat()}."
    block = "\n".join([begin, "", *lines, "", stamp, "", end])
    return re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, page, flags=re.DOTALL)


def main() -> None:
    """Measure and write."""
    tables = {
        "places": places, "names": names, "roles": roles, "parsing": parsing, "speed": speed,
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", choices=list(tables), default=list(tables))
    arguments = parser.parse_args()
    for name in arguments.only:
        lines = tables[name](arguments.corpora)
        print("\n".join(lines), flush=True)
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(replaced(page, name, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
