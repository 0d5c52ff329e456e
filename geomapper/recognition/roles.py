"""What a place name does in its sentence: ground, government, people, dateline, part of a name.

The language model's own guess, where it makes one, stands unless a rule that hardly errs
speaks against it; without a guess the rules decide over the parse, in this order: dateline,
name part, demonym, ground by preposition or noun, government by verb or noun, else ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.model import Role
from geomapper.recognition.dateline import in_dateline
from geomapper.recognition.nesting import is_part_of_a_name
from geomapper.recognition.words import role_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from geomapper.gazetteer import Gazetteer
    from geomapper.language.columns import Words
    from geomapper.recognition.found import Found

_SURE = 0.95
_SURE_OF_STREETS = 0.8
_LIKELY = 0.8
_PLAIN = 0.6
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_OBJECTS = frozenset({"obj", "iobj"})
_NOMINAL_LINKS = frozenset({"conj", "appos", "compound", "flat"})
_STATE_CODES = frozenset({"PCLI", "PCLD", "PCLS", "PCLF", "PCL", "PPLC", "TERR"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_SEATS = frozenset({"Kremlin", "White House", "Pentagon", "Downing Street", "Élysée", "Elysee"})


class RoleRules:
    """Decides on the role of a place name.

    Parameters
    ----------
    gazetteer
        Tells demonyms, and whether a name is a state's or a capital's.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._words = role_words()

    def role(self, doc: Doc, words: Words, found: Found) -> tuple[Role, float]:
        """Return the role of a stretch of tokens that was taken for a name, and its certainty, 0 to 1."""
        start, end, guess = found.start, found.end, found.role
        if self._is_address(words, found) or is_part_of_a_name(words, start, end):
            return Role.NAME_PART, _SURE
        if in_dateline(doc, words, start, end):
            return Role.DATELINE, _SURE
        if _goes_beyond(doc, start, end, "PERSON"):
            return Role.NAME_PART, _LIKELY
        if guess is None or guess is Role.LITERAL:
            return self._ground_or_not(doc, words, found)
        return guess, found.score

    def _ground_or_not(self, doc: Doc, words: Words, found: Found) -> tuple[Role, float]:
        """Return the role of a name that is taken for ground, or of which nobody says."""
        start, end = found.start, found.end
        is_demonym = self._gazetteer.demonym(doc[start:end].text) is not None
        if not is_demonym and self._is_owner(words, end):
            return Role.METONYM, _LIKELY
        if found.role is None:
            return self._by_rules(doc, start, end)
        if is_demonym:
            return Role.DEMONYM, _SURE
        if self._governs(doc, words, start, end):
            return Role.METONYM, _LIKELY
        return found.role, found.score

    def _is_owner(self, words: Words, end: int) -> bool:
        """Tell whether the next word is one of those who act for a place: "Oregon police"."""
        if end < len(words) and words.texts[end] in _POSSESSIVES:
            end += 1
        if end >= len(words) or words.gap(end - 1, end) != " ":
            return False
        return words.texts[end].lower() in self._words.bodies

    def _governs(self, doc: Doc, words: Words, start: int, end: int) -> bool:
        """Tell of a state or capital: "the government in Bucharest", "New Delhi blamed"."""
        if start > 1 and words.texts[start - 1] == "in":
            noun = words.texts[start - 2].lower()
            return noun in self._words.government_nouns and self._is_state(doc[start:end].text)
        head = doc[start:end].root
        speaks = head.dep_ == "nsubj" and head.head.lemma_.lower() in self._words.speech_verbs
        return speaks and self._is_state(doc[start:end].text)

    def _is_address(self, words: Words, found: Found) -> bool:
        """Tell of a street's name, or of one that ends so and of which the model is not sure."""
        is_sure = found.role is Role.LITERAL and found.score > _SURE_OF_STREETS
        streets = self._words.street_words
        if found.end < len(words) and words.texts[found.end].lower() in streets:
            return (
                words.texts[found.end][:1].isupper() and words.gap(found.end - 1, found.end) == " "
            )
        return not is_sure and words.texts[found.end - 1].lower() in streets

    def _by_rules(self, doc: Doc, start: int, end: int) -> tuple[Role, float]:
        text = doc[start:end].text
        if _goes_beyond(doc, start, end, "ORG"):
            return Role.NAME_PART, _LIKELY
        if self._gazetteer.demonym(text) is not None:
            return Role.DEMONYM, _SURE
        if text in _SEATS:
            return Role.METONYM, _LIKELY
        if not self._is_state(text):
            return Role.LITERAL, _PLAIN
        head = doc[start:end].root
        return (Role.METONYM, _LIKELY) if self._acts(head) else (Role.LITERAL, _LIKELY)

    def _is_state(self, name: str) -> bool:
        """Tell whether a name is a state's or a capital's, which alone stand for governments."""
        places = self._gazetteer.lookup(name)
        return bool(places) and places[0].feature_code in _STATE_CODES

    def _acts(self, name: Token) -> bool:
        head = _top_of_list(name)
        if self._on_ground(head):
            return False
        governor = head.head
        lemma = governor.lemma_.lower()
        if head.dep_ in _SUBJECTS:
            return governor.pos_ == "VERB" and lemma in self._words.political_verbs
        if head.dep_ in _OBJECTS:
            return lemma in self._words.addressed_verbs
        if head.dep_ == "nmod:poss":
            return lemma in self._words.state_nouns
        if head.dep_ in ("obl", "nmod"):
            return self._is_party(head, lemma)
        return False

    def _on_ground(self, head: Token) -> bool:
        words = self._words
        if any(child.lower_ in words.directions and child.text.islower() for child in head.lefts):
            return True
        case = next((child.lower_ for child in head.children if child.dep_ == "case"), "")
        if head.dep_ in ("obl", "nmod") and case in words.ground_prepositions:
            return head.head.lemma_.lower() not in words.party_nouns
        return head.head.lemma_.lower() in words.ground_nouns

    def _is_party(self, head: Token, lemma: str) -> bool:
        case = next((child.lower_ for child in head.children if child.dep_ == "case"), "")
        if case in ("with", "against", "for", "by") and head.dep_ == "obl":
            return True
        return lemma in self._words.party_nouns or (
            case == "of" and lemma in self._words.state_nouns
        )


def _top_of_list(token: Token) -> Token:
    for _ in range(8):
        if token.dep_ not in _NOMINAL_LINKS or token.head.i == token.i:
            return token
        token = token.head
    return token


def _goes_beyond(doc: Doc, start: int, end: int, *kinds: str) -> bool:
    """Tell whether a person's or organisation's name goes on beyond the tokens."""
    if not any(token.ent_type_ in kinds for token in doc[start:end]):
        return False
    before = start > 0 and doc[start].ent_iob_ == "I"
    after = end < len(doc) and doc[end].ent_iob_ == "I"
    return before or after
