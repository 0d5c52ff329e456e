"""Styles for QGIS, so that a layer looks as the map does: colour by actor, sign by family, fill by status."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from geomapper.exporting.xml_text import attribute as _attribute
from geomapper.layers import NO_ACTOR, OTHER_COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# the same strokes as the page's own signs, in a square of 12
GLYPHS = {
    "capture": "M-3 5V-5H4.5L2.5-2.2L4.5 .6H-3",
    "offensive": "M-4.5 4.5L4-4M-1.5-4.5H4.5V1.5",
    "cross_border_push": "M0-5.5V-2.5M0 2.5V5.5M-5 0H4.5M1.5-3L5 0L1.5 3",
    "strike": "M0-5V5M-5 0H5M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5",
    "withdrawal": "M4.5-4.5L-4 4M1.5 4.5H-4.5V-1.5",
    "bombing": "M0-2.5A3.4 3.4 0 1 1-.1-2.5M2-4L4-5.5",
    "harm": "M0-5V1.5M0 4.4V5",
    "unrest": "M-4 4.5V-4M-4-4L4-1.5L-4 1",
    "strategic": "M-4.5-3H4.5M-4.5 0H4.5M-4.5 3H4.5",
    "political": "M-4.5-4H4.5V2H0L-2.5 5V2H-4.5Z",
}
_SOLID = "\"status\" IN ('reported','confirmed')"
_STRING = 'type="QString"'
_FADED = 46


def layer_style(shape_type: str, colours: Mapping[str, str]) -> str:
    """Return the QML of a layer: a category an actor, then one for all others.

    `shape_type` is ``POINT``, ``MULTIPOLYGON`` or ``LINESTRING``; `colours` are ``#rrggbb`` by
    actor, in the order of the legend.
    """
    draw = {"POINT": _marker, "MULTIPOLYGON": _fill, "LINESTRING": _arrow}[shape_type]
    named = [*colours.items(), ("", OTHER_COLOUR)]
    categories = "".join(
        f'<category render="true" symbol="{number}" value={_attribute(name)}'
        f" label={_attribute(name or f'others, or {NO_ACTOR}')}/>"
        for number, (name, _) in enumerate(named)
    )
    symbols = "".join(draw(str(number), colour) for number, (_, colour) in enumerate(named))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.22" styleCategories="Symbology">'
        f'<renderer-v2 type="categorizedSymbol" attr="actor" enableorderby="0" symbollevels="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _marker(name: str, colour: str) -> str:
    tint = _rgba(colour)
    circle = _layer(
        "SimpleMarker",
        {"name": "circle", "color": tint, "outline_color": "255,255,255,255", "size": "5.5",
         "outline_width": "0.4", "outline_style": "solid", "size_unit": "MM"},
        {
            "fillColor": f"if({_SOLID}, '{tint}', '255,255,255,255')",
            "outlineColor": f"if({_SOLID}, '255,255,255,255', '{tint}')",
            "outlineStyle": f"if({_SOLID} OR \"status\"='claimed', 'solid', 'dash')",
        },
    )  # fmt: skip
    sign = _layer(
        "SvgMarker",
        {"name": _svg("", "#ffffff"), "size": "4", "size_unit": "MM", "color": tint},
        {"name": "".join(_sign_cases(colour))},
    )
    return f'<symbol type="marker" name="{name}" alpha="1">{circle}{sign}</symbol>'


def _sign_cases(colour: str) -> Iterator[str]:
    yield "CASE"
    for family in GLYPHS:
        solid, hollow = _svg(family, "#ffffff"), _svg(family, colour)
        yield f" WHEN \"family\"='{family}' THEN if({_SOLID}, '{solid}', '{hollow}')"
    yield f" ELSE '{_svg('', colour)}' END"


def _svg(family: str, colour: str) -> str:
    path = GLYPHS.get(family, "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0")
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-7 -7 14 14"><path fill="none"'
        f' stroke="{colour}" stroke-width="1.7" stroke-linecap="round" d="{path}"/></svg>'
    )
    return "base64:" + base64.b64encode(text.encode()).decode("ascii")


def _fill(name: str, colour: str) -> str:
    layer = _layer(
        "SimpleFill",
        {"color": _rgba(colour, _FADED), "outline_color": _rgba(colour), "outline_width": "0.4",
         "outline_style": "solid", "style": "solid"},
        {"outlineStyle": f"if({_SOLID}, 'solid', 'dash')"},
    )  # fmt: skip
    return f'<symbol type="fill" name="{name}" alpha="1">{layer}</symbol>'


def _arrow(name: str, colour: str) -> str:
    options = {
        "arrow_type": "0", "head_type": "0", "arrow_width": "0.7", "arrow_start_width": "0.2",
        "head_length": "2.4", "head_thickness": "1.6", "is_curved": "1", "is_repeated": "1",
    }  # fmt: skip
    inner = _layer(
        "SimpleFill", {"color": _rgba(colour), "outline_style": "no", "style": "solid"}, {}
    )
    symbol = f'<symbol type="fill" name="@{name}@0" alpha="1">{inner}</symbol>'
    layer = _layer("ArrowLine", options, {}, symbol)
    return f'<symbol type="line" name="{name}" alpha="1">{layer}</symbol>'


def _layer(
    kind: str, options: Mapping[str, str], by_expression: Mapping[str, str], inner: str = ""
) -> str:
    given = "".join(
        f"<Option {_STRING} name={_attribute(key)} value={_attribute(value)}/>"
        for key, value in options.items()
    )
    properties = "".join(
        f'<Option type="Map" name="{key}"><Option type="bool" name="active" value="true"/>'
        f'<Option {_STRING} name="expression" value={_attribute(expression)}/>'
        '<Option type="int" name="type" value="3"/></Option>'
        for key, expression in by_expression.items()
    )
    return (
        f'<layer class="{kind}" enabled="1" locked="0" pass="0"><Option type="Map">{given}</Option>'
        '<data_defined_properties><Option type="Map">'
        f'<Option {_STRING} name="name" value=""/>'
        f'<Option type="Map" name="properties">{properties}</Option>'
        f'<Option {_STRING} name="type" value="collection"/></Option></data_defined_properties>'
        f"{inner}</layer>"
    )


def _rgba(colour: str, alpha: int = 255) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return ",".join(map(str, (*parts, alpha)))
