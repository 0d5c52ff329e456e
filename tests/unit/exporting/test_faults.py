"""A process that dies, or a disk that is full, in mid-write leaves the old file whole."""

import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest
from made_up import MADE_BY, event, region

from geomapper.errors import OutputError
from geomapper.exporting import exporter_for
from geomapper.writing import write_whole

FORMATS = ("geojson", "csv", "gpkg", "kml", "kmz", "fgb", "parquet", "shp")
ROUNDS = 25  # a format: 200 in all
MANY = tuple(event(id=f"e{n}", place=region() if n % 5 == 0 else event().place) for n in range(400))

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


def in_child(work):
    """Run `work` in a child of this process and return the child's id."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            work()
        except BaseException:  # noqa: BLE001 - a child must not run on into the parent's tests
            os._exit(3)
        os._exit(0)
    return child


def ended(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def writing(format_, events, path):
    exporter_for(format_, None).export(events, path, provenance=MADE_BY)


def both(format_, folder):
    """Return the bytes of a file before and after a rewrite, and the path, as it was before."""
    suffix = exporter_for(format_, None).suffix
    path, other = folder / f"a{suffix}", folder / f"b{suffix}"
    writing(format_, MANY[:3], path)
    writing(format_, MANY, other)
    after = other.read_bytes()
    other.unlink()
    return path.read_bytes(), after, path


@pytest.mark.faults
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_a_process_that_dies_in_mid_write_leaves_a_whole_file(format_, sign, tmp_path):
    before, after, path = both(format_, tmp_path)
    start = time.monotonic()
    ended(in_child(lambda: writing(format_, MANY, path)))
    usual = time.monotonic() - start
    chance = random.Random(format_)  # noqa: S311 - when to strike
    left = 0
    for _ in range(ROUNDS):
        path.write_bytes(before)
        child = in_child(lambda: writing(format_, MANY, path))
        time.sleep(chance.uniform(0.0, usual))
        os.kill(child, sign)
        ended(child)
        found = path.read_bytes()
        assert found in (before, after)
        left += found == before
    assert left > 0
    if sign is signal.SIGINT:
        assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_full_disk_is_one_sentence_and_the_old_file_stays(format_, tmp_path):
    before, after, path = both(format_, tmp_path)
    told = tmp_path / "told"

    def work():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        told.touch()
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(after) // 2, len(after) // 2))
        try:
            writing(format_, MANY, path)
        except OutputError as error:
            told.write_text(str(error), encoding="utf-8")

    assert ended(in_child(work)) == 0
    assert "cannot be written" in told.read_text(encoding="utf-8")
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([path.name, "told"])


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / "file" / "a.txt", "x")
    assert isinstance(tmp_path, Path)
