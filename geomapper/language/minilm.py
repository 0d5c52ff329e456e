"""Reading by our own models: one pass of a small encoder gives everything at once.

Tags, lemmas, dependencies, entities, place names with their roles, and the words that tell events
come from the heads of one MiniLM encoder, run by ONNX Runtime in eight bits: six layers in the
accurate size, two in the fast one. ``training/`` holds the recipe.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geomapper.errors import LanguageError
from geomapper.language.annotating import Annotations, annotate
from geomapper.language.columns import Words
from geomapper.language.decoding import best_trees
from geomapper.language.lemmas import right_lemma
from geomapper.language.naming import place_tags
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
    from geomapper.model import Document
    from geomapper.stages import Sentence

MODELS = Path(__file__).parent / "models"
FILES = ("model.onnx", "relations.npy", "labels.json", "tokenizer.json", "card.json")
_MOST_WORDS = 128
_MOST_PIECES = 256
_MOST_PIECES_A_WORD = 20
_BATCH = 8
_MOST_REMEMBERED = 200_000
# Multiplications in one product of matrices: from here on BLAS wakes threads, which wait for each
# other longer than they work.
_MOST_IN_ONE_THREAD = 1 << 18
_CLASSIFIER, _SEPARATOR, _UNKNOWN = 101, 102, 100
_TAGS = ("universal", "penn", "lemma_rules", "entities", "places", "triggers", "statuses")
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
        self._session, self._pieces = _open_model(folder)
        self._labels: dict[str, list[str]] = json.loads(
            (folder / "labels.json").read_text(encoding="utf-8")
        )
        self._relations = _bilinear(folder, "relations")
        self._root = self._labels["relations"].index("root")
        self._tags = [name for name in _TAGS if name in self._labels]
        self._tells_events = "arguments" in self._labels
        self._event_types = frozenset(self._labels.get("triggers", ())) - {"none"}
        self._arguments = _bilinear(folder, "arguments") if self._tells_events else np.zeros(0)
        self._matters = matters
        self._known_pieces: dict[str, list[int]] = {}
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

    def _ids(self, word: str) -> list[int]:
        known = self._known_pieces.get(word)
        if known is None:
            known = self._pieces.encode(word, add_special_tokens=False).ids or [_UNKNOWN]
            known = known[:_MOST_PIECES_A_WORD]
            if len(self._known_pieces) < _MOST_REMEMBERED:
                self._known_pieces[word] = known
        return known

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
            length = len(self._ids(words.texts[index]))
            if part and (size + length > _MOST_PIECES - 2 or len(part) >= 2 * _MOST_WORDS):
                yield part, size
                part, size = [], 0
            part.append(index)
            size += length
        if part:
            yield part, size

    def _read_batch(self, words: Words, windows: list[_Window], found: Annotations) -> None:
        """Run the model on a batch of windows and note what it says."""
        pieces, first = self._encoded(words, windows)
        inputs = {"pieces": pieces, "mask": (pieces > 0).astype(np.int64), "first": first}
        outputs = self._session.run(None, inputs)
        arcs, dependents, heads = outputs[:3]
        told = outputs[3 : len(outputs) - len(self._tags)]
        tags = dict(zip(self._tags, outputs[len(outputs) - len(self._tags) :], strict=True))
        for row, window in enumerate(windows):
            count = len(window.words) + 1
            own = {name: scores[row, 1:count] for name, scores in tags.items()}
            self._note_tags(words, window, own, found)
            self._note_tree(window, arcs[row, :count, :count], dependents[row], heads[row], found)
            if self._tells_events:
                found.cues += self._cues(window, own, *(each[row, 1:count] for each in told))

    def _encoded(
        self, words: Words, windows: list[_Window]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, firsts = [], []
        for window in windows:
            row, first = [_CLASSIFIER], [0]
            for index in window.words:
                first.append(len(row))
                row += self._ids(words.texts[index])
            rows.append([*row, _SEPARATOR])
            firsts.append(first)
        return _padded(rows), _padded(firsts)

    def _note_tags(
        self,
        words: Words,
        window: _Window,
        tags: dict[str, NDArray[np.float32]],
        found: Annotations,
    ) -> None:
        at = window.words
        universal, penn, rules = (
            tags[name].argmax(axis=1) for name in ("universal", "penn", "lemma_rules")
        )
        found.universal[at], found.penn[at] = universal, penn
        found.entities[at] = legal(tags["entities"], self._labels["entities"])
        chances = _softmax(tags["places"])
        places = place_tags(chances, tuple(self._labels["places"]))
        found.places[at] = places
        found.place_scores[at] = chances[np.arange(len(at)), places]
        found.place_chances[at] = 1 - chances[:, 0]
        for index, tag, rule in zip(at, universal.tolist(), rules.tolist(), strict=True):
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

    def _note_tree(
        self,
        window: _Window,
        arcs: NDArray[np.float32],
        dependents: NDArray[np.float32],
        heads: NDArray[np.float32],
        found: Annotations,
    ) -> None:
        words = np.array(window.words)
        tree = best_trees(arcs, window.bounds)
        is_root = tree == 0
        scores = self._relation_scores(dependents[1 : len(words) + 1], heads[tree])
        scores[:, self._root] = -np.inf
        found.heads[words] = np.where(is_root, words, words[tree - 1])
        found.relations[words] = np.where(is_root, self._root, scores.argmax(axis=1))

    def _relation_scores(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the scores of each relation, (words, relations), between words and their heads."""
        size = max(1, _MOST_IN_ONE_THREAD // self._relations[0].size)
        parts = [
            np.einsum(
                "rnh,nh->nr",
                np.matmul(dependents[at : at + size], self._relations),
                heads[at : at + size],
            )
            for at in range(0, len(dependents), size)
        ]
        return np.concatenate(parts)

    def _cues(
        self,
        window: _Window,
        tags: dict[str, NDArray[np.float32]],
        telling: NDArray[np.float32],
        told: NDArray[np.float32],
    ) -> Iterator[Cue]:
        """Yield the words of a window that may tell an event."""
        types = _softmax(tags["triggers"])
        cues = np.flatnonzero(types[:, 0] < _SURELY_NONE)
        if not len(cues):
            return
        arguments = self._told(window, telling[cues], told)
        statuses = _softmax(tags["statuses"][cues])
        for at, status, argument in zip(cues, statuses, arguments, strict=True):
            yield Cue(
                window.words[at],
                _likeliest(types[at], self._labels["triggers"]),
                _likeliest(status, self._labels["statuses"]),
                tuple(argument),
            )

    def _told(
        self, window: _Window, telling: NDArray[np.float32], told: NDArray[np.float32]
    ) -> list[list[tuple[str, int, float]]]:
        """Return for each telling word the role, index and chance of the words that belong to it."""
        names = self._labels["arguments"]
        left = np.matmul(telling, self._arguments).transpose(0, 2, 1)
        chances = _softmax(np.matmul(told, left).transpose(2, 1, 0))[:, :, 1:]
        found: list[list[tuple[str, int, float]]] = [[] for _ in telling]
        cues, words, roles = np.nonzero(chances > _LEAST_CHANCE)
        told_by = chances[cues, words, roles].tolist()
        for cue, word, role, chance in zip(cues, words, roles, told_by, strict=True):
            found[cue].append((names[role + 1], window.words[word], chance))
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


def _bilinear(folder: Path, name: str) -> NDArray[np.float32]:
    """Return the stored table (labels, one vector, the other vector) of a biaffine head."""
    return np.asarray(np.load(folder / f"{name}.npy"), dtype=np.float32)


def _likeliest(chances: NDArray[np.float32], names: list[str]) -> tuple[tuple[str, float], ...]:
    some = np.flatnonzero(chances > _LEAST_CHANCE)
    order = some[np.argsort(-chances[some], kind="stable")].tolist()
    return tuple((names[n], float(chances[n])) for n in order)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def _padded(rows: list[list[int]]) -> NDArray[np.int64]:
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _name(folder: Path) -> str:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return f"{card['name']} {card['version']}"


@cache
def _open_model(folder: Path) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise LanguageError(
            f"the language model in {folder.name} lacks {', '.join(missing)}: install the package again"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    return session, pieces
