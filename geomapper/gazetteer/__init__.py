"""Names become places: an index of the world, mapped from disk, that works offline."""

from geomapper.gazetteer.gazetteer import WORLDVIEWS, Gazetteer, distance_km
from geomapper.gazetteer.tables import Demonym, Dispute

__all__ = ["WORLDVIEWS", "Demonym", "Dispute", "Gazetteer", "distance_km"]
