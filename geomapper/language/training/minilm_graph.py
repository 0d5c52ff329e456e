"""The ONNX graph of a trained model, written node by node: no step of it is spent on padding.

Rows of word pieces come in padded. All of the work but attention's own is done on the pieces in
one flat table; the last layer, and the heads, on the first piece of each word alone, since nobody
asks for the others. Matrices are eight-bit by column, the embeddings eight-bit by table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from onnx import ModelProto

    Weights = Mapping[str, NDArray[np.float32]]

OPSET = 17
IR_VERSION = 8
_OURS = "com.microsoft"
_NORM = {"epsilon": 1e-12}
_LARGEST = 127
_HEADS = 12
_MODULE = ("arc_dependent", "arc_head", "relation_dependent", "relation_head")
_EVENT_MODULE = ("argument_trigger", "argument_word")


class Graph:
    """Nodes and constants in the making."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self.parts: dict[str, dict[str, int]] = {}

    def add(self, kind: str, inputs: Sequence[str], count: int = 1, **attributes: Any) -> Any:  # noqa: ANN401
        """Add a node of ONNX's own; return the name of what it gives, a list of names for several."""
        return self._add(kind, inputs, count, "", attributes)

    def ours(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:  # noqa: ANN401
        """Add a node that ONNX Runtime alone knows, as `add` does."""
        return str(self._add(kind, inputs, 1, _OURS, attributes))

    def _add(
        self, kind: str, inputs: Sequence[str], count: int, domain: str, attributes: dict[str, Any]
    ) -> Any:  # noqa: ANN401
        outputs = [f"{kind}_{len(self.nodes)}_{number}" for number in range(count)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), outputs, domain=domain, **attributes)
        )
        return outputs[0] if count == 1 else outputs

    def constant(self, name: str, array: Any) -> str:  # noqa: ANN401
        """Hold an array under a name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(array), name))
        return name

    def stored(self, name: str) -> str:
        """Hold a weight as it is."""
        return self.constant(name, self.weights[name].astype(np.float32))

    def matrix(self, name: str, matrix: NDArray[np.float32]) -> list[str]:
        """Hold a matrix (from, to) in eight bits by column: names of its numbers and its scale."""
        numbers, scale = by_column(matrix)
        return [
            self.constant(f"{name}_quantized", numbers),
            self.constant(f"{name}_scale", scale),
        ]

    def linear(self, rows: str, names: Sequence[str]) -> str:
        """Multiply rows with the matrices of some linear layers, side by side, and add their biases."""
        matrix = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        biases = {name: self.weights[f"{name}.bias"] for name in names}
        joined = names[0] if len(names) == 1 else "heads"
        self.parts[joined] = {name: len(bias) for name, bias in biases.items()}
        return self.product(rows, joined, matrix, np.concatenate(list(biases.values())))

    def product(
        self, rows: str, name: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]
    ) -> str:
        """Multiply rows with a matrix in eight bits, and add a bias."""
        numbers, scale = self.matrix(name, matrix)
        held = self.constant(f"{name}.bias", bias.astype(np.float32))
        return self.ours("DynamicQuantizeMatMul", [rows, numbers, scale, "", held])

    def linears(self, rows: str, names: Sequence[str]) -> list[str]:
        """Multiply the same rows with several linear layers, each on its own."""
        numbers, scale, zero = self.add("DynamicQuantizeLinear", [rows], 3)
        found = []
        for name in names:
            matrix, size = self.matrix(name, self.weights[f"{name}.weight"].T)
            bias = self.stored(f"{name}.bias")
            self.parts[name] = {name: len(self.weights[f"{name}.bias"])}
            inputs = [numbers, matrix, scale, size, zero, "", bias]
            found.append(self.ours("MatMulIntegerToFloat", inputs))
        return found

    def normed(self, rows: str, skip: str, name: str) -> str:
        """Add two tables and norm the sums; ONNX Runtime's one node for both is several times slower."""
        scale, shift = self.stored(f"{name}.weight"), self.stored(f"{name}.bias")
        return str(
            self.add("LayerNormalization", [self.add("Add", [rows, skip]), scale, shift], **_NORM)
        )

    def embedded(self, name: str, index: str) -> str:
        """Look rows of an embedding table up, which is held in eight bits."""
        numbers, scale, zero = by_table(self.weights[name])
        found = self.add("Gather", [self.constant(f"{name}_quantized", numbers), index])
        held = self.constant(f"{name}_scale", scale), self.constant(f"{name}_zero_point", zero)
        return str(self.add("DequantizeLinear", [found, *held]))

    def rows_of(self, table: str, index: str) -> str:
        """Take rows of a flat table by an index of any shape."""
        return str(self.add("Gather", [table, index]))

    def flat(self, table: str, *width: int) -> str:
        """Make one axis of all but the last, or of all."""
        shape = self.constant(f"shape{width}", np.array([-1, *width], dtype=np.int64))
        return str(self.add("Reshape", [table, shape]))

    def number(self, value: int) -> str:
        """Hold a whole number."""
        return self.constant(f"number_{value}", np.array(value, dtype=np.int64))

    def where(self, mask: str) -> str:
        """Return the indices, in one axis, at which a mask is set."""
        found = self.add("NonZero", [self.flat(mask)])
        return self.flat(found)


def by_column(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix as whole numbers from -127 to 127, and each column's scale.

    Examples
    --------
    >>> numbers, scale = by_column(np.array([[1.0, 0.0], [-0.5, 0.0]], dtype=np.float32))
    >>> numbers.tolist(), (numbers * scale).round(2).tolist()
    ([[127, 0], [-64, 0]], [[1.0, 0.0], [-0.5, 0.0]])
    """
    scale = np.abs(matrix).max(axis=0) / _LARGEST
    scale = np.where(scale > 0, scale, 1.0).astype(np.float32)
    numbers = np.clip(np.round(matrix / scale), -_LARGEST, _LARGEST).astype(np.int8)
    return np.ascontiguousarray(numbers), scale


def by_table(
    table: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.uint8]]:
    """Return a table as whole numbers from 0 to 255, their scale, and the number that means zero."""
    low, high = min(float(table.min()), 0.0), max(float(table.max()), 0.0)
    scale = np.float32((high - low) / 255 or 1.0)
    zero = np.round(-low / scale)
    numbers = np.clip(np.round(table / scale) + zero, 0, 255).astype(np.uint8)
    return numbers, np.asarray(scale, dtype=np.float32), np.asarray(zero, dtype=np.uint8)


def graph_of(weights: Weights, tags: Sequence[str]) -> ModelProto:
    """Return the graph of the weights of `minilm_train.Model`; `tags` names the tag heads in order.

    It takes `pieces` (rows, pieces), padded with 0, and `first` (rows, words + 1), the first
    piece of each word of a row, 0 for the classifier piece and for padding. It gives, of the
    words of all rows one after another, each row's classifier piece before them: `arcs` (rows,
    words + 1, words + 1), padded; `vectors` (words, those of dependents, heads, telling and told
    words side by side); and `tags` (words, those of all heads side by side).
    """
    graph = Graph(weights)
    mask = graph.add("Greater", ["pieces", graph.number(0)])
    at = graph.where(mask)
    counted = graph.add("Cast", [graph.flat(mask)], to=TensorProto.INT64)
    running = graph.add("CumSum", [counted, graph.number(0)])
    flat_place = graph.add("Sub", [running, graph.number(1)])
    shape = graph.add("Shape", ["pieces"])
    place = graph.add("Reshape", [flat_place, shape])
    wide = graph.add("Gather", [shape, graph.number(1)])
    hidden = _embedding(graph, at, wide)
    words, word_place = _words(graph, flat_place, shape, wide)
    present = graph.add("Cast", [mask], to=TensorProto.INT32)
    for number in range(_layers(weights)):
        layer = f"encoder.encoder.layer.{number}"
        is_last = number == _layers(weights) - 1
        asked = (word_place, words) if is_last else (place, at)
        mixed = _attention(graph, layer, hidden, (place, asked[0]), present)
        mixed = graph.rows_of(graph.flat(mixed, _width(weights)), asked[1])
        if is_last:
            hidden = graph.rows_of(hidden, graph.rows_of(graph.flat(word_place), words))
        hidden = _rest_of_layer(graph, layer, mixed, hidden)
    _heads(graph, hidden, tags, (word_place, words))
    return _model(graph)


def _embedding(graph: Graph, at: str, wide: str) -> str:
    table = "encoder.embeddings"
    pieces = graph.rows_of(graph.flat("pieces"), at)
    own = graph.embedded(f"{table}.word_embeddings.weight", pieces)
    position = graph.add("Mod", [at, wide])
    placed = graph.embedded(f"{table}.position_embeddings.weight", position)
    kinds = graph.stored(f"{table}.token_type_embeddings.weight")
    first = graph.rows_of(kinds, graph.number(0))
    placed = graph.add("Add", [placed, first])
    return graph.normed(own, placed, f"{table}.LayerNorm")


def _words(graph: Graph, flat_place: str, shape: str, wide: str) -> tuple[str, str]:
    """Return where words are in the padded rows, and of each its piece in the flat table."""
    word_shape = graph.add("Shape", ["first"])
    rows = graph.add("Gather", [shape, graph.number(0)])
    count = graph.add("Gather", [word_shape, graph.number(1)])
    zero, one = graph.number(0), graph.number(1)
    begins = graph.add("Mul", [graph.add("Range", [zero, rows, one]), wide])
    column = graph.constant("as_column", np.array([-1, 1], dtype=np.int64))
    begins = graph.add("Reshape", [begins, column])
    word_place = graph.rows_of(flat_place, graph.add("Add", ["first", begins]))
    is_root = graph.add("Equal", [graph.add("Range", [zero, count, one]), zero])
    is_word = graph.add("Or", [graph.add("Greater", ["first", zero]), is_root])
    return graph.where(is_word), word_place


def _attention(graph: Graph, layer: str, hidden: str, places: tuple[str, str], present: str) -> str:
    """Mix the pieces of each row, for those that are asked for: (rows, asked, width)."""
    place, asked = places
    parts = [f"{layer}.attention.self.{name}" for name in ("query", "key", "value")]
    query, key, value = graph.linears(hidden, parts)
    padded = [
        graph.rows_of(query, asked), graph.rows_of(key, place), graph.rows_of(value, place),
    ]  # fmt: skip
    return graph.ours("MultiHeadAttention", [*padded, "", present], num_heads=_HEADS)


def _rest_of_layer(graph: Graph, layer: str, mixed: str, hidden: str) -> str:
    mixed = graph.linear(mixed, [f"{layer}.attention.output.dense"])
    hidden = graph.normed(mixed, hidden, f"{layer}.attention.output.LayerNorm")
    wide = graph.ours("Gelu", [graph.linear(hidden, [f"{layer}.intermediate.dense"])])
    narrow = graph.linear(wide, [f"{layer}.output.dense"])
    return graph.normed(narrow, hidden, f"{layer}.output.LayerNorm")


def _heads(graph: Graph, hidden: str, tags: Sequence[str], words: tuple[str, str]) -> None:
    """Add the heads, all in one product."""
    modules = [f"{name}.0" for name in (*_MODULE, *_EVENT_MODULE)]
    names = [*modules, *(f"tags.{tag}" for tag in tags)]
    sizes = [len(graph.weights[f"{name}.bias"]) for name in names]
    ends = [sizes[0], sizes[1], sum(sizes[2:6])]
    bent, plain = _split(graph, graph.linear(hidden, names), [sum(ends), sum(sizes) - sum(ends)])
    dependent, head, vectors = _split(graph, graph.ours("Gelu", [bent]), ends)
    table = graph.weights["arc"]
    turned = graph.product(dependent, "arc", table[:-1], table[-1])
    _arcs(graph, turned, head, words)
    for given, name in ((vectors, "vectors"), (plain, "tags")):
        graph.add("Identity", [given])
        graph.nodes[-1].output[0] = name


def _split(graph: Graph, table: str, sizes: list[int]) -> list[str]:
    """Part the columns of a table."""
    held = graph.constant(f"sizes_{len(graph.nodes)}", np.array(sizes, dtype=np.int64))
    return list(graph.add("Split", [table, held], len(sizes), axis=1))


def _arcs(graph: Graph, turned: str, head: str, words: tuple[str, str]) -> None:
    """Add the scores of each word's heads, (rows, words + 1, words + 1)."""
    word_place, at = words
    one, zero = graph.number(1), graph.number(0)
    order = graph.add("Range", [zero, graph.add("Squeeze", [graph.add("Shape", [at])]), one])
    slots = graph.add("Shape", [graph.flat(word_place)])
    nothing = helper.make_tensor("nothing", TensorProto.INT64, [1], [0])
    empty = graph.add("ConstantOfShape", [slots], value=nothing)
    index = graph.add("ScatterElements", [empty, at, order])
    index = graph.add("Reshape", [index, graph.add("Shape", [word_place])])
    both = [graph.rows_of(turned, index), graph.rows_of(head, index)]
    graph.ours("FusedMatMul", both, transB=1)
    graph.nodes[-1].output[0] = "arcs"


def _layers(weights: Weights) -> int:
    return sum(name.endswith("intermediate.dense.bias") for name in weights)


def _width(weights: Weights) -> int:
    return int(weights["encoder.embeddings.word_embeddings.weight"].shape[1])


def _model(graph: Graph) -> ModelProto:
    """Return the graph with what goes in and comes out."""
    whole, plain = TensorProto.INT64, TensorProto.FLOAT
    inputs = [
        helper.make_tensor_value_info("pieces", whole, ["rows", "pieces"]),
        helper.make_tensor_value_info("first", whole, ["rows", "slots"]),
    ]
    outputs = [
        helper.make_tensor_value_info("arcs", plain, ["rows", "slots", "slots"]),
        helper.make_tensor_value_info("vectors", plain, ["words", None]),
        helper.make_tensor_value_info("tags", plain, ["words", None]),
    ]
    made = helper.make_graph(
        graph.nodes, "geomapper", inputs, outputs, list(graph.constants.values())
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_OURS, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    helper.set_model_props(model, {"parts": json.dumps(graph.parts)})
    checker.check_model(model)
    return model
