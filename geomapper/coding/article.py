"""What a coder knows of an article: all of it at once, and what its sentences have told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomapper.coding.dates import DateReader
from geomapper.coding.implied import Sides, sides_of
from geomapper.coding.linking import Located, located_in
from geomapper.coding.matching import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.coding.actors import ActorTable
    from geomapper.model import Actor, DateRange, Resolution
    from geomapper.stages import Cue, Reading, Sentence


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read, with its ground, its actors and its clock.

    `whole` is the scene of all its sentences, `introduced` the names that it explains, `sides`
    the armed actors that it names, `cues` what the language model says of single words.
    """

    reading: Reading
    resolutions: Sequence[Resolution]
    introduced: Mapping[str, Actor]
    dates: DateReader
    whole: Scene
    sides: Sides
    cues: Mapping[int, Cue]

    @classmethod
    def of(cls, reading: Reading, resolutions: Sequence[Resolution], actors: ActorTable) -> Article:
        """Return what there is to know of a document."""
        doc = reading.doc
        introduced = actors.introduced(reading.document.text)
        named = actors.mentions(doc, 0, len(doc), introduced)
        ground = located_in(doc, 0, len(doc), resolutions)
        return cls(
            reading,
            resolutions,
            introduced,
            DateReader(reading.document.published),
            Scene(doc, 0, len(doc), named, ground),
            sides_of(named, actors),
            {cue.token: cue for cue in reading.cues},
        )

    def scene(self, sentence: Sentence) -> Scene:
        """Return the scene of one sentence."""
        start, end = sentence.tokens
        return Scene(
            self.reading.doc,
            start,
            end,
            tuple(each for each in self.whole.actors if start <= each.start < end),
            [each for each in self.whole.located if start <= each.token.i < end],
        )


@dataclass(slots=True)
class Memory:
    """What the article has told so far, for "the town", "they" and "the same day"."""

    located: Located | None = None
    actor: Actor | None = None
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
