"""Every file of the gazetteer's data has its papers."""

import csv
import hashlib
import tomllib
from itertools import chain

import pytest


@pytest.fixture(scope="module")
def folder(root):
    return root / "gazetteer"


@pytest.fixture(scope="module")
def sources(folder):
    return tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))["source"]


def test_every_table_and_area_has_a_source_and_every_source_a_file(folder, sources):
    data = {
        path for kind in ("*.csv", "overlay/*.csv", "boundaries/*") for path in folder.glob(kind)
    }
    told = [set(folder.glob(pattern)) for source in sources for pattern in source["files"]]
    assert all(told)
    assert set(chain.from_iterable(told)) == data


def test_what_a_machine_made_is_as_it_was_made(folder, sources):
    made = [source for source in sources if source["made_by"] != "hand"]
    assert made
    for source in made:
        hashes = [
            hashlib.sha256((folder / each).read_bytes()).hexdigest() for each in source["files"]
        ]
        assert hashes == source["sha256"], source["files"]
        assert (folder / source["made_by"]).is_file()


def test_every_source_names_origin_licence_and_date(sources):
    for source in sources:
        assert source["from"]
        assert source["licence"]
        assert source["date"].startswith("20")


def test_every_row_by_hand_says_where_it_is_from_and_how_well_it_is_known(folder):
    for path in sorted(folder.glob("overlay/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"], (path.name, row["id"])
                known = float(row["accuracy_km"] or 0) + float(row["radius_km"] or 0)
                assert known > 0 or row["recalled"] != "true", (path.name, row["id"])
