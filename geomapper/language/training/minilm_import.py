"""Take the shipped weights up again, to train on from them.

The eight-bit weights of ``model.onnx`` become floating point: in a graph of `minilm_graph` every
matrix has its layer's name.
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

_JOINED = ("heads.bias", "arc.bias")


def shipped_weights(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a shipped model by their names in `minilm_train.Model`."""
    model = onnx.load(folder / "model.onnx")
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    parts = {each.key: each.value for each in model.metadata_props}["parts"]
    weights = {
        name: array
        for name, array in stored.items()
        if name.endswith((".bias", "LayerNorm.weight", "token_type_embeddings.weight"))
    }
    for key in {name.removesuffix("_quantized") for name in stored if "embeddings" in name}:
        if f"{key}_quantized" in stored:
            weights[key] = _plain(stored, key)
    weights |= _named(stored, json.loads(parts))
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


def _plain(stored: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - a numpy array
    values = stored[f"{name}_quantized"].astype(np.float32)
    zero = stored.get(f"{name}_zero_point", np.zeros(1)).astype(np.float32)
    return (values - zero) * stored[f"{name}_scale"]
