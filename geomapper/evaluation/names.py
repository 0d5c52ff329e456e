"""Place names against gold: recognition, resolution, both end to end, roles and traps.

Matching is one to one inside a text, equal spans first, then by the size of the overlap.
Geo-F1 is the figure to watch: a name is right only when its span overlaps the gold's and its
point lies within `km` of it.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from geomapper.evaluation.distances import WORST_KM, km_between, log_error_area
from geomapper.evaluation.scores import Score, calibration_error, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomapper.evaluation.gold import GoldName

TRAPPED_ROLES = frozenset({"literal", "metonym", "dateline"})
SELECTIONS = ("all", "located", "literal", "associative")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """A place name as the pipeline gives it; degrees are None where no place was found."""

    start: int
    end: int
    lon: float | None
    lat: float | None
    role: str
    confidence: float = 0.0
    text: str = ""

    @property
    def is_located(self) -> bool:
        """Whether a place was found for it."""
        return self.lon is not None and self.lat is not None


@dataclass(slots=True)
class NameTally:
    """Counts over texts; `distances` are those of located gold that was found and placed, in km."""

    exact: Score = field(default_factory=Score)
    overlap: Score = field(default_factory=Score)
    geo: Score = field(default_factory=Score)
    located: int = 0
    unplaced: int = 0
    distances: list[float] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    mentions: int = 0
    traps: int = 0
    trapped: int = 0
    notes: list[str] = field(default_factory=list)

    def figures(self, km: float) -> dict[str, Any]:
        """Return all figures by name; None where there is nothing to count."""
        found = len(self.distances) + self.unplaced
        hits = sum(each <= km for each in self.distances)
        return {
            "exact": self.exact.figures(),
            "overlap": self.overlap.figures(),
            "gold": self.overlap.wanted,
            "located": self.located,
            "found": found,
            "unplaced": self.unplaced,
            "km": km,
            "acc_found": hits / found if found else None,
            "acc_gold": hits / self.located if self.located else None,
            "mean_km": statistics.fmean(self.distances) if self.distances else None,
            "median_km": statistics.median(self.distances) if self.distances else None,
            "auc": log_error_area([*self.distances, *[WORST_KM] * self.unplaced]),
            "geo": self.geo.figures(),
            "calibration_error": calibration_error(self.judged),
            **self._role_figures(),
        }

    def _role_figures(self) -> dict[str, Any]:
        found = sum(self.roles.values())
        right = sum(n for (gold, given), n in self.roles.items() if gold == given)
        by_role = {
            gold: {given: n for (role, given), n in self.roles.items() if role == gold}
            for gold in sorted({gold for gold, _ in self.roles})
        }
        return {
            "roles": {
                "mentions": self.mentions,
                "found": found,
                "right": right,
                "share_of_found": right / found if found else None,
                "share_of_all": share(right, self.mentions) if self.mentions else None,
                "given_by_gold": by_role,
            },
            "traps": self.traps,
            "trapped": self.trapped,
        }


def count_names(
    tally: NameTally,
    gold: Sequence[GoldName],
    answers: Sequence[NameAnswer],
    *,
    only: str = "all",
    roles: Sequence[str] = (),
    km: float = 161.0,
    label: str = "",
) -> None:
    """Add one text to `tally`.

    `only` keeps a part of the gold (see `SELECTIONS`): an answer on the rest is neither right
    nor wrong. `roles` keeps only answers of these roles; none keeps all.
    """
    keep = [name for name in gold if _selected(name, only)]
    ignored = [name for name in gold if not _selected(name, only)]
    unique = {(a.start, a.end): a for a in reversed(answers) if not roles or a.role in roles}
    given = [each for each in answers if unique.get((each.start, each.end)) is each]
    exact, _ = _scored(keep, given, ignored, exact=True)
    overlap, pairs = _scored(keep, given, ignored, exact=False)
    tally.exact, tally.overlap = tally.exact + exact, tally.overlap + overlap
    tally.located += sum(name.is_located for name in keep)
    _count_places(tally, keep, given, ignored, pairs, km)
    _note(tally, keep, given, pairs, km, label)


def count_roles(tally: NameTally, gold: Sequence[GoldName], answers: Sequence[NameAnswer]) -> None:
    """Add the roles of one text to `tally`; gold without a role is passed over."""
    for name in gold:
        if name.role is None:
            continue
        tally.mentions += 1
        best = max(
            (each for each in answers if _shared(name, each) > 0),
            key=lambda each: _shared(name, each),
            default=None,
        )
        if best is not None:
            tally.roles[name.role, _role_given(best.role, coarse=name.is_coarse)] += 1


def count_traps(
    tally: NameTally, traps: Sequence[tuple[int, int]], answers: Sequence[NameAnswer]
) -> None:
    """Add the traps of one text: spans that no place may be found in."""
    tally.traps += len(traps)
    places = [each for each in answers if each.role in TRAPPED_ROLES]
    tally.trapped += sum(
        any(each.start < end and start < each.end for each in places) for start, end in traps
    )


def _scored(
    keep: Sequence[GoldName],
    given: Sequence[NameAnswer],
    ignored: Sequence[GoldName],
    *,
    exact: bool,
) -> tuple[Score, dict[int, int]]:
    pairs = _matched(keep, given, exact=exact)
    wrong = _unmatched(given, ignored, pairs)
    return Score(len(pairs), len(pairs) + len(wrong), len(keep)), pairs


def _unmatched(
    given: Sequence[NameAnswer], ignored: Sequence[GoldName], pairs: dict[int, int]
) -> list[NameAnswer]:
    taken = set(pairs.values())
    free = (each for number, each in enumerate(given) if number not in taken)
    return [each for each in free if not any(_shared(each, name) > 0 for name in ignored)]


def _matched(
    gold: Sequence[GoldName], given: Sequence[NameAnswer], *, exact: bool
) -> dict[int, int]:
    """Return for each gold name that is met the number of its answer."""
    offers: list[tuple[bool, int, int, int]] = []
    for row, name in enumerate(gold):
        for column, answer in enumerate(given):
            differs = (name.start, name.end) != (answer.start, answer.end)
            if not differs or (not exact and _shared(name, answer) > 0):
                offers.append((differs, -_shared(name, answer), row, column))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, row, column in sorted(offers):
        if row not in pairs and column not in used:
            pairs[row] = column
            used.add(column)
    return pairs


def _count_places(
    tally: NameTally,
    keep: Sequence[GoldName],
    given: Sequence[NameAnswer],
    ignored: Sequence[GoldName],
    pairs: dict[int, int],
    km: float,
) -> None:
    hits = placed = 0
    for row, column in pairs.items():
        name, answer = keep[row], given[column]
        if not name.is_located:
            continue
        distance = apart(name, answer)
        if distance is None:
            tally.unplaced += 1
            continue
        placed += 1
        hits += distance <= km
        tally.distances.append(distance)
        tally.judged.append((answer.confidence, distance <= km))
    placed += sum(each.is_located for each in _unmatched(given, ignored, pairs))
    tally.geo += Score(hits, placed, sum(name.is_located for name in keep))


def apart(name: GoldName, answer: NameAnswer) -> float | None:
    """Return the kilometres between the two, None where one has no point."""
    points = (name.lon, name.lat, answer.lon, answer.lat)
    if None in points:
        return None
    return km_between(*(float(each) for each in points if each is not None))


def _note(
    tally: NameTally,
    keep: Sequence[GoldName],
    given: Sequence[NameAnswer],
    pairs: dict[int, int],
    km: float,
    label: str,
) -> None:
    for row, name in enumerate(keep):
        where = f"{label} [{name.start}:{name.end}]"
        if row not in pairs:
            tally.notes.append(f"MISS {where} {name.role or name.kind or ''}".rstrip())
            continue
        answer = given[pairs[row]]
        distance = apart(name, answer)
        if distance is not None and distance > km:
            tally.notes.append(f"FAR {where} {answer.text!r} is {distance:.0f} km away")
        elif name.is_located and distance is None:
            tally.notes.append(f"UNPLACED {where} {answer.text!r}")


def _selected(name: GoldName, only: str) -> bool:
    if only == "all":
        return True
    return name.is_located if only == "located" else name.group == only


def _shared(one: _Spanned, other: _Spanned) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _role_given(role: str, *, coarse: bool) -> str:
    if not coarse:
        return role
    return "literal" if role in ("literal", "dateline") else "associative"
