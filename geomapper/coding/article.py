"""What a coder knows of an article: all of it at once, and what its sentences have told so far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.coding.dates import DateReader
from geomapper.coding.implied import Sides, sides_of
from geomapper.coding.linking import Located, located_in
from geomapper.coding.matching import Scene
from geomapper.model import Role, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from geomapper.coding.actors import ActorMention, ActorTable
    from geomapper.model import Actor, DateRange, Resolution
    from geomapper.stages import Cue, Reading, Sentence

_SIGHT = 260


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


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read, with its ground, its actors and its clock.

    `whole` is the scene of all its sentences, `sides` the armed actors that it names, `cues` what
    the language model says of single words.
    """

    reading: Reading
    dates: DateReader
    whole: Scene
    sides: Sides
    cues: Mapping[int, Cue]

    @classmethod
    def of(cls, reading: Reading, resolutions: Sequence[Resolution], actors: ActorTable) -> Article:
        """Return what there is to know of a document."""
        doc = reading.doc
        introduced = actors.introduced(reading.document.text)
        named = _without_namesakes(actors.mentions(doc, 0, len(doc), introduced), doc, resolutions)
        ground = sorted(located_in(doc, 0, len(doc), resolutions), key=_word)
        return cls(
            reading,
            DateReader(reading.document.published),
            Scene(doc, 0, len(doc), named, ground),
            sides_of(named, actors),
            {cue.token: cue for cue in reading.cues},
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
    deed: str = ""
    by_role: dict[str, Actor] = field(default_factory=dict)
    dates: DateRange | None = None
    paragraph: int = -1

    def begin(self, sentence: Sentence, text: str) -> None:
        """Forget day and place where a sentence begins a paragraph."""
        paragraph = text.count("\n", 0, sentence.span.start)
        if paragraph != self.paragraph:
            self.paragraph, self.dates, self.located = paragraph, None, None

    def hear(self, scene: Scene) -> None:
        """Keep the actors that a sentence names, by their roles."""
        self.by_role.update(
            (mention.actor.role, mention.actor)
            for mention in scene.actors
            if mention.kind in ("group", "force") and mention.actor.role
        )
