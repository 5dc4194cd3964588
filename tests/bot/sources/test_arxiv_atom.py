"""Answers of arXiv's API, whole and broken."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceFailed, SourceRefuses
from bot.sources.arxiv_atom import parse

EMPTY = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">
<o:totalResults>%d</o:totalResults><o:startIndex>%d</o:startIndex></feed>"""


@pytest.fixture
def answered(reply):
    return parse(reply("arxiv_answer.xml"))


def test_an_entry_becomes_a_paper_with_all_that_is_said_of_it(answered):
    paper = answered.papers[0]

    assert (paper.id, paper.version, paper.title) == ("2606.01234", 2, "Kettles that listen")
    assert paper.abstract == "We teach kettles to listen."
    assert paper.authors == ("Ada Lindqvist", "Jo van Dam, Jr.")
    assert paper.published == datetime(2026, 6, 2, 1, 2, 3, tzinfo=UTC)
    assert paper.revised == datetime(2026, 6, 25, 11, 12, 13, tzinfo=UTC)
    assert (paper.comment, paper.journal) == (
        "12 pages, to appear in Kettles",
        "Kettles 4 (2026) 12-23",
    )
    assert paper.doi == "10.1000/kettles.2026"
    assert not paper.withdrawn


def test_the_primary_category_comes_first_and_classes_of_other_schemes_are_left_out(answered):
    assert answered.papers[0].categories == ("cs.HC", "cs.SD")


def test_an_id_of_the_old_form_keeps_its_archive(answered):
    assert (answered.papers[1].id, answered.papers[1].version) == ("math.GT/0309136", 1)


def test_a_paper_that_says_it_is_withdrawn_is(answered):
    assert [each.withdrawn for each in answered.papers] == [False, True, False]


def test_a_paper_may_lack_all_but_id_and_title_and_what_is_missing_is_counted(answered):
    bare = answered.papers[2]

    assert (bare.abstract, bare.authors, bare.categories, bare.published) == ("", (), (), None)
    assert answered.problems == (
        "abstract is missing in 1 of 3 papers.",
        "authors is missing in 1 of 3 papers.",
        "categories is missing in 1 of 3 papers.",
        "published is missing in 1 of 3 papers.",
    )


@pytest.mark.parametrize(
    "element",
    ["title", "updated", "summary", "published", "arxiv:comment", "arxiv:primary_category"],
)
def test_without_any_one_element_it_is_still_a_paper(reply, element):
    body = reply("arxiv_answer.xml").decode()
    start = body.index(f"<{element}", body.index("<entry>"))
    ends = [body.find(f"</{element}>", start) + len(element) + 3, body.find("/>", start) + 2]
    end = ends[0] if element != "arxiv:primary_category" else ends[1]

    answer = parse((body[:start] + body[end:]).encode())

    if element == "title":
        assert answer.problems[0] == "Entry 1 (2606.01234) has no title."
        assert [each.id for each in answer.papers] == ["math.GT/0309136", "2606.09999"]
    else:
        assert answer.papers[0].title == "Kettles that listen"


def test_an_unknown_id_is_an_answer_without_papers():
    assert parse(EMPTY % (0, 0)).papers == ()


def test_an_empty_page_below_the_total_is_a_failure_and_not_an_end():
    with pytest.raises(SourceFailed, match="The answer is empty, though there are 12 papers"):
        parse(EMPTY % (12, 10))


def test_a_page_behind_the_last_one_is_an_end():
    assert parse(EMPTY % (12, 12)).total == 12


def test_a_refusal_is_no_paper_and_not_asked_for_again(reply):
    with pytest.raises(SourceRefuses, match=r"This is a refusal: incorrect id format for abc\."):
        parse(reply("arxiv_refusal.xml"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<rss/>", "This is not an Atom feed but <rss>."),
        (b"<feed/>", "The answer does not say how many papers there are."),
        (b"Rate exceeded.", "This is not XML"),
    ],
)
def test_a_body_of_another_shape_fails_with_a_sentence(body, reason):
    with pytest.raises(SourceFailed, match=reason):
        parse(body)


@pytest.mark.parametrize(
    ("given_id", "reason"),
    [
        ("http://arxiv.org/abs/latest", "has an id that is not an arXiv id"),
        ("http://arxiv.org/abs/2606.012345v1", "has an id that is not an arXiv id"),
        ("", "has no id"),
    ],
)
def test_an_entry_without_a_proper_id_is_named_and_the_others_land(reply, given_id, reason):
    body = reply("arxiv_answer.xml").replace(
        b"http://arxiv.org/abs/2606.01234v2", given_id.encode()
    )

    answer = parse(body)

    assert len(answer.papers) == 2
    assert answer.entries == 3
    assert reason in answer.problems[0]


def test_a_feed_of_which_nothing_can_be_read_is_a_failure(reply):
    body = reply("arxiv_answer.xml").replace(b"<title>", b"<name>").replace(b"</title>", b"</name>")

    with pytest.raises(SourceFailed, match="None of the 3 entries can be read"):
        parse(body)


@given(
    st.lists(
        st.sampled_from(["id", "title", "summary", "published", "updated", "author", "category"]),
        max_size=8,
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="<&>"), max_size=20),
)
def test_whatever_an_entry_holds_nothing_but_source_failed_is_raised(names, text):
    inner = "".join(f"<{name} term='{'x'}'>{text}</{name}>" for name in names)
    body = f"<feed><totalResults>1</totalResults><entry>{inner}</entry></feed>"
    try:
        answer = parse(body.encode())
    except SourceFailed:
        return
    for paper in answer.papers:
        repr(paper).encode()  # no lone surrogate: every database takes it
