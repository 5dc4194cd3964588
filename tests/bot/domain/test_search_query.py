"""The grammar in a search: plain words rank, the rest is strict."""

import pytest

from bot.domain.query import Field, Or, Phrase, SearchQuery, parse_search

TOOL_USE = Phrase(("tool", "use"), literal=True)
SURVEY = Phrase(("survey",))


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("state space models", SearchQuery(("state", "space", "models"))),
        ("the the GPT-4", SearchQuery(("the", "the", "gpt", "4"))),
        ('agents "tool use"', SearchQuery(("agents",), (TOOL_USE,))),
        ("agents -survey", SearchQuery(("agents",), (), (SURVEY,))),
        ("agents +survey", SearchQuery(("agents",), (SURVEY,))),
        ("agents cat:cs.CL", SearchQuery(("agents",), (Field("cat", "cs.CL"),))),
        ("-survey agents at work", SearchQuery(("agents", "at", "work"), (), (SURVEY,))),
        ("agents AND survey", SearchQuery((), (Phrase(("agents",)), SURVEY))),
        ("agents OR survey", SearchQuery(("agents", "survey"))),
        ('survey OR "tool use"', SearchQuery((), (Or((TOOL_USE, SURVEY)),))),
        ("agents (at work)", SearchQuery(("agents", "at", "work"))),
        ("work (agents OR survey)", SearchQuery(("work",), (Or((Phrase(("agents",)), SURVEY)),))),
        ("RAG, agents", SearchQuery(("rag", "agents"))),
        ("work NOT (a OR b)", SearchQuery(("work",), (), (Phrase(("a",)), Phrase(("b",))))),
    ],
)
def test_in_a_search_plain_words_rank_and_the_rest_is_strict(text, search):
    assert parse_search(text) == search


@pytest.mark.parametrize(
    "title",
    [
        "JEPA: Joint Embedding (and Friends), Revisited - A Survey",
        "Is SO(3) Enough? Learning O(n log n) Attention for 10,000 Steps",
        "Open Source: A Study of id-based, title-free Search!",
        "Wait -- what? 5 Ways to Say :) in C++",
        "LLM:agents [v2] {draft} <b>",
    ],
)
def test_a_pasted_title_is_all_plain_words(title):
    search = parse_search(title)

    assert search.ranked
    assert (search.required, search.excluded) == ((), ())
