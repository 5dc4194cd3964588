"""What of a paper a query matched."""

import pytest

from bot.domain.matched import matched
from bot.domain.query import parse_subscription
from tests.factories import a_paper

PAPER = a_paper(
    title="Agents that plan",
    abstract="Planning is hard. We let agents use tools, and agents learn.",
    authors=("Yann LeCun", "Li Wei"),
    categories=("cs.AI",),
    tldr="Tools help.",
)


def look(query, paper=PAPER):
    """The matched words of title and abstract, and the authors."""
    found = matched(parse_subscription(query), paper)
    title = [paper.title[start:end] for start, end in found.title]
    said = found.excerpt
    abstract = [said.text[start:end] for start, end in said.spans] if said else []
    return title, abstract, list(found.authors)


@pytest.mark.parametrize(
    ("query", "title", "abstract", "authors"),
    [
        ("agent", ["Agents"], ["agents", "agents"], []),
        ("title:agent", ["Agents"], [], []),
        ("abstract:agent", [], ["agents", "agents"], []),
        ("tool use, planning", [], ["Planning"], []),
        ("agent -survey", ["Agents"], ["agents", "agents"], []),
        ('author:"Y. LeCun"', [], [], ["Yann LeCun"]),
        ("author:lecun AND tools", [], ["tools"], ["Yann LeCun"]),
        ("cat:cs.AI", [], [], []),
        ("agent -author:Wei", ["Agents"], ["agents", "agents"], []),
    ],
)
def test_what_was_asked_for_is_found_in_its_place(query, title, abstract, authors):
    assert look(query) == (title, abstract, authors)


def test_where_there_is_no_abstract_the_summary_is_looked_over():
    assert look("tools", a_paper(abstract="", tldr="Tools help.")) == ([], ["Tools"], [])


def test_the_words_that_matched_are_each_told_once():
    found = matched(parse_subscription("agent"), PAPER)

    assert found.words == ("agents",)
