"""The yardsticks: what the pipeline makes of gold, in the figures that we steer by."""

from geomapper.evaluation.gold import Gold, Kind, read_aliases, read_gold, read_labels
from geomapper.evaluation.measuring import Measured, Options, measure
from geomapper.evaluation.wording import worded

__all__ = [
    "Gold",
    "Kind",
    "Measured",
    "Options",
    "measure",
    "read_aliases",
    "read_gold",
    "read_labels",
    "worded",
]
