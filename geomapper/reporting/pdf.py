"""A briefing as a PDF. It needs reportlab and matplotlib, which are in the extra ``report``.

Letters are DejaVu's, which matplotlib brings: Latin, Greek, Cyrillic, and Arabic and Hebrew
without joined forms. What it lacks is shown as a box.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from geomapper.errors import OutputError
from geomapper.reporting.docx import _figures, _head, _row, facts, heading_of, named_source
from geomapper.reporting.pictures import actor_chart, day_chart, map_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geomapper.reporting.briefing import Briefing, Line, Telling

_FONTS = {
    "Sans": "DejaVuSans.ttf",
    "Sans-Bold": "DejaVuSans-Bold.ttf",
    "Serif": "DejaVuSerif.ttf",
    "Serif-Bold": "DejaVuSerif-Bold.ttf",
}
_INK, _MUTED, _ACCENT, _LINE = "#22272e", "#5b636d", "#1f5f8b", "#d9dde2"
_WIDTH_CM = 17.0


def pdf_bytes(briefing: Briefing) -> bytes:
    """Return a briefing as a PDF on A4, the same bytes every time.

    Raises
    ------
    OutputError
        reportlab or matplotlib is missing.
    """
    paper = _Paper(briefing)
    return paper.bytes(list(_story(paper, briefing)))


def _story(paper: _Paper, briefing: Briefing) -> Iterator[Any]:
    texts = briefing.texts
    yield paper.text(briefing.title, "Title")
    yield paper.text(_head(briefing), "Small")
    yield from paper.part(texts["key_figures"], paper.figures(*_figures(briefing)))
    yield paper.text(texts["no_toll"], "Small")
    picture = map_picture(briefing.current)
    yield from paper.part(texts["map"], paper.picture(picture))
    yield paper.text(briefing.disclaimer, "Small")
    for name, chart in (("by_day", day_chart), ("by_actor", actor_chart)):
        drawn = chart(briefing.current)
        if drawn is not None:
            yield from paper.part(texts[name], paper.picture(drawn))
    yield from _events(paper, briefing)
    yield paper.text(texts["sources"], "Head")
    for source in briefing.sources:
        yield paper.source(source)
    yield paper.text(texts["method"], "Head")
    yield paper.text(texts["method_text"], "Body")
    yield paper.text(briefing.disclaimer, "Body")


def _events(paper: _Paper, briefing: Briefing) -> Iterator[Any]:
    texts = briefing.texts
    yield paper.text(texts["by_place"], "Head")
    for section in briefing.sections:
        for title, lines in ((texts["sure"], section.sure), (texts["unsure"], section.unsure)):
            if lines:
                yield paper.text(f"{section.title}: {title}", "Subhead")
                yield from paper.events(lines, texts)
    if not briefing.sections:
        yield paper.text(texts["none"], "Small")
    yield paper.text(texts["all_without_place"], "Head")
    if briefing.without_place:
        names = [texts[each] for each in ("date", "event", "status", "quote", "source")]
        yield paper.table(names, [_row(line, texts) for line in briefing.without_place])
    else:
        yield paper.text(texts["none"], "Small")
    for title, lines in ((texts["unreal"], briefing.unreal), (texts["past"], briefing.past)):
        yield paper.text(title, "Head")
        yield from paper.events(lines, texts)


class _Paper:
    """The styles and parts of a PDF."""

    def __init__(self, briefing: Briefing) -> None:
        try:
            import matplotlib as mpl
            import reportlab
        except ImportError as error:
            raise OutputError(
                "a report in .pdf needs reportlab and matplotlib, which are not installed:"
                " pip install 'geomapper[report]'"
            ) from error
        del reportlab
        self._title = briefing.title
        self._glyphs = _registered(Path(mpl.get_data_path()) / "fonts" / "ttf")
        self._styles = _styles()

    def text(self, text: str, style: str) -> Any:  # noqa: ANN401 - a flowable
        """Return a paragraph, shown to the letter."""
        return self._marked(self._safe(text), style)

    def _marked(self, markup: str, style: str) -> Any:  # noqa: ANN401
        from reportlab.platypus import Paragraph

        return Paragraph(markup, self._styles[style])

    def _safe(self, text: str) -> str:
        """Return a text whose letters the font has, as a paragraph's markup holds it."""
        shown = (each if ord(each) in self._glyphs or each == "\n" else "\u25a1" for each in text)
        return escape("".join(shown)).replace("\n", "<br/>")

    def part(self, title: str, body: Any) -> list[Any]:  # noqa: ANN401
        """Return a heading and what stands under it, kept on one page."""
        from reportlab.platypus import KeepTogether

        return [KeepTogether([self.text(title, "Head"), body])]

    def picture(self, png: bytes) -> Any:  # noqa: ANN401
        """Return a picture as wide as the text."""
        from reportlab.lib.units import cm
        from reportlab.lib.utils import ImageReader
        from reportlab.platypus import Image

        width, height = ImageReader(io.BytesIO(png)).getSize()
        return Image(io.BytesIO(png), _WIDTH_CM * cm, _WIDTH_CM * cm * height / width)

    def figures(self, names: list[str], rows: list[list[str]]) -> Any:  # noqa: ANN401
        """Return the table of key figures."""
        from reportlab.lib.units import cm

        narrow = [2.6 * cm] * (len(names) - 1)
        return self._table(names, rows, [_WIDTH_CM * cm - sum(narrow), *narrow], right=1)

    def table(self, names: list[str], rows: list[list[str]]) -> Any:  # noqa: ANN401
        """Return a table of events whose head comes again on each page."""
        from reportlab.lib.units import cm

        widths = [2.4 * cm, 3.4 * cm, 2.7 * cm, 6.8 * cm, 1.7 * cm]
        return self._table(names, rows, widths)

    def _table(
        self, names: list[str], rows: list[list[str]], widths: list[float], right: int | None = None
    ) -> Any:  # noqa: ANN401
        from reportlab.platypus import Table

        styles = ["Cell" if right is None or n < right else "Number" for n in range(len(names))]
        bold = [f"<b>{self._safe(name)}</b>" for name in names]
        cells = [[*map(self._marked, bold, styles)]]
        cells += [[*map(self.text, row, styles)] for row in rows]
        style = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
        return Table(cells, colWidths=widths, repeatRows=1, style=style, splitInRow=1)

    def events(self, lines: Iterable[Line], texts: Mapping[str, str]) -> Iterator[Any]:
        """Yield events, each with its quotes and their sources."""
        from reportlab.platypus import CondPageBreak

        lines = tuple(lines)
        if not lines:
            yield self.text(texts["none"], "Small")
        for line in lines:
            yield CondPageBreak(70)
            yield self._marked(f"<b>{self._safe(heading_of(line))}</b>", "Event")
            yield self.text(facts(line, texts), "Facts")
            if line.dispute:
                yield self.text(line.dispute, "Facts")
            for telling in line.tellings:
                yield self._marked(self._quote(telling, texts), "Quote")

    def _quote(self, telling: Telling, texts: Mapping[str, str]) -> str:
        return (
            f"{self._safe(telling.before)}<b>{self._safe(telling.trigger)}</b>"
            f'{self._safe(telling.after)}<br/><font name="Sans" size="7.5" color="{_MUTED}">'
            f"{self._safe(named_source(telling, texts))}</font>"
        )

    def source(self, source: Any) -> Any:  # noqa: ANN401 - a Source
        """Return an article of the list, with its address."""
        named = ", ".join(str(p) for p in (source.title, source.outlet, source.published) if p)
        text = f"[{source.number}] {self._safe(named)}"
        if source.link:
            href = escape(source.link, {'"': "&quot;"})
            text += f'<br/><link href="{href}" color="{_ACCENT}">{self._safe(source.link)}</link>'
        return self._marked(text, "Source")

    def bytes(self, story: list[Any]) -> bytes:
        """Return the file, with no date of its making in it."""
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import cm
        from reportlab.platypus import SimpleDocTemplate

        made = io.BytesIO()
        document = SimpleDocTemplate(
            made, pagesize=A4, leftMargin=2 * cm, rightMargin=2 * cm, topMargin=1.8 * cm,
            bottomMargin=1.8 * cm, title=self._title, author="geomapper", invariant=1, lang="en",
        )  # fmt: skip
        document.build(story, onFirstPage=_numbered, onLaterPages=_numbered)
        return made.getvalue()


def _numbered(canvas: Any, document: Any) -> None:  # noqa: ANN401 - reportlab's own
    from reportlab.lib.units import cm

    canvas.saveState()
    canvas.setFont("Sans", 7.5)
    canvas.setFillColor(_MUTED)
    canvas.drawRightString(19 * cm, 1.1 * cm, str(document.page))
    canvas.restoreState()


def _registered(folder: Path) -> frozenset[int]:
    """Register the fonts with reportlab and return the characters that all of them have."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = [TTFont(name, str(folder / file)) for name, file in _FONTS.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    for family in ("Sans", "Serif"):
        for italic in (0, 1):
            addMapping(family, 0, italic, family)
            addMapping(family, 1, italic, f"{family}-Bold")
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle(
        "Body", fontName="Sans", fontSize=9, leading=12.5, textColor=_INK, spaceAfter=4,
        splitLongWords=1,
    )  # fmt: skip
    return {
        "Body": body,
        "Title": ParagraphStyle("Title", body, fontName="Sans-Bold", fontSize=17, leading=21),
        "Head": ParagraphStyle(
            "Head", body, fontName="Sans-Bold", fontSize=12, leading=15, spaceBefore=12,
            textColor=_ACCENT, keepWithNext=1,
        ),
        "Subhead": ParagraphStyle(
            "Subhead", body, fontName="Sans-Bold", fontSize=10, spaceBefore=8, keepWithNext=1
        ),
        "Small": ParagraphStyle("Small", body, fontSize=7.5, leading=10, textColor=_MUTED),
        "Cell": ParagraphStyle("Cell", body, fontSize=8, leading=10.5, spaceAfter=0),
        "Number": ParagraphStyle("Number", body, fontSize=8, leading=10.5, spaceAfter=0, alignment=2),
        "Event": ParagraphStyle("Event", body, spaceBefore=6, spaceAfter=0, keepWithNext=1),
        "Facts": ParagraphStyle("Facts", body, fontSize=8, leading=10.5, keepWithNext=1),
        "Quote": ParagraphStyle(
            "Quote", body, fontName="Serif", fontSize=9, leading=12, leftIndent=12, borderPadding=0
        ),
        "Source": ParagraphStyle("Source", body, fontSize=8, leading=10.5, leftIndent=16,
                                 firstLineIndent=-16),
    }  # fmt: skip
