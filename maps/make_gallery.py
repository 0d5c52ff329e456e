"""Make the gallery: a map, its events and a picture for each seed. A maintainer runs it.

Usage: python maps/make_gallery.py [--pictures]

``map.html`` is made by ``make map`` and not committed; ``events.geojson``, ``made-by.toml`` and, with
``--pictures`` (needs Chromium), ``preview.png`` are.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAPS = ROOT / "maps"
WIDTH, HEIGHT = 1280, 800


def commands(slug: str) -> list[list[str]]:
    """Return the commands that make a seed's events and map, from the top of the project."""
    seed, out = f"seeds/{slug}/article.md", f"maps/{slug}"
    return [
        ["geomapper", "--quiet", "events", seed, "-o", f"{out}/events.geojson"],
        ["geomapper", "--quiet", "map", seed, "-o", f"{out}/map.html"],
    ]


def make(slug: str) -> None:
    """Make one seed's files."""
    (MAPS / slug).mkdir(exist_ok=True)
    for command in commands(slug):
        subprocess.run(command, check=True, cwd=ROOT)
    article = (ROOT / "seeds" / slug / "article.md").read_bytes()
    lines = [f'seed = "seeds/{slug}/article.md"', f'sha256 = "{hashlib.sha256(article).hexdigest()}"']
    lines += [f'command_{n} = "{" ".join(c)}"' for n, c in enumerate(commands(slug), start=1)]
    (MAPS / slug / "made-by.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def picture(slug: str) -> None:
    """Take a picture of one seed's map in Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto((MAPS / slug / "map.html").as_uri())
        page.wait_for_selector("html[data-basemap=drawn]")
        if slug == "chinese-fighters":
            page.get_by_role("tab", name="Events").click()
            page.locator(".gm-item", has_text="Donetsk Oblast").first.click()
        page.wait_for_timeout(500)
        page.screenshot(path=MAPS / slug / "preview.png")
        browser.close()


def main() -> None:
    """Make all."""
    for folder in sorted((ROOT / "seeds").iterdir()):
        if (folder / "article.md").exists():
            make(folder.name)
            if "--pictures" in sys.argv:
                picture(folder.name)


if __name__ == "__main__":
    main()
