"""A paper is shown to a channel once, with the name of whoever shares it."""

import pytest

from bot.services import sharing
from bot.services.library import UnknownPaper
from tests.factories import NOW, a_paper

PAPER = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def share(database, arrive):
    arrive(PAPER)

    def share(paper_id: str = PAPER.id, channel_id: str = "C1", form_id: str = "V1"):
        return sharing.share_in(
            database, "T1", channel_id, paper_id, by="U1", form_id=form_id, now=NOW
        )

    return share


def test_the_channel_reads_who_shared_what(share, send, workspace):
    share()
    send()

    [posted] = workspace.posted
    assert posted.channel_id == "C1"
    assert posted.message.text == f"<@U1> shared a paper: {PAPER.title}"


def test_clicks_at_once_share_it_once(share, outbox, at_once):
    at_once(5, share)

    assert len(outbox()) == 1


def test_another_channel_or_another_form_is_another_message(share, outbox):
    share()
    share(channel_id="C2")
    share(form_id="V2")

    assert len(outbox()) == 3


def test_a_paper_that_is_not_stored_is_not_shared(share, outbox):
    with pytest.raises(UnknownPaper):
        share("2606.99999")

    assert outbox() == []
