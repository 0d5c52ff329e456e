import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from geopy.geocoders import Nominatim

from geomapper.errors import GazetteerError
from geomapper.gazetteer import FallbackGeocoder, GazetteerGeocoder


@pytest.fixture
def service():
    """Answer like Nominatim on loopback; `asked` are the questions."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            unknown = "Nowhere" in self.path
            broken = "Broken" in self.path
            body = json.dumps(
                [] if unknown else [{"lat": "1.5", "lon": "2.5", "display_name": "X"}]
            )
            self.send_response(500 if broken else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    domain = f"127.0.0.1:{server.server_port}"
    yield Nominatim(domain=domain, scheme="http", user_agent="geomapper-tests", timeout=5), asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def offline(gazetteer):
    return GazetteerGeocoder(gazetteer)


def test_a_name_has_a_location_with_latitude_first(offline):
    kyiv = offline.geocode("Kyiv")
    assert (round(kyiv.latitude), round(kyiv.longitude)) == (50, 31)
    assert kyiv.raw["source"] == "gazetteer"


def test_what_follows_a_comma_says_where(offline):
    assert offline.geocode("Paris").raw["country"] == "FR"
    assert offline.geocode("Paris, Texas").raw["admin1"] == "Texas"
    assert offline.geocode("Paris, Belgorod Oblast") is None


def test_a_list_is_given_on_request(offline):
    assert len(offline.geocode("Paris", exactly_one=False, limit=3)) == 3


def test_a_point_has_a_nearest_place(offline):
    assert offline.reverse("48.28, 37.18").raw["name"] == "Pokrovsk"


def test_the_service_is_not_asked_for_what_is_known(offline, service):
    online, asked = service
    assert FallbackGeocoder(offline, online).geocode("Kyiv").raw["source"] == "gazetteer"
    assert asked == []


def test_what_is_unknown_is_asked_once_and_kept(offline, service, tmp_path):
    online, asked = service
    for _ in range(2):
        both = FallbackGeocoder(offline, online, cache=tmp_path / "answers.json")
        found = both.geocode("Xqzwvorp")
        assert (found.latitude, found.longitude, found.raw["source"]) == (1.5, 2.5, "online")
    assert len(asked) == 1


def test_that_nothing_is_known_is_kept_too(offline, service, tmp_path):
    online, asked = service
    both = FallbackGeocoder(offline, online, cache=tmp_path / "a.json", seconds_between=0)
    assert both.geocode("Nowhere Xqzwv") is both.geocode("Nowhere Xqzwv") is None
    assert len(asked) == 1


def test_questions_keep_their_distance(offline, service):
    online, _ = service
    slept = []
    both = FallbackGeocoder(
        offline, online, seconds_between=2.0, clock=lambda: 10.0, sleep=slept.append
    )
    both.geocode("Xqzwvorp")
    both.geocode("Yqzwvorp")
    assert slept == [2.0]


def test_a_service_that_fails_is_told_in_a_sentence(offline, service):
    online, _ = service
    with pytest.raises(GazetteerError, match="did not answer for 'Broken Xq'"):
        FallbackGeocoder(offline, online).geocode("Broken Xq")


def test_a_spoilt_cache_is_refused(offline, service, tmp_path):
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no cache of answers"):
        FallbackGeocoder(offline, service[0], cache=tmp_path / "a.json")
