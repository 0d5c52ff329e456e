"""How certain an event is, and on whose word: read off the words around its trigger."""

from geomapper.coding.status.denial import denial_of_report, is_backed
from geomapper.coding.status.speech import speaker_of
from geomapper.coding.status.verdict import Verdict, contradict, judge, lies_ahead
from geomapper.coding.status.words import StatusWords, status_words

__all__ = [
    "StatusWords",
    "Verdict",
    "contradict",
    "denial_of_report",
    "is_backed",
    "judge",
    "lies_ahead",
    "speaker_of",
    "status_words",
]
