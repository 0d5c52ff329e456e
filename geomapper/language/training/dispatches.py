"""Our own annotated dispatches, as their authors write them: marked text, then a line an event.

``seeds/training/README.md`` describes the marks. A dispatch is read into offsets of plain text:
place names with their roles, and for each event its triggers, arguments, status and days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Range = tuple[int, int]
ROLES = {"l": "literal", "m": "metonym", "a": "demonym", "d": "dateline", "n": "name_part"}
ARGUMENTS = ("place", "actor", "target", "date", "by", "origin")
STATUSES = ("reported", "confirmed", "claimed", "denied", "planned", "hypothetical", "negated")
_MARK = re.compile(r"\{([^{}|]+)\|([lmadn])\}|<([^<>|]+)\|([\d, ]+)>")
_EVENT = re.compile(r"^(\d+): ?(\w+)\s*(?:;|$)")
_WHEN = re.compile(
    r"(\.\.|\d{4}-\d\d-\d\d)/(\.\.|\d{4}-\d\d-\d\d) (day|week|month|season|year|before|unknown)"
)


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """An event: its type, the words that tell it, and what belongs to it, as character ranges.

    `when` is (earliest, latest, precision), ISO days or None; `who` the actor's full name where
    the words of the text do not give it but a reader knows ("the army"), else None.
    """

    type: str
    alternatives: tuple[str, ...]
    status: str
    precision: str
    triggers: tuple[Range, ...]
    arguments: dict[str, tuple[Range, ...]]
    when: tuple[str | None, str | None, str]
    figures: dict[str, int]
    is_optional: bool
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An invented article with its place names (start, end, role) and events."""

    id: str
    title: str
    published: str | None
    style: str
    region: str
    text: str
    places: tuple[tuple[int, int, str], ...]
    events: tuple[TrainingEvent, ...]


@dataclass(slots=True)
class _Text:
    plain: str = ""
    places: list[tuple[int, int, str]] = field(default_factory=list)
    triggers: dict[int, list[Range]] = field(default_factory=dict)


def read_dispatches(path: Path) -> Iterator[Dispatch]:
    """Yield the dispatches of a file; raise ValueError with the id where one is broken."""
    for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        try:
            yield _dispatch(head, rest)
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}, {head}: {error}") from error


def _dispatch(head: str, rest: str) -> Dispatch:
    name, published, style, region = (part.strip() for part in head.split("|"))
    lines = rest.strip("\n").split("\n")
    title = _plain(lines[0].removeprefix("# ").strip()).plain
    told = [line for line in lines[1:] if _EVENT.match(line)]
    text = _plain("\n".join(line for line in lines[1:] if not _EVENT.match(line)).strip())
    events = tuple(_event(line, text) for line in told)
    return Dispatch(
        name, title, published or None, style, region, text.plain, tuple(text.places), events
    )


def _plain(marked: str) -> _Text:
    found, at = _Text(), 0
    for mark in _MARK.finditer(marked):
        found.plain += marked[at : mark.start()]
        start, at = len(found.plain), mark.end()
        found.plain += mark[1] or mark[3]
        if mark[1]:
            found.places.append((start, len(found.plain), ROLES[mark[2]]))
        else:
            for number in re.findall(r"\d+", mark[4]):
                found.triggers.setdefault(int(number), []).append((start, len(found.plain)))
    found.plain += marked[at:]
    return found


def _event(line: str, text: _Text) -> TrainingEvent:
    head, *rest = (part.strip() for part in line.split(";"))
    number, _, kind = head.partition(":")
    fields = {name.strip(): value.strip() for name, _, value in (f.partition("=") for f in rest)}
    triggers = tuple(text.triggers[int(number)])
    anchor = triggers[0][0]
    grounds = [(start, end) for start, end, role in text.places if role == "literal"]
    places = tuple(
        _nearest(words, anchor, text.plain, grounds)
        for words in fields.get("place", "").split(" & ")
        if words.strip()
    )
    others = {
        name: (_nearest(fields[name], anchor, text.plain, None),)
        for name in ARGUMENTS
        if name != "place" and fields.get(name)
    }
    return TrainingEvent(
        kind.strip(),
        tuple(name.strip() for name in fields.get("alt", "").split(",") if name.strip()),
        fields["status"],
        fields.get("prec", "exact"),
        triggers,
        {"place": places, **others},
        _when(fields.get("when", "unknown")),
        {name: int(fields[name]) for name in ("killed", "wounded", "captured") if fields.get(name)},
        fields.get("optional") == "1",
        fields.get("who") or None,
    )


def _nearest(words: str, anchor: int, text: str, within: list[Range] | None) -> Range:
    words = words.strip()
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    found = [(start, start + len(words)) for start in starts]
    found = [each for each in found if within is None or each in within]
    if not found:
        raise ValueError(f"{words!r} is not marked in the text")
    return min(found, key=lambda each: abs(each[0] - anchor))


def _when(words: str) -> tuple[str | None, str | None, str]:
    match = _WHEN.fullmatch(words)
    if match is None:
        return None, None, "unknown"
    start, end = (None if day == ".." else day for day in match.groups()[:2])
    return start, end, match[3]
