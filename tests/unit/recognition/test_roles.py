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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Drivers of the Hiiraan Bus Company went on strike in Mogadishu.", "Hiiraan"),
        ("An official at the Security Service of Ukraine spoke to reporters.", "Ukraine"),
        ("They met for an hour at the Hotel Odessa and left.", "Odessa"),
        ("The trader Mahamat Tripoli sells tea in Faya.", "Tripoli"),
        ("The Islamic State in Iraq said that it had burned the depot.", "Iraq"),
        ('The commander, call sign "Donetsk", denied it on Monday.', "Donetsk"),
        ("Two police cars stood at the end of Odessa Street all night.", "Odessa"),
    ],
)
def test_a_place_inside_the_name_of_something_else_is_no_ground(roles, text, name):
    found = dict(roles(text))
    assert found.get(name, Role.NAME_PART) is Role.NAME_PART


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The government in Bucharest summoned the Russian ambassador.", "Bucharest"),
        ("New Delhi blamed a militant group; the army was put on alert.", "New Delhi"),
    ],
)
def test_a_seat_of_government_that_speaks_is_a_metonym(roles, text, name):
    assert (name, Role.METONYM) in roles(text)


def test_coordinated_names_are_two_names(roles):
    names = [name for name, _ in roles("Shelling hit the Donetsk and Luhansk regions overnight.")]
    assert names[:2] == ["Donetsk", "Luhansk"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Donetsk's airport was shelled on Friday.", "Donetsk"),
        ("Fighting spread to north-eastern Syria on Monday.", "Syria"),
        ("Missiles hit Kharkiv and its suburbs overnight.", "Kharkiv"),
        ("A man was shot dead in Charleston, W.Va., on Sunday.", "W.Va."),
        ("The town lies in the Shebekino urban district of Belgorod region.", "Belgorod"),
    ],
)
def test_a_mention_is_the_name_alone(roles, text, name):
    assert name in [found for found, _ in roles(text)]


def test_a_hyphen_makes_no_dateline(roles):
    found = roles("GOMA, Aug 19 (Correspondent) - Fighters of the Rwanda-backed M23 left Sake.")
    assert ("GOMA", Role.DATELINE) in found
    assert ("Rwanda", Role.DATELINE) not in found


def test_a_state_of_a_federation_is_no_movement(roles):
    assert ("Nigeria", Role.LITERAL) in roles("Gunmen killed six in Borno State in Nigeria.")


def test_who_acts_for_a_place_is_not_the_place(roles):
    found = roles("Kharkiv police and the mayor's office said that shells hit a school in Izium.")
    (police, role), izium = found
    assert police == "Kharkiv"
    assert role in (Role.METONYM, Role.NAME_PART)
    assert izium == ("Izium", Role.LITERAL)
