"""Each format's time and size for 200,000 events. Run with ``-m benchmark -s``; prints a table."""

import time

import pytest
from made_up import MADE_BY, event, place, region

from geomapper import plugins
from geomapper.exporting import exporter_for

COUNT = 200_000
MOST_SECONDS = 120  # of the processor

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def many():
    area = region()
    return tuple(
        event(
            id=f"e{n}",
            place=area
            if n % 10 == 0
            else place(lon=round(-170 + n % 3400 / 10, 5), lat=n // 3400 - 30),
        )
        for n in range(COUNT)
    )


@pytest.mark.parametrize("format_", [each.name for each in plugins.installed("exporter")])
def test_a_format_writes_200_000_events_in_minutes(format_, many, tmp_path, capsys):
    exporter = exporter_for(format_, None)
    path = tmp_path / f"a{exporter.suffix}"
    start = time.process_time()
    exporter.export(many, path, provenance=MADE_BY)
    took = time.process_time() - start
    with capsys.disabled():
        print(f"\n| {format_} | {took:.1f} s | {path.stat().st_size / 1e6:.0f} MB |")
    assert took < MOST_SECONDS
