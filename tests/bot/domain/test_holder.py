"""Who holds a lease, and what one process can know of another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.holder import Holder

ME = Holder("lab-3", 4711, "a1b2", "mine")


def dead(pid: int) -> bool:
    return False


def alive(pid: int) -> bool:
    return True


def test_a_holder_is_read_as_it_was_written():
    assert str(ME) == "process 4711 on lab-3 [a1b2/mine]"
    assert Holder.read(str(ME)) == ME
    assert ME.words == "process 4711 on lab-3"


@pytest.mark.parametrize("written", ["", "catch-up", "process x on lab [a/b]", "process 1 on lab"])
def test_what_names_no_process_is_read_as_nobody(written):
    assert Holder.read(written) is None


@given(st.text(max_size=300))
def test_a_long_host_still_fits_a_lease(host):
    assert len(str(Holder(host, 4_194_304, "a" * 16, "b" * 16))) <= 128


@pytest.mark.parametrize(
    ("other", "is_alive", "known"),
    [
        (replace(ME, pid=4710, key="other"), dead, True),
        (replace(ME, pid=4710, key="other"), alive, False),
        (replace(ME, key="other"), alive, True),  # its number is ours now, as 1 in a container
        (replace(ME, pid=4710, key="other", place="c3d4"), dead, False),
        (ME, dead, False),
    ],
    ids=["ended", "runs", "our number", "elsewhere", "ourselves"],
)
def test_a_process_of_the_same_place_is_known_to_be_dead(other, is_alive, known):
    assert ME.knows_dead(other, is_alive) is known
