"""Make the table of lemmas from the treebanks: forms whose lemma is no rule's business.

``python -m geomapper.language.training.lemma_table --corpora DIR --out FILE``
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from pathlib import Path

KEPT = ("VERB", "NOUN", "AUX", "ADJ")


def table(folder: Path) -> dict[tuple[str, str], str]:
    """Return the commonest lemma of each lower-case form and universal tag."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in ("ewt-train", "gum-train"):
        with gzip.open(folder / f"{name}.conllu.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = line.split("\t")
                if len(fields) > 3 and fields[0].isdigit() and fields[3] in KEPT:  # noqa: PLR2004
                    form, lemma = fields[1].lower(), fields[2].lower()
                    if form.isalpha() and lemma.isalpha():
                        counts[form, fields[3]][lemma] += 1
    return {key: min(c, key=lambda each: (-c[each], each)) for key, c in counts.items()}


def main() -> None:
    """Write ``form tag lemma`` lines, sorted, packed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found = table(arguments.corpora / "training" / "ud")
    lines = "".join(f"{form}\t{tag}\t{lemma}\n" for (form, tag), lemma in sorted(found.items()))
    arguments.out.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
