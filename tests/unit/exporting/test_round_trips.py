"""What goes out comes back: events → every format → the same rows, with hostile text in every cell."""

import csv
import json
import tempfile
import zipfile
from pathlib import Path

import pyarrow.parquet
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from made_up import HOSTILE, MADE_BY, event, few, place, sets

from geomapper import plugins
from geomapper.coding.codebook import Codebook
from geomapper.columns import COLUMNS, KINDS, Kind, typed
from geomapper.errors import DocumentError, OutputError
from geomapper.exporting import exporter_for
from geomapper.exporting.loading import is_event_file, load_events
from geomapper.frames import row

FORMATS = [each.name for each in plugins.installed("exporter")]
RETURNING = ("geojson", "geojsonl", "geojsons", "gpkg", "csv")
CODEBOOK = Codebook.load()


@pytest.fixture
def written(tmp_path):
    def write(events, format_, **options):
        exporter = exporter_for(format_, None, **options)
        path = tmp_path / f"events{exporter.suffix}"
        exporter.export(events, path, provenance=MADE_BY)
        return path

    return write


def refuse(problem):
    raise problem


def loaded(path):
    return load_events(path, CODEBOOK, on_problem=refuse)


def rows(events):
    return [row(each, CODEBOOK) for each in sorted(events, key=lambda each: each.id)]


@pytest.mark.parametrize("format_", RETURNING)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=sets())
def test_events_come_back_as_they_went(format_, events):
    with tempfile.TemporaryDirectory() as folder:
        exporter = exporter_for(format_, None)
        path = Path(folder) / f"a{exporter.suffix}"
        exporter.export(events, path, provenance=MADE_BY)
        back = loaded(path).events
    assert rows(back) == rows(events)
    if format_ != "gpkg":  # whose layers come one after the other
        assert [each.id for each in back] == [each.id for each in events]


@settings(max_examples=25, deadline=None)
@given(events=sets())
def test_parquet_holds_every_value_in_its_kind(events):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        exporter_for("parquet", None).export(events, path, provenance=MADE_BY)
        back = pyarrow.parquet.read_table(path).to_pylist()
    for found, wanted in zip(back, [row(each) for each in events], strict=True):
        assert {name: typed(name, json_like(found[name])) for name in COLUMNS} == wanted


def json_like(value):
    if isinstance(value, list):
        return [
            {**each, "published": each["published"] and str(each["published"])} for each in value
        ]
    return value


@settings(max_examples=20, deadline=None)
@given(events=sets())
def test_flatgeobuf_holds_every_value(events):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.fgb"
        exporter_for("fgb", None).export(events, path, provenance=MADE_BY)
        _, _, _, fields = pyogrio.raw.read(path, datetime_as_string=True)
        names = list(pyogrio.raw.read(path)[0]["fields"])
    for number, wanted in enumerate(sorted_like(events, fields[names.index("id")])):
        found = {name: fields[names.index(name)][number] for name in COLUMNS}
        for name in COLUMNS:
            value = found[name]
            value = value.item() if hasattr(value, "item") else value
            empty_is_unknown = wanted[name] is None and KINDS[name] is Kind.FLAG
            assert empty_is_unknown or typed(name, value) == wanted[name], name


def sorted_like(events, ids):
    by_id = {each["id"]: each for each in map(row, events)}
    return [by_id[name] for name in ids]


@settings(max_examples=25, deadline=None)
@given(events=sets())
def test_kml_holds_every_value_that_xml_can(events):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.kml"
        exporter_for("kml", None).export(events, path, provenance=MADE_BY)
        tree = etree.parse(path)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    marks = tree.findall(".//k:Placemark", space)
    assert len(marks) == len(events)
    for mark, wanted in zip(marks, map(row, events), strict=True):
        data = {
            each.get("name"): each.findtext("k:value", namespaces=space)
            for each in mark.findall(".//k:Data", space)
        }
        for name, value in wanted.items():
            if isinstance(value, str) and value.isprintable():
                assert data[name] == value


@pytest.mark.parametrize("format_", FORMATS)
def test_no_events_make_a_file_too(format_, written):
    path = written((), format_)
    assert path.is_file()
    if format_ in RETURNING:
        assert loaded(path).events == ()


@pytest.mark.parametrize("format_", ["geojson", "gpkg"])
def test_a_file_says_what_made_it_and_that_comes_back(format_, written):
    assert loaded(written(few(), format_)).provenance == MADE_BY


@pytest.mark.parametrize("format_", RETURNING)
def test_only_files_of_events_are_taken_for_such(format_, written, tmp_path):
    assert is_event_file(str(written(few(), format_)))
    (tmp_path / "articles.csv").write_text("id,type,text\n1,news,Shells hit Nikopol.\n")
    assert not is_event_file(str(tmp_path / "articles.csv"))


def test_no_cell_of_a_csv_begins_as_a_formula(written):
    hostile = [event(id=f"e{n}", subtype=text) for n, text in enumerate(HOSTILE)]
    with written(hostile, "csv").open(encoding="utf-8-sig", newline="") as file:
        for cells in csv.reader(file):
            texts = [cell for cell in cells if not cell.lstrip("-").replace(".", "").isdigit()]
            assert not [cell for cell in texts if cell.startswith(tuple("=+-@\t\r\n"))]


def test_a_csv_begins_with_a_byte_order_mark(written):
    assert written(few(), "csv").read_bytes().startswith(b"\xef\xbb\xbfid,type,")


def test_flatgeobuf_is_indexed_where_every_event_has_a_place(written):
    assert pyogrio.read_info(written(few()[:3], "fgb"))["capabilities"]["fast_spatial_filter"]
    assert pyogrio.read_info(written(few(), "fgb"))["features"] == 5


def test_a_shapefile_is_a_zip_of_points_with_short_names(written):
    path = written(few(), "shp")
    with zipfile.ZipFile(path) as archive:
        assert {Path(name).suffix for name in archive.namelist()} >= {".shp", ".dbf", ".prj"}
    meta, _, shapes, _ = pyogrio.raw.read(f"/vsizip/{path}")
    assert meta["geometry_type"] == "Point"
    assert len(shapes) == 5
    assert max(map(len, meta["fields"])) <= 10
    assert len(set(meta["fields"])) == len(meta["fields"])


def test_a_shapefile_without_its_siblings_is_refused():
    with pytest.raises(Exception, match=r"name it a\.shp\.zip"):
        exporter_for(None, Path("a.shp"))


def test_kmz_is_the_kml_in_a_zip(written):
    with zipfile.ZipFile(written(few(), "kmz")) as archive:
        assert archive.read("doc.kml") == written(few(), "kml").read_bytes()


def test_kml_dates_events_for_the_time_slider(written):
    text = written(few(), "kml").read_text(encoding="utf-8")
    assert "<TimeSpan><begin>2025-04-07</begin><end>2025-04-07</end></TimeSpan>" in text


def test_geoparquet_names_its_version_covering_and_box(written):
    geo = json.loads(pyarrow.parquet.read_schema(written(few(), "parquet")).metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert column["bbox"] == [30.12345678, -20.0, 180.0, 49.21]


def test_geoparquet_needs_pyarrow_and_says_so(written, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'geomapper\[parquet\]'"):
        written(few(), "parquet")


def test_geoparquet_reads_in_geopandas_and_in_duckdb_with_dates_as_dates(written):
    import geopandas as gpd

    duckdb = pytest.importorskip("duckdb")
    path = written(few(), "parquet")
    frame = gpd.read_parquet(path)
    assert frame.crs.to_epsg() in (4326, None)
    assert frame.geometry.isna().sum() == 1
    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT typeof(date_start), typeof(sources) FROM read_parquet('{path}')"  # noqa: S608
        ).fetchone()
    assert found[0] == "DATE"
    assert found[1].startswith("STRUCT")
    assert found[1].endswith("[]")


def test_regions_become_points_on_request_and_say_so(written):
    features = json.loads(written(few(), "geojson", points=True).read_text())["features"]
    shapes = {each["id"]: each["geometry"] and each["geometry"]["type"] for each in features}
    assert set(shapes.values()) == {"Point", None}
    assert [each["id"] for each in features if each.get("point_for_area")] == ["e2", "e5"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_place_off_the_globe_is_refused_and_the_old_file_stays(format_, written):
    path = written(few(), format_)
    before = path.read_bytes()
    for lon in (float("nan"), 181.0):
        with pytest.raises(OutputError, match="not degrees"):
            written([event(), event(id="e9", place=place(lon=lon))], format_)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


BROKEN = {
    "not JSON": ("a.geojson", b"{", "not JSON"),
    "no features": ("a.geojson", b'{"type": "Point"}', "features"),
    "a feature that is none": ("a.geojson", b'{"features": [3]}', "feature 1"),
    "a wrong geometry": (
        "a.geojson",
        b'{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": "x"}}]}',
        "feature 1",
    ),
    "no GeoPackage": ("a.gpkg", b"SQLite format 3\0 but no more", "not a GeoPackage"),
    "an empty GeoPackage": ("a.gpkg", b"", "not a GeoPackage"),
    "a wrong point": ("a.csv", b"id,type,lon,lat\n1,shelling,east,49\n", "row 2"),
}


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_a_broken_file_of_events_is_one_sentence(case, tmp_path):
    name, content, words = BROKEN[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=words):
        loaded(tmp_path / name)
