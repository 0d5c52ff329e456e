"""The hand-made tables that travel with an index: demonyms, stop names, disputed areas."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from geomapper.errors import GazetteerError
from geomapper.gazetteer.folding import fold

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("demonyms.csv", "stop_names.csv", "disputed.csv", "abbreviations.csv")


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people of somewhere.

    `country` is ISO 3166-1 alpha-2, None for peoples without a state; `people` the region or
    people that it means, or None; `kind` says which it is.
    """

    word: str
    kind: str
    country: str | None
    people: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A territory that states disagree about.

    `country` is de jure by the UN, `admin_by` who administers it, `units` the admin-1 codes or
    names inside, `sentence` says so in neutral words.
    """

    id: str
    name: str
    country: str | None
    admin_by: str | None
    units: tuple[str, ...]
    sentence: str


def read_demonyms(path: Path) -> dict[str, Demonym]:
    """Return the demonyms by folded word; a word told twice keeps its first row."""
    found: dict[str, Demonym] = {}
    for row in _rows(path):
        demonym = Demonym(
            row["word"], row.get("kind", ""), row.get("country") or None, row.get("people") or None
        )
        found.setdefault(fold(demonym.word), demonym)
    return found


def read_stop_names(path: Path) -> frozenset[str]:
    """Return the folded names that news hardly ever uses for the place of that name."""
    return frozenset(fold(row["name"]) for row in _rows(path))


def read_abbreviations(path: Path) -> dict[str, tuple[str, ...]]:
    """Return what abbreviations mean, by their letters as written, spaces left out.

    Values are ISO 3166-1 alpha-2 codes, admin-1 codes and ids, in the order of the table.
    """
    found: dict[str, list[str]] = {}
    for row in _rows(path):
        found.setdefault(row["short"].replace(" ", ""), []).append(row["means"])
    return {short: tuple(means) for short, means in found.items()}


def read_disputes(path: Path) -> dict[str, Dispute]:
    """Return the disputes by each admin-1 code, name and id that they cover."""
    found: dict[str, Dispute] = {}
    for row in _rows(path):
        units = tuple(part.strip() for part in row.get("units", "").split("|") if part.strip())
        dispute = Dispute(
            row["id"],
            row["name"],
            row.get("country") or None,
            row.get("admin_by") or None,
            units,
            row["sentence"],
        )
        for key in (dispute.id, fold(dispute.name), *units):
            found.setdefault(key, dispute)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            head = next(lines, [])
            return [
                dict(zip_longest(head, map(str.strip, line[: len(head)]), fillvalue=""))
                for line in lines
                if line
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path} cannot be read as a table: {error}") from error
