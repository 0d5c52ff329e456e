import csv
from pathlib import Path

import pytest

from geomapper.gazetteer import Gazetteer

TABLE = Path(__file__).parents[3] / "gazetteer/disputed.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def de_facto():
    return Gazetteer.open(worldview="de-facto")


def the_place(gazetteer, row):
    names = [row["name"], *filter(None, row["aliases"].split("|"))]
    told = [place for name in names for place in gazetteer.lookup(name) if place.dispute]
    return next((place for place in told if place.dispute == row["sentence"]), None)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
class TestEveryRow:
    def test_it_is_de_jure_by_the_un_and_says_so_in_its_sentence(self, gazetteer, row):
        place = the_place(gazetteer, row)
        assert place is not None
        assert place.country == row["country"]

    def test_the_de_facto_view_names_who_administers_it(self, de_facto, row):
        place = the_place(de_facto, row)
        assert place is not None
        assert place.country == (row["admin_by"] or row["country"])

    def test_its_sentence_takes_no_side(self, row):
        assert row["source"]
        assert row["sentence"].endswith(".")
        loaded = ("illegal", "occupier", "terrorist", "liberated", "puppet", "regime", "so-called")
        assert not any(word in row["sentence"].lower() for word in loaded)
