"""Make the shipped model of a trained one: ONNX with eight-bit weights, and what goes beside it.

``python -m geomapper.language.training.minilm_export --model DIR --out DIR``
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from geomapper.language.training.minilm_train import ENCODER, SHAPES, Model, model_of

OUTPUTS = (
    "arcs", "dependents", "heads", "telling", "told", "universal", "penn", "lemma_rules",
    "entities", "places", "triggers", "statuses",
)  # fmt: skip


def export(source: Path, out: Path, size: str) -> None:
    """Write ``model.onnx``, the two bilinear tables, ``labels.json`` and ``tokenizer.json``."""
    labels = json.loads((source / "labels.json").read_text(encoding="utf-8"))
    model = model_of(size, labels)
    model.load_state_dict(torch.load(source / "model.pt", weights_only=True))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(model, plain)
        quantize_dynamic(plain, out / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)
    np.save(out / "relations.npy", model.relation.detach().numpy().astype(np.float16))
    np.save(out / "arguments.npy", model.argument.detach().numpy().astype(np.float16))
    (out / "labels.json").write_text(json.dumps(labels, indent=0) + "\n", encoding="utf-8")
    shutil.copyfile(ENCODER / "tokenizer.json", out / "tokenizer.json")


def _to_onnx(model: Model, path: Path) -> None:
    pieces = torch.ones((2, 9), dtype=torch.int64)
    first = torch.arange(5).repeat(2, 1)
    rows = {0: "batch"}
    axes = {name: {**rows, 1: "pieces"} for name in ("pieces", "mask")}
    axes["first"] = {**rows, 1: "words"}
    axes.update({name: {**rows, 1: "words"} for name in OUTPUTS})
    axes["arcs"] = {**rows, 1: "words", 2: "words"}
    torch.onnx.export(
        model,
        (pieces, torch.ones_like(pieces), first),
        path,
        input_names=["pieces", "mask", "first"],
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", choices=sorted(SHAPES), default="accurate")
    arguments = parser.parse_args()
    export(arguments.model, arguments.out, arguments.size)
