"""Where a publication is from: news of a town's paper is about its town until it says otherwise."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from geomapper.model import Document

_COUNTRY_LETTERS = 2
_NOT_ISO = {"uk": "GB"}
# Country domains that the whole world uses.
_ANYWHERE = frozenset("io tv me co ai ly fm to gg eu cc ws am".split())


@dataclass(frozen=True, slots=True)
class Home:
    """A publication's home: `country` ISO 3166-1 alpha-2, `admin1` a name, a point in degrees."""

    country: str
    admin1: str | None = None
    lon: float | None = None
    lat: float | None = None


def home_of(document: Document) -> Home | None:
    """Return where a document's publication is from, None where its address does not say.

    The host is looked up in ``publications.csv``; else the country of its domain counts.

    Examples
    --------
    >>> from geomapper.model import Document
    >>> home_of(Document("1", "", url="https://www.example.co.uk/news/1"))
    Home(country='GB', admin1=None, lon=None, lat=None)
    >>> home_of(Document("1", "")) is None
    True
    """
    host = _host(document.url) or _host(document.source)
    if not host:
        return None
    known = _publications()
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if home := known.get(".".join(parts[start:])):
            return home
    return _by_domain(parts)


def _host(address: str | None) -> str:
    text = (address or "").strip().lower()
    if not text or " " in text:
        return ""
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    return host if "." in host else ""


def _by_domain(parts: list[str]) -> Home | None:
    last = parts[-1]
    if len(last) != _COUNTRY_LETTERS or not last.isalpha() or last in _ANYWHERE:
        return None
    return Home(_NOT_ISO.get(last, last.upper()))


@cache
def _publications() -> dict[str, Home]:
    text = resources.files(__package__).joinpath("publications.csv").read_text(encoding="utf-8")
    return {
        row["host"]: Home(
            row["country"],
            row["admin1"] or None,
            float(row["lon"]) if row["lon"] else None,
            float(row["lat"]) if row["lat"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    }
