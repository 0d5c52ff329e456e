"""Names become places: an index of the world, mapped from disk, that works offline."""

from typing import TYPE_CHECKING, Any

from geomapper.gazetteer.gazetteer import WORLDVIEWS, Gazetteer, distance_km
from geomapper.gazetteer.tables import Demonym, Dispute

if TYPE_CHECKING:
    from geomapper.gazetteer.geocoder import FallbackGeocoder, GazetteerGeocoder

__all__ = [
    "WORLDVIEWS",
    "Demonym",
    "Dispute",
    "FallbackGeocoder",
    "Gazetteer",
    "GazetteerGeocoder",
    "distance_km",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - geopy is imported only for who asks
    if name in ("FallbackGeocoder", "GazetteerGeocoder"):
        from geomapper.gazetteer import geocoder

        return getattr(geocoder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
