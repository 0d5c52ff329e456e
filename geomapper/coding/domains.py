"""Whether an article is about something else that borrows the words of war."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.language.columns import strings

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEAST_WORDS = 4


def other_domain(doc: Doc) -> str | None:
    """Return the domain that an article is about instead of a conflict, None where it is about one.

    A domain needs at least four different words of its own, and more than the words that speak
    for a conflict.
    """
    words = set(strings(doc, 0, len(doc), "LOWER"))
    lists = _lists()
    conflict = len(words & lists["conflict"])
    counts = {name: len(words & each) for name, each in lists.items() if name != "conflict"}
    domain = max(sorted(counts), key=counts.__getitem__)
    return domain if counts[domain] >= _LEAST_WORDS and counts[domain] > conflict else None


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("domains.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}
