"""Whether the counts of a receipt add up."""

from bot.domain.digest import Edition


def adds_up(edition: Edition) -> bool:
    """Whether what was listed was shown, or is named as left out."""
    told = edition.receipt
    below = told.candidates - len(edition.picks)
    listed = sum(each.listed or 0 for each in told.reads)
    rest = told.seen + told.skipped + told.off_topic + told.muted + told.in_channels
    return below >= 0 and listed == len(edition.picks) + below + rest
