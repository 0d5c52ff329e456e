"""Events as KML 2.2 and KMZ: a time slider through ``TimeSpan``, a style an actor."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from geomapper.columns import COLUMNS
from geomapper.exporting.records import RecordExporter, about
from geomapper.exporting.xml_text import attribute
from geomapper.exporting.xml_text import content as _text
from geomapper.layers import OTHER_COLOUR, actor_colours
from geomapper.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomapper.exporting.records import Record
    from geomapper.model import Event, Provenance

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
_SHOWN = (
    ("status", "Status"), ("attribution", "Says"), ("actor", "Actor"), ("target", "Target"),
    ("place", "Place"), ("precision", "Precision"), ("killed", "Killed"), ("wounded", "Wounded"),
    ("source", "Source"), ("published", "Published"), ("url", "Address"), ("edited", "Edited by hand"),
)  # fmt: skip


class KmlExporter(RecordExporter):
    """Writes a Placemark an event, with its dates, its columns and, across a border, an arrow."""

    suffix = ".kml"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        with (
            replacing(path) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as file,
        ):
            file.writelines(self.pieces(events, provenance))

    def pieces(self, events: Iterable[Event], provenance: Provenance) -> Iterator[str]:
        """Yield the document piece by piece."""
        events = tuple(events)
        numbers = {name: number for number, name in enumerate(actor_colours(events), start=1)}
        yield f"{_HEAD}<Document>\n<name>Conflict events</name>\n"
        yield f"<description>{_text(_sentence(about(provenance)))}</description>\n"
        yield from _styles(events)
        shapes: dict[int, str] = {}
        for record in self.records(events):
            actor = record.event.actor
            yield from _placemark(record, numbers.get(actor.name, 0) if actor else 0, shapes)
        yield "</Document>\n</kml>\n"


class KmzExporter(KmlExporter):
    """Writes the KML document packed as KMZ, the same bytes every time."""

    suffix = ".kmz"

    def export(self, events: Iterable[Event], path: Path, *, provenance: Provenance) -> None:
        """Write `events` to `path`, whole or not at all; raise `OutputError` where it cannot."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            entry = zipfile.ZipInfo("doc.kml", _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in self.pieces(events, provenance):
                    file.write(piece.encode("utf-8"))
        write_whole(path, packed.getvalue())


def _sentence(made: dict[str, object]) -> str:
    filters = made.pop("filters")
    words = [f"{name.replace('_', ' ')}: {value}" for name, value in made.items()]
    return "; ".join([*words, *(filters if isinstance(filters, list) else ())])


def _styles(events: tuple[Event, ...]) -> Iterator[str]:
    colours = (OTHER_COLOUR, *actor_colours(events).values())
    for number, colour in enumerate(colours):
        red, green, blue = colour[1:3], colour[3:5], colour[5:7]
        tint = f"{blue}{green}{red}"
        yield (
            f'<Style id="actor-{number}"><IconStyle><color>ff{tint}</color></IconStyle>'
            f"<LineStyle><color>ff{tint}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>40{tint}</color></PolyStyle></Style>\n"
        )


def _placemark(record: Record, style: int, shapes: dict[int, str]) -> Iterator[str]:
    values = record.values
    label = str(values["type"]).replace("_", " ")
    name = f"{label}, {values['place']}" if values["place"] else label
    yield f"<Placemark id={attribute('event-' + _safe(values['id']))}><name>{_text(name)}</name>"
    if record.shape is None:
        yield "<visibility>0</visibility>"
    yield f"<description>{_text(_description(record))}</description>"
    yield _time(record)
    yield f"<styleUrl>#actor-{style}</styleUrl><ExtendedData>"
    for column in COLUMNS:
        if values[column] is not None:
            yield f'<Data name="{column}"><value>{_text(_plain(values[column]))}</value></Data>'
    yield "</ExtendedData>"
    yield _geometry(record, shapes)
    yield "</Placemark>\n"


def _description(record: Record) -> str:
    """Return the card of an event as HTML: escaped here for HTML, and later once more for XML."""
    rows = [
        f"<b>{label}:</b> {escape(_plain(record.values[column]))}"
        for column, label in _SHOWN
        if record.values[column] is not None
    ]
    quote = escape(str(record.values["sentence"]))
    return "<br>".join([f"<i>{quote}</i>", *rows])


def _time(record: Record) -> str:
    first, last = record.values["date_start"], record.values["date_end"]
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _geometry(record: Record, shapes: dict[int, str]) -> str:
    if record.shape is None:
        return ""
    text = shapes.get(id(record.shape))
    if text is None:
        text = _shape(record.shape)
        if record.shape.geom_type != "Point":
            shapes[id(record.shape)] = text
    origin, place = record.event.origin, record.event.place
    if origin is None or place is None:
        return text
    line = f"{origin.lon:.5f},{origin.lat:.5f} {place.lon:.5f},{place.lat:.5f}"
    arrow = f"<LineString><tessellate>1</tessellate><coordinates>{line}</coordinates></LineString>"
    return f"<MultiGeometry>{text}{arrow}</MultiGeometry>"


def _shape(shape: BaseGeometry) -> str:
    if shape.geom_type == "Polygon":
        outer = f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"
        inner = (f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon>{outer}{''.join(inner)}</Polygon>"
    if hasattr(shape, "geoms"):
        return f"<MultiGeometry>{''.join(map(_shape, shape.geoms))}</MultiGeometry>"
    return (
        f"<{shape.geom_type}><coordinates>{_coordinates(shape)}</coordinates></{shape.geom_type}>"
    )


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{lon:.5f},{lat:.5f}" for lon, lat, *_ in shape.coords)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _safe(name: str) -> str:
    """Return a text as an XML id may hold it."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)
