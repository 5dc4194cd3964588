"""Whether a paper says that it was withdrawn."""

import pytest

from bot.domain.withdrawal import says_withdrawn


@pytest.mark.parametrize(
    ("comment", "abstract", "withdrawn", "why"),
    [
        ("This paper has been withdrawn by the author", "", True, "arXiv's own words"),
        ("", "This paper has been withdrawn.", True, "the same in the abstract"),
        ("Withdrawn by the authors due to an error", "", True, "it begins so"),
        ("withdrawn", "", True, "nothing else"),
        ("paper withdrawn, much revised", "", True, "it begins so"),
        ("This has been withdrawn by the author", "", True, "without a noun"),
        ("This 2005 report has been withdrawn", "", True, "a word between"),
        ("12 pages. This submission was withdrawn", "", True, "after the pages"),
        ("This paper is now temporarily withdrawn", "", True, "for a while"),
        ("This article has been withdrawn from arXiv", "", True, "from arXiv itself"),
        ("6 figures; paper withdrawn from IEEE Transactions", "", False, "from a journal"),
        ("", "Consent can be withdrawn by patients", False, "of something else"),
        ("", "We study retraction. A claim was withdrawn", False, "of something else"),
        ("", "Why is money withdrawn from accounts", False, "of something else"),
        ("12 pages", "We ring bells.", False, "not said"),
        ("", "", False, "nothing said"),
    ],
)
def test_a_withdrawal_is_told_from_other_uses_of_the_word(comment, abstract, withdrawn, why):
    assert says_withdrawn(comment, abstract) is withdrawn, why
