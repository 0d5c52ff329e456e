"""Finding actors in tokens: names of the table, and a nationality with a force noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geomapper.language.columns import strings
from geomapper.model import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

_LONGEST = 7
_PIECES = re.compile(r"[\s\-/'’]")
_SHORT = 3
_MOST_BETWEEN = 4
_SKIPPED = frozenset({"'s", "’s", "'", "’", "-"})
_PATRONAGE = [
    [word]
    for word in (
        "backed", "allied", "aligned", "trained", "supported", "funded", "supplied", "sponsored",
        "led", "made", "built", "armed",
    )
]  # fmt: skip
_PLURAL = {"civilians": "civilians", "police": "police"}


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in a text: tokens `start` to `end`, the head noun `head`, and what kind it is.

    `kind` is ``group`` (by name), ``force`` (nationality and noun), ``state`` (a government),
    ``nationals`` (people of a nationality), ``unknown`` (armed men of no known side), or
    ``civilians``.
    """

    start: int
    end: int
    head: int
    actor: Actor
    kind: str


@dataclass(frozen=True)
class Lexicon:
    """Names in case-folded form: actors by name, forces by people, states by name or capital.

    `nouns` are force nouns by role, `unknown` nouns that name an actor by themselves.
    """

    names: Mapping[str, Actor]
    peoples: Mapping[str, Actor]
    governments: Mapping[str, Actor]
    nouns: Mapping[str, str]
    unknown: Mapping[str, str]

    def extended(self, more: Mapping[str, Actor]) -> Lexicon:
        """Return the lexicon with more names, which come first."""
        found = replace(self, names={**self.names, **more})
        heads = frozenset(map(_head, more))
        found.__dict__["heads_of_names"] = self.heads_of_names | heads
        found.__dict__["_begun"] = self._begun | heads
        return found

    def of_country(self, country: str, noun: str) -> Actor | None:
        """Return the army, or the police, of a country by its ISO 3166-1 alpha-2 code."""
        force = self._forces.get(country)
        if force is None or noun not in ("police", "officers", "authorities", "security"):
            return force
        adjective = _adjective(force)
        kind = "authorities" if noun == "authorities" else "police"
        return Actor(f"{adjective} {kind}", None, force.side, kind, force.homes)

    @cached_property
    def heads_of_names(self) -> frozenset[str]:
        """What the names begin with: a word that is not there begins none."""
        return frozenset(map(_head, self.names))

    @cached_property
    def heads_of_peoples(self) -> frozenset[str]:
        """What the peoples' names begin with."""
        return frozenset(map(_head, self.peoples))

    @cached_property
    def heads_of_governments(self) -> frozenset[str]:
        """What the states' names begin with."""
        return frozenset(map(_head, self.governments))

    def may_begin(self, word: str) -> bool:
        """Tell whether a folded word begins anything that is known; in doubt it does."""
        return word in self._begun or _head(word) in self._begun

    @cached_property
    def _begun(self) -> frozenset[str]:
        heads = self.heads_of_names | self.heads_of_peoples | self.heads_of_governments
        return heads | self.peoples.keys() | {word.partition(" ")[0] for word in self.unknown}

    @cached_property
    def _forces(self) -> dict[str, Actor]:
        return {actor.homes[0]: actor for actor in self.peoples.values() if len(actor.homes) == 1}


def _head(words: str) -> str:
    """Return the first piece of a name: up to a space, hyphen, stroke or apostrophe."""
    return _PIECES.split(words, maxsplit=1)[0] or words


def find(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[ActorMention, ...]:
    """Return the actors in the tokens `start` to `end`, in order, none overlapping."""
    words = [text.casefold().replace("’", "'") for text in strings(doc, start, end, "ORTH")]
    found = []
    index = 0
    while index < len(words):
        mention = (
            _at(doc, words, start, index, lexicon) if lexicon.may_begin(words[index]) else None
        )
        if mention is None:
            index += 1
        else:
            found.append(mention)
            index = mention.end - start
    return tuple(found)


def _at(
    doc: Doc, words: list[str], offset: int, index: int, lexicon: Lexicon
) -> ActorMention | None:
    head = _head(words[index])
    length, actor = 0, None
    if head in lexicon.heads_of_names:
        length, actor = _longest(doc, words, offset, index, lexicon.names)
    force = None
    if head in lexicon.heads_of_peoples:
        force = _national_force(doc, words, offset, index, lexicon)
    if force is not None and force.end - offset > index + length:
        return force
    if actor is not None:
        first, last = offset + index, offset + index + length
        end = _with_force_noun(words, index + length, lexicon) + offset
        return ActorMention(first, max(last, end), max(last, end) - 1, actor, "group")
    if force is not None:
        return force
    return _state_or_unknown(doc, words, offset, index, lexicon)


def _longest(
    doc: Doc, words: list[str], offset: int, index: int, table: Mapping[str, Actor]
) -> tuple[int, Actor | None]:
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        key = _joined(words[index : index + length])
        actor = table.get(key)
        if actor is not None and (
            doc[offset + index].text[:1].isupper()
            or " " in key
            or actor.role
            in ("criminals", "civilians", "partisans", "peacekeepers", "rebels", "separatists")
        ):
            if (
                length == 1
                and not doc[offset + index].text.isupper()
                and key.isalpha()
                and len(key) <= _SHORT
            ):
                continue
            return length, actor
    return 0, None


def _joined(words: list[str]) -> str:
    text = ""
    for word in words:
        glue = word in _SKIPPED or word == "/" or text.endswith(("-", "/"))
        text = f"{text}{word}" if glue or not text else f"{text} {word}"
    return text


def _with_force_noun(words: list[str], index: int, lexicon: Lexicon) -> int:
    """Return where a name ends, a force noun after it included ("M23 rebels")."""
    if (
        index < len(words)
        and words[index] in lexicon.nouns
        and lexicon.nouns[words[index]] in ("militants", "military")
    ):
        return index + 1
    return index


def _national_force(
    doc: Doc, words: list[str], offset: int, index: int, lexicon: Lexicon
) -> ActorMention | None:
    """Return "Ukrainian troops", "Kyiv's elite forces", "the Russian Ministry of Defence"."""
    length, actor = _longest_word(words, index, lexicon.peoples)
    if actor is None or not doc[offset + index].text[:1].isupper():
        return None
    after = index + length
    if words[after : after + 1] == ["-"] and words[after + 1 : after + 2] in _PATRONAGE:
        return None
    for between in range(_MOST_BETWEEN + 1):
        position = after + between
        if position >= len(words):
            break
        for size in (3, 2, 1):
            if position + size > len(words):
                continue
            role = lexicon.nouns.get(" ".join(words[position : position + size]))
            following = words[position + size] if position + size < len(words) else ""
            if role is not None and (size > 1 or following not in lexicon.nouns):
                return _force_mention(doc, offset + index, offset + position + size, actor, role)
        word = words[position]
        if not (
            word in _SKIPPED
            or doc[offset + position].pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV", "")
        ) or word in (",", ".", "and", "of"):
            break
    return None


def _longest_word(
    words: list[str], index: int, table: Mapping[str, Actor]
) -> tuple[int, Actor | None]:
    for length in (4, 3, 2, 1):
        key = _joined(words[index : index + length])
        if key in table and index + length <= len(words):
            return length, table[key]
    return 0, None


def _force_mention(doc: Doc, start: int, end: int, actor: Actor, role: str) -> ActorMention:
    people = doc[start].text
    if role == "civilians":
        named = Actor(f"{people} {doc[end - 1].text}", None, None, "civilians", actor.homes)
        return ActorMention(start, end, end - 1, named, "nationals")
    if role in ("police", "government", "militants"):
        adjective = _adjective(actor) or people
        noun = _noun(doc[start:end].text, role)
        side = actor.side if role != "militants" else f"{adjective} {noun}"
        code = (actor.code or "").split(".")[0]
        named = Actor(f"{adjective} {noun}", f"{code}.{role[:3].upper()}", side, role, actor.homes)
        return ActorMention(start, end, end - 1, named, "force")
    return ActorMention(start, end, end - 1, actor, "force")


def _adjective(actor: Actor) -> str:
    """Return whose a force is: "Yemeni" of "Yemeni government forces"."""
    words = actor.name.split()[:-1]
    while len(words) > 1 and (words[-1].islower() or words[-1] == "Armed"):
        words.pop()
    return " ".join(words)


def _noun(words: str, role: str) -> str:
    """Return what kind of force words name: police are police, but border guards are border guards."""
    last = words.rpartition(" ")[2]
    if role == "police":
        if last.lower().startswith("guard"):
            return "border guards"
        return "authorities" if last.lower().startswith("prosecutor") else "police"
    return "authorities" if role == "government" else last


def _state_or_unknown(
    doc: Doc, words: list[str], offset: int, index: int, lexicon: Lexicon
) -> ActorMention | None:
    here = offset + index
    length, state = 0, None
    if _head(words[index]) in lexicon.heads_of_governments:
        length, state = _longest_word(words, index, lexicon.governments)
    if state is not None and doc[here].text[:1].isupper():
        return ActorMention(here, here + length, here + length - 1, state, "state")
    people = lexicon.peoples.get(words[index])
    if (
        people is not None
        and doc[here].text[:1].isupper()
        and doc[here].tag_ in ("NNS", "NNPS", "NNP", "NN")
    ):
        return ActorMention(here, here + 1, here, people, "force")
    for size in (2, 1):
        noun = " ".join(words[index : index + size])
        role = lexicon.unknown.get(noun)
        if role is not None and index + size <= len(words):
            kind = "civilians" if role in ("civilians", "protesters", "rioters") else "unknown"
            name = role if kind == "civilians" and role != "rioters" else noun
            return ActorMention(
                here, here + size, here + size - 1, Actor(name, None, None, role, ()), kind
            )
    return None
