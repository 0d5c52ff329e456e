"""Feeds, PDF, Word, e-books, mails, spreadsheets, archives: articles with their own fields."""

import datetime as dt
import io
import json
import tarfile
import time
import zipfile

import pytest

from geomapper.documents import SourceReader, read_sources
from geomapper.documents.copies import grouped, with_copies
from geomapper.documents.pdf import paragraphs
from geomapper.model import Document

TEXT = "Shells hit Nikopol on Tuesday, the governor said, and a school was damaged."
LONG = " ".join([TEXT, "Nobody was hurt, he added.", "It was the third attack in a week."] * 2)
RSS = f"""<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example News</title><link>https://example.org</link>
<item><title>Two &amp; three</title><link>https://example.org/1</link><dc:creator>A. Writer</dc:creator>
<pubDate>Tue, 08 Apr 2025 21:10:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>alert(1)</script><p>Nobody was hurt.</p>]]></content:encoded></item>
<item><title>Headline alone</title></item>
<item><description></description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Atomic</title>
<entry><title>One</title><link rel="self" href="https://example.org/x"/><link href="https://example.org/2"/>
<updated>2025-04-08T00:00:00Z</updated><author><name>B. Writer</name></author>
<summary>{TEXT}</summary></entry></feed>"""
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Shells hit </w:t></w:r><w:r><w:t>Nikopol</w:t><w:tab/><w:t>on Tuesday.</w:t></w:r>"
    "</w:p><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>A cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>"
)
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Two towns</dc:title><dc:creator>A. Writer</dc:creator></cp:coreProperties>"
)
MAIL = (
    "From: Desk <desk@example.org>\r\nSubject: =?utf-8?b?0KHQvNGW0LvQsA==?=\r\n"
    "Date: Tue, 08 Apr 2025 21:10:00 +0000\r\nMessage-ID: <m1@example.org>\r\n"
    'Content-Type: text/plain; charset="utf-8"\r\n\r\n' + TEXT + "\r\n"
)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = []
    reader = SourceReader(on_problem=lambda each: problems.append(str(each)), **options)
    return list(read_sources([str(path)], reader)), problems


@pytest.mark.parametrize("name", ["a.xml", "a.rss"])
def test_an_rss_feed_is_an_article_an_item_with_its_html_made_text(tmp_path, name):
    (first, second), problems = read(tmp_path, name, RSS)
    assert first.text == f"{TEXT}\n\nNobody was hurt."
    assert (first.title, first.source, first.author) == ("Two & three", "Example News", "A. Writer")
    assert (first.url, first.published) == ("https://example.org/1", dt.date(2025, 4, 8))
    assert second.text == "Headline alone"
    assert problems == [f"{tmp_path / name}, entry 3: the field 'text' is missing or empty"]


def test_an_atom_feed_gives_its_own_link_and_author(tmp_path):
    ((entry,), _) = read(tmp_path, "a.atom", ATOM)
    assert (entry.url, entry.author, entry.source) == (
        "https://example.org/2",
        "B. Writer",
        "Atomic",
    )
    assert (entry.text, entry.published) == (TEXT, dt.date(2025, 4, 8))


def test_a_word_document_is_its_paragraphs_with_its_own_title_and_author(tmp_path):
    content = zipped(**{"word/document.xml": WORD, "docProps/core.xml": CORE})
    ((document,), _) = read(tmp_path, "a.docx", content)
    assert document.text == "Shells hit Nikopol on Tuesday.\n\nA cell"
    assert (document.title, document.author, document.published) == ("Two towns", "A. Writer", None)


def test_an_e_book_is_its_chapters_in_its_own_order(tmp_path):
    page = "<html><body><h1>{}</h1><p>{}</p></body></html>"
    content = zipped(
        **{
            "META-INF/container.xml": '<container><rootfile full-path="OPS/b.opf"/></container>',
            "OPS/b.opf": '<package xmlns:dc="d"><metadata><dc:title>Weekly</dc:title>'
            "<dc:date>2025-04-08</dc:date></metadata><manifest>"
            '<item id="b" href="b.xhtml"/><item id="a" href="a%20a.xhtml"/><item id="c" href="c.xhtml"/>'
            '</manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine>'
            "</package>",
            "OPS/a a.xhtml": page.format("First", LONG),
            "OPS/b.xhtml": page.format("Second", LONG),
            "OPS/c.xhtml": page.format("Cover", ""),
        }
    )
    documents, problems = read(tmp_path, "a.epub", content)
    assert [each.title for each in documents] == ["First", "Second"]
    assert {(each.source, each.published) for each in documents} == {
        ("Weekly", dt.date(2025, 4, 8))
    }
    assert problems == []


def test_a_mail_gives_subject_sender_and_date(tmp_path):
    ((document,), _) = read(tmp_path, "a.eml", MAIL)
    assert (document.id, document.title, document.text) == ("m1@example.org", "Сміла", TEXT)
    assert (document.source, document.published) == ("Desk <desk@example.org>", dt.date(2025, 4, 8))


def sheet(rows, shared=()):
    cells = "".join(f"<row>{''.join(row)}</row>" for row in rows)
    items = "".join(f"<si><t>{each}</t></si>" for each in shared)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        **{
            "xl/workbook.xml": f'<workbook xmlns:r="{relation}"><sheets><sheet r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst>{items}</sst>",
        }
    )


def test_a_spreadsheet_is_a_row_an_article_with_mapped_columns_and_days_as_days(tmp_path):
    rows = [
        ['<c r="A1" t="s"><v>0</v></c>', '<c r="C1" t="inlineStr"><is><t>Published</t></is></c>'],
        ['<c r="A2" t="s"><v>1</v></c>', '<c r="C2"><v>45755</v></c>'],
    ]
    content = sheet(rows, ["Body", TEXT])
    ((document,), _) = read(tmp_path, "a.xlsx", content, columns={"text": "body"})
    assert (document.text, document.published) == (TEXT, dt.date(2025, 4, 8))


def test_columns_of_another_name_are_mapped_in_every_table(tmp_path):
    columns = {"text": "Body", "title": "head"}
    row = {"Body": TEXT, "head": "Two towns"}
    for name, content in (
        ("a.jsonl", json.dumps(row)),
        ("a.json", json.dumps(row)),
        ("a.csv", f'Body,head\n"{TEXT}",Two towns\n'),
    ):
        ((document,), problems) = read(tmp_path, name, content, columns=columns)
        assert (document.text, document.title, problems) == (TEXT, "Two towns", [])


def test_a_table_without_the_column_says_how_to_name_it(tmp_path):
    _, problems = read(tmp_path, "a.csv", "body\nx\n")
    assert "--column text=NAME" in problems[0]


def pdf(pages):
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle("Microsoft Word - draft.docx")
    canvas.setAuthor("A. Writer")
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_pdf_is_paragraphs_without_running_heads_and_page_numbers(tmp_path):
    bodies = [
        ["Russian forces shelled the out-", "skirts of Nikopol on Tuesday.", "Nobody was hurt."],
        ["On Wednesday it was the turn of Marhanets.", "A school was hit.", "It was empty."],
        ["On Thursday all was quiet.", "The governor said so himself.", "Few believed it."],
    ]
    pages = [["Example Weekly, 8 April", *body, f"Page {n}"] for n, body in enumerate(bodies)]
    ((document,), _) = read(tmp_path, "a.pdf", pdf(pages))
    assert document.text.startswith("Russian forces shelled the outskirts of Nikopol on Tuesday.")
    assert "Weekly" not in document.text
    assert "Page" not in document.text
    assert (document.title, document.author, document.published) == (None, "A. Writer", None)


def test_lines_become_paragraphs():
    lines = ["A long line that goes on up to the margin of the page", "and ends here.", "Next."]
    assert list(paragraphs(lines)) == [f"{lines[0]} {lines[1]}", "Next."]


def test_archives_give_their_articles_and_pass_over_the_rest(tmp_path):
    parts = {"a.txt": TEXT, "b/c.md": f"# T\n\n{TEXT}", "picture.png": b"\x89PNG", "d.zip": b"PK"}
    documents, problems = read(tmp_path, "a.zip", zipped(**parts))
    assert [each.title for each in documents] == [None, "T"]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in parts.items():
            data = content if isinstance(content, bytes) else content.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    again, more = read(tmp_path, "a.tar.gz", packed.getvalue())
    assert [each.text for each in again] == [each.text for each in documents]
    assert problems == more == []


def bomb(levels=9):
    declared = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(levels)
    )
    return f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]><rss><channel><item><title>&{chr(97 + levels)};</title></item></channel></rss>"


STOLEN = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    "<rss><channel><item><title>&x;</title></item></channel></rss>"
)


def tarred(name, size=3, **kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = size
        for key, value in kind.items():
            setattr(member, key, value)
        archive.addfile(member, io.BytesIO(b"x" * min(size, 10)) if size < 10 else None)
    return out.getvalue()


def exploding():
    return zipped(**{"a.txt": b"\0" * 50_000_000})


HOSTILE = {
    "billion laughs": ("a.xml", bomb(), "entities"),
    "an external entity": ("a.xml", STOLEN, "entities"),
    "the same in a Word document": (
        "a.docx",
        zipped(**{"word/document.xml": STOLEN}),
        "entities",
    ),
    "the same in UTF-16": ("a.xml", STOLEN.encode("utf-16"), "entities"),
    "quadratic blow-up": (
        "a.rss",
        f"<!DOCTYPE r [<!ENTITY a '{'x' * 50_000}'>]><rss>{'&a;' * 5_000}</rss>",
        "entities",
    ),
    "a deep nesting": ("a.xml", "<a>" * 100_000, "not XML"),
    "an exploding zip": ("a.zip", exploding(), "times its size"),
    "an exploding Word document": (
        "a.docx",
        zipped(**{"word/document.xml": b" " * 50_000_000}),
        "times its size",
    ),
    "a zip that climbs": ("a.zip", zipped(**{"../../etc/cron.d/a.txt": "x"}), "climbs out"),
    "a zip from the root": ("a.zip", zipped(**{"/etc/a.txt": "x"}), "climbs out"),
    "a zip that climbs as Windows does": ("a.zip", zipped(**{"..\\a.txt": "x"}), "climbs out"),
    "a tar that climbs": ("a.tar", tarred("../a.txt"), "climbs out"),
    "a tar that declares a terabyte": ("a.tar", tarred("a.txt", 2**40), "500 MB"),
    "a tar with a link": (
        "a.tar",
        tarred("a.txt", 0, type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        "holds no articles",
    ),
    "a broken zip": ("a.zip", b"PK\3\4 but no more", "not an archive"),
    "a broken tar": ("a.tgz", b"\x1f\x8b\x08 but no more", "not an archive"),
    "a broken PDF": ("a.pdf", b"%PDF-1.7\n%%EOF", "not a PDF"),
    "an empty PDF": ("a.pdf", b"", "empty"),
    "a scan": ("a.pdf", pdf([[]]), "OCR"),
    "a broken Word document": ("a.docx", zipped(**{"word/x.xml": "<a/>"}), "not a Word document"),
    "a broken e-book": ("a.epub", zipped(x="y"), "not an e-book"),
    "a broken spreadsheet": ("a.xlsx", zipped(x="y"), "not a spreadsheet"),
    "no mail": ("a.eml", b"\x00\x01", "not a mail"),
    "XML that is no feed": ("a.xml", "<svg/>", "no feed"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=list(HOSTILE))
def test_a_hostile_file_is_refused_with_one_sentence_at_once(case, tmp_path):
    name, content, words = HOSTILE[case]
    start = time.monotonic()
    documents, problems = read(tmp_path, name, content)
    assert time.monotonic() - start < 2.0
    assert documents == []
    assert len(problems) == 1
    assert words in problems[0]
    assert "\n" not in problems[0]
    assert "root:" not in problems[0]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_a_text_far_beyond_the_limit_is_refused_in_under_a_second(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"Shells hit Nikopol. " * 2_500_000)
    start = time.monotonic()
    problems = []
    assert list(SourceReader(on_problem=problems.append).read(str(path))) == []
    assert time.monotonic() - start < 1.0
    assert "--max-characters" in str(problems[0])


def story(name, text=LONG, **fields):
    return Document(name, text, source=name.title(), **fields)


def test_a_syndicated_copy_is_a_source_and_no_article_of_its_own():
    copy = story("b", f"By our staff. {LONG}")
    (one,) = grouped([story("a"), copy])
    assert (one.document.id, one.copies) == ("a", (copy,))


OTHERS = {
    "an update with another figure": LONG.replace("third attack", "attack number 7"),
    "another story": LONG.replace("Nikopol", "Goma")
    .replace("school", "market")
    .replace("hurt", "killed"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_copy_is_read_for_itself(case):
    assert len(grouped([story("a"), story("b", OTHERS[case])])) == 2


def test_the_same_words_weeks_later_are_no_copy():
    early, late = dt.date(2025, 4, 1), dt.date(2025, 5, 1)
    assert len(grouped([story("a", published=early), story("b", published=late)])) == 2


def test_an_event_of_a_copied_article_has_both_sources_and_quotes_each(pipeline):
    copied = grouped([story("a"), story("b", f"By our staff. {LONG}")])
    told = pipeline.code(copied[0].document).events
    for event in with_copies(told, copied):
        assert {each.source for each in event.evidence} == {"A", "B"}
        for each in event.evidence:
            text = {"a": LONG, "b": f"By our staff. {LONG}"}[each.document]
            assert each.span.of(text) == each.sentence
            assert each.trigger_span.of(text) == each.trigger
