"""Which place an event is at: the way through the parse from trigger to place, at a price.

Launch sites, origins, bases, datelines and speakers' places are never the place of an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomapper.coding.clauses import preposition_of
from geomapper.coding.place_words import place_words
from geomapper.coding.status import status_words
from geomapper.model import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from geomapper.coding.clauses import Clause
    from geomapper.coding.siting import Site
    from geomapper.model import Place, Resolution

_NAME_LINKS = frozenset({"compound", "flat", "amod", "nmod:poss", "appos", "nmod", "nummod"})
_CLAUSES = frozenset({"advcl", "acl", "acl:relcl", "ccomp", "parataxis", "conj", "xcomp"})
_AWAY = ("from", "since")
_LEAVING = frozenset({"withdrawal", "displacement", "abduction", "weapons_seized"})
_TOWARDS = frozenset({"to", "toward", "towards", "for"})
_SPEAKING = frozenset({"obl", "nmod", "obl:unmarked"})
_MOST = 8.0
_FAR = 6.5
_SPEAKER = 5.0


@dataclass(frozen=True, slots=True)
class Located:
    """A resolution with the token that stands for it in the parse, its top, and its words."""

    resolution: Resolution
    place: Place
    token: Token
    top: Token
    words: range


@dataclass(frozen=True, slots=True)
class Link:
    """The places of an event, the price of the way there, the rejected, and the origin.

    `sites` are all that were weighed, none where the parse alone was asked.
    """

    places: tuple[Located, ...]
    price: float
    rejected: tuple[Located, ...] = ()
    origin: Located | None = None
    sites: tuple[Site, ...] = ()


def located_in(doc: Doc, start: int, end: int, resolutions: Sequence[Resolution]) -> list[Located]:
    """Return the resolved ground of a sentence: literal mentions with a place, in order."""
    if start >= end:
        return []
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    found = []
    for resolution in resolutions:
        mention = resolution.mention
        best = resolution.best
        if mention.role is not Role.LITERAL or best is None or best.stands_in:
            continue
        if not first <= mention.span.start < last:
            continue
        span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if span is not None and not _is_origin_of_people(span.root):
            words = range(span.start, span.end)
            found.append(Located(resolution, best.place, span.root, _top(span.root), words))
    return found


def _is_origin_of_people(token: Token) -> bool:
    """Tell whether a name only says whose people they are: "two citizens of China"."""
    is_of = token.dep_ == "nmod" and preposition_of(token) == "of"
    return is_of and token.head.lemma_.lower() in place_words().belonging


def leaves(token: Token, each: Located) -> bool:
    """Tell whether a place is what a verb or noun leaves: "driven out of X", "withdrew from X"."""
    is_left = preposition_of(each.top).startswith(("from", "out of"))
    return is_left and each.top.head.i == token.i


def link(clause: Clause, event_type: str, located: Sequence[Located]) -> Link:
    """Return the places at which a clause's event is, all of a list; none gives an empty link."""
    origin = _origin(clause, event_type, located)
    prices = [(each, way(clause, event_type, each)) for each in located if each is not origin]
    prices = [(each, price) for each, price in prices if price < _MOST]
    if not prices:
        return Link((), _MOST, tuple(located), origin)
    best, price = min(prices, key=lambda item: (item[1], item[0].token.i))
    best = _inner(best, [each for each, other in prices if other <= price + 1.5])
    chosen = [best, *(each for each, _ in prices if each is not best and same_list(each, best))]
    chosen.sort(key=lambda each: each.token.i)
    rejected = tuple(each for each in located if each not in chosen)
    return Link(tuple(chosen), price, rejected, origin)


def _inner(best: Located, near: Sequence[Located]) -> Located:
    """Return the place inside, where the nearest name only says in which country or region."""
    if best.place.precision not in (Precision.ADMIN1, Precision.COUNTRY):
        return best
    for each in near:
        inside = each.place.country == best.place.country and each.place.precision in (
            Precision.EXACT,
            Precision.NEAR,
        )
        if inside and (
            best.place.precision is Precision.COUNTRY or each.place.admin1 == best.place.admin1
        ):
            return each
    return best


def same_list(one: Located, other: Located) -> bool:
    """Tell whether two places are coordinated: "Orikhiv, Huliaipole and Stepnohirsk".

    What lies between two places is in one, not in both.
    """
    if "between" in (preposition_of(one.top), preposition_of(other.top)):
        return False
    for first, second in ((one.top, other.top), (one.token, other.token)):
        in_list = first.dep_ == "conj" or second.dep_ == "conj"
        if first.i != second.i and in_list and _list_head(first).i == _list_head(second).i:
            return True
    return False


def beside(one: Located, other: Located) -> bool:
    """Tell whether one clause gives two places side by side: "a depot at Soledar and a post at Lyman".

    No verb stands between them, a coordinating word does, and neither is the other's region.
    """
    first, second = sorted((one, other), key=lambda each: each.token.i)
    between = first.token.doc[first.words.stop : second.words.start]
    if any(token.pos_ == "VERB" for token in between) or _width(first) != _width(second):
        return False
    is_gap = "between" in (preposition_of(first.top), preposition_of(second.top))
    return not is_gap and any(token.dep_ == "cc" for token in between)


def _width(each: Located) -> Precision:
    precision = each.place.precision
    return Precision.EXACT if precision is Precision.NEAR else precision


def _list_head(token: Token) -> Token:
    steps = 0
    while token.dep_ == "conj" and token.head.i != token.i and steps < 12:  # noqa: PLR2004
        token = token.head
        steps += 1
    return token


def _top(token: Token) -> Token:
    """Return the noun that stands for a place: "region" in "the Donetsk region"."""
    nouns = place_words().nouns
    steps = 0
    while token.head.i != token.i and steps < 8:  # noqa: PLR2004
        head = token.head
        is_name = token.dep_ in ("compound", "flat", "amod", "nmod:poss", "appos")
        is_of = (
            token.dep_ == "nmod"
            and head.lemma_.lower() in nouns
            and preposition_of(token) == "of"
            and not any(c.pos_ == "PROPN" and c.dep_ in ("compound", "amod") for c in head.children)
        )
        if (
            (is_name and head.lemma_.lower() in nouns)
            or is_of
            or (token.dep_ == "appos" and head.lemma_.lower() in nouns)
            or token.dep_ == "flat"
        ):
            token = head
        else:
            break
        steps += 1
    return token


def _origin(clause: Clause, event_type: str, located: Sequence[Located]) -> Located | None:
    """Return the place that the event came from: "from X", where leaving is not the event."""
    if event_type in _LEAVING:
        return None
    for each in located:
        preposition = preposition_of(each.top)
        if preposition.startswith(_AWAY) and (
            each.top.head.i in (clause.head.i, clause.verb.i if clause.verb else -1)
        ):
            return each
    return None


def way(clause: Clause, event_type: str, each: Located) -> float:
    """Return the price of the way from a place to the trigger of a sentence; low is near."""
    goals = {clause.head.i}
    carrier = clause.verb
    top = each.top
    preposition = preposition_of(top) or preposition_of(each.token)
    price = _preposition_price(preposition, event_type)
    if _inside_attribution(top, clause):
        price += _SPEAKER
    up_place, up_trigger = _path(top), _path(clause.head)
    common = next((index for index in up_place if index in up_trigger), None)
    if common is None:
        return _FAR + abs(top.i - clause.head.i) / 10
    doc = top.doc
    if common == top.i:
        return _climb(doc, up_trigger, common, down=True) / 4
    price += _climb(doc, up_place, common) + _climb(doc, up_trigger, common, down=True)
    if common in goals or (carrier is not None and common == carrier.i):
        price -= 0.5
    if (
        top.dep_ in ("nsubj", "nmod:poss")
        and top.i != clause.head.i
        and not any(s.i == top.i for s in (*clause.subjects, *clause.objects))
    ):
        price += 1.0
    if each.token.dep_ == "compound" and top is each.token and each.token.head.i != clause.head.i:
        price += 0.8
    return price + abs(top.i - clause.head.i) / 50


def _inside_attribution(token: Token, clause: Clause) -> bool:
    """Tell whether a place stands with who says it: "according to survivors in X", "residents of X said"."""
    own = {clause.head.i, clause.verb.i if clause.verb else clause.head.i}
    steps = 0
    while token.head.i != token.i and steps < 8:  # noqa: PLR2004
        if any(c.lower_ == "according" for c in token.children):
            return True
        is_subject = token.dep_.startswith("nsubj")
        if (
            is_subject
            and token.head.i not in own
            and token.head.lemma_.lower() in status_words().speech
        ):
            return True
        token = token.head
        steps += 1
    return False


def _preposition_price(preposition: str, event_type: str) -> float:
    if preposition.startswith(("from", "out of")):
        return 0.0 if event_type in _LEAVING else 20.0
    if preposition in _TOWARDS:
        towards = event_type in ("deployment", "offensive", "cross_border_push", "siege")
        return 0.3 if towards else 2.5
    if preposition in ("with", "by", "like", "than", "as", "about"):
        return 2.5
    return 0.0


def _path(token: Token) -> list[int]:
    path = [token.i]
    while token.head.i != token.i and len(path) < 60:  # noqa: PLR2004
        token = token.head
        path.append(token.i)
    return path


def _climb(doc: Doc, path: Sequence[int], common: int, *, down: bool = False) -> float:
    """Return the price of climbing a path up to a common word, clauses costing more."""
    price = 0.0
    for index in path:
        if index == common:
            break
        relation = doc[index].dep_
        if relation == "conj":
            price += 1.5 if doc[index].pos_ in ("VERB", "AUX") else 0.1
        elif relation in ("advcl", "acl:relcl", "parataxis"):
            price += 1.2 if down else 1.8
        elif relation == "ccomp":
            price += 2.2 if down else 3.0
        elif relation in ("xcomp", "acl"):
            price += 0.5
        else:
            price += 0.6 if relation in _SPEAKING else 0.7
    return price
