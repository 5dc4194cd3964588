"""Every table, one row each described by its docstring.

Tables of a workspace carry `team_id` in their key, and every query names it. `papers`, `versions`,
`pages`, `listings`, `readings`, `fetches`, `announcements`, `gaps`, `validators`, `harvests`,
`feeds`, `queries`, `atoms`, `matches`, `new_versions`, `vectors`, `aliases`, `merges` and `leases`
belong to nobody: they hold no person.
"""

from storage.models.arxiv import AnnouncementRow, GapRow, HarvestRow, ValidatorRow
from storage.models.base import PAPER_ID, SLACK_ID, Base, CounterRow, LeaseRow
from storage.models.feeds import FeedRow
from storage.models.library import FeedbackRow, MuteRow, SavedRow, VerdictRow
from storage.models.merging import AliasRow, MergedRow, MergeRow
from storage.models.papers import (
    FetchRow,
    ListingRow,
    PageRow,
    PaperRow,
    ReadingRow,
    VectorRow,
    VersionRow,
)
from storage.models.people import DigestRow, EditionRow, ReaderRow, RoundUpRow, UndoRow
from storage.models.sending import (
    DIGESTS_ON_THEIR_WAY,
    LENT,
    STATE,
    WAITING,
    DeliveryRow,
    RateRow,
    RedrawRow,
    SeenRow,
    ToldVersionRow,
)
from storage.models.topics import (
    AtomRow,
    MatchRow,
    NewVersionRow,
    QueryRow,
    SubscriptionRow,
)

__all__ = [
    "DIGESTS_ON_THEIR_WAY",
    "LENT",
    "PAPER_ID",
    "SLACK_ID",
    "STATE",
    "WAITING",
    "AliasRow",
    "AnnouncementRow",
    "AtomRow",
    "Base",
    "CounterRow",
    "DeliveryRow",
    "DigestRow",
    "EditionRow",
    "FeedRow",
    "FeedbackRow",
    "FetchRow",
    "GapRow",
    "HarvestRow",
    "LeaseRow",
    "ListingRow",
    "MatchRow",
    "MergeRow",
    "MergedRow",
    "MuteRow",
    "NewVersionRow",
    "PageRow",
    "PaperRow",
    "QueryRow",
    "RateRow",
    "ReaderRow",
    "ReadingRow",
    "RedrawRow",
    "RoundUpRow",
    "SavedRow",
    "SeenRow",
    "SubscriptionRow",
    "ToldVersionRow",
    "UndoRow",
    "ValidatorRow",
    "VectorRow",
    "VerdictRow",
    "VersionRow",
]
