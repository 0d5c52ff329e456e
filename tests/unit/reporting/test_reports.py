"""A briefing says what the events say, with its source, in every format, and nothing runs in it."""

import datetime as dt
import io
import re
import sys
import zipfile

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html
from made_up import HOSTILE, MADE_BY, event, few, place, region, sets
from markdown_it import MarkdownIt

from geomapper.coding.codebook import Codebook
from geomapper.errors import OptionError, OutputError
from geomapper.gathering import Gathered
from geomapper.model import Actor, Casualties, DatePrecision, DateRange, Evidence, Span, Status
from geomapper.reporting import REPORT_SUFFIXES, brief, write_report
from geomapper.reporting.making import made_report
from geomapper.reporting.pictures import actor_chart, day_chart, map_picture

CODEBOOK = Codebook.load()


def briefing(events, **options):
    return brief(events, provenance=MADE_BY, codebook=CODEBOOK, **options)


def report(events, path, **options):
    write_report(briefing(events), path, **options)
    return path


def on(day, **changes):
    date = dt.date.fromisoformat(day)
    return event(dates=DateRange(date, date, DatePrecision.DAY), **changes)


def pdf_text(data):
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_claimed_and_confirmed_stand_apart():
    events = (
        event(id="a"),
        event(id="b", status=Status.CONFIRMED),
        event(id="c", status=Status.DENIED),
    )
    (ukraine,) = briefing(events).sections
    assert [line.id for line in ukraine.sure] == ["b"]
    assert [line.id for line in ukraine.unsure] == ["a", "c"]


def test_what_did_not_happen_and_what_has_no_place_stand_apart_and_are_not_lost():
    events = (event(id="a", status=Status.PLANNED), event(id="b", place=None))
    told = briefing(events)
    assert [line.id for line in told.unreal] == ["a"]
    assert [line.id for line in told.without_place] == ["b"]
    assert told.sections == ()


def test_every_claim_carries_its_source_and_the_sources_are_numbered_once():
    told = briefing(few())
    assert [source.number for source in told.sources] == [1]
    lines = [line for s in told.sections for line in (*s.sure, *s.unsure)]
    assert all(telling.source.title == "A title" for line in lines for telling in line.tellings)
    assert lines[0].tellings[0].trigger == "shelled"


def test_figures_are_counted_against_the_period_of_the_same_length_before():
    events = (
        on("2025-04-01", id="a", casualties=Casualties(4)),
        on("2025-04-08", id="b", casualties=Casualties(1)),
        on("2025-04-10", id="c", casualties=Casualties(2)),
        on("2025-03-01", id="d"),
    )
    found = Gathered(events, MADE_BY, CODEBOOK)
    told = made_report(found, earliest=dt.date(2025, 4, 8), latest=dt.date(2025, 4, 14))
    figures = {figure.label: (figure.now, figure.before, figure.change) for figure in told.figures}
    assert figures["Events told of, in all"] == (2, 1, "+1")
    assert figures["People killed, as the articles say, added up"] == (3, 4, "−1")
    assert told.period == "2025-04-08 – 2025-04-14"


def test_the_figures_of_the_statuses_add_up_to_all_events():
    events = [event(id=status.value, status=status) for status in Status]
    now = [figure.now for figure in briefing([*events, event(id="again")]).figures]
    assert now[0] == sum(now[1:6]) == len(Status) + 1


def test_without_a_period_there_is_nothing_to_compare_with():
    assert {
        figure.before for figure in made_report(Gathered(few(), MADE_BY, CODEBOOK)).figures
    } == {None}


@pytest.mark.parametrize("suffix", REPORT_SUFFIXES)
def test_a_report_is_the_same_bytes_twice(suffix, tmp_path):
    one, two = (report(few(), tmp_path / name / f"r{suffix}") for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_size > 1_000


@pytest.mark.parametrize("suffix", REPORT_SUFFIXES)
def test_no_events_make_a_report_too(suffix, tmp_path):
    assert report((), tmp_path / f"r{suffix}").stat().st_size > 500


@pytest.mark.parametrize("suffix", [".html", ".md", ".qmd", ".docx", ".pdf"])
def test_a_report_holds_quote_source_status_precision_versions_and_disclaimer(suffix, tmp_path):
    path = report(few(), tmp_path / f"r{suffix}")
    if suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        text = " ".join(tree.itertext())
    else:
        text = pdf_text(path.read_bytes()) if suffix == ".pdf" else path.read_text(encoding="utf-8")
    plain = re.sub(r"[\\\s]+|<[^>]*>", " ", text)
    for words in ("Izium", "A title", "An outlet", "claimed", "exact place", "known to the region",
                  "places 1", "codebook 1", "model 1", "endorse nothing", "no date"):  # fmt: skip
        assert words in plain, words
    assert "Russian forces" in plain
    assert "the governor says" in plain


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=sets())
def test_no_text_becomes_markup_in_html_or_markdown(events, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    page = report(events, folder / "r.html").read_text(encoding="utf-8")
    tree = html.document_fromstring(page.encode())
    assert not tree.xpath("//script|//*[@onerror or @onclick]")
    assert {each.split(":")[0] for each in tree.xpath("//a/@href") if not each.startswith("#")} <= {
        "http",
        "https",
    }
    text = report(events, folder / "r.md").read_text(encoding="utf-8")
    shown = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script" not in shown
    for each in events:
        if each.status.is_pinned and each.place is not None and each.actor is not None:
            assert " ".join(each.actor.name.split()) in html_text(shown)


def html_text(page):
    return " ".join(html.document_fromstring(f"<p>{page}").text_content().split())


@pytest.mark.parametrize("suffix", [".html", ".md", ".qmd", ".docx", ".pdf", ".png"])
def test_hostile_text_goes_through_every_kind_and_is_shown(suffix, tmp_path):
    telling = event().evidence[0]
    events = [
        event(
            id=f"e{n}", actor=Actor(text), target=Actor(text), attribution=text,
            place=place(name=text, dispute=text, admin1=text), edited=text,
            evidence=(
                Evidence(text, Span(0, len(text)), text, text, Span(0, len(text)), telling.status,
                         text, text, text, text),
            ),
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    path = report(
        [*events, event(id="z", place=None, actor=Actor(HOSTILE[7]))], tmp_path / f"r{suffix}"
    )
    if suffix == ".pdf":
        assert "<script>alert(1)</script>" in pdf_text(path.read_bytes()).replace("\r\n", "")
    if suffix == ".md":
        assert "\\{\\{ 7 \\* 7 \\}\\}" in path.read_text(encoding="utf-8")


def test_a_template_of_the_user_is_filled_and_its_values_are_escaped(tmp_path):
    mine = tmp_path / "mine.jinja"
    mine.write_text("<h1>{{ briefing.title }}</h1>{{ briefing.figures[0].now }}", encoding="utf-8")
    write_report(briefing(few(), title="<b>"), tmp_path / "r.html", template=mine)
    assert (tmp_path / "r.html").read_text() == "<h1>&lt;b&gt;</h1>5"


BAD_TEMPLATES = {
    "a mistake": "{% for %}",
    "what there is not": "{{ nothing.at.all }}",
    "a reach beyond": "{{ briefing.__class__.__mro__[1].__subclasses__() }}",
    "a change": "{{ briefing.texts.update({}) }}{{ texts.update({'a': 1}) }}",
}


@pytest.mark.parametrize("case", BAD_TEMPLATES)
def test_a_template_that_cannot_be_filled_is_one_sentence_and_writes_nothing(case, tmp_path):
    mine = tmp_path / "mine.jinja"
    mine.write_text(BAD_TEMPLATES[case], encoding="utf-8")
    with pytest.raises(OutputError, match=r"mine\.jinja cannot be filled"):
        write_report(briefing(few()), tmp_path / "r.html", template=mine)
    assert not (tmp_path / "r.html").exists()


def test_a_kind_that_is_none_or_takes_no_template_is_refused(tmp_path):
    with pytest.raises(OptionError, match="no report ends in"):
        report(few(), tmp_path / "r.odt")
    with pytest.raises(OptionError, match="takes no template"):
        report(few(), tmp_path / "r.pdf", template=tmp_path / "x")


@pytest.mark.parametrize(
    ("suffix", "module"), [(".docx", "docx"), (".pdf", "reportlab"), (".png", "matplotlib")]
)
def test_what_is_missing_is_one_sentence_with_the_extra(suffix, module, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(OutputError, match=r"pip install 'geomapper\[report\]'"):
        report(few(), tmp_path / f"r{suffix}")


def test_html_without_matplotlib_has_no_pictures_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    news = []
    page = report(few(), tmp_path / "r.html", on_news=news.append).read_text(encoding="utf-8")
    assert "<img" not in page
    assert "matplotlib" in news[0]


@pytest.mark.parametrize("format_", ["png", "svg", "pdf"])
def test_pictures_are_the_same_twice_and_carry_no_date(format_):
    one, two = (map_picture(few(), format_) for _ in range(2))
    assert one == two
    assert b"date>" not in one
    assert b"CreationDate" not in one


def test_charts_show_days_without_events_too_and_none_where_nothing_is_dated():
    assert day_chart([event(dates=DateRange())]) is None
    assert actor_chart([event(actor=None)]) is None
    near = day_chart([on("2025-04-01"), on("2025-04-03")], "svg")
    assert near != day_chart([on("2025-04-01"), on("2025-04-02")], "svg")
    for first in ("2025-01-01", "2020-01-01", "1915-01-01"):
        assert day_chart([on(first), on("2025-04-03")]) is not None


def test_the_picture_of_a_region_is_wider_than_that_of_a_town():
    assert map_picture([event(place=region())]) != map_picture([event()])


def test_a_page_frames_its_map_and_lets_only_its_scripts_run(tmp_path):
    from geomapper.rendering import build_map
    from geomapper.rendering.page import render_html

    page = render_html(build_map(few(), provenance=MADE_BY))
    text = report(few(), tmp_path / "r.html", page=page).read_text(encoding="utf-8")
    tree = html.document_fromstring(text.encode())
    (frame,) = tree.xpath("//iframe")
    assert frame.get("srcdoc").replace("\r", "") == page.replace("\r", "")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy


def test_docx_opens_with_its_headings(tmp_path):
    import docx

    document = docx.Document(io.BytesIO(report(few(), tmp_path / "r.docx").read_bytes()))
    titles = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert {"Key figures", "Sources", "Method and limits", "Events without a place"} <= set(titles)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(27, None, "27+"), (None, 9, "\u22649"), (3, 5, "3\u20135"), (4, 4, "4")],
)
def test_an_open_range_of_the_killed_is_said_as_one(low, high, words):
    (section,) = briefing([event(casualties=Casualties(4, low, high))]).sections
    (line,) = (*section.sure, *section.unsure)
    assert line.harm.startswith(f"{words} ")
