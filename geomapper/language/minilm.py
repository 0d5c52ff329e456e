"""Reading by our own models: one pass of a small encoder gives everything at once.

Tags, lemmas, dependencies, entities, place names with their roles, and the words that tell events
come from the heads of one MiniLM encoder, run by ONNX Runtime in eight bits: six layers in the
accurate size, two in the fast one. ``training/`` holds the recipe.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geomapper.language.annotating import Annotations, annotate
from geomapper.language.columns import Words
from geomapper.language.decoding import best_trees
from geomapper.language.lemmas import right_lemma
from geomapper.language.naming import place_tags
from geomapper.language.network import Network
from geomapper.language.splitting import split
from geomapper.language.words import (
    encodable,
    is_english,
    tokenized,
    tokenizer,
    unread,
    with_language,
)
from geomapper.stages import Cue, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from geomapper.language import Matters
    from geomapper.language.network import Said
    from geomapper.model import Document
    from geomapper.stages import Sentence

MODELS = Path(__file__).parent / "models"
_MOST_WORDS = 128
_MOST_PIECES = 256
_BATCH = 8
_MOST_REMEMBERED = 200_000
_SURELY_NONE = 0.97
_LEAST_CHANCE = 0.02


@dataclass(frozen=True, slots=True)
class _Window:
    """Words of some sentences: `words` are token indices, `bounds` the sentences' own ranges."""

    words: list[int]
    bounds: list[tuple[int, int]]


class MiniLmAnalyzer:
    """Reads with a model that ships.

    Parameters
    ----------
    folder
        Holds ``model.onnx``, ``relations.npy``, ``labels.json`` and ``tokenizer.json``, and
        ``arguments.npy`` where the model tells events.
    matters
        Tells of each sentence, given as its words, whether it is worth reading; one that is not
        stays unread (its `Sentence.is_parsed` is False). None reads every sentence.
    """

    def __init__(
        self,
        folder: Path = MODELS / "accurate",
        *,
        matters: Matters | None = None,
    ) -> None:
        self._network = _open(folder)
        self._labels = self._network.labels
        self._root = self._labels["relations"].index("root")
        self._event_types = frozenset(self._labels.get("triggers", ())) - {"none"}
        self._matters = matters
        self._known_lemmas: dict[tuple[str, int, int], str] = {}
        self.name = _name(folder)

    def analyze(self, document: Document) -> Reading:
        """Return a document as read; one in another language as words and sentences only."""
        document = with_language(document)
        doc = tokenized(tokenizer(), document.text)
        if not is_english(document):
            return unread(document, doc)
        words = Words.of(doc, encodable(document.text))
        sentences = self._marked(words, split(doc, words))
        found = self.read(words, sentences)
        cues = tuple(sorted(found.cues, key=lambda cue: cue.token))
        return Reading(
            document,
            annotate(doc, words, found, self._labels),
            sentences,
            cues=cues,
            cue_types=self._event_types,
        )

    def annotated(self, doc: Doc, sentences: Sequence[Sentence]) -> Doc:
        """Return a tokenised Doc with all that the model says of its `sentences`."""
        words = Words.of(doc)
        return annotate(doc, words, self.read(words, sentences), self._labels)

    def read(self, words: Words, sentences: Sequence[Sentence]) -> Annotations:
        """Return what the model says of the words of `sentences`, those not to parse passed over."""
        found = Annotations.unread(words, sentences)
        parsed = [sentence.tokens for sentence in sentences if sentence.is_parsed]
        windows = list(self._windows(words, parsed))
        windows.sort(key=lambda window: len(window.words))
        for at in range(0, len(windows), _BATCH):
            self._read_batch(words, windows[at : at + _BATCH], found)
        return found

    def _marked(self, words: Words, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        """Return the sentences, those that are not worth reading marked as not parsed."""
        if self._matters is None:
            return sentences
        worth = self._matters([words.texts[slice(*each.tokens)] for each in sentences])
        return tuple(
            each if is_worth else replace(each, is_parsed=False)
            for each, is_worth in zip(sentences, worth, strict=True)
        )

    def _windows(self, words: Words, sentences: Sequence[tuple[int, int]]) -> Iterator[_Window]:
        """Yield runs of sentences of at most 80 words and 256 word pieces; a longer one is cut."""
        inside: list[int] = []
        bounds: list[tuple[int, int]] = []
        size = 2
        for sentence in sentences:
            for part, need in self._parts(words, sentence):
                too_long = len(inside) + len(part) > _MOST_WORDS or size + need > _MOST_PIECES
                if inside and too_long:
                    yield _Window(inside, bounds)
                    inside, bounds, size = [], [], 2
                bounds.append((len(inside), len(inside) + len(part)))
                inside.extend(part)
                size += need
        if inside:
            yield _Window(inside, bounds)

    def _parts(self, words: Words, sentence: tuple[int, int]) -> Iterator[tuple[list[int], int]]:
        """Yield a sentence's words and how many pieces they are, in parts that fit in a window."""
        part: list[int] = []
        size = 0
        for index in range(*sentence):
            if words.blank[index]:
                continue
            length = len(self._network.pieces(words.texts[index]))
            if part and (size + length > _MOST_PIECES - 2 or len(part) >= 2 * _MOST_WORDS):
                yield part, size
                part, size = [], 0
            part.append(index)
            size += length
        if part:
            yield part, size

    def _read_batch(self, words: Words, windows: list[_Window], found: Annotations) -> None:
        """Run the model on a batch of windows and note what it says."""
        said = self._network.read([[words.texts[at] for at in each.words] for each in windows])
        at = np.array([index for window in windows for index in window.words])
        ends = np.cumsum([0, *(len(window.words) for window in windows)]).tolist()
        self._note_tags(words, at, list(pairwise(ends)), said, found)
        self._note_trees(at, windows, said, found)
        if self._network.tells_events:
            found.cues += self._cues(at, list(pairwise(ends)), said)

    def _note_tags(
        self,
        words: Words,
        at: NDArray[np.int64],
        stretches: list[tuple[int, int]],
        said: Said,
        found: Annotations,
    ) -> None:
        universal, penn, rules = (
            said.tags[name].argmax(axis=1) for name in ("universal", "penn", "lemma_rules")
        )
        found.universal[at], found.penn[at] = universal, penn
        entities, chances = said.tags["entities"], _softmax(said.tags["places"])
        names = tuple(self._labels["places"])
        tags: list[int] = []
        places: list[int] = []
        for start, end in stretches:
            tags += legal(entities[start:end], self._labels["entities"])
            places += place_tags(chances[start:end], names)
        found.entities[at], found.places[at] = tags, places
        found.place_scores[at] = chances[np.arange(len(at)), places]
        found.place_chances[at] = 1 - chances[:, 0]
        for index, tag, rule in zip(at.tolist(), universal.tolist(), rules.tolist(), strict=True):
            found.lemmas[index] = self._lemma(words.texts[index], tag, rule)

    def _lemma(self, word: str, tag: int, rule: int) -> str:
        key = word, tag, rule
        known = self._known_lemmas.get(key)
        if known is None:
            guess = lemma(word, self._labels["lemma_rules"][rule])
            known = right_lemma(word, self._labels["universal"][tag], guess)
            if len(self._known_lemmas) < _MOST_REMEMBERED:
                self._known_lemmas[key] = known
        return known

    def _note_trees(
        self, at: NDArray[np.int64], windows: list[_Window], said: Said, found: Annotations
    ) -> None:
        trees = best_trees(said.arcs, [window.bounds for window in windows])
        begins = np.cumsum([0, *(len(tree) for tree in trees[:-1])])
        is_root = np.concatenate([tree == 0 for tree in trees])
        heads = np.concatenate(
            [tree - 1 + begin for tree, begin in zip(trees, begins, strict=True)]
        )
        heads = np.where(is_root, np.arange(len(at)), heads)
        scores = self._network.relations(said.dependents, said.heads[heads])
        scores[:, self._root] = -np.inf
        found.heads[at] = at[heads]
        found.relations[at] = np.where(is_root, self._root, scores.argmax(axis=1))

    def _cues(
        self, at: NDArray[np.int64], stretches: list[tuple[int, int]], said: Said
    ) -> Iterator[Cue]:
        """Yield the words that may tell an event."""
        types = _softmax(said.tags["triggers"])
        telling = types[:, 0] < _SURELY_NONE
        for start, end in stretches:
            cues = start + np.flatnonzero(telling[start:end])
            if not len(cues):
                continue
            arguments = self._told(at[start:end], said.telling[cues], said.told[start:end])
            statuses = _softmax(said.tags["statuses"][cues])
            for cue, status, argument in zip(cues, statuses, arguments, strict=True):
                yield Cue(
                    int(at[cue]),
                    _likeliest(types[cue], self._labels["triggers"]),
                    _likeliest(status, self._labels["statuses"]),
                    tuple(argument),
                )

    def _told(
        self, at: NDArray[np.int64], telling: NDArray[np.float32], told: NDArray[np.float32]
    ) -> list[list[tuple[str, int, float]]]:
        """Return for each telling word the role, index and chance of the words that belong to it."""
        names = self._labels["arguments"]
        chances = _softmax(self._network.arguments(telling, told))[:, :, 1:]
        found: list[list[tuple[str, int, float]]] = [[] for _ in telling]
        cues, words, roles = np.nonzero(chances > _LEAST_CHANCE)
        told_by = chances[cues, words, roles].tolist()
        for cue, word, role, chance in zip(
            cues.tolist(), at[words].tolist(), roles.tolist(), told_by, strict=True
        ):
            found[cue].append((names[role + 1], word, chance))
        return found


def lemma(word: str, rule: str) -> str:
    """Return the lemma that a rule of `training.minilm_data.lemma_rule` makes of a word.

    Examples
    --------
    >>> lemma("Seized", "l|1|"), lemma("cities", "l|3|y"), lemma("Kyiv", "k|0|")
    ('seize', 'city', 'Kyiv')
    """
    case, dropped, added = rule.split("|", 2)
    source = word if case == "k" else word.lower()
    kept = len(source) - int(dropped)
    return source[:kept] + added if kept > 0 else source


def legal(scores: NDArray[np.float32], names: list[str]) -> list[int]:
    """Return the likeliest tags of (words, tags), an inside tag never without its beginning.

    Examples
    --------
    >>> legal(np.array([[0, 0, 1], [1, 0, 0], [0, 2, 1]]), ["O", "B-LOC", "I-LOC"])
    [1, 0, 1]
    """
    chosen: list[int] = scores.argmax(axis=1).tolist()
    before = "O"
    for position, best in enumerate(chosen):
        name = names[best]
        if name[0] == "I" and before[2:] != name[2:]:
            wanted = f"B-{name[2:]}" if before == "O" else f"I-{before[2:]}"
            chosen[position] = names.index(wanted)
            name = wanted
        before = name
    return chosen


def _likeliest(chances: NDArray[np.float32], names: list[str]) -> tuple[tuple[str, float], ...]:
    some = np.flatnonzero(chances > _LEAST_CHANCE)
    order = some[np.argsort(-chances[some], kind="stable")].tolist()
    return tuple((names[n], float(chances[n])) for n in order)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def _name(folder: Path) -> str:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return f"{card['name']} {card['version']}"


@cache
def _open(folder: Path) -> Network:
    return Network(folder)
