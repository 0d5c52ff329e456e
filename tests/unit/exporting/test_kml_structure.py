"""KML as OGC 07-147r2 (KML 2.2) orders it: elements, their order, required ones, references."""

import pytest
from lxml import etree
from made_up import AREAS, MADE_BY, event, few, region

from geomapper.exporting import exporter_for

KML = "http://www.opengis.net/kml/2.2"
# the elements that we write, in the order of the schema's sequences; a star: may come again
ORDER = {
    "kml": "Document",
    "Document": "name description Style* Placemark*",
    "Style": "IconStyle LineStyle PolyStyle",
    "IconStyle": "color",
    "LineStyle": "color width",
    "PolyStyle": "color",
    "Placemark": "name visibility description TimeSpan styleUrl ExtendedData"
    " Point LineString Polygon MultiGeometry",
    "TimeSpan": "begin end",
    "ExtendedData": "Data*",
    "Data": "value",
    "Point": "coordinates",
    "LineString": "tessellate coordinates",
    "Polygon": "outerBoundaryIs innerBoundaryIs*",
    "outerBoundaryIs": "LinearRing",
    "innerBoundaryIs": "LinearRing",
    "LinearRing": "coordinates",
    "MultiGeometry": "Point* Polygon* MultiGeometry* LineString*",
}
REQUIRED = {
    "Data": "value",
    "Polygon": "outerBoundaryIs",
    "outerBoundaryIs": "LinearRing",
    "innerBoundaryIs": "LinearRing",
    "LinearRing": "coordinates",
    "Point": "coordinates",
    "LineString": "coordinates",
}


@pytest.fixture
def tree(tmp_path):
    path = tmp_path / "a.kml"
    holed = event(id="e6", place=region(AREAS[1]))
    exporter_for("kml", None).export((*few(), holed), path, provenance=MADE_BY)
    return etree.parse(path).getroot()


def local(element):
    return etree.QName(element).localname


def test_every_element_is_of_kml_and_stands_in_the_order_of_its_schema(tree):
    for parent in tree.iter():
        allowed = ORDER.get(local(parent), "").split()
        names = [each.rstrip("*") for each in allowed]
        places = [names.index(local(child)) for child in parent]
        assert places == sorted(places), local(parent)
        once = [place for place in places if not allowed[place].endswith("*")]
        assert len(once) == len(set(once)), local(parent)
        assert etree.QName(parent).namespace == KML


def test_what_the_schema_requires_is_there(tree):
    for element in tree.iter():
        wanted = REQUIRED.get(local(element))
        assert wanted is None or element.find(f"{{{KML}}}{wanted}") is not None, local(element)
    assert all(data.get("name") for data in tree.iter(f"{{{KML}}}Data"))


def test_ids_are_unique_names_and_every_style_that_is_named_exists(tree):
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    named = {each.text for each in tree.iter(f"{{{KML}}}styleUrl")}
    assert named <= {f"#{each}" for each in ids}


def test_rings_are_closed_and_coordinates_are_degrees_with_longitude_first(tree):
    for element in tree.iter(f"{{{KML}}}coordinates"):
        points = [tuple(map(float, pair.split(","))) for pair in element.text.split()]
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
        if local(element.getparent()) == "LinearRing":
            assert len(points) >= 4
            assert points[0] == points[-1]
    assert "37.26000,49.21000" in {each.text for each in tree.iter(f"{{{KML}}}coordinates")}
