"""An analyst corrects a file by hand: what was changed is kept, and shown."""

import csv
import datetime as dt
import json
import sqlite3
from contextlib import closing

import pytest
from made_up import MADE_BY, event, few

from geomapper.coding.codebook import Codebook
from geomapper.documents import SourceReader
from geomapper.exporting import exporter_for
from geomapper.exporting.loading import load_events
from geomapper.gathering import gather
from geomapper.model import Precision, Status
from geomapper.selection import Selection


def refuse(problem):
    raise problem


@pytest.fixture
def file(tmp_path):
    def write(name, events=None):
        path = tmp_path / name
        exporter_for(None, path).export(events or few(), path, provenance=MADE_BY)
        return path

    return write


def loaded(path, on_problem=refuse):
    found = load_events(path, Codebook.load(), on_problem=on_problem).events
    return {each.id: each for each in found}


def corrected_csv(path, name, *, delimiter=",", **changes):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == name:
            row.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


def sql(path, statement):
    with closing(sqlite3.connect(path)) as file:
        for name in ("insert", "update1", "update2", "update3", "update4", "delete"):
            for layer in ("points", "areas"):  # an editor has ST_MinX, SQLite alone has not
                file.execute(f"DROP TRIGGER IF EXISTS rtree_{layer}_geom_{name}")
        file.execute(statement)
        file.commit()
    return path


def test_what_nobody_touched_is_not_edited(file):
    for name in ("a.geojson", "a.gpkg", "a.csv"):
        assert {each.edited for each in loaded(file(name)).values()} == {None}


def test_a_corrected_cell_is_kept_and_named(file):
    path = corrected_csv(file("a.csv"), "e1", killed="5", status="confirmed")
    event = loaded(path)["e1"]
    assert (event.casualties.killed, event.status) == (5, Status.CONFIRMED)
    assert event.edited == "status, killed"
    assert event.evidence[0].status is Status.CLAIMED  # what the source said stays


def test_a_spreadsheet_of_the_continent_comes_back_too(file):
    path = corrected_csv(file("a.csv"), "e1", delimiter=";", confidence="0,5")
    assert loaded(path)["e1"].confidence == 0.5
    assert loaded(path)["e2"].edited is None


def test_a_moved_point_is_an_edited_geometry_by_coordinates_or_by_wkt(file):
    by_lon = loaded(corrected_csv(file("a.csv"), "e1", lon="37.5"))["e1"]
    by_wkt = loaded(corrected_csv(file("b.csv"), "e1", wkt="POINT (37.5 49.21)"))["e1"]
    for moved in (by_lon, by_wkt):
        assert (moved.place.lon, moved.edited) == (37.5, "geometry")
        assert moved.place.id == ""  # no longer that place of the gazetteer


def test_a_changed_type_takes_its_family_along(file):
    event = loaded(corrected_csv(file("a.csv"), "e1", type="territory_captured"))["e1"]
    assert (event.family, event.edited) == ("capture", "type")


def test_earlier_edits_are_remembered_when_the_file_is_written_again(file):
    once = loaded(corrected_csv(file("a.csv"), "e1", killed="5"))
    again = loaded(file("b.gpkg", tuple(once.values())))
    assert again["e1"].edited == "killed"
    assert loaded(corrected_csv(file("c.csv", tuple(again.values())), "e1", wounded="9"))[
        "e1"
    ].edited == ("killed, wounded")


def test_a_corrected_geojson_needs_no_member_but_its_properties(file):
    path = file("a.geojson")
    collection = json.loads(path.read_text(encoding="utf-8"))
    feature = collection["features"][0]
    feature["properties"]["actor"] = "Separatists"
    slim = [
        {"type": "Feature", "geometry": each["geometry"], "properties": each["properties"]}
        for each in collection["features"]
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": slim}))
    assert loaded(path)["e1"].edited == "actor"
    assert loaded(path)["e1"].actor.name == "Separatists"


def test_a_geopackage_is_corrected_in_its_layers_and_the_table_of_all_shows_it(file):
    path = sql(file("a.gpkg"), "UPDATE points SET date_start = '2025-04-01' WHERE id = 'e1'")
    assert loaded(path)["e1"].dates.earliest == dt.date(2025, 4, 1)
    assert loaded(path)["e1"].edited == "date_start"
    with closing(sqlite3.connect(path)) as database:
        shown = database.execute("SELECT date_start FROM events WHERE id = 'e1'").fetchone()
    assert shown == ("2025-04-01",)


def test_what_was_deleted_by_hand_stays_away(file):
    path = sql(file("a.gpkg"), "DELETE FROM areas WHERE id = 'e2'")
    assert sorted(loaded(path)) == ["e1", "e3", "e4", "e5"]


def test_a_copied_feature_gets_an_id_of_its_own(file):
    statement = (
        "INSERT INTO points (geom, id, type, family, status, sentence, as_made, precision) SELECT"
        " geom, id, type, family, status, sentence, as_made, precision FROM points WHERE id = 'e1'"
    )
    path = sql(file("a.gpkg"), statement)
    assert loaded(path)["e1-2"].edited.endswith("copied by hand")


def test_a_row_added_by_hand_needs_only_a_type(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("type,place,lon,lat,date_start,date_end\nprotest,Goma,29.2,-1.7,2025-01-01,\n")
    (event,) = loaded(path).values()
    assert (event.family, event.edited) == ("unrest", "added by hand")
    assert (event.place.name, event.place.precision) == ("Goma", Precision.EXACT)
    assert len(event.id) == 12


BAD_CELLS = {
    "date_start": ("8/4/2025", "YYYY-MM-DD"),
    "status": ("sure", "reported, confirmed"),
    "killed": ("many", "whole number"),
    "wounded": ("1e300", "whole number"),
    "type": ("picnic", "codebook"),
    "lat": ("91", "longitude and latitude"),
    "confidence": ("7", "from 0 to 1"),
    "precision": ("good", "exact, near"),
}


@pytest.mark.parametrize("column", BAD_CELLS)
def test_a_cell_that_cannot_be_is_one_sentence_and_the_other_rows_are_read(file, column):
    value, words = BAD_CELLS[column]
    problems = []
    found = loaded(corrected_csv(file("a.csv"), "e1", **{column: value}), problems.append)
    assert sorted(found) == ["e2", "e3", "e4", "e5"]
    assert len(problems) == 1
    assert "row 2" in str(problems[0])
    assert words in str(problems[0])


def test_a_place_without_coordinates_is_asked_for(file):
    problems = []
    loaded(corrected_csv(file("a.csv"), "e4", place="Kupiansk"), problems.append)
    assert "'Kupiansk' has no coordinates" in str(problems[0])


def test_files_of_events_need_no_language_model_and_are_filtered_like_articles(file):
    found = gather(
        [str(file("a.geojson"))],
        reader=SourceReader(),
        on_problem=refuse,
        selection=Selection(statuses=(Status.REPORTED,)),
    )
    assert [each.id for each in found.events] == ["e2"]
    assert found.provenance.filters == ("from 2025-01-01", "status reported")
    assert found.provenance.language_model == "model 1"


def test_an_event_that_came_back_is_shown_as_edited_on_the_map(file):
    from geomapper.rendering import build_map
    from geomapper.rendering.page import render_html

    events = loaded(corrected_csv(file("a.csv"), "e1", killed="5", wounded="7")).values()
    assert '"killed, wounded"' in render_html(build_map(events, provenance=MADE_BY))


def test_events_of_python_are_saved_in_the_format_of_the_ending(tmp_path):
    from geomapper import Events, read

    events = Events((event(),), MADE_BY, Codebook.load())
    events.save(tmp_path / "a.gpkg")
    assert read(tmp_path / "a.gpkg")[0].id == "e1"
