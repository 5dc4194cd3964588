"""When a match is told, and what one message holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.services import alerts, subscriptions
from tests.factories import NOW, a_paper, papers

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
ROBOT = a_paper("2606.10002", "A robot with diffusion policies")


@pytest.fixture
def build(database):
    """Build what is due at an instant; how many messages that makes."""

    def build(now: datetime = NOW) -> int:
        return alerts.build_due(database, now)

    return build


@pytest.fixture
def groups(outbox):
    """What the one message owed is about: topics with their papers and the rest."""

    def groups() -> list[tuple[str, list[str], list[str]]]:
        [owed] = outbox()
        return [
            (group["topic"], group["papers"], group["rest"]) for group in owed.content["groups"]
        ]

    return groups


def test_without_a_match_nothing_is_owed(build, follow, arrive, outbox):
    follow("diffusion policy")
    arrive(a_paper())

    assert build() == 0
    assert outbox() == []


def test_a_match_is_told_with_the_read_that_brought_it(build, follow, arrive, outbox, groups):
    follow("diffusion policy")
    arrive(POLICY, a_paper())

    assert build() == 1
    assert groups() == [("diffusion policy", [POLICY.id], [])]
    [owed] = outbox()
    assert (owed.team_id, owed.audience, owed.kind, owed.due_at) == ("T1", "U1", "alert", NOW)


def test_what_is_withdrawn_before_it_is_told_is_not_told(build, follow, arrive, outbox):
    follow("diffusion policy daily")
    arrive(POLICY)
    arrive(replace(POLICY, withdrawn=True), now=NOW + SECOND)

    assert build(NOW + DAY) == 0
    assert outbox() == []


def test_an_alert_that_cannot_be_made_keeps_no_other_waiting(
    build, follow, arrive, outbox, monkeypatch, caplog
):
    unseen = alerts.subscriptions.unseen_matches

    def fails(session, subscription):
        if subscription.audience == "U1":
            raise RuntimeError("a secret topic")
        return unseen(session, subscription)

    follow("diffusion policy")
    follow("robot", "U2")
    arrive(POLICY, ROBOT)
    with monkeypatch.context() as patched:
        patched.setattr(alerts.subscriptions, "unseen_matches", fails)

        assert build() == 1
        assert [each.audience for each in outbox()] == ["U2"]
    assert "alerts to U1 could not be made: RuntimeError" in caplog.text
    assert "secret" not in caplog.text

    assert build(NOW + SECOND) == 0
    assert build(NOW + alerts.AFTER_A_FAULT) == 1


def test_the_same_match_is_told_once(build, follow, arrive, outbox):
    follow("diffusion policy")
    arrive(POLICY)
    build()
    arrive(POLICY, now=NOW + DAY)

    assert build(NOW + DAY) == 0
    assert len(outbox()) == 1


def test_one_read_makes_one_message_for_each_person_however_many_topics_match(
    build, follow, arrive, groups
):
    follow("diffusion policy")
    follow("robot")
    arrive(POLICY, ROBOT, a_paper("2606.10003", "Another robot"))

    assert build() == 1
    assert [(topic, sorted(told)) for topic, told, _ in groups()] == [
        ("diffusion policy", [POLICY.id, ROBOT.id]),
        ("robot", ["2606.10003"]),
    ]


def test_a_topic_whose_papers_stand_under_another_is_left_out(build, follow, arrive, groups):
    follow("diffusion policy")
    follow("dexterous")
    arrive(POLICY)
    build()

    assert [topic for topic, _, _ in groups()] == ["diffusion policy"]


def test_more_than_fit_are_counted_and_count_as_told(build, follow, arrive, groups):
    follow("paper")
    arrive(*papers(8))
    build()

    [(_, shown, rest)] = groups()
    assert (len(shown), len(rest)) == (5, 3)
    assert set(shown) | set(rest) == {each.id for each in papers(8)}
    arrive(*papers(8), now=NOW + DAY)
    assert build(NOW + DAY) == 0


def test_the_size_somebody_asked_for_is_kept(build, follow, arrive, groups):
    follow("paper max:2")
    arrive(*papers(8))
    build()

    [(_, shown, rest)] = groups()
    assert (len(shown), len(rest)) == (2, 6)


def test_everybody_who_follows_a_topic_is_told(build, follow, arrive, outbox):
    follow("diffusion policy", "U1")
    follow("diffusion policy", "U2")
    follow("diffusion policy", "U1", team="T2")
    arrive(POLICY)

    assert build() == 3
    assert {(each.team_id, each.audience) for each in outbox()} == {
        ("T1", "U1"),
        ("T1", "U2"),
        ("T2", "U1"),
    }


def test_a_subscription_starts_now_and_brings_no_old_papers(build, follow, arrive, groups):
    arrive(POLICY)
    follow("diffusion policy")
    assert build() == 0
    arrive(POLICY, ROBOT, now=NOW + DAY)
    build(NOW + DAY)

    assert groups() == [("diffusion policy", [ROBOT.id], [])]


def test_whoever_stops_before_the_message_is_made_gets_none(
    database, build, follow, arrive, outbox
):
    stopped = follow("diffusion policy")
    arrive(POLICY)
    subscriptions.stop(database, "T1", "U1", stopped.id, NOW)

    assert build() == 0
    assert outbox() == []


@pytest.mark.parametrize(
    ("cadence", "zone", "told_at"),
    [
        ("daily", "Europe/Berlin", datetime(2026, 6, 27, 7, tzinfo=UTC)),  # it is nine just now
        ("daily", "America/New_York", datetime(2026, 6, 26, 13, tzinfo=UTC)),  # later today
        ("daily", "Asia/Tokyo", datetime(2026, 6, 27, 0, tzinfo=UTC)),  # a Saturday counts
        ("weekly", "Europe/Berlin", datetime(2026, 6, 29, 7, tzinfo=UTC)),
        ("weekly", "Pacific/Auckland", datetime(2026, 6, 28, 21, tzinfo=UTC)),  # Monday there
    ],
)
def test_gathered_alerts_come_at_nine_where_the_reader_is_unless_they_chose_an_hour(
    build, follow, arrive, outbox, cadence, zone, told_at
):
    follow(f"diffusion policy {cadence}", zone=zone)
    arrive(POLICY)

    assert build(told_at - SECOND) == 0
    assert build(told_at) == 1
    [owed] = outbox()
    assert owed.due_at == told_at


def test_what_came_in_over_a_day_is_gathered_in_one_message(build, follow, arrive, groups):
    follow("diffusion policy daily")
    arrive(POLICY)
    arrive(ROBOT, now=NOW + timedelta(hours=3))

    assert build(NOW + timedelta(days=2)) == 1
    [(_, told, _)] = groups()
    assert sorted(told) == [POLICY.id, ROBOT.id]


def test_a_week_without_a_match_owes_nothing(build, follow, arrive, outbox):
    follow("diffusion policy weekly")
    arrive(POLICY)
    build(NOW + timedelta(days=7))

    assert build(NOW + timedelta(days=14)) == 0
    assert len(outbox()) == 1


def test_a_topic_told_at_once_does_not_bring_a_weekly_one_forward(build, follow, arrive, groups):
    follow("diffusion policy weekly")
    follow("robot")
    arrive(POLICY, ROBOT)
    assert build() == 1
    assert groups() == [("robot", [ROBOT.id], [])]


def test_where_a_paper_matches_several_topics_the_others_are_named_beside_it(
    build, follow, arrive, outbox
):
    follow('robot as:"machines"')
    follow("diffusion policy")
    follow('a robot as:"my robots"')
    arrive(POLICY, ROBOT)
    build()

    [owed] = outbox()
    assert [(group["name"], group["also"]) for group in owed.content["groups"]] == [
        ("machines", {ROBOT.id: ["diffusion policy", "my robots"]}),
        ("", {}),
    ]


def test_many_who_follow_one_topic_are_planned_with_few_questions(database, follow, arrive):
    for number in range(30):
        follow("robot daily", f"U{number}", zone="Asia/Tokyo")
    asked: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *told: asked.append(told[2].split()[0])
    )
    arrive(ROBOT)

    assert len(asked) < 30


def test_one_message_of_many_topics_changes_them_with_one_statement_each_way(
    database, build, follow, arrive
):
    for number in range(9):
        follow(f"robot, machine {number} daily")
    arrive(ROBOT)
    changed: list[str] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda *told: changed.append(told[2]) if "UPDATE subscriptions" in told[2] else None,
    )

    assert build(NOW + DAY) == 1
    assert len(changed) == 2  # no longer due; told on this day


def test_workers_at_once_owe_each_person_one_message(database, follow, arrive, at_once, outbox):
    people = [f"U{number}" for number in range(6)]
    for user in people:
        follow("diffusion policy", user)
        follow("robot", user)
    arrive(POLICY, ROBOT)

    built = at_once(6, lambda: alerts.build_due(database, NOW))

    assert sum(built) == len(people)
    assert sorted(each.audience for each in outbox()) == people
