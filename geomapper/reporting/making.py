"""From gathered events to a briefing: the period, the period before, and the interactive map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomapper.errors import OptionError
from geomapper.reporting.briefing import Briefing, brief, period_before
from geomapper.reporting.writing import REPORT_SUFFIXES
from geomapper.selection import Selection

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from geomapper.gathering import Gathered
    from geomapper.model import Event


def asked_for(output: Path, template: Path | None) -> None:
    """Refuse an ending that no report has, and a template that is not there, before any work.

    Raises
    ------
    OptionError
        The ending names no report, or the template is missing.
    """
    if output.suffix.lower() not in REPORT_SUFFIXES:
        raise OptionError(
            f"{output}: no report ends in {output.suffix!r}; expected {', '.join(REPORT_SUFFIXES)}"
        )
    if template is not None and not template.is_file():
        raise OptionError(f"{template}: no such template")


def made_report(
    found: Gathered,
    *,
    title: str | None = None,
    earliest: dt.date | None = None,
    latest: dt.date | None = None,
) -> Briefing:
    """Return the briefing of the events of a period, compared with the period before.

    A period without an end ends with the latest day that is told of; one without a beginning has
    nothing before it to compare with.
    """
    selection = Selection(earliest, latest)
    events = tuple(selection.of(found.events))
    before = None
    end = latest or _latest(events)
    if earliest is not None and end is not None and end >= earliest:
        before = Selection(*period_before(earliest, end)).of(found.events)
    return brief(
        events,
        provenance=found.provenance,
        codebook=found.codebook,
        title=title,
        period=(earliest, end if earliest else latest),
        before=before,
    )


def map_page(found: Gathered, briefing: Briefing, output: Path) -> str | None:
    """Return the page of the interactive map that a report in HTML or Quarto frames, else None."""
    if output.suffix.lower() not in (".html", ".qmd"):
        return None
    from geomapper.rendering import build_map
    from geomapper.rendering.page import render_html

    provenance = dataclasses.replace(found.provenance, filters=briefing.filters)
    drawn = build_map(
        briefing.current, provenance=provenance, title=briefing.title, codebook=found.codebook
    )
    return render_html(drawn)


def _latest(events: Sequence[Event]) -> dt.date | None:
    days = [event.dates.latest for event in events if event.dates.latest]
    return max(days, default=None)
