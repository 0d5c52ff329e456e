"""A text as spaCy words and our sentences, before anything reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geomapper.language.detection import detect
from geomapper.language.splitting import split
from geomapper.stages import Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from geomapper.model import Document


_RUN = r"([!?*=_~#$<>.-])\1+"
_EMOJI = "[\u203c\u2049\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?"
_AFTER_INITIALS = r"(?<=[A-Z]\.)-(?=[A-Za-z])"
_PREFIXES = (
    "anti|co|counter|cross|ex|inter|intra|mid|mini|multi|non|over|post|pre|pro|re|semi|sub|ultra"
)
_PREFIXED = rf"(?i:{_PREFIXES}|e)-[a-z]+"
_TELEPHONE = r"(?:\+?\d{1,3}-)?(?:\d{3}-)?\d{3}-\d{4}|x\d-\d{4}"
_DECADE = r"\d0['’]s"
_UNIT = r"(?<=\d)(?:[AaPp]\.?[Mm]\.?|k)"
_WHOLE = (
    "e-mail", "E-mail", "e-mails", "E-mails", "e-mailed", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.",
    "Thurs.", "Fri.", "Lt.", "Col.", "Sgt.", "Maj.", "Capt.", "Cpl.", "Cmdr.", "Ft.",
)  # fmt: skip
_SPLIT_AFTER_ALL = ("and/or",)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    r"""Return a text that spaCy can hold: a lone surrogate becomes U+FFFD, offsets stay.

    Examples
    --------
    >>> encodable("Izium \ud83d burns") == "Izium \ufffd burns"
    True
    """
    return _LONE_SURROGATE.sub("\ufffd", text)


_ENDLESS = re.compile(r"\S{400}")


def tokenized(nlp: Language, text: str) -> Doc:
    """Return a text as spaCy words; a word without end is cut every 400 characters.

    spaCy takes brackets and quotes off a word one by one, in time that grows with the square of
    their number.

    Examples
    --------
    >>> len(tokenized(tokenizer(), "(" * 1000 + " Izium")), tokenized(tokenizer(), "").text
    (1001, '')
    """
    text = encodable(text)
    ends = [match.end() for match in _ENDLESS.finditer(text)]
    if not ends:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = (text[start:end] for start, end in pairwise([0, *ends, len(text)]))
    words = [word for piece in pieces for word in nlp.make_doc(piece)]
    return Doc(
        nlp.vocab,
        words=[word.text for word in words],
        spaces=[bool(word.whitespace_) for word in words],
    )


@cache
def tokenizer() -> Language:
    """Return spaCy's English tokenizer alone; runs of one sign ("!!!") stay together.

    Examples
    --------
    >>> [word.text for word in tokenizer().make_doc("U.S.-led, by e-mail!!!")]
    ['U.S.', '-', 'led', ',', 'by', 'e-mail', '!!!']
    """
    import spacy
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    defaults: Any = nlp.Defaults
    rules: Any = nlp.tokenizer
    rules.prefix_search = compile_prefix_regex([_RUN, _EMOJI, *defaults.prefixes]).search
    rules.suffix_search = compile_suffix_regex([_RUN, _EMOJI, _UNIT, *defaults.suffixes]).search
    rules.infix_finditer = compile_infix_regex([*defaults.infixes, _AFTER_INITIALS]).finditer
    rules.rules = {key: value for key, value in rules.rules.items() if key not in _SPLIT_AFTER_ALL}
    rules.token_match = re.compile(f"(?:{_PREFIXED}|{_TELEPHONE}|{_DECADE})$").match
    for word in _WHOLE:
        rules.add_special_case(word, [{"ORTH": word}])
    return nlp


def with_language(document: Document) -> Document:
    """Return a document with its language: its own, else the detected one, None if unsure."""
    return document if document.language else replace(document, language=detect(document.text))


def unread(document: Document, doc: Doc | None = None) -> Reading:
    """Return a document as words and sentences only, nothing read."""
    doc = tokenized(tokenizer(), document.text) if doc is None else doc
    sentences = tuple(replace(each, is_parsed=False) for each in split(doc))
    return Reading(document, doc, sentences, is_read=False)


def is_english(document: Document) -> bool:
    """Tell whether a document is read; where the language is unsure, it is taken for English."""
    return document.language in (None, "en") or str(document.language).startswith("en-")
