"""Take the shipped weights up again, to train on from them.

The eight-bit weights of ``model.onnx`` become floating point; matrices are told apart by the
numbers that the export gave them, in the order of `minilm_train.Model.forward`.
"""

from __future__ import annotations

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
_FIRST_HEADS = (
    "arc_dependent.0.weight", "arc_head.0.weight",
    "relation_dependent.0.weight", "relation_head.0.weight",
)  # fmt: skip


def shipped_weights(folder: Path, tags: tuple[str, ...]) -> dict[str, Tensor]:
    """Return the weights of a shipped model by their names in `minilm_train.Model`.

    `tags` names the tag heads in the order in which the model was trained with them.
    """
    graph = onnx.load(folder / "model.onnx").graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = {
        name: torch.from_numpy(array.copy())
        for name, array in stored.items()
        if name.endswith((".bias", "LayerNorm.weight"))
    }
    for name in ("word", "token_type", "position"):
        key = f"encoder.embeddings.{name}_embeddings.weight"
        weights[key] = torch.from_numpy(_plain(stored, key))
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
    for name, quantized in zip(names, matrices, strict=True):
        matrix = _plain(stored, quantized.removesuffix("_quantized"))
        weights[name] = torch.from_numpy(np.ascontiguousarray(matrix.T))
    weights["arc"] = torch.from_numpy(_plain(stored, "arc"))
    for name in ("relation", "argument"):
        table = folder / f"{name}s.npy"
        if table.exists():
            weights[name] = torch.from_numpy(np.load(table).astype(np.float32))
    return weights


def _layers(stored: dict[str, Any]) -> int:
    return sum(name.endswith("intermediate.dense.bias") for name in stored)


def _plain(stored: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - a numpy array
    values = stored[f"{name}_quantized"].astype(np.float32)
    return (values - stored[f"{name}_zero_point"].astype(np.float32)) * stored[f"{name}_scale"]
