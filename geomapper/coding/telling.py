"""All that is read of a word that tells an event: where, who and whom, how sure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomapper.coding.casting import Cast, Known, by_cue, cast, force_of
from geomapper.coding.contenders import UNWEIGHED, Proposals, choose, contenders, shares_of
from geomapper.coding.crossing import is_new_crossing
from geomapper.coding.cues import given_to, matches_with_cues, origin_by_cue, status_by_cue
from geomapper.coding.implied import implied_actor, sole_actor
from geomapper.coding.linking import Link, leaves, link
from geomapper.coding.matching import Match, Scene, matches
from geomapper.coding.siting import site_of, sites
from geomapper.coding.status import Verdict, contradict, is_backed, judge, speaker_of
from geomapper.coding.targets import Deed, target_of
from geomapper.coding.weighing import shipped_weights
from geomapper.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from geomapper.coding.actors import ActorTable
    from geomapper.coding.article import Article, Memory
    from geomapper.coding.casting import Said
    from geomapper.coding.codebook import Codebook
    from geomapper.coding.contenders import Contender
    from geomapper.model import Actor, Place


@dataclass(frozen=True, slots=True)
class Told:
    """A match with all that was read of it."""

    match: Match
    link: Link
    cast: Cast
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Teller:
    """Reads what sentences tell: by the codebook's triggers, and by cues where a model gives them."""

    codebook: Codebook
    actors: ActorTable

    def told(self, article: Article, scene: Scene, memory: Memory) -> tuple[Told, ...]:
        """Return what a sentence tells, each deed once, in the order of its words."""
        found = [
            told
            for match in self._matches(article, scene)
            if (told := self._of(match, article, scene, memory)) is not None
        ]
        found = _with_shared_place(found)
        found.sort(key=lambda each: (not each.link.places, -_weight(each.match)))
        taken: list[Told] = []
        for told in found:
            number = next((n for n, each in enumerate(taken) if same_deed(told, each)), None)
            if number is None:
                taken.append(told)
            else:
                taken[number] = _with_denial(taken[number], told)
        return tuple(sorted(taken, key=lambda each: each.match.token.i))

    def _matches(self, article: Article, scene: Scene) -> Iterator[Match]:
        if not article.reading.cue_types:
            return matches(scene, self.codebook)
        return matches_with_cues(scene, self.codebook, article.cues, article.reading.cue_types)

    def _of(self, match: Match, article: Article, scene: Scene, memory: Memory) -> Told | None:
        linked = self._link(match, article, scene, memory)
        place = linked.places[0].place if linked.places else None
        who = self._cast(match, article, scene, memory, linked)
        comes_from = linked.origin.place.country if linked.origin is not None else None
        crosses = place is not None and comes_from not in (None, place.country)
        crosses = crosses or _is_sure(match) or is_new_crossing(who.actor, place)
        if match.trigger.foreign and not crosses:
            return self._without_crossing(match, article, scene, memory)
        return Told(match, linked, who, _verdict(match, scene, who))

    def _link(self, match: Match, article: Article, scene: Scene, memory: Memory) -> Link:
        linked = link(match.clause, match.trigger.type, scene.located)
        if match.cue is None:
            if linked.places or memory.located is None or scene.located:
                return linked
            return Link((memory.located,), linked.price, linked.rejected, linked.origin)
        if match.trigger.type == "withdrawal" and any(
            leaves(match.token, each) for each in linked.places
        ):
            return linked
        around = article.around(match.token.i)
        said = origin_by_cue(match.cue, around.located)
        found = sites(match, scene, around, linked, memory.located)
        return site_of(
            found, replace(linked, origin=said or linked.origin), shipped_weights("places")
        )

    def _cast(
        self, match: Match, article: Article, scene: Scene, memory: Memory, linked: Link
    ) -> Cast:
        """Return who does what to whom: the likeliest of all whom the article could mean."""
        place = linked.places[0].place if linked.places else None
        kind = self.codebook.types[match.trigger.type]
        known = Known(memory.actor, memory.by_role, named=article.sides.names, group=memory.group)
        ruled = cast(match, scene, self.actors, place, known)
        around = article.around(match.token.i)
        said, to_whom = (
            by_cue(match, role, scene, around, self.actors, place, known, kind.deed)
            for role in ("actor", "target")
        )
        front = article.front(scene, place)
        proposals = replace(
            self._proposals(match, article, scene, memory, place),
            said=said.actor,
            chance=said.chance,
            ruled=ruled.actor,
            yields=ruled.target if "none" in match.trigger.actor else None,
            word_role=self.actors.role_of(said.word) if said.word is not None else None,
            doing=given_to(match.cue, "actor") if match.cue is not None else {},
            suffering=given_to(match.cue, "target") if match.cue is not None else {},
            front=front,
            come_from=linked.origin.place.country if linked.origin is not None else None,
        )
        target = to_whom.actor or ruled.target
        if target is not None:
            proposals = replace(proposals, targets=(target,), foe=front.foe(target))
        actor, reason = said.actor or ruled.actor, (said if said.actor else ruled).reason
        rivals: tuple[Contender, ...] = ()
        if kind.deed not in UNWEIGHED:
            span, named = (scene.start, scene.end), article.whole.actors
            rivals = contenders(kind.deed, place, span, named, proposals, self.actors)
            best, chance = choose(rivals, shipped_weights("actors"))
            actor = best.actor if best is not None else None
            reason = _why(actor, chance, said, ruled, proposals)
        deed = Deed(
            kind,
            to_whom,
            ruled.target,
            actor,
            place,
            front,
            article.sides,
            memory.deed,
        )
        whom, why = target_of(deed, scene, self.actors)
        return Cast(actor, whom, reason, why, rivals)

    def _proposals(
        self, match: Match, article: Article, scene: Scene, memory: Memory, place: Place | None
    ) -> Proposals:
        """Return whom what surrounds a match proposes: means, sides, the deed before, the speaker."""
        published = article.reading.document.published
        year = published.year if published is not None else None
        kind = self.codebook.types[match.trigger.type]
        sole = sole_actor(kind.id, place, year, self.actors)
        return Proposals(
            sole=sole[0] if sole is not None else None,
            sole_reason=sole[1] if sole is not None else "",
            implied=implied_actor(kind.deed, place, article.sides, self.actors),
            last=memory.actor,
            last_deed=memory.deed,
            speaker=force_of(
                speaker_of(match.clause, scene.start, scene.end, scene.actors), self.actors
            ),
            headline=article.headline,
            elsewhere=shares_of(self._parts(article), kind.deed),
        )

    def _parts(self, article: Article) -> Iterator[tuple[str, str, str | None, float]]:
        """Yield the parts that forces have in the article, with the kinds of the deeds."""
        for part in article.parts:
            kind = self.codebook.types.get(part.type)
            yield part.name, part.role, kind.deed if kind is not None else None, part.chance

    def _without_crossing(
        self, match: Match, article: Article, scene: Scene, memory: Memory
    ) -> Told | None:
        """Return the next best reading of a ground move that crosses no border."""
        book = replace(
            self.codebook,
            types={k: v for k, v in self.codebook.types.items() if k != match.trigger.type},
            by_lemma={
                lemma: tuple(t for t in triggers if not t.foreign)
                for lemma, triggers in self.codebook.by_lemma.items()
            },
        )
        word = replace(scene, start=match.token.i, end=match.token.i + 1)
        for other in matches(word, book):
            return self._of(other, article, scene, memory)
        return None


def _is_sure(match: Match) -> bool:
    """Tell whether the language model itself gives a match its type, more likely than not."""
    return match.cue is not None and match.cue.chance(match.trigger.type) >= 0.5  # noqa: PLR2004


def _why(actor: Actor | None, chance: float, said: Said, ruled: Cast, proposals: Proposals) -> str:
    """Return why an actor was chosen, in the words of whoever proposed it."""
    if actor is None:
        return "the text does not say"
    if actor == said.actor:
        return said.reason
    if actor == ruled.actor:
        return ruled.reason
    if actor == proposals.sole:
        return f"implied: {proposals.sole_reason}"
    return f"implied: the likeliest of all whom the article could mean, {chance:.2f}"


def _with_shared_place(found: list[Told]) -> list[Told]:
    """Give deeds without a place the one place at which all others of the sentence are."""
    places = {each.place.id: each for told in found for each in told.link.places}
    if len(places) != 1:
        return found
    (place,) = places.values()
    return [
        told if told.link.places else replace(told, link=replace(told.link, places=(place,)))
        for told in found
    ]


def same_deed(one: Told, other: Told) -> bool:
    """Tell whether two matches of a sentence tell one deed: one hangs on the other, one type or kin."""
    if contradict(one.verdict, other.verdict):
        return False
    first, second = one.match, other.match
    places = {each.place.id for each in one.link.places} == {
        each.place.id for each in other.link.places
    }
    same_type = first.trigger.type == second.trigger.type
    if same_type and (places or not (one.link.places and other.link.places)):
        return True
    linked = _hangs_on(first.token, second.token) or _hangs_on(second.token, first.token)
    carried = (first.clause.verb is not None and first.clause.verb.i == second.token.i) or (
        second.clause.verb is not None and second.clause.verb.i == first.token.i
    )
    return places and (linked or carried)


def _with_denial(told: Told, again: Told) -> Told:
    """Return what was told, denied where the same sentence tells it again to deny it.

    "Moscow said that it had captured the town, but Kyiv denied that it had been captured."
    """
    one, other = told.verdict, again.verdict
    is_same = told.match.trigger.type == again.match.trigger.type
    open_to = one.status in (Status.CLAIMED, Status.REPORTED)
    if not (is_same and open_to and other.is_plain and other.status is Status.DENIED):
        return told
    verdict = replace(one, status=Status.DENIED, reason=f"told again: {other.reason}")
    return replace(told, verdict=verdict)


def _weight(match: Match) -> float:
    return 10 * (match.chance or 0.0) + match.trigger.strength


def _verdict(match: Match, scene: Scene, who: Cast) -> Verdict:
    verdict = judge(match.clause, scene.start, scene.end, scene.actors, who.actor)
    if match.cue is None or verdict.is_plain:
        return verdict
    status = status_by_cue(match.cue, verdict.status)
    if status is verdict.status or not is_backed(
        status, scene.doc, match.token, (scene.start, scene.end)
    ):
        return verdict
    return replace(verdict, status=status, reason="as the language model reads it")


def _hangs_on(token: Token, other: Token) -> bool:
    """Tell whether a word hangs on another without being a clause of its own, with its own subject."""
    if token.head.i != other.i:
        return False
    is_clause = token.dep_ in ("advcl", "conj", "ccomp", "acl:relcl", "parataxis")
    return not (is_clause and any(child.dep_.startswith("nsubj") for child in token.children))
