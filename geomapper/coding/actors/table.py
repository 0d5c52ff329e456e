"""The table of actors: states with their forces and peoples, and armed groups."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.coding.actors.finding import ActorMention, Lexicon, find
from geomapper.errors import CodebookError
from geomapper.model import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class ActorTable:
    """Knows actors by name, alias, acronym and by "Ukrainian troops" and its like.

    `own` are what an article about a country calls that country's forces: "government troops".
    """

    lexicon: Lexicon
    own: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path | None = None) -> ActorTable:
        """Return the shipped table, with a user's table of groups over it.

        A user's CSV has the columns ``code,name,side,role,homes,aliases`` (lists parted by ``|``).

        Raises
        ------
        CodebookError
            The user's table cannot be read.

        Examples
        --------
        >>> ActorTable.load().find("Kyiv's forces").name
        'Ukrainian forces'
        """
        if path is None:
            return _shipped()
        try:
            rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"{path} cannot be read as a table of actors: {error}") from error
        own = _groups(rows)
        return cls(_shipped().lexicon.extended(own), _shipped().own)

    def find(self, text: str) -> Actor | None:
        """Return the actor that a phrase names, None for a phrase that names none.

        Examples
        --------
        >>> ActorTable.load().find("the RSF").code
        'SDN.RSF'
        """
        found = self._mentions_in(text)
        return found[0].actor if found else None

    def forces_in(self, text: str) -> tuple[Actor, ...]:
        """Return the forces and groups that a text without a parse names; a state by its forces.

        Examples
        --------
        >>> [each.name for each in ActorTable.load().forces_in("Israel hits Hezbollah")]
        ['Israeli military', 'Hezbollah']
        """
        return tuple(map(self.force_of, self._mentions_in(text)))

    def force_of(self, mention: ActorMention) -> Actor:
        """Return the forces of a state that is named, any other actor as it is."""
        actor = mention.actor
        if mention.kind != "state" or len(actor.homes) != 1:
            return actor
        return self.lexicon.of_country(actor.homes[0], "troops") or actor

    def _mentions_in(self, text: str) -> tuple[ActorMention, ...]:
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        words = text.replace("'s", " 's").replace("’s", " ’s").split()
        return find(Doc(Vocab(), words=words), 0, len(words), self.lexicon)

    def mentions(
        self, doc: Doc, start: int, end: int, introduced: Mapping[str, Actor] | None = None
    ) -> tuple[ActorMention, ...]:
        """Return the actors named by the tokens `start` to `end`, in order, not overlapping.

        `introduced` adds names that the article itself explains (see `introduced`).
        """
        lexicon = self.lexicon.extended(introduced) if introduced else self.lexicon
        return find(doc, start, end, lexicon)

    def role_of(self, noun: str) -> str | None:
        """Return the role of a force noun without a name, None for any other word.

        Examples
        --------
        >>> ActorTable.load().role_of("soldiers"), ActorTable.load().role_of("weather")
        ('military', None)
        """
        return self.lexicon.nouns.get(noun) or self.lexicon.unknown.get(noun)

    def introduced(self, text: str) -> dict[str, Actor]:
        """Return the acronyms that a text introduces: "the National Front (NF)" gives ``nf``.

        Only capitals that begin words of the name count, and acronyms that the table knows keep
        their meaning there.
        """
        import re

        found: dict[str, Actor] = {}
        pattern = re.compile(
            r"((?:[A-Z][\w'’-]+ (?:(?:of|for|the|and|de|du|des|pour|la) ){0,2}){1,6}[A-Z][\w'’-]+) \(([A-Z][A-Za-z0-9-]{1,7})\)"
        )
        for match in pattern.finditer(text):
            name, short = match[1].removeprefix("The ").removeprefix("the "), match[2]
            initials = "".join(
                word[0] for word in name.replace("-", " ").split() if word[0].isupper()
            )
            key = short.casefold()
            if key in self.lexicon.names or not _fits(short, initials):
                continue
            known = self.lexicon.names.get(name.casefold())
            words = set(name.casefold().split())
            if known is None and not words & _ARMED_WORDS:
                continue
            found[key] = known or Actor(name, None, name, "armed group", ())
            found.setdefault(name.casefold(), found[key])
        return found


_ARMED_WORDS = frozenset(
    "army front forces force movement brigade brigades guard guards militia liberation defence defense "
    "resistance alliance coalition council legion corps battalion jihad".split()
)


def _fits(short: str, initials: str) -> bool:
    capitals = "".join(each for each in short if each.isupper())
    return capitals == initials or initials.startswith(capitals) or capitals in initials


@cache
def _shipped() -> ActorTable:
    package = resources.files(__package__)
    states = list(csv.DictReader(package.joinpath("states.csv").read_text("utf-8").splitlines()))
    groups = list(csv.DictReader(package.joinpath("groups.csv").read_text("utf-8").splitlines()))
    nouns = tomllib.loads(package.joinpath("force_nouns.toml").read_text("utf-8"))
    names: dict[str, Actor] = {}
    peoples: dict[str, Actor] = {}
    governments: dict[str, Actor] = {}
    for row in states:
        force = _force(row)
        for alias in (force.name, *_split(row["forces_also"])):
            names.setdefault(alias.casefold(), force)
        for word in _split(row["people"]):
            peoples.setdefault(word.casefold(), force)
        state = Actor(row["name"], row["iso3"], row["name"], "government", (row["iso2"],))
        for word in (row["name"], *_split(row["also"]), *_split(row["capitals"])):
            governments.setdefault(word.casefold(), state)
            peoples.setdefault(word.casefold(), force)
    names.update(_groups(groups))
    owned = nouns.pop("own")
    owners, forces = (str(owned[key]).split() for key in ("owners", "forces"))
    own = frozenset(f"{owner} {force}" for owner in owners for force in forces)
    unknown = {
        word.replace("_", " "): role
        for role, words in nouns.pop("unknown").items()
        for word in words.split()
    }
    roles = {
        word.replace("_", " "): role for role, words in nouns.items() for word in str(words).split()
    }
    return ActorTable(Lexicon(names, peoples, governments, roles, unknown), own)


def _force(row: dict[str, str]) -> Actor:
    people = _split(row["people"])
    name = row["forces"] or f"{people[0] if people else row['name']} forces"
    role = "police" if name.endswith("security forces") else "military"
    return Actor(name, f"{row['iso3']}.{role[:3].upper()}", row["name"], role, (row["iso2"],))


def _groups(rows: list[dict[str, str]]) -> dict[str, Actor]:
    found = {}
    for row in rows:
        homes = tuple(_split(row["homes"]))
        actor = Actor(
            row["name"], row["code"], row["side"] or row["name"], row["role"] or None, homes
        )
        for alias in (row["name"], *_split(row["aliases"])):
            found[alias.casefold()] = actor
    return found


def _split(text: str) -> list[str]:
    return [part.strip() for part in (text or "").split("|") if part.strip()]
