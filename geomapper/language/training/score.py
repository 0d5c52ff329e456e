"""Score the shipped models on the treebanks' test parts: tokens and sentences given.

``python -m geomapper.language.training.score --corpora DIR`` prints UAS and LAS, punctuation
counted, and the share of right universal tags and lemmas.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy
from spacy.tokens import Doc

from geomapper.language.minilm import MiniLmAnalyzer, _Annotations, _Window
from geomapper.language.spacy_pipeline import FAST
from geomapper.language.training.minilm_data import Window, treebank_windows


def accurate(windows: list[Window]) -> list[Doc]:
    """Return the windows as the accurate model reads them."""
    analyzer = MiniLmAnalyzer()
    vocab = spacy.blank("en").vocab
    read = []
    for window in windows:
        doc = Doc(vocab, words=window.words)
        size = len(doc)
        found = _Annotations(
            list(range(size)),
            ["dep"] * size,
            ["X"] * size,
            [""] * size,
            [""] * size,
            ["O"] * size,
            ["O"] * size,
            [0.0] * size,
        )
        analyzer._read(doc, [_Window(tuple(range(size)), tuple(window.sentences))], found)
        deps = ["root" if found.heads[i] == i else found.relations[i] for i in range(size)]
        read.append(
            Doc(
                vocab,
                words=window.words,
                heads=found.heads,
                deps=deps,
                pos=found.universal,
                lemmas=found.lemmas,
            )
        )
    return read


def fast(windows: list[Window]) -> list[Doc]:
    """Return the windows as the fast model reads them."""
    nlp = spacy.load(FAST)
    read = []
    for window in windows:
        starts = [
            n == 0 or window.sentences[n] != window.sentences[n - 1]
            for n in range(len(window.words))
        ]
        doc = Doc(nlp.vocab, words=window.words, sent_starts=starts)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        read.append(doc)
    return read


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    folder = parser.parse_args().corpora / "training" / "ud"
    for bank in ("ewt", "gum"):
        windows = list(treebank_windows(folder / f"{bank}-test.conllu.gz"))
        for name, read in (("accurate", accurate), ("fast", fast)):
            words = heads = labels = tags = lemmas = 0
            for window, doc in zip(windows, read(windows), strict=True):
                for number, token in enumerate(doc):
                    given = 0 if token.head.i == number else token.head.i + 1
                    right = given == window.heads[number]
                    words += 1
                    heads += right
                    label = "root" if given == 0 else token.dep_
                    labels += right and label == window.relations[number]
                    tags += token.pos_ == window.universal[number]
                    lemmas += token.lemma_.lower() == window.lemmas[number].lower()
            print(
                f"{bank} {name:9} UAS {heads / words:.3f} LAS {labels / words:.3f} tags {tags / words:.3f} lemmas {lemmas / words:.3f}"
            )


if __name__ == "__main__":
    main()
