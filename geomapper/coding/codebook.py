"""The codebook: event types and what names them in a text, read from a table and checked."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from geomapper.errors import CodebookError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TYPE_TEXTS = ("label", "family", "definition")
_LISTS = (
    "verbs", "nouns", "subject", "object", "of", "to", "by_way", "particles", "nouns_of", "words",
    "without", "adjacent", "blocked_particles", "actor",
)  # fmt: skip
_FLAGS = ("foreign", "passive")
_CLASSED = ("subject", "object", "of", "to")
_ACTS = frozenset({"object", "to", "none"})
_DEEDS = frozenset(
    "strike air ground regain leave hidden harm arrest crowd post talk defend flee".split()
)
_TYPE_KEYS = frozenset({
    *_TYPE_TEXTS, "plover", "cameo", "acled", "ucdp", "deed", "examples", "counter_examples",
    "triggers",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb or noun that names an event, with the conditions that must hold beside it.

    Every field is a set of lemmas or classes, empty where nothing is asked; `foreign` asks for a
    place outside the actor's home, `passive` for a passive verb; `actor` says who acts where it is not
    the subject: ``object``, ``to`` (the complement with "to") or ``none``. `weight` decides between
    triggers that fit one word.
    """

    type: str
    number: int
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    by_way: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    nouns_of: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    adjacent: frozenset[str] = frozenset()
    blocked_particles: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    foreign: bool = False
    passive: bool = False
    weight: float = 0.0

    @property
    def strength(self) -> float:
        """The weight, and half a point for each condition."""
        asked = (self.subject, self.object, self.of, self.to, self.particles, self.words)
        return self.weight + 0.5 * sum(bool(each) for each in asked)

    @property
    def rule(self) -> str:
        """A name for ``geomapper explain``."""
        return f"{self.type}, trigger {self.number}"


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event with its codes in other schemes; a code is None where there is none.

    `deed` is the kind of deed by which who did it is weighed (``"strike"``, ``"crowd"``, ...), None
    for what is nobody's but whom the words name.
    """

    id: str
    label: str
    family: str
    definition: str
    plover: str | None = None
    cameo: str | None = None
    acled: str | None = None
    ucdp: str | None = None
    deed: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """Event types by id, and families by id with their labels."""

    name: str
    version: str
    families: Mapping[str, str]
    types: Mapping[str, EventType]
    by_lemma: Mapping[str, tuple[Trigger, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path | None = None) -> Codebook:
        """Return the codebook at `path`, by default the one that ships.

        Raises
        ------
        CodebookError
            The file cannot be read, is not TOML, or a type of it is wrong; the message says where.

        Examples
        --------
        >>> Codebook.load().types["drone_strike"].family
        'strike'
        """
        if path is None:
            return _shipped()
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"{path} cannot be read as a codebook: {error}") from error
        return parse(text, str(path))


@cache
def _shipped() -> Codebook:
    text = resources.files(__package__).joinpath("codebook.toml").read_text(encoding="utf-8")
    return parse(text, "codebook.toml")


def parse(text: str, source: str) -> Codebook:
    """Return the codebook that a TOML text describes; `source` is named in errors.

    Raises
    ------
    CodebookError
        The text is not TOML, or a type or trigger of it is wrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{source} is not TOML: {error}") from error
    families = table.get("families")
    if not isinstance(families, dict) or not isinstance(table.get("types"), dict):
        raise CodebookError(f"{source}: expected the tables [families] and [types.<id>]")
    checked = {
        name: _event_type(
            name,
            row,
            families,
            _where(source, text, f"[types.{name}]"),
            _all_where(source, text, f"[[types.{name}.triggers]]"),
        )
        for name, row in table["types"].items()
    }
    version = str(table.get("version") or hashlib.sha256(text.encode()).hexdigest()[:8])
    return Codebook(
        str(table.get("name") or source),
        version,
        {str(key): str(value) for key, value in families.items()},
        checked,
        _by_lemma(checked),
    )


def _event_type(
    name: str, row: object, families: Mapping[str, Any], where: str, places: Sequence[str]
) -> EventType:
    if not isinstance(row, dict):
        raise CodebookError(f"{where}: {name} is not a table")
    missing = [key for key in _TYPE_TEXTS if not isinstance(row.get(key), str)]
    if missing:
        raise CodebookError(f"{where}: {name} lacks {', '.join(missing)}")
    if row["family"] not in families:
        known = ", ".join(families)
        raise CodebookError(f"{where}: no family {row['family']!r}; known: {known}")
    if unknown := set(row) - _TYPE_KEYS:
        known = ", ".join(sorted(_TYPE_KEYS))
        raise CodebookError(f"{where}: {name} has {', '.join(sorted(unknown))}; known: {known}")
    deed = _text(row, "deed", where)
    if deed is not None and deed not in _DEEDS:
        known = ", ".join(sorted(_DEEDS))
        raise CodebookError(f"{where}: {name} has the deed {deed!r}; known: {known}")
    triggers = row.get("triggers", [])
    if not isinstance(triggers, list):
        raise CodebookError(f"{where}: triggers of {name} must be tables [[types.{name}.triggers]]")
    return EventType(
        id=name,
        label=row["label"],
        family=row["family"],
        definition=row["definition"],
        **{key: _text(row, key, where) for key in ("plover", "cameo", "acled", "ucdp")},
        deed=deed,
        examples=_sentences(row, "examples", where),
        counter_examples=_sentences(row, "counter_examples", where),
        triggers=tuple(
            _trigger(name, number, each, places[number - 1] if number <= len(places) else where)
            for number, each in enumerate(triggers, start=1)
        ),
    )


def _trigger(name: str, number: int, row: object, where: str) -> Trigger:
    here = f"{where}: trigger {number} of {name}"
    if not isinstance(row, dict):
        raise CodebookError(f"{here} is not a table")
    unknown = set(row) - {*_LISTS, *_FLAGS, "weight"}
    if unknown:
        raise CodebookError(
            f"{here} has {', '.join(sorted(unknown))}; known: {', '.join((*_LISTS, *_FLAGS, 'weight'))}"
        )
    if not row.get("verbs") and not row.get("nouns"):
        raise CodebookError(f"{here} has neither verbs nor nouns")
    wrong = [key for key in _LISTS if key in row and not isinstance(row[key], str)]
    if wrong:
        raise CodebookError(f"{here}: {', '.join(wrong)} must be words in one string")
    if not isinstance(row.get("weight", 0.0), int | float):
        raise CodebookError(f"{here}: weight must be a number, not {row['weight']!r}")
    not_flags = [key for key in _FLAGS if not isinstance(row.get(key, False), bool)]
    if not_flags:
        raise CodebookError(f"{here}: {', '.join(not_flags)} must be true or false")
    lists = {key: frozenset(str(row.get(key, "")).replace("|", " ").split()) for key in _LISTS}
    _must_be_known(lists, here)
    return Trigger(
        type=name,
        number=number,
        **lists,
        foreign=bool(row.get("foreign", False)),
        passive=bool(row.get("passive", False)),
        weight=float(row.get("weight", 0.0)),
    )


def _must_be_known(lists: Mapping[str, frozenset[str]], here: str) -> None:
    """Refuse a class that no word belongs to, and an actor that stands nowhere."""
    known = {*_classes(), "any", "none"}
    asked = {each for key in _CLASSED for each in lists[key]}
    marked = {each.removeprefix("@") for each in lists["words"] if each.startswith("@")}
    if strange := sorted((asked | marked) - known):
        raise CodebookError(f"{here}: no class {strange[0]!r}; known: {', '.join(sorted(known))}")
    if strange := sorted(lists["actor"] - _ACTS):
        raise CodebookError(f"{here}: actor {strange[0]!r} is none of {', '.join(sorted(_ACTS))}")


@cache
def _classes() -> frozenset[str]:
    text = resources.files(__package__).joinpath("classes.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text))


def _sentences(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise CodebookError(f"{where}: {key} must be a list of sentences")
    return tuple(value)


def _text(row: Mapping[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise CodebookError(f"{where}: {key} must be a string")
    return value


def _where(source: str, text: str, header: str) -> str:
    """Return the source with the line on which a table begins."""
    return next(iter(_all_where(source, text, header)), source)


def _all_where(source: str, text: str, header: str) -> list[str]:
    """Return the source with each line on which a table of this name begins."""
    lines = enumerate(text.splitlines(), start=1)
    return [f"{source}, line {number}" for number, line in lines if line.strip() == header]


def _by_lemma(types: Mapping[str, EventType]) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for event_type in types.values():
        for trigger in event_type.triggers:
            for lemma in sorted(trigger.verbs | trigger.nouns):
                found.setdefault(lemma, []).append(trigger)
    return {lemma: tuple(triggers) for lemma, triggers in found.items()}
