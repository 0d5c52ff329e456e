"""The words around a trigger: those of its clause, those that stand before it, those of a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.coding.clauses import preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomapper.coding.clauses import Clause

_DEEPEST = 4
_MOST_BEFORE = 8
_BESIDE = ("ccomp", "parataxis", "acl:relcl")


def around(clause: Clause, start: int, end: int) -> set[str]:
    """Return the lemmas and forms of a clause, in lower case: what hangs on trigger and verb.

    Only words of the sentence of tokens `start` to `end` count, and none of a clause beside it.
    """
    top = clause.verb or clause.head
    found: set[str] = set()
    stack = [(token, 0) for token in (top, *clause.subjects, *clause.objects, clause.head)]
    seen: set[int] = set()
    while stack:
        token, depth = stack.pop()
        if token.i in seen or not start <= token.i < end:
            continue
        seen.add(token.i)
        found |= forms(token)
        if depth < _DEEPEST:
            stack.extend((c, depth + 1) for c in token.children if not _is_beside(c))
    return found


def _is_beside(child: Token) -> bool:
    return child.dep_ in _BESIDE or (child.dep_ == "conj" and child.pos_ == "VERB")


def forms(token: Token) -> set[str]:
    """Return a word in lower case, its lemma, and a name without its plural "s": "KABs"."""
    found = {token.lower_, token.lemma_.lower()}
    if token.text.endswith("s") and (token.pos_ == "PROPN" or token.text[:-1].isupper()):
        found.add(token.lower_[:-1])
    return found


def before(head: Token) -> set[str]:
    """Return the words that stand right before a noun and belong to it, hyphens joined."""
    near = (t.i for t in head.subtree if t.i <= head.i and head.i - t.i < _MOST_BEFORE)
    first = min(near, default=head.i)
    text = head.doc[first : head.i].text.lower()
    words = {word.strip("-,") for word in text.replace("-", " ").split()}
    return words | set(text.split()) | {t.lemma_.lower() for t in head.doc[first : head.i]}


def made_of(noun: Token) -> Token:
    """Return what a noun is a wave or an army of, the noun itself where nothing says so."""
    parts = (c for c in noun.children if c.dep_ == "nmod" and preposition_of(c) == "of")
    return next(parts, noun)
