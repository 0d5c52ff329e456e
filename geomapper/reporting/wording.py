"""Parts of an event in the words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomapper.model import DatePrecision, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomapper.coding.codebook import Codebook
    from geomapper.model import DateRange, Event


def date_words(dates: DateRange, unknown: str) -> str:
    """Return the days of an event, ISO dates, as precise as they are known.

    Examples
    --------
    >>> import datetime as dt
    >>> from geomapper.model import DateRange
    >>> date_words(DateRange(dt.date(2025, 4, 1), dt.date(2025, 4, 3)), "no date")
    '2025-04-01 – 2025-04-03'
    """
    first, last = dates.earliest, dates.latest
    if first and last:
        return first.isoformat() if first == last else f"{first} \u2013 {last}"
    if last:
        return f"by {last}" if dates.precision is DatePrecision.BEFORE else f"until {last}"
    return f"since {first}" if first else unknown


def where_words(event: Event, texts: Mapping[str, str]) -> str | None:
    """Return the place of an event with its region and, where it came from elsewhere, its origin."""
    place = event.place
    if place is None:
        return None
    parts = [
        place.name,
        place.admin1 if place.precision in (Precision.EXACT, Precision.NEAR) else None,
    ]
    words = ", ".join(dict.fromkeys(part for part in parts if part))
    if place.precision is Precision.NEAR and place.radius_km:
        words = f"{words} (within {place.radius_km:g} km)"
    return f"{words}, {texts['from']} {event.origin.name}" if event.origin else words


def type_label(event: Event, codebook: Codebook) -> str:
    """Return the name of an event's type."""
    known = codebook.types.get(event.type)
    return known.label if known else event.type.replace("_", " ").capitalize()


def safe_link(address: str | None) -> str | None:
    """Return an address that a report may link to: by http or https, else None.

    Examples
    --------
    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None
