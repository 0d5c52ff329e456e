"""The mean of two trained models, one of which went on from the other (Wortsman et al. 2022).

``python -m geomapper.language.training.minilm_mean --models DIR DIR --out DIR``
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def mean(one: Path, other: Path, out: Path) -> None:
    """Write the mean of the weights of two folders' ``model.pt``, with the labels of the first."""
    first, second = (torch.load(each / "model.pt", weights_only=True) for each in (one, other))
    out.mkdir(parents=True, exist_ok=True)
    weights = {
        name: (each + second[name]) / 2 if each.is_floating_point() else each
        for name, each in first.items()
    }
    torch.save(weights, out / "model.pt")
    shutil.copyfile(one / "labels.json", out / "labels.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, nargs=2, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    mean(*arguments.models, arguments.out)
