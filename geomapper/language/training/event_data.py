"""Windows that teach events: which word tells one, of what type and status, and its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomapper.language.training.dispatches import ARGUMENTS, STATUSES
from geomapper.language.training.minilm_data import (
    MAX_WORDS,
    Window,
    _place_tags,
    _tag,
    _word_windows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from geomapper.language.training.dispatches import Dispatch, TrainingEvent

EVENT_TYPES = (
    "none", "territory_captured", "territory_recaptured", "prisoners_taken", "weapons_seized",
    "offensive", "clash", "siege", "cross_border_push", "shelling", "missile_strike",
    "air_strike", "drone_strike", "interception", "chemical_weapon", "withdrawal", "bombing",
    "suicide_bombing", "violence_against_civilians", "abduction", "detention",
    "property_destruction", "displacement", "protest", "riot", "deployment", "agreement",
    "prisoner_exchange",
)  # fmt: skip
ARGUMENT_ROLES = ("none", *ARGUMENTS)
_NO_EVENT = frozenset({0})


def event_windows(
    dispatches: Iterable[Dispatch], nlp: Language, most: int = MAX_WORDS
) -> Iterator[Window]:
    """Yield the windows of dispatches, with place names and their roles, and with events.

    A window holds `most` words, and one sentence at least: with 1 each sentence stands alone,
    as in a ticker.
    """
    unmarked = frozenset({0, *(_tag(prefix, "demonym") for prefix in "BI")})
    for dispatch in dispatches:
        spans = [(start, end, (role,)) for start, end, role in dispatch.places]
        for words, offsets, sentences in _word_windows(dispatch.text, nlp, most):
            window = Window(words, sentences)
            window.places = [_place_tags(start, end, spans, unmarked) for start, end in offsets]
            _add_events(window, offsets, dispatch.events)
            yield window


def _add_events(
    window: Window, offsets: list[tuple[int, int]], events: Iterable[TrainingEvent]
) -> None:
    window.triggers = [_NO_EVENT] * len(offsets)
    window.statuses = [-100] * len(offsets)
    window.arguments = []
    for event in events:
        kinds = {EVENT_TYPES.index(name) for name in (event.type, *event.alternatives)}
        if event.is_optional:
            kinds.add(0)
        roles = _roles(event, offsets)
        for start, end in event.triggers:
            at = next((n for n, (a, b) in enumerate(offsets) if a < end and start < b), None)
            if at is None:
                continue
            known = window.triggers[at]
            window.triggers[at] = frozenset(kinds) if known == _NO_EVENT else known | kinds
            window.statuses[at] = STATUSES.index(event.status)
            window.arguments.append((at, roles))


def _roles(event: TrainingEvent, offsets: list[tuple[int, int]]) -> list[int]:
    roles = [0] * len(offsets)
    for number, name in reversed(list(enumerate(ARGUMENT_ROLES))):
        for start, end in event.arguments.get(name, ()):
            for at, (first, last) in enumerate(offsets):
                if first < end and start < last:
                    roles[at] = number
    return roles
