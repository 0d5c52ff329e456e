"""Our own stages pass the checks that every plug-in must pass."""

import datetime as dt

import pytest

from geomapper import plugins, testing
from geomapper.errors import PluginError
from geomapper.merging import CrossDocumentMerger, DocumentMerger
from geomapper.model import Document

TEXT = (
    "KHARKIV, Ukraine — Russian forces shelled Izium and Kupiansk on Monday, killing two people. "
    "Kyiv said its troops had recaptured the village of Robotyne. Moscow denied it."
)


@pytest.fixture(scope="module")
def reading(pipeline):
    return pipeline.analyzer.analyze(Document("x", TEXT, dt.date(2025, 4, 8)))


@pytest.fixture(scope="module")
def mentions(pipeline, reading):
    return testing.check_recognizer(pipeline.recognizer, reading)


@pytest.fixture(scope="module")
def events(pipeline, reading, mentions):
    return testing.check_coder(
        pipeline.coder, reading, testing.check_resolver(pipeline.resolver, reading, mentions)
    )


def test_the_stages_keep_their_contracts(events):
    assert {event.type for event in events} >= {"shelling", "territory_recaptured"}


@pytest.mark.parametrize("merger", [DocumentMerger(), CrossDocumentMerger()])
def test_the_mergers_keep_theirs(merger, events):
    testing.check_merger(merger, events)


@pytest.mark.parametrize("plugin", [each.name for each in plugins.installed("exporter")])
def test_every_exporter_keeps_its_own(plugin, events, tmp_path):
    exporter = plugins.create("exporter", plugin)
    testing.check_exporter(exporter, events, tmp_path)


def test_a_recognizer_that_finds_twice_the_same_is_caught(reading, mentions):
    class Doubling:
        def recognize(self, _reading):
            return (*mentions, *mentions)

    with pytest.raises(AssertionError, match="overlap or change order"):
        testing.check_recognizer(Doubling(), reading)


def test_an_unknown_plug_in_is_refused_with_what_is_installed():
    with pytest.raises(PluginError, match="no resolver named 'magic'; installed: ranking"):
        plugins.load("resolver", "magic")
