"""What Hugging Face's page of a paper leads to."""

from dataclasses import dataclass

from bot.domain.paper import Listing


@dataclass(frozen=True, slots=True)
class PaperPage:
    """How much on Hugging Face cites a paper; None where the page does not say."""

    models: int | None = None
    datasets: int | None = None
    spaces: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A paper as its page shows it now, with the votes of this moment."""

    listing: Listing
    page: PaperPage
