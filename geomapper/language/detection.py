"""Which language a text is in, by script and by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_CANDIDATES = ("en", "fr", "es", "de", "it", "pt", "nl", "pl", "tr", "id", "ro", "sv")
_SCRIPTS = {"CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "CJK": "zh", "HANGUL": "ko",
            "GREEK": "el", "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy", "HIRAGANA": "ja",
            "BENGALI": "bn", "THAI": "th", "MYANMAR": "my", "ETHIOPIC": "am"}  # fmt: skip
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 8


def detect(text: str) -> str | None:
    """Return the likeliest ISO 639-1 code of a text's language, None for a text too short to say.

    Latin script goes by spaCy's stop words of twelve languages, other scripts by their letters.

    Examples
    --------
    >>> detect("The army said on Friday that its troops had taken the town and the road to it.")
    'en'
    >>> detect("Les forces ont pris la ville et le pont dans la nuit de jeudi à vendredi.")
    'fr'
    >>> detect("Російські війська обстріляли місто вночі")
    'uk'
    """
    sample = text[:_SAMPLE]
    letters = [each for each in sample if each.isalpha()]
    if not letters:
        return None
    foreign = [each for each in letters if not _is_latin(each)]
    if len(foreign) > len(letters) / 2:
        return _by_script(foreign, sample)
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return None
    shares = {code: sum(word in stops for word in words) for code, stops in _stop_words().items()}
    best = max(_CANDIDATES, key=lambda code: (shares[code], code == "en"))
    return best if shares[best] >= len(words) / 10 else None


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Return spaCy's stop words by language, read past its packages, which take seconds to import."""
    import spacy

    folder = Path(spacy.__file__).parent / "lang"
    return {code: _words_of(folder / code / "stop_words.py") for code in _CANDIDATES}


def _words_of(path: Path) -> frozenset[str]:
    spec = spec_from_file_location(f"geomapper_{path.parent.name}_stop_words", path)
    if spec is None or spec.loader is None:
        return frozenset()
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return frozenset(module.STOP_WORDS)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def _by_script(letters: list[str], sample: str) -> str | None:
    script = unicodedata.name(letters[len(letters) // 2], "").partition(" ")[0]
    language = _SCRIPTS.get(script)
    if language == "ru" and _UKRAINIAN & set(sample):
        return "uk"
    return language
