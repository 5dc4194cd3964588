"""Votes on papers, for and against."""

from bot.blocks import votes as blocks
from bot.domain.votes import Vote
from bot.services import votes
from handlers.answers import Answer, Asked


def vote_up(asked: Asked) -> Answer:
    """For a paper."""
    return _vote(asked, Vote.UP)


def vote_down(asked: Asked) -> Answer:
    """Against a paper."""
    return _vote(asked, Vote.DOWN)


def take_back(asked: Asked) -> Answer:
    """Neither."""
    return _vote(asked, None)


def _vote(asked: Asked, given: Vote | None) -> Answer:
    done = votes.vote(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, given, asked.parts.now()
    )
    return Answer(blocks.voted(done.listing, done.tally, done.vote, done.before))
