"""The events of our own articles: as the gallery holds them, and as the gold has them."""

import json
import subprocess
import sys

import pytest

from geomapper.documents import SourceReader
from geomapper.frames import row

COMPARED = (
    "type", "actor", "target", "place", "place_id", "country", "precision", "date_start", "date_end",
    "date_precision", "status", "cross_border", "killed", "wounded", "captured", "sentence_start", "trigger",
)  # fmt: skip


def slugs(root):
    return sorted(path.parent.name for path in root.glob("seeds/*/article.md"))


def documents(root, slug):
    return list(SourceReader().read(str(root / "seeds" / slug / "article.md")))


@pytest.fixture(scope="module")
def made(pipeline, root):
    return {
        slug: [row(event) for event in pipeline.events(documents(root, slug))]
        for slug in slugs(root)
    }


def test_the_gallery_is_what_the_seeds_make(made, root):
    for slug, events in made.items():
        kept = json.loads((root / "maps" / slug / "events.geojson").read_text(encoding="utf-8"))
        told = [
            {name: feature["properties"][name] for name in COMPARED} for feature in kept["features"]
        ]
        now = [{name: event[name] for name in COMPARED} for event in events]
        order = lambda event: (event["sentence_start"], event["trigger"], event["place"] or "")  # noqa: E731
        assert sorted(now, key=order) == sorted(told, key=order), (
            f"{slug}: run `python maps/make_gallery.py`"
        )


def test_every_map_names_the_command_that_made_it(root):
    for slug in slugs(root):
        assert "geomapper" in (root / "maps" / slug / "made-by.toml").read_text(encoding="utf-8")
        assert (root / "maps" / slug / "preview.png").stat().st_size > 10_000


def test_most_of_the_gold_is_found_and_little_else(made, root):
    found = wanted = given = 0
    for slug, events in made.items():
        gold = json.loads((root / "seeds" / slug / "gold.json").read_text(encoding="utf-8"))
        pinned = [
            e
            for e in events
            if e["place"] and e["status"] not in ("planned", "hypothetical", "negated")
        ]
        real = [
            g for g in gold["events"] if g["status"] not in ("planned", "hypothetical", "negated")
        ]
        found += sum(any(right(g, e) for e in pinned) for g in real)
        wanted, given = wanted + len(real), given + len(pinned)
    assert found / wanted > 0.7
    assert found / given > 0.6


def right(gold, event):
    if event["type"] not in (gold["type"], *gold.get("type_alt", ())):
        return False
    return event["country"] in (gold["country"], None) or gold["country"] is None


def test_a_region_of_the_seed_article_is_an_area(pipeline, root):
    (document,) = documents(root, "chinese-fighters")
    areas = {
        e.place.name: e.place.geometry.geom_type for e in pipeline.events([document]) if e.place
    }
    assert areas["Donetsk Oblast"] in ("Polygon", "MultiPolygon")
    assert not {"Kyiv", "Beijing", "Moscow", "Washington"} & set(areas)


def test_the_article_that_it_began_with_is_coded_as_an_expert_would(shared, tmp_path):
    for name, options in (("dated", ["--published", "2025-04-08"]), ("undated", [])):
        out = tmp_path / f"{name}.geojson"
        command = [
            sys.executable,
            "-m",
            "geomapper",
            "--quiet",
            "events",
            str(shared / "seed/article.txt"),
            "-o",
            str(out),
            *options,
        ]
        subprocess.run(command, check=True)
        scorer = [
            sys.executable,
            str(shared / "yardstick/score_seed.py"),
            str(shared / "seed/gold.json"),
            str(out),
        ]
        scored = subprocess.run(
            scorer + (["--undated"] if not options else []),
            check=False,
            capture_output=True,
            text=True,
        )
        assert scored.returncode == 0, scored.stdout
