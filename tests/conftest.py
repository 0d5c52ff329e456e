"""Fixtures that several tests share: the whole pipeline once, and where the gold is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def shared():
    if not (SHARED / "seed" / "article.txt").exists():
        pytest.skip("the gold in ../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def pipeline():
    from geomapper.pipeline import open_pipeline

    return open_pipeline()


class WithoutCues:
    """An analyzer that keeps to itself what its model says of events, so that rules alone code."""

    def __init__(self, analyzer):
        self._analyzer = analyzer

    def analyze(self, document):
        return replace(self._analyzer.analyze(document), cues=(), cue_types=frozenset())


@pytest.fixture(scope="session")
def ruled_pipeline(pipeline):
    return replace(pipeline, analyzer=WithoutCues(pipeline.analyzer))


@pytest.fixture(scope="session")
def gazetteer(pipeline):
    return pipeline.gazetteer
