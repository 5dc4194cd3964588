"""What only the bounded reader itself can show: its clock, and how it introduces itself."""

from itertools import count

import pytest

from bot.errors import SourceFailed
from bot.sources.http import Limits, Reader, user_agent


def test_an_answer_that_comes_in_time_piece_by_piece_and_never_ends_is_given_up(server, answer):
    server.will_answer(answer(b" " * 300_000))
    clock = count(0, 25)  # every look at the clock is 25 seconds later
    reader = Reader(
        limits=Limits(total=40, patience=10_000, tries=2),
        sleep=lambda _: None,
        clock=lambda: float(next(clock)),
    )

    with pytest.raises(SourceFailed, match=r"took too long\. Given up after 2 tries"):
        reader.get(server.url, {}, lambda body, _: body)


def test_all_tries_together_end_with_our_patience(server, answer):
    server.will_answer(answer(status=503))
    clock = count(0, 10)
    reader = Reader(
        limits=Limits(patience=100, tries=1_000),
        sleep=lambda _: None,
        clock=lambda: float(next(clock)),
    )

    with pytest.raises(SourceFailed, match="503 Service Unavailable"):
        reader.get(server.url, {}, lambda body, _: body)
    assert len(server.queries) < 10


@pytest.mark.parametrize("contact", ["me@example.org\r\nX-Evil: 1", "mé@example.org", ""])
def test_a_contact_of_any_kind_makes_a_proper_name(contact):
    name = user_agent(contact)

    assert name.isascii()
    assert name.isprintable()
    assert name.startswith("papers-bot/")
