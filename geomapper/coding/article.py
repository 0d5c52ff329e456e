"""What a coder knows of an article: all of it at once, and what its sentences have told so far."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.coding.dates import DateReader
from geomapper.coding.implied import Sides, sides_of
from geomapper.coding.linking import Located, located_in
from geomapper.coding.matching import Scene
from geomapper.coding.wars import Front
from geomapper.model import Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.model import Actor, DateRange, Place, Resolution
    from geomapper.stages import Cue, Reading, Sentence

_SIGHT = 260
_LIKELY = 0.5
_MAINLY = 0.6
_BANDS = frozenset(
    "rebels militants jihadists paramilitary separatists militia criminals mercenaries".split()
)


def _start(mention: ActorMention) -> int:
    return mention.start


def _word(each: Located) -> int:
    return each.token.i


def _without_namesakes(
    named: Sequence[ActorMention], doc: Doc, resolutions: Sequence[Resolution]
) -> tuple[ActorMention, ...]:
    """Leave out states that are ground here, or part of another's name: Paris Hilton is not France."""
    parts = [
        each.mention.span
        for each in resolutions
        if each.mention.role in (Role.NAME_PART, Role.LITERAL, Role.DATELINE)
    ]
    persons = [Span(each.start_char, each.end_char) for each in doc.ents if each.label_ == "PERSON"]
    inside = [*parts, *persons]
    return tuple(
        mention
        for mention in named
        if mention.kind != "state"
        or not any(span.start <= doc[mention.start].idx < span.end for span in inside)
    )


def _own_forces(resolutions: Sequence[Resolution], actors: ActorTable) -> dict[str, Actor]:
    """Return "government forces" and their like as the forces of the country that an article is about.

    None where its ground lies in several countries, none with `_MAINLY` of it.
    """
    ground = [
        each.best.place.country
        for each in resolutions
        if each.best is not None and each.mention.role is Role.LITERAL and each.best.place.country
    ]
    if not ground:
        return {}
    (country, count), *_ = Counter(ground).most_common(1)
    if count < _MAINLY * len(ground):
        return {}
    force = actors.lexicon.of_country(country, "troops")
    if force is None or force.role != "military":
        return {}
    return dict.fromkeys(actors.own, force)


@dataclass(frozen=True, slots=True)
class Part:
    """A force in an event as the language model sees it: who, of which type, as "actor" or "target"."""

    name: str
    type: str
    role: str
    chance: float


def _parts(
    cues: Iterable[Cue], named: Sequence[ActorMention], actors: ActorTable
) -> Iterator[Part]:
    """Yield the forces that cues likely have for actor or target, each once a cue and role."""
    owner = {token: mention for mention in named for token in range(mention.start, mention.end)}
    for cue in cues:
        if not cue.types or max(chance for _, chance in cue.types) < _LIKELY:
            continue
        event_type, _ = max(cue.types, key=lambda pair: (pair[1], pair[0]))
        best: dict[tuple[str, str], float] = {}
        for role, token, chance in cue.arguments:
            if role in ("actor", "target") and token in owner and chance >= _LIKELY:
                key = (actors.force_of(owner[token]).name, role)
                best[key] = max(best.get(key, 0.0), chance)
        for (name, role), chance in best.items():
            yield Part(name, event_type, role, chance)


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read, with its ground, its actors and its clock.

    `whole` is the scene of all its sentences, `sides` the armed actors that it names, `cues` what
    the language model says of single words, `headline` the names of the forces in its title,
    `parts` the parts that the model gives to the forces it names.
    """

    reading: Reading
    dates: DateReader
    whole: Scene
    sides: Sides
    cues: Mapping[int, Cue]
    headline: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, reading: Reading, resolutions: Sequence[Resolution], actors: ActorTable) -> Article:
        """Return what there is to know of a document."""
        doc = reading.doc
        introduced = actors.introduced(reading.document.text) | _own_forces(resolutions, actors)
        named = _without_namesakes(actors.mentions(doc, 0, len(doc), introduced), doc, resolutions)
        ground = sorted(located_in(doc, 0, len(doc), resolutions), key=_word)
        return cls(
            reading,
            DateReader(reading.document.published),
            Scene(doc, 0, len(doc), named, ground),
            sides_of(named, actors),
            {cue.token: cue for cue in reading.cues},
            frozenset(actor.name for actor in actors.forces_in(reading.document.title or "")),
            tuple(_parts(reading.cues, named, actors)),
        )

    def front(self, scene: Scene, place: Place | None) -> Front:
        """Return the war around a deed at a place: whom the article and the sentence name."""
        published = self.reading.document.published
        near = {mention.actor.name for mention in scene.actors}
        return Front.at(
            place,
            published.year if published is not None else None,
            {actor.name: count for actor, count in self.sides.counts},
            frozenset(near),
        )

    def scene(self, sentence: Sentence) -> Scene:
        """Return the scene of one sentence."""
        return self._between(*sentence.tokens)

    def around(self, token: int) -> Scene:
        """Return the scene around a word, as far as a language model sees from it."""
        return self._between(max(0, token - _SIGHT), min(self.whole.end, token + _SIGHT))

    def _between(self, start: int, end: int) -> Scene:
        actors, ground = self.whole.actors, self.whole.located
        first, last = bisect_left(actors, start, key=_start), bisect_left(actors, end, key=_start)
        begin, stop = bisect_left(ground, start, key=_word), bisect_left(ground, end, key=_word)
        return Scene(self.reading.doc, start, end, actors[first:last], ground[begin:stop])


@dataclass(slots=True)
class Memory:
    """What the article has told so far, for "the town", "they" and "the same day"."""

    located: Located | None = None
    actor: Actor | None = None
    deed: str | None = None
    by_role: dict[str, Actor] = field(default_factory=dict)
    group: Actor | None = None
    dates: DateRange | None = None
    paragraph: int = -1

    def begin(self, sentence: Sentence, text: str) -> None:
        """Forget day and place where a sentence begins a paragraph."""
        paragraph = text.count("\n", 0, sentence.span.start)
        if paragraph != self.paragraph:
            self.paragraph, self.dates, self.located = paragraph, None, None

    def hear(self, scene: Scene) -> None:
        """Keep the actors that a sentence names, by their roles, and the last armed group."""
        groups = [m.actor for m in scene.actors if m.kind == "group" and m.actor.role in _BANDS]
        self.group = groups[-1] if groups else self.group
        self.by_role.update(
            (mention.actor.role, mention.actor)
            for mention in scene.actors
            if mention.kind in ("group", "force") and mention.actor.role
        )
