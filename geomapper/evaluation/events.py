"""Events against the gold of whole articles: detected, core, full, ghosts, false alarms.

An event is pinned when it has a place and a status that goes on the map. It is detected when its
type and place are right; core adds date and precision, full adds actor and status. Pairs are
made one to one inside an article. What matches an optional event is neither rewarded nor
punished. A planned, hypothetical or negated event that is pinned all the same is a ghost. Core
F1 is the figure to watch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomapper.evaluation.agreement import (
    Names,
    date_is_right,
    place_is_right,
    precision_is_right,
    status_is_right,
    type_is_right,
)
from geomapper.evaluation.assignment import assign
from geomapper.evaluation.scores import Score, calibration_error, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomapper.evaluation.gold import Gold, GoldEvent
    from geomapper.model import Event

SLOTS = ("date", "precision", "actor", "target", "status")
_CORE = ("date", "precision")
_FULL = ("date", "precision", "actor", "status")
LEVELS = ("detected", "core", "full")
_QUOTED = 110


@dataclass(slots=True)
class EventTally:
    """Counts over articles; `judged` holds (confidence, was right) for detected and for core."""

    texts: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    given: int = 0
    wanted: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    ghosts: int = 0
    unreal: int = 0
    quiet: int = 0
    alarms: int = 0
    by_type: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_region: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    judged: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)

    def score(self, level: str) -> Score:
        """Return the score of one of `LEVELS`."""
        return Score(self.hits[level], self.given, self.wanted)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {
            "texts": self.texts,
            "gold": self.wanted,
            "given": self.given,
            **{level: self.score(level).figures() for level in LEVELS},
            "slots": {name: share(self.slots[name], self.hits["detected"]) for name in SLOTS},
            "ghosts": self.ghosts,
            "unreal": self.unreal,
            "false_alarms": self.alarms,
            "quiet_texts": self.quiet,
            "calibration_error": {
                level: calibration_error(self.judged[level]) for level in ("detected", "core")
            },
            "by_type": {
                name: {key: counts[key] for key in ("gold", "hit", "false")}
                for name, counts in sorted(
                    self.by_type.items(), key=lambda item: (-item[1]["gold"], item[0])
                )
            },
            "by_region": {
                name: {level: _of_region(counts, level).f1 for level in ("detected", "core")}
                | {"gold": counts["gold"]}
                for name, counts in sorted(self.by_region.items())
            },
        }


def count_events(tally: EventTally, gold: Gold, events: Sequence[Event], names: Names) -> None:
    """Add one article to `tally`."""
    wanted = [each for each in gold.events if each.is_real and each.is_located]
    unreal = [each for each in gold.events if not each.is_real]
    pinned = [each for each in events if each.place is not None and each.status.is_pinned]
    pairs = _paired(wanted, pinned, names)
    taken = {column for _, column in pairs}
    rest = [number for number in range(len(pinned)) if number not in taken]
    optional = [each for each in gold.optional if each.is_located]
    excused = {rest[column] for _, column in _paired(optional, [pinned[n] for n in rest], names)}
    wrong = [pinned[number] for number in rest if number not in excused]
    right = {column: _slots(wanted[row], pinned[column], names) for row, column in pairs}
    tally.texts += 1
    tally.wanted += len(wanted)
    tally.given += len(pinned) - len(excused)
    tally.unreal += len(unreal)
    tally.ghosts += _ghosts(unreal, wrong)
    if not gold.events and not gold.optional:
        tally.quiet += 1
        tally.alarms += len(pinned)
    _count_slots(tally, right.values())
    _count_regions(tally, gold, len(wanted), len(pinned) - len(excused), right.values())
    _count_types(tally, wanted, {row for row, _ in pairs}, wrong)
    _judge(tally, [each for n, each in enumerate(pinned) if n not in excused], right, pinned)
    _note(tally, gold, wanted, pinned, pairs, right, wrong)


def _paired(
    gold: Sequence[GoldEvent], events: Sequence[Event], names: Names
) -> list[tuple[int, int]]:
    return assign([[_weight(one, event, names) for event in events] for one in gold])


def _weight(gold: GoldEvent, event: Event, names: Names) -> float:
    if not (type_is_right(gold, event) and place_is_right(gold, event)):
        return 0.0
    right = _slots(gold, event, names)
    return 10 + 2 * right["date"] + right["actor"] + 0.5 * right["status"]


def _slots(gold: GoldEvent, event: Event, names: Names) -> dict[str, bool]:
    return {
        "date": date_is_right(gold, event),
        "precision": precision_is_right(gold, event),
        "actor": names.same(gold.actor, event.actor.name if event.actor else None),
        "target": names.same(gold.target, event.target.name if event.target else None),
        "status": status_is_right(gold, event),
    }


def _ghosts(unreal: Sequence[GoldEvent], wrong: Sequence[Event]) -> int:
    return len(assign([[float(type_is_right(one, each)) for each in wrong] for one in unreal]))


def _level(right: Mapping[str, bool]) -> dict[str, bool]:
    return {
        "detected": True,
        "core": all(right[name] for name in _CORE),
        "full": all(right[name] for name in _FULL),
    }


def _count_slots(tally: EventTally, judged: Iterable[Mapping[str, bool]]) -> None:
    for right in judged:
        tally.slots.update(name for name, holds in right.items() if holds)
        tally.hits.update(name for name, holds in _level(right).items() if holds)


def _count_regions(
    tally: EventTally, gold: Gold, wanted: int, given: int, judged: Iterable[Mapping[str, bool]]
) -> None:
    if gold.region is None:
        return
    counts = tally.by_region[gold.region]
    counts.update({"gold": wanted, "given": given})
    for right in judged:
        counts.update(name for name, holds in _level(right).items() if holds)


def _of_region(counts: Mapping[str, int], level: str) -> Score:
    return Score(counts[level], counts["given"], counts["gold"])


def _count_types(
    tally: EventTally, wanted: Sequence[GoldEvent], met: set[int], wrong: Sequence[Event]
) -> None:
    for number, one in enumerate(wanted):
        tally.by_type[one.types[0]].update({"gold": 1, "hit": int(number in met)})
    for event in wrong:
        tally.by_type[event.type]["false"] += 1


def _judge(
    tally: EventTally,
    counted: Sequence[Event],
    right: Mapping[int, Mapping[str, bool]],
    pinned: Sequence[Event],
) -> None:
    """Keep the confidence of each event that counts, with whether it was right."""
    met = {id(pinned[number]): _level(slots) for number, slots in right.items()}
    for event in counted:
        levels = met.get(id(event), {})
        for level in ("detected", "core"):
            tally.judged[level].append((event.confidence, levels.get(level, False)))


def _note(
    tally: EventTally,
    gold: Gold,
    wanted: Sequence[GoldEvent],
    pinned: Sequence[Event],
    pairs: Sequence[tuple[int, int]],
    right: Mapping[int, Mapping[str, bool]],
    wrong: Sequence[Event],
) -> None:
    name = gold.document.id
    for row, column in pairs:
        bad = [slot for slot, holds in right[column].items() if not holds]
        if bad:
            tally.notes.append(_slot_note(name, wanted[row], pinned[column], bad))
    met = {row for row, _ in pairs}
    tally.notes.extend(
        f"MISS {name} {one.types[0]} {one.actor} @{one.place} [{one.statuses[0]}]"
        f" {one.sentence[:_QUOTED]}"
        for number, one in enumerate(wanted)
        if number not in met
    )
    tally.notes.extend(
        f"FALSE {name} {each.type} {each.actor.name if each.actor else None}"
        f" @{each.place.name if each.place else None}"
        f" {' '.join(each.evidence[0].sentence.split())[:_QUOTED]}"
        for each in wrong
    )


def _slot_note(name: str, gold: GoldEvent, event: Event, bad: Sequence[str]) -> str:
    return (
        f"SLOT {name} {gold.types[0]} @{gold.place}: wrong {', '.join(bad)} (gold {gold.actor!r}"
        f" {gold.date_start}..{gold.date_end} {gold.statuses[0]} {gold.precision}; got"
        f" {event.actor.name if event.actor else None!r} {event.dates.earliest}..{event.dates.latest}"
        f" {event.status.value} {event.place.precision.value if event.place else None})"
    )
