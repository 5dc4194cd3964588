"""Every table, one row each described by its docstring.

Tables of a workspace carry `team_id` in their key, and every query names it. `papers`, `versions`,
`pages`, `listings`, `fetches`, `announcements`, `gaps`, `validators`, `harvests`, `queries`,
`atoms`, `matches`, `vectors` and `leases` belong to nobody: they hold no person.
"""

from storage.models.arxiv import AnnouncementRow, GapRow, HarvestRow, ValidatorRow
from storage.models.base import PAPER_ID, SLACK_ID, Base, CounterRow, LeaseRow
from storage.models.library import FeedbackRow, MuteRow, SavedRow, VerdictRow
from storage.models.papers import (
    FetchRow,
    ListingRow,
    PageRow,
    PaperRow,
    VectorRow,
    VersionRow,
)
from storage.models.people import ChannelRow, EditionRow, ReaderRow
from storage.models.sending import (
    DIGESTS_ON_THEIR_WAY,
    LENT,
    STATE,
    WAITING,
    DeliveryRow,
    RateRow,
    RedrawRow,
    SeenRow,
)
from storage.models.topics import AtomRow, MatchRow, QueryRow, SubscriptionRow

__all__ = [
    "DIGESTS_ON_THEIR_WAY",
    "LENT",
    "PAPER_ID",
    "SLACK_ID",
    "STATE",
    "WAITING",
    "AnnouncementRow",
    "AtomRow",
    "Base",
    "ChannelRow",
    "CounterRow",
    "DeliveryRow",
    "EditionRow",
    "FeedbackRow",
    "FetchRow",
    "GapRow",
    "HarvestRow",
    "LeaseRow",
    "ListingRow",
    "MatchRow",
    "MuteRow",
    "PageRow",
    "PaperRow",
    "QueryRow",
    "RateRow",
    "ReaderRow",
    "RedrawRow",
    "SavedRow",
    "SeenRow",
    "SubscriptionRow",
    "ValidatorRow",
    "VectorRow",
    "VerdictRow",
    "VersionRow",
]
