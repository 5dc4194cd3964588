"""Samples of what people do with papers: saved, voted on, muted."""

from datetime import timedelta

from bot.blocks import abstract, modals, mutes, saved, sharing, votes
from bot.blocks.kit import Block, Message
from bot.domain.muting import Mute
from bot.domain.paper_page import PaperPage
from bot.domain.votes import Standing, Tally, Vote
from bot.gallery.stage import WISHES, Stage
from bot.services.sharing import NotThere

TEXTS = ("survey", 'author:"Mei Tanaka"', "id:2606.27377")
VOTES = Tally(3, 1)


def private(stage: Stage) -> dict[str, Message]:
    """Answers that one person sees."""
    first, *others = stage.listings
    since = stage.now - timedelta(days=2)
    muted = [Mute(number, each, since) for number, each in enumerate(TEXTS)]
    return {
        "Saved": saved.saved(first, 3, new=True),
        "Saved before": saved.saved(first, 3, new=False),
        "No longer saved": saved.unsaved(first, since, 2),
        "Saved papers": saved.shelf(stage.listings[:3], 0, 12),
        "Saved papers, one removed": saved.shelf(others[:2], 5, 7, (first, since)),
        "No saved papers": saved.shelf([], 0, 0),
        "A vote for": votes.voted(first, VOTES, Vote.UP, None),
        "A vote against": votes.voted(first, VOTES, Vote.DOWN, Vote.UP),
        "A vote taken back": votes.voted(first, VOTES, None, Vote.UP),
        "Muted": mutes.muted(TEXTS[:2], muted, [WISHES[0].text]),
        "Muted before": mutes.muted([], muted),
        "No longer muted": mutes.unmuted(TEXTS[:1], muted[1:]),
        "Mutes": mutes.mutes(muted),
        "Many mutes": mutes.mutes(muted * 5),
        "No mutes": mutes.mutes([]),
    }


def views(stage: Stage) -> dict[str, Block]:
    """The modal of a paper, and the forms that its menu opens."""
    first, *others = stage.listings
    standing = Standing(VOTES, Vote.UP, True, (stage.reader,))
    done = mutes.muted(TEXTS[:1], [Mute(1, TEXTS[0], stage.now)])
    return {
        "Abstract": abstract.abstract(first, standing, others[:3], PaperPage(1, None, 1212)),
        "Abstract full of markup": abstract.abstract(stage.hard),
        "Mute an author": mutes.author_form(first),
        "Mute a word": mutes.word_form(about=first.paper.title),
        "Muted in a form": modals.told(done),
        "Share in a channel": sharing.where(first),
        "Share in a channel without me": sharing.refused(first, str(NotThere())),
        "Share in this one": sharing.ready(first, stage.channel),
        "Shared in a channel": sharing.done(first, stage.channel),
    }
