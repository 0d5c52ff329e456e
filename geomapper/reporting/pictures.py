"""Static pictures: the map on our own basemap, and small charts; the same bytes every time.

They need matplotlib, which is in the extra ``report``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import math
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from geomapper.errors import OutputError
from geomapper.layers import NO_ACTOR, NO_DATE, OTHER_COLOUR, actor_colours, by_actor, by_date
from geomapper.model import Precision, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geomapper.layers import Layer
    from geomapper.model import Event, Place

PICTURE_FORMATS = ("png", "svg", "pdf")
_SEA, _LAND, _BORDER, _UNIT, _INK = "#d3dfe6", "#f7f5f0", "#8d98a3", "#cfd4d9", "#22272e"
_FONT = {"font.family": "DejaVu Sans", "svg.hashsalt": "geomapper", "svg.fonttype": "path"}
_SMALLEST_WIDTH = 4.0
_MARGIN = 0.18
_KM_A_DEGREE = 111.32
_MOST_ACTORS, _MOST_BARS, _MOST_NAMES = 10, 60, 25
_RATIO = 0.62
Box = tuple[float, float, float, float]


def map_picture(events: Iterable[Event], format_: str = "png") -> bytes:
    """Return a picture of the events that stand on the map, 20 by 12.4 cm.

    `format_` is ``png``, ``svg`` or ``pdf``. Regions are shaded, "near" is a dashed circle,
    hollow is one side's word, an arrow leads from where something came across a border. Without
    events it is the world.

    Raises
    ------
    OutputError
        matplotlib is missing.
    """
    pinned = [event for event in events if event.is_pinned]
    with _drawing(7.9, 7.9 * _RATIO) as (figure, axes):
        box = _extent(pinned)
        _basemap(axes, box)
        colours = actor_colours(pinned)
        _areas(axes, pinned, colours)
        _arrows(axes, pinned, colours)
        _points(axes, pinned, colours)
        _names(axes, pinned, box)
        _legend(axes, pinned, colours)
        for spine in axes.spines.values():
            spine.set(color=_BORDER, linewidth=0.6)
        axes.set(xlim=box[::2], ylim=box[1::2], xticks=[], yticks=[])
        axes.set_aspect(1 / math.cos(math.radians((box[1] + box[3]) / 2)))
        return _saved(figure, format_)


def day_chart(events: Sequence[Event], format_: str = "png") -> bytes | None:
    """Return bars of how many events each day has; None where no event has a date.

    Over 60 days the bars are months, over 60 months years. An event of several days counts on each.
    """
    layers = [layer for layer in by_date(events) if layer.key != NO_DATE]
    if not layers:
        return None
    counts = _by_day(layers)
    if len(counts) > _MOST_BARS:
        counts = _by_month(events)
    if len(counts) > _MOST_BARS:
        counts = _by_year(counts)
    with _drawing(7.9, 1.9) as (figure, axes):
        axes.bar(range(len(counts)), list(counts.values()), color="#1f5f8b", width=0.8)
        step = max(1, math.ceil(len(counts) / 8))
        marks = list(range(0, len(counts), step))
        axes.set_xticks(marks, [list(counts)[each] for each in marks], fontsize=7)
        _plain_axes(axes, max(counts.values()))
        return _saved(figure, format_)


def actor_chart(events: Sequence[Event], format_: str = "png") -> bytes | None:
    """Return bars of how many events each actor has, the ten most frequent; None without any."""
    layers = [layer for layer in by_actor(events) if layer.key != NO_ACTOR][:_MOST_ACTORS]
    if not layers:
        return None
    colours = actor_colours(events)
    names = [_shown(_short(layer.key)) for layer in layers]
    with _drawing(7.9, 0.5 + 0.26 * len(layers)) as (figure, axes):
        axes.barh(
            range(len(layers)),
            [len(layer.events) for layer in layers],
            color=[colours[layer.key] for layer in layers],
            height=0.7,
        )
        axes.set_yticks(range(len(layers)), names, fontsize=7)
        axes.invert_yaxis()
        for number, layer in enumerate(layers):
            axes.text(len(layer.events), number, f" {len(layer.events)}", va="center", fontsize=7)
        axes.set_xticks([])
        _frame(axes, "left")
        return _saved(figure, format_)


@contextlib.contextmanager
def _drawing(width: float, height: float) -> Iterator[tuple[Figure, Axes]]:
    """Give a figure of so many inches with one axes, drawn under our own settings alone."""
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise OutputError(
            "pictures need matplotlib, which is not installed: pip install 'geomapper[report]'"
        ) from error
    settings: Any = {**mpl.rcParamsDefault, **_FONT, "backend": "agg"}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        yield figure, figure.add_subplot()


def _saved(figure: Figure, format_: str) -> bytes:
    dates = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    out = io.BytesIO()
    figure.savefig(out, format=format_, dpi=160, metadata=dates[format_])
    return out.getvalue()


def _extent(events: Sequence[Event]) -> Box:
    """Return west, south, east, north of what is shown, in degrees, with a margin."""
    boxes = [_bounds(event) for event in events]
    if not boxes:
        return (-170.0, -58.0, 180.0, 78.0)
    west, south = (min(box[side] for box in boxes) for side in (0, 1))
    east, north = (max(box[side] for box in boxes) for side in (2, 3))
    middle = ((west + east) / 2, (south + north) / 2)
    stretch = math.cos(math.radians(middle[1]))
    width = max(east - west, _SMALLEST_WIDTH) * (1 + 2 * _MARGIN)
    height = max((north - south) * (1 + 2 * _MARGIN), width * stretch * _RATIO)
    width = min(max(width, height / stretch / _RATIO), 360.0)
    return (
        max(middle[0] - width / 2, -180.0),
        max(middle[1] - height / 2, -85.0),
        min(middle[0] + width / 2, 180.0),
        min(middle[1] + height / 2, 85.0),
    )


def _bounds(event: Event) -> Box:
    place = event.place
    if place is None:
        return (0.0, 0.0, 0.0, 0.0)
    bounds = place.geometry.bounds
    origin = event.origin
    points = [bounds[:2], bounds[2:], *([(origin.lon, origin.lat)] if origin else [])]
    return (
        min(point[0] for point in points),
        min(point[1] for point in points),
        max(point[0] for point in points),
        max(point[1] for point in points),
    )


@cache
def _base() -> dict[str, Any]:
    file = resources.files("geomapper.rendering").joinpath("assets", "basemap.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def _decoded(ring: Sequence[int]) -> list[tuple[float, float]]:
    """Return a ring of the basemap, which holds differences in hundredths of a degree."""
    points, lon, lat = [], 0, 0
    for number in range(0, len(ring) - 1, 2):
        lon, lat = lon + ring[number], lat + ring[number + 1]
        points.append((lon / 100, lat / 100))
    return points


def _basemap(axes: Axes, box: Box) -> None:
    from matplotlib.collections import PolyCollection

    axes.set_facecolor(_SEA)
    rings = [_decoded(ring) for country in _base()["countries"] for ring in country]
    axes.add_collection(
        PolyCollection(_within(rings, box), facecolor=_LAND, edgecolor=_BORDER, linewidth=0.6)
    )
    if box[2] - box[0] < 60:  # noqa: PLR2004 - degrees; wider, units are noise
        units = [_decoded(ring) for ring in _base()["units"]]
        axes.add_collection(
            PolyCollection(_within(units, box), facecolor="none", edgecolor=_UNIT, linewidth=0.5)
        )
        axes.add_collection(
            PolyCollection(_within(rings, box), facecolor="none", edgecolor=_BORDER, linewidth=0.9)
        )
    disputed = [_decoded(ring) for ring in _base()["disputed"]]
    axes.add_collection(
        PolyCollection(
            _within(disputed, box), facecolor="none", edgecolor=_BORDER, hatch="////", linewidth=0
        )
    )
    for name, lon, lat, zoom, is_country in _labels(box):
        axes.annotate(
            _shown(name), (lon, lat), fontsize=7.5 if is_country else 5.5, color="#7d8791",
            ha="center", va="center", zorder=1.5, clip_on=True, annotation_clip=True,
            fontstyle="normal" if is_country else "italic", alpha=0.95 if zoom < 6 else 0.8,  # noqa: PLR2004
        )  # fmt: skip


def _within(
    rings: Iterable[list[tuple[float, float]]], box: Box
) -> list[list[tuple[float, float]]]:
    west, south, east, north = box
    return [
        ring
        for ring in rings
        if len(ring) > 2  # noqa: PLR2004 - a ring
        and min(p[0] for p in ring) <= east
        and max(p[0] for p in ring) >= west
        and min(p[1] for p in ring) <= north
        and max(p[1] for p in ring) >= south
    ]


def _labels(box: Box) -> Iterator[list[Any]]:
    zoom = math.log2(360 / max(box[2] - box[0], 0.1)) + 1.2
    for label in _base()["labels"]:
        inside = box[0] < label[1] < box[2] and box[1] < label[2] < box[3]
        if inside and label[3] <= zoom:
            yield label


def _colour(event: Event, colours: dict[str, str]) -> str:
    return colours.get(event.actor.name, OTHER_COLOUR) if event.actor else OTHER_COLOUR


def _is_solid(event: Event) -> bool:
    return event.status in (Status.REPORTED, Status.CONFIRMED)


def _is_area(place: Place) -> bool:
    return bool(place.geometry.geom_type != "Point")


def _areas(axes: Axes, events: Sequence[Event], colours: dict[str, str]) -> None:
    from matplotlib.collections import PolyCollection

    for event in events:
        if event.place is None or not _is_area(event.place):
            continue
        shape = event.place.geometry
        parts = [each for each in getattr(shape, "geoms", [shape]) if each.geom_type == "Polygon"]
        colour = _colour(event, colours)
        axes.add_collection(
            PolyCollection(
                [list(part.exterior.coords) for part in parts],
                facecolor=f"{colour}2a",
                edgecolor=colour,
                linewidth=1.0,
                linestyle="-" if _is_solid(event) else "--",
                zorder=2,
            )
        )


def _arrows(axes: Axes, events: Sequence[Event], colours: dict[str, str]) -> None:
    for event in events:
        if event.place is None or event.origin is None:
            continue
        axes.annotate(
            "", (event.place.lon, event.place.lat), (event.origin.lon, event.origin.lat), zorder=3,
            arrowprops={"arrowstyle": "-|>", "color": _colour(event, colours), "linewidth": 1.4,
                        "connectionstyle": "arc3,rad=0.15", "shrinkB": 6},
        )  # fmt: skip


def _points(axes: Axes, events: Sequence[Event], colours: dict[str, str]) -> None:
    at: Counter[tuple[float, float]] = Counter()
    for event in events:
        place = event.place
        if place is None or _is_area(place):
            continue
        colour = _colour(event, colours)
        if place.precision is Precision.NEAR and place.radius_km:
            _circle(axes, place, colour)
        at[place.lon, place.lat] += 1
        if at[place.lon, place.lat] == 1:
            axes.plot(
                place.lon, place.lat, "o", markersize=7, zorder=4,
                markerfacecolor=colour if _is_solid(event) else "white",
                markeredgecolor="white" if _is_solid(event) else colour, markeredgewidth=1.1,
            )  # fmt: skip
    for (lon, lat), count in at.items():
        if count > 1:
            axes.annotate(
                str(count), (lon, lat), (5, 4), textcoords="offset points", fontsize=6.5, zorder=6,
                color="white", bbox={"boxstyle": "circle,pad=0.18", "facecolor": _INK, "linewidth": 0},
            )  # fmt: skip


def _circle(axes: Axes, place: Place, colour: str) -> None:
    from matplotlib.patches import Ellipse

    degrees = 2 * (place.radius_km or 0.0) / _KM_A_DEGREE
    stretch = max(math.cos(math.radians(place.lat)), 0.05)
    axes.add_patch(
        Ellipse((place.lon, place.lat), degrees / stretch, degrees, fill=False, edgecolor=colour,
                linestyle="--", linewidth=0.9, zorder=3)
    )  # fmt: skip


def _names(axes: Axes, events: Sequence[Event], box: Box) -> None:
    """Write the name of each place once, leaving out those that would stand on another."""
    height = (box[3] - box[1]) / 26
    taken: list[tuple[float, float, float]] = []
    names = {_middle(e.place): e.place.name for e in events if e.place}
    for (lon, lat), name in sorted(names.items(), key=lambda item: (-item[0][1], item))[
        :_MOST_NAMES
    ]:
        words = _shown(_short(name))
        width = len(words) * height * 0.75
        if any(abs(y - lat) < height and lon < x + w and x < lon + width for x, y, w in taken):
            continue
        taken.append((lon, lat, width))
        axes.annotate(
            words, (lon, lat), (6, -7), textcoords="offset points", fontsize=7, color=_INK, zorder=7,
            annotation_clip=True, path_effects=_halo(),
        )  # fmt: skip


def _middle(place: Place) -> tuple[float, float]:
    if not _is_area(place):
        return place.lon, place.lat
    point = place.geometry.representative_point()
    return point.x, point.y


def _halo() -> list[Any]:
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2, foreground="white")]


def _legend(axes: Axes, events: Sequence[Event], colours: dict[str, str]) -> None:
    from matplotlib.lines import Line2D

    acting = Counter(event.actor.name for event in events if event.actor)
    names = [name for name in colours if name in acting][:8]
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "markersize": 6}
    handles = [
        Line2D([], [], color=colours[name], label=_shown(_short(name)), **dot) for name in names
    ]
    if any(event.actor is None for event in events):
        handles.append(Line2D([], [], color=OTHER_COLOUR, label="actor not stated", **dot))
    if not all(_is_solid(event) for event in events):
        hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": _INK}
        handles.append(Line2D([], [], label="hollow, dashed: one side's word", **hollow, **dot))
    if handles:
        axes.legend(handles=handles, fontsize=6.5, loc="lower left", framealpha=0.9, borderpad=0.6)


def _by_day(layers: Sequence[Layer]) -> dict[str, int]:
    """Return how many events each day has, those between that have none too."""
    counts = {layer.key: len(layer.events) for layer in layers}
    first, last = (dt.date.fromisoformat(layers[end].key) for end in (0, -1))
    days = (first + dt.timedelta(number) for number in range((last - first).days + 1))
    return {day.isoformat(): counts.get(day.isoformat(), 0) for day in days}


def _by_month(events: Sequence[Event]) -> dict[str, int]:
    months: Counter[tuple[int, int]] = Counter()
    for event in events:
        first, last = event.dates.earliest or event.dates.latest, event.dates.latest
        if first is not None:
            months.update(_months(first, last or first))
    ends = [dt.date(*month, 1) for month in (min(months), max(months))]
    return {f"{year}-{month:02d}": months[year, month] for year, month in _months(*ends)}


def _by_year(months: Mapping[str, int]) -> dict[str, int]:
    years: Counter[str] = Counter()
    for month, count in months.items():
        years[month[:4]] += count
    return dict(years)


def _months(first: dt.date, last: dt.date) -> Iterator[tuple[int, int]]:
    at, end = (first.year, first.month), (last.year, last.month)
    while at <= end:
        yield at
        at = (at[0] + at[1] // 12, at[1] % 12 + 1)


def _plain_axes(axes: Axes, highest: int) -> None:
    step = max(1, math.ceil(highest / 4))
    axes.set_yticks(range(0, highest + 1, step), [str(n) for n in range(0, highest + 1, step)])
    axes.tick_params(labelsize=7, length=2)
    _frame(axes, "left", "bottom")


def _frame(axes: Axes, *kept: str) -> None:
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(side in kept)
        axes.spines[side].set_color(_UNIT)


def _short(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}\u2026"  # noqa: PLR2004 - characters


def _shown(text: str) -> str:
    """Return a text as matplotlib draws it to the letter: no mathematics, no missing glyphs."""
    glyphs = _glyphs()
    kept = (each if ord(each) in glyphs else "\u25a1" for each in " ".join(text.split()))
    return "".join(kept).replace("$", r"\$")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(findfont("DejaVu Sans")).get_charmap())
