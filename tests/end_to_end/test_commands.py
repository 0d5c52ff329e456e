"""The command line as a stranger meets it: good input, bad input, the same bytes twice."""

import json
import re
import shlex
import subprocess
import sys

import pytest

STORY = "Russian forces shelled Izium on Monday, killing two people.\n"


@pytest.fixture
def run(tmp_path):
    def command(*arguments, stdin=None):
        return subprocess.run(
            [sys.executable, "-m", "geomapper", *arguments],
            check=False,
            capture_output=True,
            text=True,
            input=stdin,
            cwd=tmp_path,
        )

    return command


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return "story.txt"


def one_sentence(result):
    assert "Traceback" not in result.stderr
    return result.stderr


def test_days_that_stay_open_give_one_hint_and_a_date_line_closes_them(run, story, tmp_path):
    hint = "1 article says no publication date, so that days like 'Monday' stay open"
    assert run("events", story).stderr.count(hint) == 1
    (tmp_path / "dated.txt").write_text(f"14 May 2025\n\n{STORY}", encoding="utf-8")
    result = run("events", "dated.txt")
    assert "--published" not in result.stderr
    (event,) = json.loads(result.stdout)["features"]
    assert event["properties"]["date_start"] == "2025-05-12"


def test_events_are_geojson_on_stdout(run, story):
    result = run("events", story, "--published", "2025-04-08")
    (feature,) = json.loads(result.stdout)["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["date_start"] == "2025-04-07"
    assert result.returncode == 0


def test_stdin_is_an_article(run):
    result = run("--quiet", "events", "-", stdin=STORY)
    assert json.loads(result.stdout)["features"][0]["properties"]["type"] == "shelling"


def test_places_are_json_lines(run, story):
    line = json.loads(run("places", story).stdout)
    (name,) = [each for each in line["toponyms"] if each["text"] == "Izium"]
    assert (name["country"], name["role"]) == ("UA", "literal")


def test_given_spans_are_resolved(run, tmp_path):
    (tmp_path / "gold.jsonl").write_text(
        '{"id": "a", "toponyms": [{"start": 23, "end": 28}]}\n', encoding="utf-8"
    )
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "a", "text": STORY}) + "\n", encoding="utf-8"
    )
    line = json.loads(run("places", "a.jsonl", "--gold-spans", "gold.jsonl").stdout)
    assert [name["name"] for name in line["toponyms"]] == ["Izyum"]


def test_twice_the_same_bytes(run, story, tmp_path):
    for number in (1, 2):
        run("map", story, "--published", "2025-04-08", "-o", f"{number}.html")
        run("events", story, "--published", "2025-04-08", "-o", f"{number}.geojson")
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()
    assert (tmp_path / "1.geojson").read_bytes() == (tmp_path / "2.geojson").read_bytes()


def test_the_order_of_articles_does_not_change_the_map(run, story, tmp_path):
    (tmp_path / "other.txt").write_text("Rebels captured Goma on Monday.", encoding="utf-8")
    run("map", story, "other.txt", "-o", "1.html")
    run("map", "other.txt", story, "-o", "2.html")
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_filters_narrow_what_comes_out(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Rebels captured Goma on Monday. A drone struck Kharkiv on Sunday.", encoding="utf-8"
    )
    base = ("--quiet", "events", "a.txt", "--published", "2025-04-08")

    def types(*options):
        features = json.loads(run(*base, *options).stdout)["features"]
        return [feature["properties"]["type"] for feature in features]

    assert types("--type", "strike") == ["drone_strike"]
    assert types("--from", "2025-04-07") == ["territory_captured"]
    assert types("--to", "2025-04-06") == ["drone_strike"]
    assert types("--status", "planned") == []


@pytest.mark.parametrize("ending", ["gpkg", "csv", "geojson", "geojsonl"])
def test_events_come_back_from_their_file_and_are_drawn_again(run, story, ending):
    assert run("events", story, "-o", f"a.{ending}").returncode == 0
    again = json.loads(run("--quiet", "events", f"a.{ending}").stdout)
    first = json.loads(run("--quiet", "events", story).stdout)
    assert again["features"] == first["features"]
    assert "1 events, 1 of them" in run("map", f"a.{ending}", "-o", "a.html").stderr


@pytest.mark.parametrize(
    "format_", ["csv", "fgb", "geojson", "geojsons", "gpkg", "kml", "kmz", "parquet", "shp"]
)
def test_every_format_is_the_same_bytes_twice(run, story, tmp_path, format_):
    for name in ("1", "2"):
        assert run("events", story, "--to", format_, "-o", name).returncode == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("ending", ["html", "md", "pdf"])
def test_a_report_is_written_from_articles(run, story, tmp_path, ending):
    result = run("report", story, "--published", "2025-04-08", "-o", f"r.{ending}")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / f"r.{ending}").stat().st_size > 1_000


def test_a_shapefile_comes_with_a_warning(run, story):
    assert "GeoPackage" in run("events", story, "-o", "a.shp.zip").stderr
    assert "name it a.shp.zip" in run("events", story, "-o", "a.shp").stderr


def test_an_event_explains_itself(run, story):
    event = json.loads(run("events", story).stdout)["features"][0]["id"]
    told = run("explain", story, event).stdout
    assert "because" in told
    assert "»shelled«" in told
    assert run("explain", story, "nothing").returncode == 1


BAD = {
    "missing file": (["events", "nowhere.txt"], None, 1, "nowhere.txt"),
    "empty file": (["events", "empty.txt"], ("empty.txt", b""), 1, "empty"),
    "binary": (["events", "a.txt"], ("a.txt", bytes(range(256)) * 9), 1, "a.txt"),
    "unknown extension": (["events", "a.xyz"], ("a.xyz", b"text"), 1, ".xyz"),
    "broken JSON line": (["events", "a.jsonl"], ("a.jsonl", b'{"text": "x"\n'), 1, "line 1"),
    "a folder without articles": (["events", "."], None, 1, "article"),
    "wrong date": (["events", "a.txt", "--published", "8 April"], ("a.txt", b"x"), 2, "YYYY-MM-DD"),
    "unknown worldview": (
        ["events", "a.txt", "--worldview", "mars"],
        ("a.txt", b"x"),
        1,
        "un, de-facto",
    ),
    "unknown model": (
        ["events", "a.txt", "--language-model", "nope"],
        ("a.txt", b"x"),
        1,
        "accurate, fast",
    ),
    "unknown format": (["events", "a.txt", "--to", "docx"], ("a.txt", b"x"), 1, "docx"),
    "wrong codebook": (["events", "a.txt", "--codebook", "a.txt"], ("a.txt", b"[["), 1, "TOML"),
    "missing gazetteer": (["events", "a.txt", "--gazetteer", "g.csv"], ("a.txt", b"x"), 1, "g.csv"),
    "unknown type": (
        ["events", "a.txt", "--type", "drone strikes"],
        ("a.txt", b"x"),
        1,
        "no event type or family 'drone strikes'; nearest: drone_strike",
    ),
    "unknown family": (["map", "a.txt", "--type", "strikes"], ("a.txt", b"x"), 1, "strike"),
    "unknown status": (["events", "a.txt", "--status", "sure"], ("a.txt", b"x"), 2, "confirmed"),
    "unknown command": (["draw"], None, 2, "draw"),
    "unwritable": (
        ["events", "a.txt", "-o", "a.txt/x.geojson"],
        ("a.txt", b"Shelling hit Izium."),
        1,
        "cannot be written",
    ),
}


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_bad_input_gets_one_sentence_and_a_status(run, tmp_path, case):
    arguments, file, status, words = BAD[case]
    if file:
        (tmp_path / file[0]).write_bytes(file[1])
    result = run(*arguments)
    assert result.returncode == status, result.stderr
    assert words in one_sentence(result)


def test_a_bad_article_in_a_batch_is_reported_and_the_rest_is_done(run, story, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"text": \n', encoding="utf-8")
    result = run("events", "bad.jsonl", story)
    assert len(json.loads(result.stdout)["features"]) == 1
    assert result.returncode == 1
    assert "bad.jsonl" in result.stderr


@pytest.mark.parametrize("command", ["map", "events", "report", "places"])
def test_where_nothing_can_be_read_no_file_is_written_and_the_old_one_stays(run, tmp_path, command):
    (tmp_path / "bad.jsonl").write_text('{"text": \n', encoding="utf-8")
    (tmp_path / "old.html").write_text("the old one", encoding="utf-8")
    for output in ("old.html", "new/a.html"):
        named = output if command in ("map", "report") else f"{output}.geojson"
        result = run(command, "bad.jsonl", "-o", named)
        assert result.returncode == 1
        assert "nothing is written" in one_sentence(result)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.jsonl", "old.html"]
    assert (tmp_path / "old.html").read_text(encoding="utf-8") == "the old one"


@pytest.mark.parametrize(("command", "default"), [("map", "map.html"), ("report", "report.html")])
def test_a_file_is_written_over_only_where_it_was_named(run, story, tmp_path, command, default):
    (tmp_path / default).write_text("mine", encoding="utf-8")
    refused = run(command, story)
    assert (refused.returncode, "-o" in one_sentence(refused)) == (1, True)
    assert (tmp_path / default).read_text(encoding="utf-8") == "mine"
    assert run(command, story, "-o", default).returncode == 0
    assert (tmp_path / default).stat().st_size > 1_000


def test_places_say_where_they_are_written(run, story, tmp_path):
    assert "in names.jsonl" in run("places", story, "-o", "names.jsonl").stderr
    assert (tmp_path / "names.jsonl").exists()


def test_an_actor_whom_no_event_has_is_told_with_the_nearest(run, story):
    result = run("events", story, "--actor", "Rusia")
    assert json.loads(result.stdout)["features"] == []
    assert "nearest: Russia" in result.stderr


def test_the_version_and_the_help_are_there(run):
    assert re.fullmatch(r"geomapper \d+\.\d+\.\d+\n", run("--version").stdout)
    for command in (
        "map",
        "events",
        "report",
        "places",
        "explain",
        "gazetteer",
        "codebook",
        "plugins",
    ):
        assert run(command, "--help").returncode == 0


def test_help_imports_nothing_heavy():
    code = "import sys; import geomapper.cli.main; print(sorted({'spacy','folium','geopandas','shapely','numpy','pandas'} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"


def test_the_gazetteer_and_the_codebook_answer(run, tmp_path):
    assert "Donetsk Oblast" in run("gazetteer", "find", "Pokrovsk").stdout
    assert "Donetsk Oblast" in run("gazetteer", "reverse", "48.0,37.8").stdout
    assert "places" in run("gazetteer", "info").stdout
    assert run("gazetteer", "find", "Xqzwvorpia").returncode == 1
    assert "drone_strike" in run("codebook", "show").stdout
    (tmp_path / "mine.toml").write_text("[families]\n[types]\n", encoding="utf-8")
    assert run("codebook", "check", "mine.toml").returncode == 0


def blocks(root, language):
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_every_command_of_the_readme_runs(root, tmp_path):
    lines = [
        line
        for block in blocks(root, "sh")
        for line in block.splitlines()
        if line.startswith("geomapper ")
    ]
    assert len(lines) >= 6
    for line in lines:
        arguments = [word.replace("/tmp", str(tmp_path)) for word in shlex.split(line)[1:]]  # noqa: S108
        result = subprocess.run(
            [sys.executable, "-m", "geomapper", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=root,
        )
        assert result.returncode == 0, (line, result.stderr)


def test_the_python_session_of_the_readme_runs(root, tmp_path):
    (code,) = blocks(root, "python")
    code = code.replace("/tmp", str(tmp_path))  # noqa: S108
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root
    )
    assert "air_strike" in result.stdout
    assert (tmp_path / "kharkiv.html").stat().st_size > 100_000


def test_the_readme_names_the_two_commands(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert all(
        f"make {target}" in (root / "README.md").read_text(encoding="utf-8")
        for target in ("map", "test")
    )
    assert re.search(r"^map:.*^test:", makefile, re.DOTALL | re.MULTILINE)


def test_a_map_can_be_compared_blurred_toured_and_overlaid(run, root, tmp_path):
    events = run("events", root / "seeds" / "chinese-fighters", "-o", "e.geojson")
    assert events.returncode == 0
    first = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))["features"][0]["id"]
    (tmp_path / "tour.csv").write_text(f"event,caption\n{first},It begins here.\n")
    square = {"type": "Polygon", "coordinates": [[[36, 47], [38, 47], [38, 49], [36, 47]]]}
    (tmp_path / "areas.geojson").write_text(json.dumps(square))
    (tmp_path / "texts.toml").write_text('reset = "Effacer"\n')
    result = run(
        "map", root / "seeds" / "chinese-fighters", "-o", "m.html", "--since", "2025-01-01", "--blur", "5km",
        "--tour", "tour.csv", "--overlay", "areas.geojson", "--overlay-source", "A project, 2025",
        "--texts", "texts.toml", "--tiles", "https://tiles.example.org/{z}/{x}/{y}.png", "--tiles-credit", "A maker",
    )  # fmt: skip
    assert result.returncode == 0
    assert "loads from https://tiles.example.org" in result.stderr
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    for words in ("It begins here.", "A project, 2025", "within 5 km", "Effacer", '"change":['):
        assert words in page


def test_a_map_tells_what_changed_since_an_earlier_run(run, tmp_path):
    (tmp_path / "a.txt").write_text("Russian forces shelled Izium.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Russian forces shelled Vovchansk.\n", encoding="utf-8")
    assert run("events", "a.txt", "-o", "old.geojson").returncode == 0
    assert run("map", "b.txt", "--before", "old.geojson", "-o", "m.html").returncode == 0
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    changes = ["same", "new", "status", "gone"]
    found = re.search(r'"change":\[([\d,]+)\]', page)[1].split(",")
    assert sorted(changes[int(number)] for number in found) == ["gone", "new"]
    both = run("map", "b.txt", "--before", "old.geojson", "--since", "2025-01-01")
    assert both.returncode == 2
    assert "choose" in both.stderr


@pytest.mark.parametrize(
    ("options", "words", "status"),
    [
        (("--before", "none.geojson"), "does not exist", 2),
        (("--blur", "5miles"), "is no distance", 2),
        (("--overlay", "none.geojson", "--overlay-source", "x"), "cannot be read", 1),
        (("--overlay", "none.geojson"), "needs its source", 1),
        (("--tour", "none.csv"), "cannot be read", 1),
        (("--tiles", "ftp://x"), "no address of tiles", 1),
        (("--texts", "none.toml"), "cannot be read", 1),
    ],
)
def test_a_mistake_beside_the_events_is_told_before_anything_is_read(run, options, words, status):
    result = run("map", "-", *options)
    assert (result.returncode, words in " ".join(result.stderr.split())) == (status, True)


def test_a_text_in_another_language_is_said_to_be_unread(run, tmp_path):
    text = (
        "Les rebelles ont pris la ville de Goma dans la nuit de lundi à mardi, selon les habitants."
    )
    (tmp_path / "fr.txt").write_text(text, encoding="utf-8")
    result = run("places", "fr.txt")
    assert result.returncode == 0
    assert "is in 'fr', which is not read: places by gazetteer alone, no events" in result.stderr
    assert "Goma" in result.stdout
