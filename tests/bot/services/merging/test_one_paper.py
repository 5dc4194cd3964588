"""Which papers of several sources are one, and what its row says."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.identity import Rule
from bot.domain.paper import Batch, Listing
from bot.services import ingest, library, merging
from storage import papers
from tests.bot.services.merging.conftest import (
    ARTICLE,
    ARXIV,
    ARXIV_ID,
    BIORXIV,
    HF,
    JOURNAL,
    PREPRINT,
)
from tests.factories import DAY, NOW

READS = {"hf": HF, "arxiv": ARXIV, "biorxiv": BIORXIV, "rss": replace(ARXIV, id=f"{ARXIV_ID}v1")}


@pytest.mark.parametrize("order", list(permutations(["hf", "arxiv", "biorxiv"])), ids=" ".join)
def test_in_whatever_order_sources_list_it_it_is_one_row_with_a_listing_of_each(
    arrives, stored, sources, known_as, order
):
    for source in (*order, "rss"):
        arrives(source, READS[source])

    [paper] = stored()
    assert paper == replace(
        ARXIV,
        tldr="Few neurons tell.",
        tldr_by="a model",
        organization="A lab",
        categories=paper.categories,
    )
    assert set(paper.categories) == {"q-bio.NC", "cs.LG", "neuroscience"}
    assert sources(ARXIV_ID) == set(READS)
    assert known_as(ARXIV_ID) == [PREPRINT]


@given(order=st.permutations([*READS, "hf", "biorxiv"]), together=st.integers(0, 4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_papers_of_one_list_and_of_several_become_the_same_row(sqlite_database, order, together):
    with sqlite_database.begin() as session:
        for table in ("aliases", "merges", "listings", "fetches", "papers"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    first, rest = order[:together], order[together:]
    at_once = Batch("all", DAY, tuple(Listing("all", DAY, READS[each]) for each in first))
    ingest.store(sqlite_database, at_once, NOW)
    for each in rest:
        ingest.store(sqlite_database, Batch(each, DAY, (Listing(each, DAY, READS[each]),)), NOW)

    with sqlite_database.read() as session:
        [(_, paper)] = papers.after(session, 0, 9)
    assert (paper.id, paper.version, paper.organization) == (ARXIV_ID, 1, "A lab")
    assert (paper.tldr, paper.abstract) == (HF.tldr, ARXIV.abstract)


def test_a_journal_doi_that_arxiv_learns_later_joins_what_a_feed_had_brought(
    arrives, stored, sources, merges
):
    other = "Another title than the journal printed above it in the end"
    arrives("arxiv", replace(ARXIV, title=other))
    arrives("feed", JOURNAL)
    assert len(stored()) == 2

    arrives("arxiv", replace(ARXIV, title=other, doi=ARTICLE))

    [paper] = stored()
    assert (paper.id, paper.title, paper.journal) == (ARXIV_ID, other, "Nature")
    assert sources(ARXIV_ID) == {"arxiv", "feed"}
    [merge] = merges()
    assert (merge.gone_id, merge.kept_id, merge.rule) == (ARTICLE, ARXIV_ID, Rule.DOI)


def test_it_joins_also_where_a_later_version_brings_the_doi(arrives, stored):
    arrives("arxiv", replace(ARXIV, title="Another title than that of the journal at last"))
    arrives("feed", JOURNAL)

    arrives("arxiv", revisions=(replace(ARXIV, version=2, doi=ARTICLE),))

    assert [each.id for each in stored()] == [ARXIV_ID]


@pytest.mark.parametrize("first", ["biorxiv", "feed"])
def test_a_preprint_and_the_article_that_it_names_are_one_whichever_is_first(
    arrives, stored, known_as, first
):
    found = {"biorxiv": replace(BIORXIV, title="As it was before", doi=ARTICLE), "feed": JOURNAL}
    for source in sorted(found, key=lambda each: each != first):
        arrives(source, found[source])

    assert [each.id for each in stored()] == [ARTICLE]
    assert known_as(ARTICLE) == [PREPRINT]


def test_arxivs_own_doi_is_the_arxiv_id(arrives, stored):
    arrives("feed", replace(ARXIV, id=f"10.48550/arXiv.{ARXIV_ID}"))
    arrives("hf", HF)

    assert [each.id for each in stored()] == [ARXIV_ID]


def test_two_arxiv_papers_are_two_whatever_else_they_share(arrives, stored):
    arrives("arxiv", replace(ARXIV, doi=ARTICLE))
    arrives("hf", replace(HF, id="2606.00078", doi=ARTICLE))

    assert len(stored()) == 2


def test_an_article_that_two_papers_name_is_neither(arrives, stored):
    first = replace(ARXIV, title="A first part of a long work on other things", doi=ARTICLE)
    second = replace(first, id="2606.00078", title="Its second part is of something else again")
    arrives("arxiv", first, second)
    arrives("feed", replace(JOURNAL, title="Both of them together in a single article"))

    assert len(stored()) == 3


def test_two_preprints_of_one_server_are_two_also_where_one_is_an_arxiv_paper(arrives, stored):
    arrives("arxiv", ARXIV)
    arrives("biorxiv", BIORXIV, replace(BIORXIV, id="10.1101/2026.06.02.999999"))

    assert len(stored()) == 2


def test_a_link_or_button_with_an_old_id_opens_the_paper(database, arrives):
    arrives("biorxiv", BIORXIV)
    arrives("arxiv", ARXIV)

    assert library.show(database, f"https://doi.org/{PREPRINT}").paper.id == ARXIV_ID
    assert library.by_id(database, PREPRINT).paper.id == ARXIV_ID


def test_what_a_source_has_no_more_under_another_id_stays(arrives, stored):
    arrives("arxiv", ARXIV)
    arrives("biorxiv", BIORXIV)

    arrives("biorxiv", gone=(PREPRINT,))
    assert not stored()[0].withdrawn
    arrives("arxiv", gone=(f"{ARXIV_ID}v2",))
    assert stored()[0].withdrawn


def test_versions_are_counted_by_arxiv_alone(database, arrives, stored):
    arrives("biorxiv", BIORXIV)
    arrives("arxiv", ARXIV)
    arrives("biorxiv", revisions=(replace(BIORXIV, version=4, abstract="Another."),))

    assert (stored()[0].version, stored()[0].abstract) == (1, ARXIV.abstract)


def test_repeats_within_a_list_are_taken_together(arrives, stored):
    arrives("arxiv", replace(ARXIV, version=2, title="Newer"), ARXIV, HF)

    assert [(each.version, each.title, each.tldr) for each in stored()] == [(2, "Newer", HF.tldr)]


def test_keys_of_stored_papers_are_made_anew_where_the_rules_changed(database, arrives, stored):
    arrives("arxiv", ARXIV)
    with database.begin() as session:
        session.execute(text("UPDATE papers SET likeness = ''"))
        session.execute(text("UPDATE counters SET value = 0 WHERE name = 'likeness_rules'"))

    assert merging.follow_rules(database) == 1
    assert merging.follow_rules(database) == 0
    arrives("biorxiv", BIORXIV)
    assert len(stored()) == 1
