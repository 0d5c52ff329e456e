"""Take the shipped weights up again, to train on from them.

The eight-bit weights of ``model.onnx`` become floating point. In a graph of `minilm_graph` every
matrix has its layer's name; in older ones matrices are told apart by the numbers that the export
gave them, in the order of `minilm_train.Model.forward`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

_LAYER = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
_JOINED = ("heads.bias", "arc.bias")
_FIRST_HEADS = (
    "arc_dependent.0.weight", "arc_head.0.weight",
    "relation_dependent.0.weight", "relation_head.0.weight",
)  # fmt: skip


def shipped_weights(folder: Path, tags: tuple[str, ...]) -> dict[str, Tensor]:
    """Return the weights of a shipped model by their names in `minilm_train.Model`.

    `tags` names the tag heads in the order in which the model was trained with them.
    """
    model = onnx.load(folder / "model.onnx")
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    parts = {each.key: each.value for each in model.metadata_props}.get("parts")
    weights = {
        name: array
        for name, array in stored.items()
        if name.endswith((".bias", "LayerNorm.weight", "token_type_embeddings.weight"))
    }
    for key in {name.removesuffix("_quantized") for name in stored if "embeddings" in name}:
        if f"{key}_quantized" in stored:
            weights[key] = _plain(stored, key)
    weights |= _numbered(stored, tags) if parts is None else _named(stored, json.loads(parts))
    for name in ("relation", "argument"):
        table = folder / f"{name}s.npy"
        if table.exists():
            weights[name] = np.load(table).astype(np.float32)
    return {
        name: torch.from_numpy(np.array(array, dtype=np.float32, order="C"))
        for name, array in weights.items()
        if name not in _JOINED
    }


def _named(stored: dict[str, Any], parts: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Return the matrices by their names; several layers may stand side by side in one."""
    weights = {"arc": np.concatenate([_plain(stored, "arc"), stored["arc.bias"][None]])}
    for joined, sizes in parts.items():
        ends = np.cumsum(list(sizes.values()))[:-1].tolist()
        matrices = np.split(_plain(stored, joined), ends, axis=1)
        biases = np.split(stored[f"{joined}.bias"], ends)
        for name, matrix, bias in zip(sizes, matrices, biases, strict=True):
            weights[f"{name}.weight"], weights[f"{name}.bias"] = matrix.T, bias
    return weights


def _numbered(stored: dict[str, Any], tags: tuple[str, ...]) -> dict[str, Any]:
    """Return the matrices that an older export numbered."""
    numbered = sorted(name for name in stored if name.startswith("onnx::MatMul_"))
    matrices = [name for name in numbered if name.endswith("_quantized")]
    names = [
        f"encoder.encoder.layer.{number}.{part}.weight"
        for number in range(_layers(stored))
        for part in _LAYER
    ]
    events = [f"argument_{part}.0.weight" for part in ("trigger", "word")]
    names += [*_FIRST_HEADS, *(events if "triggers" in tags else ())]
    names += [f"tags.{tag}.weight" for tag in tags]
    weights = {
        name: _plain(stored, quantized.removesuffix("_quantized")).T
        for name, quantized in zip(names, matrices, strict=True)
    }
    return {**weights, "arc": _plain(stored, "arc")}


def _layers(stored: dict[str, Any]) -> int:
    return sum(name.endswith("intermediate.dense.bias") for name in stored)


def _plain(stored: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - a numpy array
    values = stored[f"{name}_quantized"].astype(np.float32)
    zero = stored.get(f"{name}_zero_point", np.zeros(1)).astype(np.float32)
    return (values - zero) * stored[f"{name}_scale"]
