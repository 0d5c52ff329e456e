"""ClearNLP dependencies, as spaCy's published pipelines give them, made universal ones.

Prepositions there head their nouns (``prep`` and ``pobj``); universally the noun hangs on what
the preposition hung on, and the preposition marks its case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "dative": "iobj",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "possessive": "case",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "prt": "compound:prt",
    "npadvmod": "obl:tmod",
    "preconj": "cc",
    "predet": "det",
    "quantmod": "advmod",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "attr": "xcomp",
    "pcomp": "advcl",
    "intj": "discourse",
    "meta": "dep",
    "ROOT": "root",
}
_NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def as_universal(doc: Doc) -> Doc:
    """Return `doc` with Universal Dependencies; one that has them already is returned as it is.

    Spaces, tags, lemmas and entities are kept.
    """
    if not any(token.dep_ in ("prep", "pobj", "dobj", "nsubjpass") for token in doc):
        for token in doc:
            if token.dep_ == "ROOT":
                token.dep_ = "root"
        return doc
    heads, labels = [], []
    for token in doc:
        head, label = _universal(token)
        heads.append(head)
        labels.append(label)
    from spacy.tokens import Doc as NewDoc

    return NewDoc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        heads=heads,
        deps=labels,
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


def _universal(token: Token) -> tuple[int, str]:
    head = token.head
    if token.dep_ == "pobj" and head.dep_ in ("prep", "agent", "dative"):
        top = _above(head)
        if head.dep_ == "agent":
            return top.i, "obl:agent"
        return top.i, "nmod" if top.pos_ in _NOMINALS else "obl"
    if token.dep_ in ("prep", "agent") and (noun := _noun_of(token)) is not None:
        return noun.i, "case"
    return head.i, _LABELS.get(token.dep_, token.dep_)


def _noun_of(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def _above(preposition: Token) -> Token:
    """Return what a preposition hangs on, past prepositions before it ("out of the town")."""
    head = preposition.head
    while head.dep_ == "prep" and head.head.i != head.i and _noun_of(head) is None:
        head = head.head
    return head
