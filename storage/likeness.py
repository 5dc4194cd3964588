"""What is like a paper, as the engine's own object: its most telling words, ranked."""

from tantivy import Occur, Query, Schema

from bot.domain.matching import document
from bot.domain.paper import Paper
from bot.domain.tokens import STOP_WORDS
from storage.proposals import stemmed

TITLE_WEIGHT = 3  # as in the index
TERMS = 25  # with more, common words decide
FEWEST_PAPERS = 2  # a word of this paper alone finds nothing else


def beside(schema: Schema, paper: Paper) -> Query:
    """Other papers that share a paper's most telling words."""
    read = document(paper)
    words = read.text.norms
    said = [*words[: read.barrier] * TITLE_WEIGHT, *words[read.barrier + 1 :]]
    telling = " ".join(word for word in said if word not in STOP_WORDS)
    alike = Query.more_like_this_document_fields_query(
        schema,
        {"text": [stemmed(telling)]},
        min_doc_frequency=FEWEST_PAPERS,
        min_term_frequency=1,
        max_query_terms=TERMS,
    )
    itself = Query.term_query(schema, "id", paper.id)
    return Query.boolean_query([(Occur.Must, alike), (Occur.MustNot, itself)])
