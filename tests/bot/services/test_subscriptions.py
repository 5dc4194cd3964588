"""What people follow: tried out, stored, listed, stopped."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.subscription import Cadence, Wish, read_wish
from bot.services import subscriptions
from bot.services.subscriptions import UnknownSubscription
from storage.models import AtomRow, QueryRow
from tests.factories import NOW, a_paper

POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def mine(database):
    """What somebody follows, in the words of the queries."""

    def mine(user: str = "U1", team: str = "T1") -> list[str]:
        found = subscriptions.mine(database, team, user, NOW)
        return [each.wish.text for each in found.subscriptions]

    return mine


@pytest.fixture
def stop(database):
    """`/papers unsubscribe` with these words; what was stopped."""

    def stop(said: str, user: str = "U1") -> list[str]:
        gone, _ = subscriptions.unsubscribe(database, "T1", user, said, NOW)
        return [each.wish.text for each in gone]

    return stop


# -- storing --------------------------------------------------------------------------------------


def test_subscribing_twice_is_the_same_as_once(follow, mine):
    first, second = follow("diffusion policy"), follow("diffusion  policy")

    assert first == second
    assert mine() == ["diffusion policy"]


def test_a_second_time_changes_cadence_and_size(database, follow):
    follow("diffusion policy")
    follow("diffusion policy weekly max:3")

    [only] = subscriptions.mine(database, "T1", "U1", NOW).subscriptions
    assert (only.wish.cadence, only.wish.size) == (Cadence.WEEKLY, 3)


def test_two_people_who_ask_at_once_share_one_query(database, at_once):
    users = iter(f"U{number}" for number in range(6))

    def subscribe() -> None:
        wish = read_wish("diffusion policy")
        subscriptions.subscribe(database, "T1", next(users), wish, ZoneInfo("UTC"), NOW)

    at_once(6, subscribe)

    with database.read() as session:
        assert session.query(QueryRow).count() == 1
    for number in range(6):
        assert len(subscriptions.mine(database, "T1", f"U{number}", NOW).subscriptions) == 1


def test_an_impatient_reader_who_presses_twice_at_once_has_one_subscription(
    database, mine, at_once
):
    wish = read_wish("diffusion policy")
    at_once(
        4,
        lambda: subscriptions.subscribe(database, "T1", "U1", wish, ZoneInfo("UTC"), NOW),
    )

    assert mine() == ["diffusion policy"]


def test_the_answer_holds_the_state_and_the_readers_zone(database, follow):
    follow("robots", zone="Asia/Tokyo")
    _, state = subscriptions.subscribe(database, "T1", "U1", read_wish("rag"), None, NOW)

    assert [each.wish.text for each in state.subscriptions] == ["robots", "rag"]
    assert state.zone.key == "Asia/Tokyo"


# -- stopping -------------------------------------------------------------------------------------


@pytest.fixture
def three(follow) -> list[str]:
    """Three topics of U1; U2 and another workspace follow the second as well."""
    for said in ("robots", "diffusion policy", "rag, retrieval"):
        follow(said)
    follow("diffusion policy", "U2")
    follow("diffusion policy", team="T2")
    return ["robots", "diffusion policy", "rag OR retrieval"]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("2", [1]),
        ("1, 3", [0, 2]),
        ("3 1", [0, 2]),
        ("1,1,1", [0]),
        ("diffusion policy", [1]),
        (" diffusion  policy ", [1]),
        ("rag, retrieval", [2]),
        ("robots, diffusion policy", [0, 1]),
        ("1, diffusion policy", [0, 1]),
        ("robots, robots, 1", [0]),
        ("0000002", [1]),
        ("٢", [1]),
        ("all", [0, 1, 2]),
        (" ALL ", [0, 1, 2]),
    ],
)
def test_what_is_named_by_number_or_words_stops_and_the_rest_stays(three, stop, mine, said, places):
    gone = [three[place] for place in places]

    assert stop(said) == gone
    assert mine() == [each for each in three if each not in gone]
    assert mine("U2") == mine(team="T2") == ["diffusion policy"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("4", "no number 4. Yours go from 1 to 3"),
        ("0", "no number 0"),
        ("1, 9, 7", "no number 7, 9"),
        ("123456789", "no number 123456789. Yours go from 1 to 3"),
        ("0000012", "no number 12. Yours"),
        ("1000001 2", "no number 1000001. Yours"),
        ("9" * 4000, "no number 999999999999…. Yours"),
        ("11 12 13 14 15 16", "no number 11, 12, 13, 14, 15…. Yours"),
        ("quantum", "can't find that subscription"),
        ("robots, quantum", "can't find that subscription"),
        ('"', "can't find that subscription"),
        (",", "Yours go from 1 to 3"),
        ("-robots", "can't find that subscription"),
    ],
)
def test_what_is_unknown_stops_nothing_and_is_named(three, stop, mine, said, told):
    with pytest.raises(UnknownSubscription, match=told):
        stop(said)

    assert mine() == three


@pytest.mark.parametrize("said", ["all", "1", "rag"])
def test_whoever_follows_nothing_has_nothing_to_stop(three, stop, said):
    with pytest.raises(UnknownSubscription):
        stop(said, user="U9")


def test_numbers_move_up_when_one_is_stopped(three, stop):
    stop("1")

    assert stop("1") == ["diffusion policy"]


def test_a_button_stops_its_own_subscription_once(database, follow, mine):
    follow("robots")
    stored = follow("rag")

    gone, left = subscriptions.stop(database, "T1", "U1", stored.id, NOW)

    assert ([each.id for each in gone], len(left.subscriptions)) == ([stored.id], 1)
    with pytest.raises(UnknownSubscription):
        subscriptions.stop(database, "T1", "U1", stored.id, NOW)
    assert mine() == ["robots"]


@pytest.mark.parametrize(("team", "user"), [("T1", "U2"), ("T2", "U1")])
def test_nobody_stops_what_somebody_else_follows(database, follow, mine, team, user):
    stored = follow("robots")

    with pytest.raises(UnknownSubscription):
        subscriptions.stop(database, team, user, stored.id, NOW)
    assert mine() == ["robots"]


def test_a_query_that_nobody_follows_any_more_is_forgotten(database, follow, stop):
    follow("robots")
    stop("robots")

    with database.read() as session:
        assert session.query(QueryRow).count() == session.query(AtomRow).count() == 0


def test_a_zone_that_slack_does_not_tell_leaves_the_known_one(database):
    wish = Wish("robots")
    subscriptions.subscribe(database, "T1", "U1", wish, ZoneInfo("Asia/Tokyo"), NOW)

    _, mine = subscriptions.subscribe(database, "T1", "U1", wish, None, NOW)

    assert mine.zone == ZoneInfo("Asia/Tokyo")
