"""Figures as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomapper.evaluation.events import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomapper.evaluation.measuring import Measured

    Figures = Mapping[str, Any]


def worded(measured: Measured) -> list[str]:
    """Return the figures as lines, the one to watch first.

    Examples
    --------
    >>> from geomapper.evaluation import Kind, Measured
    >>> figures = {"texts": 44, "right": 40, "share": 40 / 44, "ghosts": 0, "unreal": 20}
    >>> worded(Measured(Kind.SENTENCES, {"sentences": figures}))
    ['44 sentences, right 40 (0.909); ghosts 0 of 20']
    """
    tell = {"events": _events, "names": _names, "sentences": _sentences, "snippets": _snippets}
    return [
        line
        for name, words in tell.items()
        if name in measured.figures
        for line in words(measured.figures[name])
    ]


def _sentences(found: Figures) -> Iterator[str]:
    yield (
        f"{found['texts']} sentences, right {found['right']} ({found['share']:.3f});"
        f" ghosts {found['ghosts']} of {found['unreal']}"
    )


def _snippets(found: Figures) -> Iterator[str]:
    yield (
        f"{found['texts']} snippets, weighted F1 {found['weighted_f1']:.3f},"
        f" macro F1 {found['macro_f1']:.3f},"
        f" off-topic typed {found['off_topic_typed']} of {found['off_topic']}"
    )
    for name, row in found["by_type"].items():
        yield f"  {name:28s} {row['gold']:4d}  F1 {row['f1']:.3f}"


def _events(found: Figures) -> Iterator[str]:
    yield f"{found['texts']} articles, {found['gold']} events to pin, {found['given']} pinned"
    for level in LEVELS:
        yield _score(level, found[level])
    for name, value in found["slots"].items():
        yield f"  {name:10s} right on {value:6.1%} of the detected"
    yield f"ghosts (planned, hypothetical or negated, yet pinned): {found['ghosts']} of {found['unreal']}"
    yield f"false alarms on {found['quiet_texts']} articles without events: {found['false_alarms']}"
    errors = found["calibration_error"]
    yield (
        f"expected calibration error: {_figure(errors['detected'])} of being detected,"
        f" {_figure(errors['core'])} of being core-right"
    )
    yield f"{'type':28s} gold  hit false"
    for name, row in found["by_type"].items():
        yield f"{name:28s} {row['gold']:4d} {row['hit']:4d} {row['false']:5d}"
    if found["by_region"]:
        yield f"{'region':28s} gold  detected F1  core F1"
    for name, row in found["by_region"].items():
        yield f"{name:28s} {row['gold']:4d}  {row['detected']:11.3f}  {row['core']:7.3f}"


def _names(found: Figures) -> Iterator[str]:
    yield f"{found['gold']} place names, {found['located']} of them located"
    for name, key in (("geo", "geo"), ("exact", "exact"), ("overlap", "overlap")):
        yield _score(name, found[key])
    yield (
        f"acc@{found['km']:g}km {_figure(found['acc_found'])} of {found['found']} found"
        f" ({found['unplaced']} without a point), {_figure(found['acc_gold'])} of all"
    )
    yield (
        f"mean {_figure(found['mean_km'], 1)} km, median {_figure(found['median_km'], 1)} km,"
        f" AUC {_figure(found['auc'])}; expected calibration error"
        f" {_figure(found['calibration_error'])}"
    )
    yield from _roles(found["roles"])
    if found["traps"]:
        yield f"traps taken for places: {found['trapped']} of {found['traps']}"


def _roles(found: Figures) -> Iterator[str]:
    if not found["mentions"]:
        return
    yield (
        f"roles: {found['found']} of {found['mentions']} found, {found['right']} right"
        f" ({_figure(found['share_of_found'])} of found, {_figure(found['share_of_all'])} of all)"
    )
    for gold, given in found["given_by_gold"].items():
        total = sum(given.values())
        others = ", ".join(
            f"{name} {count}"
            for name, count in sorted(given.items(), key=lambda item: (-item[1], item[0]))
            if name != gold
        )
        yield f"  {gold:12s} {total:5d} found, right {given.get(gold, 0) / total:.3f}; else {others or '-'}"


def _score(name: str, row: Figures) -> str:
    return f"{name:9s} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}"


def _figure(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
