"""GeoJSON by RFC 7946, as an independent validator sees it and as the RFC's own words say."""

import json

import geojson_validator
import pytest
from made_up import AREAS, MADE_BY, event, few, region

from geomapper.exporting import exporter_for
from geomapper.exporting.geojson import GeoJsonExporter

PROBLEMS = ("excessive_coordinate_precision", "3d_coordinates", "outside_lat_lon_boundaries")


@pytest.fixture
def collection():
    events = [*few(), *(event(id=f"a{n}", place=region(area)) for n, area in enumerate(AREAS))]
    return json.loads(GeoJsonExporter().dumps(events, provenance=MADE_BY))


@pytest.mark.filterwarnings("ignore")
def test_an_independent_validator_finds_nothing(collection):
    assert geojson_validator.validate_structure(collection) == {}
    found = geojson_validator.validate_geometries(collection)
    assert found["invalid"] == {}
    assert not set(found["problematic"]) & set(PROBLEMS)


def test_there_is_no_crs_and_every_feature_has_a_text_for_an_id(collection):
    assert "crs" not in collection
    for feature in collection["features"]:
        assert isinstance(feature["id"], str)
        assert feature["id"] == feature["properties"]["id"]


def test_boxes_are_west_south_east_north_and_hold_their_shapes(collection):
    assert collection["bbox"] == [10.0, -20.0, 180.0, 49.21]
    for feature in collection["features"]:
        if feature["geometry"] is None:
            assert "bbox" not in feature
        else:
            west, south, east, north = feature["bbox"]
            assert west <= east
            assert south <= north


def test_what_has_no_place_has_a_null_geometry(collection):
    (placeless,) = [each for each in collection["features"] if each["id"] == "e4"]
    assert placeless["geometry"] is None


@pytest.mark.parametrize(("format_", "before"), [("geojsonl", ""), ("geojsons", "\x1e")])
def test_a_sequence_is_a_feature_a_line(format_, before, tmp_path):
    path = tmp_path / "a"
    exporter_for(format_, None).export(few(), path, provenance=MADE_BY)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert all(line.startswith(before + '{"type":"Feature"') for line in lines)
    assert [json.loads(line.removeprefix(before))["id"] for line in lines] == [e.id for e in few()]
