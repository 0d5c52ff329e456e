"""Fixtures that several tests share: the whole pipeline once, and where the gold is."""

from __future__ import annotations

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


@pytest.fixture(scope="session")
def fast_pipeline():
    from geomapper.pipeline import Settings, open_pipeline

    return open_pipeline(Settings(language_model="fast"))


@pytest.fixture(scope="session")
def gazetteer(pipeline):
    return pipeline.gazetteer
