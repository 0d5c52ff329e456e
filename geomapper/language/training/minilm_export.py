"""Make the shipped model of a trained one: ONNX with eight-bit weights, and what goes beside it.

The graph is that of `minilm_graph`.

``python -m geomapper.language.training.minilm_export --model DIR --out DIR``
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch

from geomapper.language.training.minilm_graph import graph_of
from geomapper.language.training.minilm_train import ENCODER, SHAPES, TAGS, model_of


def export(source: Path, out: Path, size: str) -> None:
    """Write ``model.onnx``, the two bilinear tables, ``labels.json`` and ``tokenizer.json``."""
    labels = json.loads((source / "labels.json").read_text(encoding="utf-8"))
    model = model_of(size, labels)
    model.load_state_dict(torch.load(source / "model.pt", weights_only=True))
    weights = {name: each.numpy() for name, each in model.state_dict().items()}
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(graph_of(weights, TAGS), out / "model.onnx")
    np.save(out / "relations.npy", model.relation.detach().numpy().astype(np.float16))
    np.save(out / "arguments.npy", model.argument.detach().numpy().astype(np.float16))
    (out / "labels.json").write_text(json.dumps(labels, indent=0) + "\n", encoding="utf-8")
    shutil.copyfile(ENCODER / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", choices=sorted(SHAPES), default="accurate")
    arguments = parser.parse_args()
    export(arguments.model, arguments.out, arguments.size)
