"""Whether a paper was withdrawn, as far as arXiv says it: in words, in comment or abstract."""

import re

_PAPER = (
    r"(?:paper|article|submission|manuscript|draft|work|version|preprint|e-?print|note|report"
    r"|document|letter|thesis|survey)"
)
# It opens the comment or the abstract; elsewhere a sentence has to speak of this very paper.
# "Withdrawn from a journal" says nothing about arXiv.
_SAID = re.compile(
    rf"(?:^\W*(?:(?:this|the|our|present|current)\s+)*(?:arxiv\s+)?{_PAPER}s?\W+(?:\w+\W+)?"
    rf"|\b(?:this|the\s+present)\s+(?:\w+\s+)?{_PAPER}\s+"
    r"|^\W*(?:this\s+)?)"
    r"(?:(?:has|have|is|was|are|were)\s+)?(?:now\s+)?(?:been\s+|being\s+)?(?:temporarily\s+)?"
    r"withdrawn\b(?!\s+from\b(?!\s+(?:the\s+)?arxiv))",
    re.IGNORECASE,
)


def says_withdrawn(comment: str, abstract: str = "") -> bool:
    """Does one of the two say that the paper was withdrawn?"""
    return any(_SAID.search(each) for each in (comment, abstract))
