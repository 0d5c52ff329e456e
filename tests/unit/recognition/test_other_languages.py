"""Texts in languages that are not read: places by gazetteer alone, no events."""

import pytest

from geomapper.model import Document

TEXTS = {
    "uk": "Вночі лунали вибухи. Харків, Запоріжжя і Одеса залишилися без світла, повідомила влада.",
    "ru": "Ночью были слышны взрывы. Белгород, Курск и Донецк остались без света, сообщили власти.",
    "ar": "قالت وزارة الصحة إن القصف استمر الليلة الماضية في غزة وفي دمشق وفي صنعاء.",
    "fr": "Dans la nuit de lundi à mardi, des combats ont eu lieu près de Goma et de Bukavu, selon des habitants.",
    "es": "El ejército dijo el lunes que hubo combates cerca de Cúcuta y en las afueras de Bogotá por la noche.",
}
NAMES = {
    "uk": {"Харків", "Запоріжжя", "Одеса"},
    "ru": {"Белгород", "Курск", "Донецк"},
    "ar": {"غزة", "دمشق", "صنعاء"},
    "fr": {"Goma", "Bukavu"},
    "es": {"Cúcuta", "Bogotá"},
}


@pytest.mark.parametrize("language", TEXTS)
def test_places_are_found_by_gazetteer_alone_and_no_events(pipeline, language):
    coded = pipeline.code(Document("x", TEXTS[language]))
    assert coded.reading.document.language == language
    assert not coded.reading.is_read
    found = {each.mention.text for each in coded.resolutions if each.best is not None}
    assert len(found & NAMES[language]) >= len(NAMES[language]) - 1
    assert coded.events == ()
