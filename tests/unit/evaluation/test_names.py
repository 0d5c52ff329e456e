from geomapper.evaluation.gold import GoldName
from geomapper.evaluation.names import NameAnswer, NameTally, count_names, count_roles, count_traps

IZIUM = GoldName(0, 5, lon=37.28, lat=49.2)
KYIV = GoldName(20, 24, lon=30.52, lat=50.45)


def answer(start, end, lon=37.28, lat=49.2, role="literal", confidence=0.9):
    return NameAnswer(start, end, lon, lat, role, confidence)


def counted(gold, answers, **options):
    tally = NameTally()
    count_names(tally, gold, answers, **options)
    return tally


def test_a_name_is_right_end_to_end_only_when_span_and_point_are():
    right = counted([IZIUM], [answer(0, 5)])
    far = counted([IZIUM], [answer(0, 5, lon=30.0)])
    assert (right.geo.f1, far.geo.f1) == (1.0, 0.0)
    assert far.overlap.f1 == 1.0


def test_near_enough_is_what_the_caller_says():
    far = [answer(0, 5, lon=38.28)]
    assert counted([IZIUM], far, km=100).geo.hits == 1
    assert counted([IZIUM], far, km=50).geo.hits == 0


def test_an_overlapping_span_is_found_but_not_exact():
    tally = counted([IZIUM], [answer(0, 10)])
    assert (tally.exact.hits, tally.overlap.hits) == (0, 1)


def test_a_name_without_a_point_counts_as_found_and_unplaced():
    tally = counted([IZIUM], [answer(0, 5, lon=None, lat=None)])
    assert (tally.unplaced, tally.figures(161)["acc_found"]) == (1, 0.0)


def test_answers_on_gold_that_is_not_selected_are_passed_over():
    nowhere = GoldName(50, 55)
    located = counted([IZIUM, nowhere], [answer(0, 5), answer(50, 55)], only="located")
    assert located.overlap.precision == 1.0
    everything = counted([IZIUM, nowhere], [answer(0, 5), answer(50, 55)], only="all")
    assert everything.overlap.wanted == 2


def test_only_answers_of_the_chosen_roles_count():
    demonym = answer(20, 24, role="demonym")
    assert counted([IZIUM], [answer(0, 5), demonym]).overlap.precision == 0.5
    chosen = counted([IZIUM], [answer(0, 5), demonym], roles=("literal",))
    assert chosen.overlap.precision == 1.0


def test_a_span_given_twice_counts_once():
    assert counted([IZIUM], [answer(0, 5), answer(0, 5, lon=0.0)]).geo.f1 == 1.0


def test_coarse_gold_knows_only_literal_and_associative():
    tally = NameTally()
    gold = [
        GoldName(0, 5, role="literal", is_coarse=True),
        GoldName(20, 24, role="associative", is_coarse=True),
        GoldName(30, 35, role=None),
    ]
    count_roles(tally, gold, [answer(0, 5, role="dateline"), answer(20, 24, role="demonym")])
    roles = tally.figures(161)["roles"]
    assert (roles["mentions"], roles["right"]) == (2, 2)


def test_a_trap_is_taken_by_a_place_and_not_by_a_demonym():
    tally = NameTally()
    count_traps(tally, [(0, 5), (20, 24)], [answer(0, 5), answer(20, 24, role="demonym")])
    assert (tally.trapped, tally.traps) == (1, 2)


def test_wrong_answers_are_noted():
    tally = counted([IZIUM, KYIV], [answer(0, 5, lon=0.0)], label="a")
    assert [note.split()[0] for note in tally.notes] == ["FAR", "MISS"]


def test_nothing_at_all_gives_figures_of_nothing():
    figures = NameTally().figures(161)
    assert figures["acc_gold"] is figures["calibration_error"] is figures["auc"] is None
