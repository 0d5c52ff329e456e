"""Train the fast model: a spaCy CNN with tagger, parser, lemmatizer and entities on one tok2vec.

``python -m geomapper.language.training.fast --corpora DIR --out DIR`` writes the pipeline to
``DIR/model-last``. No PyTorch; about twenty CPU minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin

from geomapper.language.training.minilm_data import (
    ENTITY_TAGS,
    Window,
    entity_windows,
    treebank_windows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.vocab import Vocab

SETTINGS = Path(__file__).parent / "fast.cfg"
ENTITY_SETS = ("newswire-train", "wikigold", "uner-ewt-devtest", "crossner-politics")


def parsed(window: Window, vocab: Vocab) -> Doc:
    """Return a window of a treebank as a Doc whose entities are unknown."""
    heads = [head - 1 if head else number for number, head in enumerate(window.heads or ())]
    doc = Doc(
        vocab,
        words=window.words,
        tags=window.penn,
        pos=window.universal,
        lemmas=window.lemmas,
        heads=heads,
        deps=["ROOT" if label == "root" else label for label in window.relations or ()],
    )
    doc.set_ents([], default="missing")
    return doc


def named(window: Window, vocab: Vocab) -> Doc:
    """Return a window with entities as a Doc whose dependencies are unknown."""
    tags = [ENTITY_TAGS[number] for number in window.entities or ()]
    legal = []
    for before, tag in zip(["O", *tags], tags, strict=False):
        broken = tag.startswith("I-") and before[2:] != tag[2:]
        legal.append(f"B-{tag[2:]}" if broken else tag)
    return Doc(vocab, words=window.words, ents=legal)


def write(docs: Iterable[Doc], path: Path) -> None:
    """Write documents as spaCy reads them for training."""
    DocBin(
        attrs=["ORTH", "TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"], docs=docs
    ).to_disk(path)


def main() -> None:
    """Prepare the corpora in a temporary folder, and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    nlp = spacy.blank("en")
    training = arguments.corpora / "training"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("train", "dev"):
            docs = [
                parsed(window, nlp.vocab)
                for bank in ("ewt", "gum")
                for window in treebank_windows(training / "ud" / f"{bank}-{part}.conllu.gz")
            ]
            sets = ENTITY_SETS if part == "train" else ("newswire-dev",)
            for each in sets:
                path = training / "ner" / f"{each}.jsonl.gz"
                if path.exists():
                    docs += [named(window, nlp.vocab) for window in entity_windows(path, nlp)]
            write(docs, folder / f"{part}.spacy")
        overrides = {
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
        }
        train(SETTINGS, arguments.out, overrides=overrides)


if __name__ == "__main__":
    main()
