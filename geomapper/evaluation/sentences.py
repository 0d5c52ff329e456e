"""Events of single sentences and snippets against their type, status or label."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomapper.evaluation.scores import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomapper.evaluation.gold import Gold
    from geomapper.model import Event

NONE = "NONE"
_POLITICAL = "political"


@dataclass(slots=True)
class SentenceTally:
    """Sentences with a type and a status: how many came out right, how many ghosts."""

    texts: int = 0
    right: int = 0
    unreal: int = 0
    ghosts: int = 0
    notes: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {
            "texts": self.texts,
            "right": self.right,
            "share": share(self.right, self.texts),
            "ghosts": self.ghosts,
            "unreal": self.unreal,
        }


@dataclass(slots=True)
class SnippetTally:
    """Snippets with a label: the first event's type against what the label means."""

    hits: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    typed: int = 0
    notes: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        total = sum(self.wanted.values())
        f1 = {
            name: share(2 * self.hits[name], self.wanted[name] + self.given[name])
            for name in self.wanted
        }
        return {
            "texts": total,
            "weighted_f1": share(sum(f1[name] * self.wanted[name] for name in f1), total),
            "macro_f1": share(sum(f1.values()), len(f1)),
            "off_topic": self.quiet,
            "off_topic_typed": self.typed,
            "by_type": {
                name: {"gold": count, "f1": f1[name]} for name, count in self.wanted.most_common()
            },
        }


def count_sentence(tally: SentenceTally, gold: Gold, events: Sequence[Event]) -> None:
    """Add one sentence: right with an event of its type and status, or unreal and not pinned."""
    (wanted,) = gold.events
    given = [each for each in events if each.type != _POLITICAL]
    pinned = any(each.status.is_pinned for each in given)
    real = wanted.is_real
    met = any(each.type in wanted.types and each.status.value in wanted.statuses for each in given)
    tally.texts += 1
    tally.unreal += not real
    tally.ghosts += not real and pinned
    right = met or (not real and not pinned)
    tally.right += right
    if not right:
        answer = ", ".join(f"{each.type} {each.status.value}" for each in given) or "nothing"
        tally.notes.append(
            f"WRONG {gold.document.id} {wanted.types[0]} {'/'.join(wanted.statuses)}: got {answer}:"
            f" {gold.document.text}"
        )


def count_snippet(
    tally: SnippetTally, gold: Gold, events: Sequence[Event], meaning: Mapping[str, Sequence[str]]
) -> None:
    """Add one snippet, unless its label means nothing; political counts as none."""
    meant = meaning.get(gold.labels[0] if gold.labels else "")
    if meant is None:
        return
    wanted = {NONE if each == _POLITICAL else each for each in meant}
    given = next((each.type for each in events if each.type != _POLITICAL), NONE)
    truth = given if given in wanted else min(wanted)
    tally.wanted[truth] += 1
    tally.given[given] += 1
    tally.hits[truth] += truth == given
    if wanted == {NONE}:
        tally.quiet += 1
        tally.typed += given != NONE
    if truth != given:
        tally.notes.append(f"WRONG {gold.document.id} {truth}: got {given}: {gold.document.text}")
