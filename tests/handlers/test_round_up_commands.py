"""`/papers digest weekly`, `monthly`, `follow-ups`, *Undo*: set in public, refused in private."""

import pytest

from tests.house import words


@pytest.mark.parametrize(
    ("typed", "undone"),
    [
        ("digest at 14:00", "at 09:00 (Europe/Lisbon)"),
        ("digest top 3", "5 papers"),
        ("digest days mon", "Monday to Friday"),
        ("digest topics robots", "Monday to Friday. The next"),
        ("digest look cards", "Monday to Friday. The next"),
        ("digest off", "The daily digest is on here"),
        ("digest weekly off", "The best of the week comes on Fridays at 09:00"),
        ("digest weekly mon at 17:00", "The best of the week comes on Fridays at 09:00"),
        ("digest monthly on", "The daily digest is on here"),
        ("digest follow-ups on", "The daily digest is on here"),
    ],
)
def test_a_change_of_the_digest_is_taken_back(house, typed, undone):
    house.type("ana", "digest on")
    house.type("ana", "digest weekly fri")
    before = words(house.type("mei", "digest"))
    changed = house.type("ana", typed)
    back = house.press("ben", changed, "Undo")

    assert not back.get("ephemeral")
    assert "took the last change of the digest here back" in words(back)
    assert undone in words(back)
    assert words(house.type("mei", "digest")) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest weekly someday", "I can't read someday as a day of the week."),
        ("digest weekly mon-fri", "I need a day"),
        ("digest weekly fri at 25:00", "I need a day"),
        ("digest weekly fri 9:00 Asia/Tokyo", "A weekly keeps the digest's zone"),
        ("digest monthly", "Say /papers digest monthly on or monthly off."),
        ("digest monthly maybe", "I can't read monthly maybe."),
        ("digest monthly off", "There is no monthly here."),
        ("digest follow-ups off", "Follow-ups are off here."),
    ],
)
def test_what_cannot_be_read_is_named_privately_with_what_can(house, typed, said):
    answer = house.type("ana", typed)

    assert answer["ephemeral"]
    assert said in words(answer).replace("`", "")
