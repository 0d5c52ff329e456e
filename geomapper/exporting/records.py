"""What every exporter writes: events as rows, with the shape that each is drawn as."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geomapper.errors import OutputError
from geomapper.frames import row, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geomapper.coding.codebook import Codebook
    from geomapper.columns import Row
    from geomapper.model import Event, Provenance


@dataclass(frozen=True, slots=True)
class Record:
    """An event as its row and its shape, longitude first; the shape is None without a place.

    `is_point_for_area` says that a region is drawn as a point on request.
    """

    event: Event
    values: Row
    shape: BaseGeometry | None
    is_point_for_area: bool


class RecordExporter:
    """What exporters have in common: the codebook for the codes, and whether regions are points.

    Parameters
    ----------
    codebook
        Gives the codes of other schemes; by default ours.
    points
        Draw regions as a representative point instead of their area.
    """

    suffix: str

    def __init__(self, codebook: Codebook | None = None, *, points: bool = False) -> None:
        self._codebook = codebook
        self._points = points

    def records(self, events: Iterable[Event]) -> Iterator[Record]:
        """Yield the records of events, in their order.

        Raises
        ------
        OutputError
            A coordinate is not finite, or not on Earth.
        """
        for event in events:
            drawn = shape(event.place, points=self._points)
            if drawn is not None:
                _must_be_on_earth(drawn, event.id)
            is_area = event.place is not None and event.place.geometry.geom_type != "Point"
            values = row(event, self._codebook, points=self._points)
            yield Record(event, values, drawn, is_point_for_area=self._points and is_area)


def about(provenance: Provenance) -> dict[str, Any]:
    """Return what made the events, as a file names it: versions, worldview and filters."""
    values = asdict(provenance)
    return {key: _paired(value) for key, value in values.items()}


def _paired(value: Any) -> Any:  # noqa: ANN401 - a text or texts
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_paired(each) for each in value]


def _must_be_on_earth(drawn: BaseGeometry, name: str) -> None:
    west, south, east, north = drawn.bounds
    if not (-180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0):  # noqa: PLR2004
        raise OutputError(
            f"event {name}: the coordinates {west:g}, {south:g} to {east:g}, {north:g} are not"
            " degrees of longitude and latitude: correct the place"
        )
