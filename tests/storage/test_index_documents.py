"""A paper as the search index holds it."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import document, fact_keys
from bot.domain.paper import Paper
from bot.domain.tokens import tokens
from storage.index_documents import TITLE_WEIGHT, UNLISTED, Documents
from storage.listings import Origin
from storage.proposals import stems
from tests.factories import a_paper

PIECES = (
    *(
        "state-of-the-art",
        "GPT4o",
        "(RAG),",
        "C++",
        ".NET",
        "don't",
        "BERT's",
        "e.g.",
        "3.1",
        "-x-",
    ),
    *(
        r"\alpha",
        r"\emph{so}",
        "$x_2$",
        r"\'",
        "\\",
        "{",
        "深度学习",
        "naïve",
        "`a'",
        "\n",
        "\x1f",
        "--",
    ),
)
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
    st.lists(st.sampled_from((*PIECES, " ", "a", "B", "-", ".", ","))).map("".join),
)


def fields(paper: Paper, origin: Origin = UNLISTED) -> dict[str, list[Any]]:
    return Documents().made(7, paper, origin).to_dict()


def norms(text: str) -> list[str]:
    return [token.norm for token in tokens(text)]


def terms(text: str) -> list[str]:
    return [term for norm in norms(text) for term in stems(norm)]


@given(TEXTS, TEXTS)
def test_words_are_those_that_queries_are_read_by(title, abstract):
    made = fields(Paper("2606.00001", title, abstract))

    assert made["text"][0].split() == terms(title) * TITLE_WEIGHT + terms(abstract)
    assert set(made["word"][0].split()) == {*norms(title), *norms(abstract)}


@given(st.lists(st.sampled_from((*PIECES, "Yann LeCun", "LeCun, Y.", "Fei-Fei Li")), max_size=4))
def test_keys_are_those_of_the_rules(authors):
    paper = a_paper(authors=tuple(authors), organization="Meta AI", categories=("cs.CL",))
    origin = Origin(date(2026, 6, 26), frozenset({"hf"}))

    assert set(fields(paper, origin)["key"]) == fact_keys(document(paper, ["hf"]))


def test_a_word_remembered_reads_as_it_did_the_first_time():
    documents = Documents()
    paper = a_paper(abstract=r"GPT4 reads $\alpha$-nets, GPT4 writes")

    first, second = (documents.made(1, paper, UNLISTED).to_dict() for _ in range(2))

    assert first == second


def test_a_paper_without_a_date_counts_as_published_when_it_was_listed():
    listed = Origin(date(2026, 6, 26))
    dated = a_paper(published=datetime(2026, 6, 20, 23, tzinfo=UTC))

    assert fields(dated, listed)["published"] == [date(2026, 6, 20).toordinal()]
    undated = fields(a_paper(published=None), listed)
    assert undated["published"] == undated["day"] == [date(2026, 6, 26).toordinal()]
