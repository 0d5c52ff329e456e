"""Lemmas put right: a table of known forms, and for others the regular endings of English."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

_ENDINGS = {
    "VERB": (("ies", "y"), ("ied", "y"), ("ying", "ie"), ("ing", "e"), ("ing", ""), ("ed", "e"), ("ed", ""),
             ("es", "e"), ("es", ""), ("s", "")),
    "NOUN": (("ies", "y"), ("ves", "f"), ("men", "man"), ("es", "e"), ("es", ""), ("s", "")),
}  # fmt: skip
_LEAST = 4


@dataclass(frozen=True, slots=True)
class _Lexicon:
    forms: dict[tuple[str, str], str]
    lemmas: dict[str, frozenset[str]]


@cache
def _lexicon() -> _Lexicon:
    data = resources.files(__package__).joinpath("models", "lemmas.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(data).decode().splitlines()]
    forms = {(form, "VERB" if tag == "AUX" else tag): lemma for form, tag, lemma in rows}
    more = resources.files(__package__).joinpath("verbs.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in more.splitlines() if line and not line.startswith("#")]
    forms.update({(words[0], "VERB"): words[1] for words in lines if len(words) > 1})
    own = {words[-1] for words in lines}
    lemmas = {
        tag: frozenset(
            {lemma for (_, each), lemma in forms.items() if each == tag}
            | (own if tag == "VERB" else set())
        )
        for tag in ("VERB", "NOUN", "ADJ")
    }
    return _Lexicon(forms, lemmas)


def right_lemma(form: str, tag: str, guess: str) -> str:
    """Return the lemma of a verb, noun or adjective; `guess` is the model's, kept where nothing is known.

    `tag` is a universal tag. Forms that the table knows have its lemma; regular forms of a lemma that
    it knows lose their ending; the stem of a doubled consonant is halved.

    Examples
    --------
    >>> right_lemma("operating", "VERB", "operat"), right_lemma("driven", "VERB", "driv")
    ('operate', 'drive')
    >>> right_lemma("shelled", "VERB", "shelle"), right_lemma("Chinese", "ADJ", "chinese")
    ('shell', 'chinese')
    """
    tag = "VERB" if tag == "AUX" else tag
    if tag not in ("VERB", "NOUN", "ADJ"):
        return guess
    word = form.lower()
    known = _lexicon().forms.get((word, tag))
    if known is not None:
        return known
    vocabulary = _lexicon().lemmas.get(tag, frozenset())
    for ending, replacement in _ENDINGS.get(tag, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST - 2:
            stem = word[: len(word) - len(ending)]
            for candidate in (stem + replacement, stem[:-1] if stem[-1:] == stem[-2:-1] else ""):
                if candidate in vocabulary:
                    return candidate
    if tag == "VERB" and guess.lower() not in vocabulary:
        return _regular(word, guess)
    if (
        tag == "NOUN"
        and word == guess.lower()
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
    ):
        return word[:-1]
    return guess


def _regular(word: str, guess: str) -> str:
    """Return the stem of an unknown regular verb: doubled consonants halved, a silent e put back."""
    for ending in ("ing", "ed"):
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        if len(stem) < _LEAST - 1:
            return guess
        if stem[-1] == stem[-2] and stem[-1] not in "lsz":
            return stem[:-1]
        needs_e = stem.endswith(("v", "c", "u", "iz", "is", "at", "ut", "ur", "as", "os"))
        return f"{stem}e" if needs_e else stem
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else guess
