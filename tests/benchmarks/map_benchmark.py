"""How long a map takes to open and to filter, side by side with Folium's own ways.

Usage: python tests/benchmarks/map_benchmark.py [--sizes 1000,10000,50000,200000] [--limit 60] [--rounds 3] [--designs a,b]

It needs Chromium, npm (for jQuery, which Folium's popups load; fetched once into a temporary
folder) and, for the prototype's row, ../shared/prototype-map. Every page opens from disk, all
libraries come from this machine, and at one size the designs take turns in one browser, so that a
busy minute strikes all of them. Times are milliseconds from the start of navigation until two
frames after the map can be used (events drawn, controls answer; for ours also until two frames
after its basemap is drawn, which the prototype lacks), the median of the rounds (the range beside it, and each round on
stderr); a design that needs longer than the limit is stopped, and larger sizes are not tried.
The filter step takes one type of events away and brings it back, four times, the same type in
each design that can: first the milliseconds that the script takes (its median), then those until
two frames after it; how many events stay is compared.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import gzip
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomapper.model import Event

ROOT = Path(__file__).resolve().parents[2]
PROTOTYPE = ROOT.parent / "shared" / "prototype-map"
VENDOR = ROOT / "geomapper" / "rendering" / "assets" / "vendor"
START = dt.date(2022, 2, 24)
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
BASEMAP = "() => document.documentElement.dataset.basemap === 'drawn'"
FILTER = """async (off) => {
  const times = [], seen = [], shown = [];
  %s
  for (let step = 0; step < 8; step++) {
    const start = performance.now();
    toggle();
    times.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    seen.push(performance.now() - start);
    shown.push(count());
  }
  return { times, seen, shown };
}"""
# a box that is ticked chooses its type, and none means all: without one is with each of the others
OURS_FILTER = (
    FILTER
    % """const app = geomapper.app, chosen = app.filters.chosen.type;
  const others = app.d.types.map((type, n) => n).filter((n) => app.d.types[n].id !== off);
  const toggle = () => { if (chosen.size) chosen.clear(); else others.forEach((n) => chosen.add(n)); app.update(); };
  const count = () => app.visible.length;"""
)
PROTOTYPE_FILTER = (
    FILTER
    % """const k = __gm.d.types.findIndex((type) => type.label === off);
  const toggle = () => { __gm.on.type[k] = !__gm.on.type[k]; __gm.apply(); };
  const count = () => __gm.visible;"""
)


def events(count: int) -> list[Event]:
    """Return generated events over three years and a quarter of Europe, the same every time."""
    from geomapper.coding.codebook import Codebook
    from geomapper.model import Actor, DatePrecision, DateRange, Event, Status

    chance = random.Random(1)  # noqa: S311 - not for secrets
    # all of them stand on the map, in every design
    types = [(each.id, each.family) for each in Codebook.load().types.values() if each.family != "political"]  # fmt: skip
    statuses = [each for each in Status if each.is_pinned]
    actors = [Actor(f"Actor {number}") for number in range(30)]
    made = []
    for number in range(count):
        kind, family = chance.choice(types)
        first = START + dt.timedelta(chance.randint(0, 1100))
        dates = DateRange(first, first + dt.timedelta(chance.choice((0, 0, 0, 2))), DatePrecision.DAY)  # fmt: skip
        actor, target = chance.choice(actors), chance.choice(actors)
        status = chance.choice(statuses)
        made.append(
            Event(
                id=f"{number:012x}",
                type=kind,
                family=family,
                dates=dates,
                place=_place(chance, number),
                actor=actor,
                target=target,
                status=status,
                evidence=(_telling(number, first),),
            )
        )
    return made


def _place(chance: random.Random, number: int) -> Any:
    from geomapper.model import Place, Precision

    lon, lat = round(22 + chance.random() * 18, 4), round(44 + chance.random() * 8, 4)
    return Place(f"p{number}", f"Village {number % 9000}", lon, lat, "PPL", Precision.EXACT, "UA")


def _telling(number: int, day: dt.date) -> Any:
    from geomapper.model import Evidence, Span, Status

    text = f"Sentence {number} tells that units shelled the village for the {number % 7}th time."
    at = text.index("shelled")
    return Evidence(
        f"doc{number // 5}", Span(0, len(text)), text, "shelled", Span(at, at + 7), Status.REPORTED, None,
        f"Article {number // 5}", "Agency", f"https://example.org/{number // 5}", day,
    )  # fmt: skip


def geomapper_page(made: list[Event]) -> str:
    """Return our own page."""
    from geomapper.model import Provenance
    from geomapper.rendering import build_map, render_html

    return render_html(build_map(made, provenance=Provenance("geomapper", "", "", "")))


def _folium_map() -> Any:
    import folium

    return folium.Map(location=(48, 31), zoom_start=6, tiles=None, prefer_canvas=True)


def _html(event: Event) -> str:
    return f"<b>{event.type}</b><br>{event.evidence[0].sentence}"


def marker_page(made: list[Event]) -> str:
    """Return Folium's Marker, one an event, each with its popup."""
    import folium

    drawn = _folium_map()
    for event in made:
        folium.Marker((event.place.lat, event.place.lon), popup=_html(event)).add_to(drawn)
    return str(drawn.get_root().render())


def geojson_page(made: list[Event]) -> str:
    """Return Folium's GeoJson on canvas with circle markers and popups."""
    import folium

    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [event.place.lon, event.place.lat]},
            "properties": {"type": event.type, "sentence": event.evidence[0].sentence},
        }
        for event in made
    ]
    drawn = _folium_map()
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4),
        popup=folium.GeoJsonPopup(["type", "sentence"]),
    ).add_to(drawn)
    return str(drawn.get_root().render())


def cluster_page(made: list[Event]) -> str:
    """Return Folium's FastMarkerCluster with popups."""
    from folium.plugins import FastMarkerCluster

    callback = "function (row) { return L.marker([row[0], row[1]]).bindPopup(row[2]); }"
    drawn = _folium_map()
    rows = [(event.place.lat, event.place.lon, _html(event)) for event in made]
    FastMarkerCluster(rows, callback=callback).add_to(drawn)
    page = str(drawn.get_root().render())
    # Folium drops max_zoom where there are no tiles, and the cluster then throws
    return page.replace('"preferCanvas": true', '"maxZoom": 18, "preferCanvas": true')


def prototype_page(made: list[Event]) -> str:
    """Return the prototype's canvas layer, packed above 5,000 events, without its basemap."""
    from geomapper.coding.codebook import Codebook

    types = list(Codebook.load().types)
    day = [(event.dates.earliest - dt.date(1970, 1, 1)).days for event in made]
    last = [(event.dates.latest - dt.date(1970, 1, 1)).days for event in made]
    sure = [{"claimed": 1, "denied": 2}.get(event.status, 0) for event in made]
    none, zero = [None] * len(made), [0] * len(made)
    data = {
        "id": [event.id for event in made], "lat": [e.place.lat for e in made], "lon": [e.place.lon for e in made],
        "actor": [int(e.actor.name[6:]) for e in made], "type": [types.index(e.type) for e in made], "cert": sure,
        "d0": day, "d1": last, "place": [e.place.name for e in made], "title_": [e.type for e in made],
        "quote": [e.evidence[0].sentence for e in made], "source": [n // 5 for n in range(len(made))],
        "sources": [{"name": f"Agency {n}", "url": f"https://example.org/{n}"} for n in range(len(made) // 5 + 1)],
        "region": [-1] * len(made), "regions": [], "ox": none, "oy": none, "radius": none, "prec": zero, "target": none,
        "by": none, "trig": none, "labels": [], "title": "Prototype", "subtitle": "", "attribution": "",
        "actors": [{"name": f"Actor {n}", "color": "#0072b2"} for n in range(30)],
        "types": [{"label": name, "glyph": "other"} for name in types],
    }  # fmt: skip
    body = json.dumps(data, separators=(",", ":"))
    start = "geomapper.create(map, JSON.parse(text), {})"
    if len(made) > 5_000:
        body = json.dumps(base64.b64encode(gzip.compress(body.encode(), 9, mtime=0)).decode())
        start = (
            "geomapper.inflate(JSON.parse(text)).then((data) => geomapper.create(map, data, {}))"
        )
    return f"""<!doctype html><meta charset=utf-8><style>{(VENDOR / "leaflet.css").read_text()}
{(PROTOTYPE / "geomapper.css").read_text()} html, body, #map {{ height: 100%; margin: 0 }}</style>
<script>{(VENDOR / "leaflet.js").read_text()}</script><script>{(PROTOTYPE / "geomapper.js").read_text()}</script>
<div id=map></div><script type="application/json" id=data>{body}</script>
<script>const map = L.map("map", {{ center: [48, 31], zoom: 6, preferCanvas: true, maxZoom: 15 }});
const text = document.getElementById("data").textContent; {start};</script>"""


DESIGNS: dict[str, tuple[Callable[[list[Event]], str], str | None, str | None]] = {
    "folium.Marker": (marker_page, None, None),
    "folium.GeoJson on canvas": (geojson_page, None, None),
    "FastMarkerCluster": (cluster_page, None, None),
    "prototype": (prototype_page, "() => window.__gmReady > 0", PROTOTYPE_FILTER),
    "geomapper": (
        geomapper_page,
        "() => document.documentElement.dataset.geomapper === 'ready'",
        OURS_FILTER,
    ),
}


def libraries(folder: Path) -> dict[str, Path]:
    """Return the files that Folium's pages ask for, by name; the rest of them is left empty."""
    subprocess.run(["npm", "pack", "--silent", "jquery@3.7.1"], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    shutil.unpack_archive(next(folder.glob("jquery*.tgz")), folder, "gztar")
    return {
        "leaflet.js": VENDOR / "leaflet.js",
        "leaflet.css": VENDOR / "leaflet.css",
        "leaflet.markercluster.js": VENDOR / "leaflet.markercluster.js",
        "MarkerCluster.css": VENDOR / "MarkerCluster.css",
        "MarkerCluster.Default.css": VENDOR / "MarkerCluster.Default.css",
        "jquery-3.7.1.min.js": folder / "package" / "dist" / "jquery.min.js",
    }


def measure(browser: Any, path: Path, design: str, off: str, files: dict[str, Path], limit_s: float) -> dict[str, float]:  # fmt: skip
    """Return what one page takes: milliseconds until it can be used and to filter, MB of heap."""
    _, ready, filtering = DESIGNS[design]
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(limit_s * 1000)
    page.route(re.compile("^https?:"), lambda route: _answer(route, files))
    try:
        page.goto(path.as_uri(), wait_until="load", timeout=limit_s * 1000)
        if ready:
            page.wait_for_function(ready, timeout=limit_s * 1000)
        found = {"ready_ms": page.evaluate(FRAMES)}
        if design == "geomapper":
            page.wait_for_function(BASEMAP, timeout=limit_s * 1000)
            found["basemap_ms"] = page.evaluate(FRAMES)
        page.request_gc()
        found["heap_mb"] = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        if filtering:
            steps = page.evaluate(filtering, off)
            found["filter_ms"] = statistics.median(steps["times"])
            found["filter_seen_ms"] = statistics.median(steps["seen"])
            found["without_one_type"], found["with_it"] = steps["shown"][:2]
        return found
    finally:
        context.close()


def _answer(route: Any, files: dict[str, Path]) -> None:
    file = files.get(route.request.url.split("?")[0].rsplit("/", 1)[-1])
    kind = "text/css" if route.request.url.endswith(".css") else "text/javascript"
    route.fulfill(body=file.read_bytes() if file else b"", content_type=kind)


def draw(folder: Path, size: int, designs: list[str]) -> dict[str, dict[str, Any]]:
    """Write the page of each design; return what it took, by design."""
    made, drawn = events(size), {}
    for number, design in enumerate(designs):
        begin = time.perf_counter()
        page = DESIGNS[design][0](made).encode()
        drawn_s = round(time.perf_counter() - begin, 1)
        path = folder / f"page{number}.html"
        path.write_bytes(page)
        drawn[design] = {"path": path, "python_s": drawn_s, "mb": round(len(page) / 1e6, 1)}
    return drawn


def take_turns(browser: Any, drawn: dict[str, dict[str, Any]], files: dict[str, Path], options: argparse.Namespace) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Return the medians of each design; "stopped" says why one has none."""
    from playwright.sync_api import Error

    off = events(1)[0].type
    rounds: dict[str, list[dict[str, float]]] = {design: [] for design in drawn}
    stopped = {}
    for _ in range(options.rounds):
        for design, page in drawn.items():
            if design in stopped:
                continue
            try:
                found = measure(browser, page["path"], design, off, files, options.limit)
            except Error as error:
                stopped[design] = str(error).splitlines()[0]
                continue
            rounds[design].append(found)
            sys.stderr.write(json.dumps({"design": design, **found}) + "\n")
            if found["ready_ms"] > options.limit * 1000:
                stopped[design] = f"ready after {found['ready_ms']:.0f} ms"
    return {
        design: {"stopped": stopped[design]} if design in stopped else _medians(rounds[design])
        for design in drawn
    }


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    medians = {name: round(statistics.median(each[name] for each in rounds), 1) for name in rounds[0]}  # fmt: skip
    ready = [round(each["ready_ms"]) for each in rounds]
    return {"rounds": len(rounds), **medians, "ready_range_ms": [min(ready), max(ready)]}


def main() -> None:
    """Run all designs and print a line of JSON for each and each size."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000,200000")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--designs", default=",".join(DESIGNS))
    options = parser.parse_args()
    designs = [each for each in DESIGNS if each in options.designs.split(",")]
    if not PROTOTYPE.is_dir():
        designs = [each for each in designs if each != "prototype"]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        files = libraries(folder)
        for size in (int(each) for each in options.sizes.split(",")):
            drawn = draw(folder, size, designs)
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--enable-precise-memory-info"],
            )
            chromium.new_page().close()
            for design, found in take_turns(chromium, drawn, files, options).items():
                told = {key: value for key, value in drawn[design].items() if key != "path"}
                sys.stdout.write(json.dumps({"design": design, "events": size, **told, **found}) + "\n")  # fmt: skip
                if "stopped" in found:
                    designs.remove(design)
            sys.stdout.flush()
            chromium.close()


if __name__ == "__main__":
    main()
