"""Words of war in their everyday senses name no event; near them, real ones do."""

import datetime as dt

import pytest

from geomapper.coding.everyday import senses
from geomapper.model import Document

EVERYDAY = [
    "Saka fired a rocket past the goalkeeper in London.",
    "Heavy shelling of peas in Lyon kept the cooks busy.",
    "Volunteers shelled walnuts in a barn near Grenoble.",
    "The storm swept into Manila on Monday.",
    "She won the battle against cancer in Toronto.",
    "Doctors are fighting malaria in Kampala.",
    "Residents of Lagos were bombarded with emails.",
    "Locusts invaded fields in Kenya.",
    "Tourists have invaded Barcelona.",
    "Shoppers stormed a mall in Dubai.",
    "Floods displaced thousands of people in Sylhet.",
    "The company fired 300 workers in Detroit.",
    "SpaceX launched a rocket from Cape Canaveral.",
    "A gas explosion killed five people in Lyon.",
    "The band bombed in Liverpool.",
    "Air raid sirens sounded in Kyiv.",
    "Shaheds heading for Kryvyi Rih, air raid alert!",
    "The city held an air raid drill in Taipei.",
    "A heart attack killed the mayor of Nice.",
    "Lightning killed six farmers in Rajshahi.",
    "The film captured Berlin's spirit.",
    "A price war broke out between supermarkets in Warsaw.",
    "Mourinho's side launched an assault on the title in Rome.",
]
REAL = [
    "Troops stormed the town of Goma during a storm.",
    "Waves of drones struck Kyiv on Monday.",
    "Thousands fled across the river from fighting near Malakal.",
    "Families in shelters heard the shelling of Kherson.",
    "A bomb exploded in a gas station in Kabul.",
    "Gunmen attacked the team's hotel before the tournament in Cabinda, killing two players.",
    "Gunmen shot a teacher in Yala.",
    "Fighters shelled a hospital for cholera patients in Aden.",
    "Troops shelled pea fields near Orikhiv.",
    "An attack helicopter fired rockets at Bakhmut.",
    "Wolf Brigade fighters attacked a village near Diyala.",
    "The Storm unit attacked Avdiivka.",
    "Rebels withdrew from Kidal after the treaty.",
]


def pinned(pipeline, text):
    events = pipeline.code(Document("x", text, dt.date(2025, 4, 8), language="en")).events
    return [event.type for event in events if event.is_pinned]


@pytest.mark.parametrize("text", EVERYDAY)
def test_an_everyday_sense_is_no_event(pipeline, text):
    assert pinned(pipeline, text) == []


@pytest.mark.parametrize("text", REAL)
def test_war_beside_everyday_words_is_an_event(pipeline, text):
    assert pinned(pipeline, text)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Airline pilots strike in Paris.", "protest"),
        ("Nurses struck for better pay in Harare.", "protest"),
        ("Bus drivers began a two-day strike in Lagos.", "protest"),
        ("KABs hit Kramatorsk.", "air_strike"),
        ("Two FABs fell on Kharkiv.", "air_strike"),
        ("Shaheds hit Odesa overnight.", "drone_strike"),
        ("FPVs struck a bus in Kherson.", "drone_strike"),
        ("Grads hit Stepanakert.", "shelling"),
    ],
)
def test_workers_strike_and_weapons_hit_by_their_short_names(pipeline, text, event_type):
    assert pinned(pipeline, text) == [event_type]


def test_every_sense_says_why_and_asks_for_something_around_the_word():
    for sense in senses():
        asked = (sense.subject, sense.object, sense.with_, sense.part, sense.before, sense.near)
        assert sense.why
        assert any(asked), sense.why
