"""Score the shipped models on the treebanks' test parts: tokens and sentences given.

``python -m geomapper.language.training.score --corpora DIR`` prints UAS and LAS, punctuation
counted, and the share of right universal tags and lemmas.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy
import typer
from spacy.tokens import Doc

from geomapper.language import OWN
from geomapper.language.minilm import MODELS, MiniLmAnalyzer
from geomapper.language.training.minilm_data import Window, treebank_windows
from geomapper.model import Span
from geomapper.stages import Sentence


def read(windows: list[Window], size: str) -> list[Doc]:
    """Return the windows as one of our models reads them, words and sentences given."""
    analyzer = MiniLmAnalyzer(MODELS / size)
    vocab = spacy.blank("en").vocab
    return [analyzer.annotated(Doc(vocab, words=w.words), sentences(w)) for w in windows]


def sentences(window: Window) -> tuple[Sentence, ...]:
    """Return the sentences of a window, without their spans."""
    numbers = window.sentences
    starts = [n for n, each in enumerate(numbers) if n == 0 or each != numbers[n - 1]]
    return tuple(
        Sentence(Span(0, 0), bounds)
        for bounds in zip(starts, [*starts[1:], len(numbers)], strict=True)
    )


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    folder = parser.parse_args().corpora / "training" / "ud"
    for bank in ("ewt", "gum"):
        windows = list(treebank_windows(folder / f"{bank}-test.conllu.gz"))
        for name in OWN:
            words = heads = labels = tags = lemmas = 0
            for window, doc in zip(windows, read(windows, name), strict=True):
                for number, token in enumerate(doc):
                    given = 0 if token.head.i == number else token.head.i + 1
                    right = given == window.heads[number]
                    words += 1
                    heads += right
                    label = "root" if given == 0 else token.dep_
                    labels += right and label == window.relations[number]
                    tags += token.pos_ == window.universal[number]
                    lemmas += token.lemma_.lower() == window.lemmas[number].lower()
            typer.echo(
                f"{bank} {name:9} UAS {heads / words:.3f} LAS {labels / words:.3f} tags {tags / words:.3f} lemmas {lemmas / words:.3f}"
            )


if __name__ == "__main__":
    main()
