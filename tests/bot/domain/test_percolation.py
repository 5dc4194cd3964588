"""Stored queries against papers: one by one, in bulk, and by `matches`, always the same verdict."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import atoms, document, matches
from bot.domain.paper import Paper
from bot.domain.percolation import bulk_match, is_hit, prepare
from bot.domain.query import Query, canonical, parse_subscription
from bot.errors import QueryProblem

plain = "a of mixture mixtures experts expert fine tuning finetuning rag rags policy policies see s"
marked = "RAG gpt-4 GPT 4 fine-tuning loss losses LLMs llm the AND OR -loss -rag ,"
words = st.sampled_from((*plain.split(), *marked.split()))
typed = st.lists(words, min_size=1, max_size=6).map(" ".join)
texts = st.lists(typed, min_size=1, max_size=4).map(". ".join)


def readable(text: str) -> Query | None:
    try:
        return parse_subscription(text)
    except QueryProblem:
        return None


queries = typed.map(readable).filter(bool)
some_papers = st.lists(
    st.builds(Paper, id=st.just("1"), title=typed, abstract=texts), min_size=1, max_size=4
)


@given(query=queries, paper=some_papers)
def test_the_verdict_is_that_of_the_matcher(query, paper):
    read = document(paper[0])

    assert is_hit(canonical(query), prepare(read)) == matches(query, read)


@given(asked=st.lists(queries, max_size=8, unique=True), papers=some_papers)
def test_in_bulk_each_paper_matches_what_it_matches_alone(asked, papers):
    documents = [document(paper) for paper in papers]
    keyed = [(key, number) for number, query in enumerate(asked) for key in atoms(query)]
    written = {number: canonical(query) for number, query in enumerate(asked)}

    found = bulk_match(
        documents,
        keyed,
        lambda ids: {number: written[number] for number in ids},
    )

    assert found == [
        [number for number, query in enumerate(asked) if matches(query, each)] for each in documents
    ]


def test_without_queries_nothing_matches():
    paper = document(Paper("1", "Nets"))

    assert bulk_match([paper], [], lambda ids: dict.fromkeys(ids, "")) == [[]]
