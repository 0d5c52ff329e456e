"""The network behind our reader: word pieces in, what its heads say of each word out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geomapper.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Table = NDArray[np.float32]

FILES = ("model.onnx", "relations.npy", "labels.json", "tokenizer.json", "card.json")
TAGS = ("universal", "penn", "lemma_rules", "entities", "places", "triggers", "statuses")
_MOST_PIECES_A_WORD = 20
_MOST_REMEMBERED = 200_000
# Multiplications in one product of matrices: from here on BLAS wakes threads, which wait for each
# other longer than they work.
_MOST_IN_ONE_THREAD = 1 << 18
_CLASSIFIER, _SEPARATOR, _UNKNOWN = 101, 102, 100


@dataclass(frozen=True, slots=True)
class Said:
    """What the network says of the words of some windows, one after another.

    `arcs` are (windows, most words + 1, most words + 1), dependents by heads, each window's root
    first. The other tables have a row a word: the word's vector as a dependent, as a head, as one
    that tells an event, and as one that is told of; and the scores of each head's labels.
    """

    arcs: Table
    dependents: Table
    heads: Table
    telling: Table
    told: Table
    tags: dict[str, Table]


class Network:
    """A model that ships, its labels, and the tables that make scores of its vectors.

    Parameters
    ----------
    folder
        Holds ``model.onnx``, ``relations.npy``, ``labels.json`` and ``tokenizer.json``, and
        ``arguments.npy`` where the model tells events.

    Raises
    ------
    LanguageError
        One of the files is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._session, self._pieces = _open_model(folder)
        self.labels: dict[str, list[str]] = json.loads(
            (folder / "labels.json").read_text(encoding="utf-8")
        )
        self._tags = [name for name in TAGS if name in self.labels]
        self.tells_events = "arguments" in self.labels
        self._relations = _bilinear(folder, "relations")
        self._arguments = _bilinear(folder, "arguments") if self.tells_events else np.zeros((0, 1))
        self._known_pieces: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return the numbers of a word's pieces, at least one and at most 20."""
        known = self._known_pieces.get(word)
        if known is None:
            known = self._pieces.encode(word, add_special_tokens=False).ids or [_UNKNOWN]
            known = known[:_MOST_PIECES_A_WORD]
            if len(self._known_pieces) < _MOST_REMEMBERED:
                self._known_pieces[word] = known
        return known

    def read(self, windows: Sequence[Sequence[str]]) -> Said:
        """Return what is said of the words of `windows`, which are at least one word long."""
        rows, firsts = [], []
        for words in windows:
            row, first = [_CLASSIFIER], [0]
            for word in words:
                first.append(len(row))
                row += self.pieces(word)
            rows.append([*row, _SEPARATOR])
            firsts.append(first)
        sizes = [len(first) for first in firsts]
        arcs, vectors, tags = self._run(_padded(rows), _padded(firsts))
        is_word = np.ones(len(tags), dtype=bool)
        is_word[np.cumsum([0, *sizes[:-1]])] = False
        dependents, heads, telling, told = self._parted(vectors[is_word])
        return Said(arcs, dependents, heads, telling, told, self._by_head(tags[is_word]))

    def _run(
        self, pieces: NDArray[np.int64], first: NDArray[np.int64]
    ) -> tuple[Table, Table, Table]:
        arcs, vectors, tags = self._session.run(
            ("arcs", "vectors", "tags"), {"pieces": pieces, "first": first}
        )
        return arcs, vectors, tags

    def _parted(self, vectors: Table) -> list[Table]:
        """Return the four vectors that stand side by side."""
        relation, argument = self._relations.shape[1] - 1, self._arguments.shape[1] - 1
        ends = [relation, 2 * relation, 2 * relation + argument]
        return np.split(vectors, ends, axis=1)

    def _by_head(self, tags: Table) -> dict[str, Table]:
        ends = np.cumsum([len(self.labels[name]) for name in self._tags])[:-1].tolist()
        return dict(zip(self._tags, np.split(tags, ends, axis=1), strict=True))

    def relations(self, dependents: Table, heads: Table) -> Table:
        """Return the scores of each relation, (words, relations), between words and their heads."""
        if not len(dependents):
            return np.zeros((0, len(self._relations)), dtype=np.float32)
        dependents, heads = _with_one(dependents), _with_one(heads)
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

    def arguments(self, telling: Table, told: Table) -> Table:
        """Return the scores of each role, (telling words, words told of, roles)."""
        left = np.matmul(_with_one(telling), self._arguments).transpose(0, 2, 1)
        return np.asarray(np.matmul(_with_one(told), left).transpose(2, 1, 0))


def _with_one(vectors: Table) -> Table:
    """Return vectors with a 1 behind each, by which a bilinear table has a bias."""
    return np.concatenate([vectors, np.ones((len(vectors), 1), dtype=np.float32)], axis=1)


def _padded(rows: list[list[int]]) -> NDArray[np.int64]:
    table = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _bilinear(folder: Path, name: str) -> Table:
    """Return the stored table (labels, one vector, the other vector) of a biaffine head."""
    return np.asarray(np.load(folder / f"{name}.npy"), dtype=np.float32)


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
        str(folder / "model.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        # The one node for sum and norm is several times slower than the two.
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    return session, pieces
