import pytest

from geomapper.model import Document, Role


@pytest.fixture(scope="module")
def roles(pipeline):
    def run(text):
        _, resolutions = pipeline.places(Document("x", text, language="en"))
        return [(each.mention.text, each.mention.role) for each in resolutions]

    return run


def test_a_dateline_is_no_place_of_events(roles):
    assert roles("KHARKIV, Ukraine (AP) — Shells hit the town of Izium on Friday.")[:2] == [
        ("KHARKIV", Role.DATELINE),
        ("Ukraine", Role.DATELINE),
    ]


def test_a_capital_that_talks_is_a_government(roles):
    assert ("Moscow", Role.METONYM) in roles(
        "Moscow accused Kyiv of shelling the town of Shebekino."
    )


def test_peoples_are_demonyms(roles):
    found = roles("Chinese citizens fought beside Russian soldiers near Donetsk.")
    assert [role for name, role in found if name in ("Chinese", "Russian")] == [Role.DEMONYM] * 2


def test_a_name_excludes_direction_and_kind(roles):
    names = [
        name for name, _ in roles("Fighting went on in eastern Ukraine and in the Kursk region.")
    ]
    assert "Ukraine" in names
    assert "Kursk" in names


def test_persons_are_no_places(roles):
    assert all(
        name not in ("Jinping", "Xi", "Putin")
        for name, _ in roles("Xi Jinping and Vladimir Putin met in Astana.")
    )


def test_text_without_names_gives_none(roles):
    assert roles("Nothing happened.") == []
