"""The words of harm and of people, from ``casualty_words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CasualtyWords:
    """Lower-case words, each with the kind of harm that it tells.

    `done` verbs take people as object, `suffered` words follow their number; `suffered` and
    `framed` are lists of words by their first; `framed` verbs take a number between the two.
    `plural` and `singular` are nouns of people, `things` of what is no one.
    """

    done: Mapping[str, str]
    suffered: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    framed: Mapping[str, tuple[tuple[str, str], ...]]
    named: Mapping[str, str]
    nobody: Mapping[str, frozenset[str]]
    plural: frozenset[str]
    singular: frozenset[str]
    things: frozenset[str]
    passed: frozenset[str]
    subset: frozenset[str]


@cache
def casualty_words() -> CasualtyWords:
    """Return the shipped table."""
    text = resources.files(__package__).joinpath("casualty_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return CasualtyWords(
        done=_kinds(table["done"]),
        suffered=_phrases(table["suffered"]),
        framed=_frames(table["framed"]),
        named=_kinds(table["named"]),
        nobody={kind: frozenset(words.split()) for kind, words in table["nobody"].items()},
        plural=frozenset(table["people"]["plural"].lower().split()),
        singular=frozenset(table["people"]["singular"].lower().split()),
        things=frozenset(table["things"]["words"].split()),
        passed=frozenset(table["passed"]["words"].split()),
        subset=frozenset(table["subset"]["words"].split()),
    )


def _kinds(table: dict[str, Any]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words.split()}


def _phrases(table: dict[str, Any]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return phrases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, words in table.items():
        for phrase in words.split():
            parts = tuple(phrase.split("_"))
            found.setdefault(parts[0], []).append((parts, kind))
    return {word: tuple(sorted(each, key=lambda one: -len(one[0]))) for word, each in found.items()}


def _frames(table: dict[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, frames in table.items():
        for frame in frames.split("|"):
            verb, last = frame.split()
            found.setdefault(verb, []).append((last.split("_")[-1], kind))
    return {word: tuple(each) for word, each in found.items()}
