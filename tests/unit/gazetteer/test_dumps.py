import zipfile

import pytest

from geomapper.errors import GazetteerError
from geomapper.gazetteer import Gazetteer, dumps
from geomapper.gazetteer.dumps import build_from_dump
from geomapper.gazetteer.folding import fold
from geomapper.gazetteer.index import Index


def row(code, name, lat, lon, *, kind="PPL", country="UA", admin1="05", people=0, also=""):
    fields = [code, name, name, also, lat, lon, "P", kind, country, "", admin1, "", "", "", people]
    return "\t".join(map(str, [*fields, "", "", "Europe/Kyiv", "2024-01-01"]))


ROWS = [
    row(30, "Popovka", 50.9, 35.25, country="RU", admin1="09", people=200),
    row(10, "Kyiv", 50.45, 30.52, kind="PPLC", admin1="12", people=2_800_000, also="Kiev,Київ"),
    row(20, "Popovka", 46.0, 33.0, people=9_000),
]
NAMES = ["1\t10\ten\tKyiw\t\t\t\t\t\t", "2\t10\tlink\thttps://kyiv.example\t\t\t\t\t\t"]


@pytest.fixture
def packed(tmp_path):
    def pack(name, rows):
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "notice")
            archive.writestr(f"{name}.txt", "\n".join(rows) + "\n" if rows else "")
        return path

    return pack


def test_a_dump_becomes_an_index_in_the_order_of_its_ids(packed, tmp_path):
    index = build_from_dump(
        packed("UA", ROWS), tmp_path / "full", alternates=packed("names", NAMES),
        units={"RU.09": "Belgorod Oblast"},
    )  # fmt: skip
    assert [index.facts(number)["name"] for number in range(3)] == ["Kyiv", "Popovka", "Popovka"]
    assert index.facts(2)["admin1"] == "Belgorod Oblast"
    assert index.troubles() == []


def test_names_keep_to_their_places_where_a_dump_is_put_in_order_piece_by_piece(
    packed, tmp_path, monkeypatch
):
    monkeypatch.setattr(dumps, "_PIECE", 2)
    names = {70: "Kyiv", 10: "Łódź", 50: "Ні", 30: "Popovka", 60: "A"}
    rows = [row(code, name, 50.0 + code / 10, 30.0) for code, name in names.items()]
    index = build_from_dump(packed("UA", rows), tmp_path / "full")
    facts = [index.facts(number) for number in range(5)]
    assert [(each["id"], each["name"], each["lat"]) for each in facts] == [
        (f"geonames:{code}", names[code], 50.0 + code / 10) for code in sorted(names)
    ]
    assert index.troubles() == []


def test_other_names_lead_to_the_place_and_links_do_not(packed, tmp_path):
    index = build_from_dump(
        packed("UA", ROWS), tmp_path / "full", alternates=packed("names", NAMES)
    )
    for other in ("Kiev", "Київ", "Kyiw"):
        assert index.rows(fold(other)) == [(0, False)]
    assert index.rows("https kyiv example") == []


def test_the_larger_namesake_comes_first(packed, tmp_path):
    build_from_dump(packed("UA", ROWS), tmp_path / "full")
    opened = Gazetteer([Index.open(tmp_path / "full")])
    assert [place.population for place in opened.lookup("Popovka")] == [9_000, 200]


def test_names_are_the_same_through_many_runs(packed, tmp_path, monkeypatch):
    monkeypatch.setattr("geomapper.gazetteer.dumps._RUN", 2)
    many = build_from_dump(packed("UA", ROWS), tmp_path / "many")
    monkeypatch.undo()
    one = build_from_dump(packed("UA", ROWS), tmp_path / "one")
    assert many.rows("popovka") == one.rows("popovka") == [(1, True), (2, True)]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-90]), "no whole zip file"),
        (lambda path: path.write_text("no zip"), "no whole zip file"),
        (lambda path: path.unlink(), "is not there"),
    ],
)
def test_a_wrong_or_cut_dump_leaves_the_old_index_whole(packed, tmp_path, spoil, reason):
    build_from_dump(packed("UA", ROWS), tmp_path / "full")
    dump = packed("UA", ROWS)
    spoil(dump)
    with pytest.raises(GazetteerError, match=reason):
        build_from_dump(dump, tmp_path / "full")
    assert len(Index.open(tmp_path / "full")) == 3
    assert not list(tmp_path.glob(".gazetteer-*"))


def test_a_table_of_another_kind_is_refused_with_its_line(packed, tmp_path):
    with pytest.raises(GazetteerError, match="line 2: 2 columns, expected 19"):
        build_from_dump(packed("UA", [ROWS[0], "a\tb"]), tmp_path / "full")
    with pytest.raises(GazetteerError, match="holds no places"):
        build_from_dump(packed("empty", []), tmp_path / "full")


def test_a_folder_of_other_files_is_not_overwritten(packed, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(GazetteerError, match="holds other files"):
        build_from_dump(packed("UA", ROWS), tmp_path / "mine")


def test_a_full_index_stacks_between_a_users_table_and_the_default(packed, tmp_path):
    build_from_dump(packed("UA", ROWS), tmp_path / "full")
    table = tmp_path / "mine.csv"
    table.write_text("name,lon,lat,country\nPopovka,35.1,50.9,RU\n", encoding="utf-8")
    opened = Gazetteer.open([tmp_path / "full", table])
    assert opened.name == "mine+full+default"
    assert opened.lookup("Popovka")[0].id == "mine:Popovka"
    assert opened.lookup("Kharkiv")[0].country == "UA"
