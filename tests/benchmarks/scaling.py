"""Time grows in step with the length of the text: time(2n) / time(n), texts of many kinds.

    python tests/benchmarks/scaling.py [--size 20000] [--language-model fast] [--only days]

CPU seconds of one process are compared within one run; the exit status is 1 where a ratio is
over 2.5. Each text is one document of `size` characters, then of twice as many.
"""

import argparse
import datetime as dt
import sys
import time
from pathlib import Path

from geomapper.documents import SourceReader
from geomapper.model import Document
from geomapper.pipeline import Settings, open_pipeline

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LIMIT = 2.5
REPEATED = {
    "one sentence": "Russian forces shelled Izium on Monday, killing two people. ",
    "one sentence that never ends": "Russian forces shelled Izium on Monday and ",
    "one word": "shelled ",
    "one letter": "x",
    "a list of towns": "Izium, ",
    "a list of figures": "killed 3 and wounded 1,200, ",
    "opened brackets": "(",
    "opened quotes": "“",
    "dashes": "- ",
    "lines": "Izium\n",
    "towns of towns": "the town of ",
    "near near": "near ",
    "days": "on Monday, ",
    "hyphens": "north-",
    "capitals": "THE ARMY SHELLED IZIUM ",
    "spaces": " ",
    "combining marks": "e\u0301",
    "templates": "{{ x }} ",
}


def texts():
    """Yield a name and a text to repeat; the first is our own articles in a row."""
    reader = SourceReader()
    paths = sorted(SEEDS.glob("*/article.md"))
    yield "articles", "\n\n".join(a.text for path in paths for a in reader.read(str(path))) + "\n\n"
    yield from REPEATED.items()


def seconds(pipeline, text):
    """Return the CPU seconds that one document takes, the better of two."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        pipeline.code(Document("long", text, dt.date(2025, 4, 8), language="en"))
        taken.append(time.process_time() - began)
    return min(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--language-model", default="fast")
    parser.add_argument("--only", default="", help="texts whose name holds this")
    options = parser.parse_args()
    pipeline = open_pipeline(Settings(language_model=options.language_model))
    seconds(pipeline, "Russian forces shelled Izium.")
    worst = 0.0
    for name, unit in texts():
        if options.only not in name:
            continue
        long = unit * (2 * options.size // len(unit) + 1)
        one, two = (seconds(pipeline, long[: options.size * times]) for times in (1, 2))
        worst = max(worst, two / one)
        sys.stdout.write(f"{name:30s} {one:7.2f} s {two:7.2f} s  ratio {two / one:.2f}\n")
        sys.stdout.flush()
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
