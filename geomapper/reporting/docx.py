"""A briefing as a Word document. It needs python-docx, which is in the extra ``report``."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geomapper.errors import OutputError
from geomapper.reporting.pictures import actor_chart, day_chart, map_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomapper.reporting.briefing import Briefing, Line, Telling

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDTH_CM = 16.5


def docx_bytes(briefing: Briefing) -> bytes:
    """Return a briefing as a Word document, the same bytes every time.

    Raises
    ------
    OutputError
        python-docx or matplotlib is missing.
    """
    paper = _Paper()
    texts = briefing.texts
    paper.title(briefing.title)
    paper.small(_head(briefing))
    paper.heading(texts["key_figures"])
    paper.table(*_figures(briefing))
    paper.small(texts["no_toll"])
    paper.heading(texts["map"])
    paper.picture(map_picture(briefing.current), briefing.disclaimer)
    for name, chart in (("by_day", day_chart), ("by_actor", actor_chart)):
        picture = chart(briefing.current)
        if picture is not None:
            paper.heading(texts[name])
            paper.picture(picture)
    _events(paper, briefing)
    paper.heading(texts["sources"])
    for source in briefing.sources:
        parts = (source.title, source.outlet, source.published, source.link)
        paper.text(f"[{source.number}] " + ", ".join(str(part) for part in parts if part))
    paper.heading(texts["method"])
    paper.text(texts["method_text"])
    paper.text(briefing.disclaimer)
    return paper.bytes()


def _head(briefing: Briefing) -> str:
    texts = briefing.texts
    parts = [f"{texts['as_of']} {briefing.as_of}"] if briefing.as_of else []
    parts.append(f"{texts['period']}: {briefing.period or texts['all']}")
    if briefing.filters:
        parts.append(f"{texts['filters']}: {'; '.join(briefing.filters)}")
    parts.append(f"{texts['articles']}: {len(briefing.sources)}")
    return " · ".join([*parts, *briefing.made_by])


def _figures(briefing: Briefing) -> tuple[list[str], list[list[str]]]:
    texts = briefing.texts
    if any(figure.before is not None for figure in briefing.figures):
        names = [texts[each] for each in ("figure", "now", "before", "change")]
        rows = [[f.label, str(f.now), str(f.before), f.change] for f in briefing.figures]
        return names, rows
    return [texts["figure"], texts["now"]], [[f.label, str(f.now)] for f in briefing.figures]


def _events(paper: _Paper, briefing: Briefing) -> None:
    texts = briefing.texts
    paper.heading(texts["by_place"])
    for section in briefing.sections:
        for title, lines in ((texts["sure"], section.sure), (texts["unsure"], section.unsure)):
            if lines:
                paper.heading(f"{section.title}: {title}", level=2)
                paper.events(lines, texts)
    if not briefing.sections:
        paper.small(texts["none"])
    paper.heading(texts["all_without_place"])
    names = [texts[each] for each in ("date", "event", "status", "quote", "source")]
    if briefing.without_place:
        paper.table(names, [_row(line, texts) for line in briefing.without_place])
    else:
        paper.small(texts["none"])
    for title, lines in ((texts["unreal"], briefing.unreal), (texts["past"], briefing.past)):
        paper.heading(title)
        paper.events(lines, texts)


def _row(line: Line, texts: Any) -> list[str]:  # noqa: ANN401 - a mapping of texts
    said = (
        f"{line.status}, {line.attribution} {texts['said_by']}" if line.attribution else line.status
    )
    quotes = " ".join(each.before + each.trigger + each.after for each in line.tellings)
    numbers = " ".join(f"[{each.source.number}]" for each in line.tellings)
    what = ": ".join(part for part in (line.label, line.actor) if part)
    return [line.date, f"{what} ({line.harm})" if line.harm else what, said, quotes, numbers]


def facts(line: Line, texts: Any) -> str:  # noqa: ANN401 - a mapping of texts
    """Return who did it to whom, how certain and how precise, on one line."""
    who = line.actor or ""
    if line.target:
        who = f"{who} {texts['against']} {line.target}".strip()
    said = (
        f"{line.status}, {line.attribution} {texts['said_by']}" if line.attribution else line.status
    )
    parts = (
        who, said, line.precision or texts["no_place"], line.harm,
        f"{texts['certainty']} {line.certainty}",
        f"{texts['edited']}: {line.edited}" if line.edited else None,
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def named_source(telling: Telling, texts: Any) -> str:  # noqa: ANN401 - a mapping of texts
    """Return who says it, and where, with the number of the source."""
    source = telling.source
    said = f"{telling.attribution} {texts['said_by']}; " if telling.attribution else ""
    parts = (source.title, source.outlet, source.published)
    return said + ", ".join(str(part) for part in parts if part) + f" [{source.number}]"


def heading_of(line: Line) -> str:
    """Return the date, the type and the place of an event."""
    return " · ".join(part for part in (line.date, line.label, line.place) if part)


class _Paper:
    """A Word document under way."""

    def __init__(self) -> None:
        try:
            import docx
        except ImportError as error:
            raise OutputError(
                "a report in .docx needs python-docx, which is not installed:"
                " pip install 'geomapper[report]'"
            ) from error
        self._document = docx.Document()
        style = self._document.styles["Normal"]
        style.font.name = "Calibri"
        style.font.size = docx.shared.Pt(10.5)
        section = self._document.sections[0]
        section.page_width, section.page_height = docx.shared.Cm(21), docx.shared.Cm(29.7)
        section.left_margin = section.right_margin = docx.shared.Cm(2.2)
        self._units = docx.shared

    def title(self, text: str) -> None:
        """Write the title."""
        self._document.add_heading(_clean(text), level=0)
        self._document.core_properties.title = _clean(text)[:255]

    def heading(self, text: str, *, level: int = 1) -> None:
        """Write a heading."""
        self._document.add_heading(_clean(text), level=level)

    def text(self, text: str) -> None:
        """Write a paragraph."""
        self._document.add_paragraph(_clean(text))

    def small(self, text: str) -> None:
        """Write a paragraph in small grey type."""
        run = self._document.add_paragraph().add_run(_clean(text))
        self._grey(run)

    def picture(self, png: bytes, caption: str | None = None) -> None:
        """Put in a picture as wide as the text, and its caption."""
        self._document.add_picture(io.BytesIO(png), width=self._units.Cm(_WIDTH_CM))
        if caption:
            self.small(caption)

    def table(self, names: list[str], rows: Iterable[list[str]]) -> None:
        """Put in a table whose head comes again on each page."""
        table = self._document.add_table(rows=1, cols=len(names), style="Light Grid Accent 1")
        for cell, name in zip(table.rows[0].cells, names, strict=True):
            cell.text = _clean(name)
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = _clean(value)

    def events(self, lines: Iterable[Line], texts: Any) -> None:  # noqa: ANN401 - a mapping of texts
        """Write events one after the other, each with its quotes and their sources."""
        lines = tuple(lines)
        if not lines:
            self.small(texts["none"])
        for line in lines:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(_clean(heading_of(line))).bold = True
            paragraph.add_run("\n" + _clean(facts(line, texts)))
            if line.dispute:
                self._grey(paragraph.add_run("\n" + _clean(line.dispute)))
            for telling in line.tellings:
                self._quote(telling, texts)

    def _quote(self, telling: Telling, texts: Any) -> None:  # noqa: ANN401 - a mapping of texts
        quote = self._document.add_paragraph(style="Quote")
        quote.paragraph_format.left_indent = self._units.Cm(0.8)
        quote.add_run(_clean(telling.before))
        quote.add_run(_clean(telling.trigger)).bold = True
        quote.add_run(_clean(telling.after))
        self._grey(quote.add_run(_clean("\n" + named_source(telling, texts))))

    def _grey(self, run: Any) -> None:  # noqa: ANN401 - a run of python-docx
        run.font.size = self._units.Pt(9)
        run.font.color.rgb = self._units.RGBColor(0x5B, 0x63, 0x6D)

    def bytes(self) -> bytes:
        """Return the file, with no date of its making in it."""
        properties = self._document.core_properties
        properties.author = "geomapper"
        properties.created = properties.modified = dt.datetime(2000, 1, 1)  # noqa: DTZ001
        made = io.BytesIO()
        self._document.save(made)
        return _repacked(made)


def _repacked(made: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
