"""A paper in an alert: what matched is bold."""

import pytest

from bot.blocks import matches
from bot.blocks.matches import Match
from bot.blocks.papers import SUMMARY_LIMIT
from bot.domain.matched import Matched
from bot.domain.sentences import Excerpt
from tests.bot.blocks.anything import objects, read_aloud, values
from tests.factories import a_listing, a_paper

SAID = Excerpt("We let agents use tools.", ((7, 13), (18, 23)))


def shown(paper=None, *, also=(), topic="", **matched):
    match = Match(a_listing(paper), Matched(**matched), topic=topic, also=also)
    return matches.shown(match)


def runs(blocks):
    """The texts of rich paragraphs below the title, each with whether it is bold."""
    return [
        (each["text"], each.get("style", {}).get("bold", False))
        for each in objects(blocks)
        if each.get("type") == "text"
    ]


def test_the_sentence_that_matched_stands_below_the_title_with_its_words_in_bold():
    blocks = shown(excerpt=SAID)

    assert runs(blocks) == [
        ("\n", False),
        ("We let ", False),
        ("agents", True),
        (" use ", False),
        ("tools", True),
        (".", False),
    ]
    assert values(blocks, "open_abstract") == ["2606.00001"]


def test_where_only_the_title_matched_the_summary_stands_there():
    blocks = shown(a_paper(tldr="Small is enough."), title=((0, 5),))

    assert "Small is enough." in read_aloud(blocks)
    assert [each["text"] for each in objects(blocks) if each.get("style")] == ["Small"]


def test_where_no_word_matched_the_whole_title_is_a_plain_link():
    [link] = [each for each in objects(shown()) if each.get("type") == "link"]

    assert "style" not in link


@pytest.mark.parametrize(
    ("authors", "asked_for", "said"),
    [
        (("Li Wei",), ("Li Wei",), ["by ", "Li Wei", "\n"]),
        (("Li Wei", "Ann Ot"), ("Ann Ot",), ["by ", "Ann Ot", " and 1 other\n"]),
        (("A", "B", "C", "D"), ("A", "B"), ["by ", "A, B", " and 2 others\n"]),
    ],
)
def test_an_author_that_was_asked_for_is_named_in_bold(authors, asked_for, said):
    blocks = shown(a_paper(authors=authors, tldr="Short."), authors=asked_for)

    assert runs(blocks) == [
        ("\n", False),
        *((each, each in (", ".join(asked_for),)) for each in said),
        ("Short.", False),
    ]


def test_a_paper_of_an_author_that_has_no_text_ends_with_the_names():
    blocks = shown(a_paper(abstract="", authors=("Li Wei",)), authors=("Li Wei",))

    assert "by" in read_aloud(blocks)
    assert "No summary yet" not in read_aloud(blocks)


def test_the_grey_line_names_the_other_topics_that_match():
    said = read_aloud(shown(also=["rag", "robots"]))

    assert "10 votes · also matches: rag, robots · Li Wei" in said


def test_where_no_head_names_the_topic_the_grey_line_does():
    assert "matches agents · also matches: rag" in read_aloud(shown(topic="agents", also=["rag"]))


# -- long sentences -------------------------------------------------------------------------------


def sentence(text, *words):
    places = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    return "".join(each for each, _ in runs(shown(excerpt=Excerpt(text, places)))).strip()


def test_a_long_sentence_is_cut_around_its_first_match():
    said = sentence("before " * 60 + "agents " + "after " * 60, "agents")

    assert said.startswith("… before ")
    assert said.endswith("…")
    assert "agents" in said
    assert len(said) <= SUMMARY_LIMIT + len("… …")


def test_a_long_sentence_that_matches_at_its_beginning_is_cut_at_its_end():
    said = sentence("agents " + "after " * 60, "agents")

    assert said.startswith("agents after")
    assert said.endswith("…")


def test_a_long_sentence_that_matches_at_its_end_is_cut_at_its_beginning():
    said = sentence("before " * 60 + "agents", "agents")

    assert said.startswith("… before")
    assert said.endswith("before agents")


def test_a_sentence_without_spaces_is_cut_between_its_letters():
    said = sentence("前" * 400 + "智能体" + "后" * 400, "智能体")

    assert said.startswith("… 前")
    assert "智能体后" in said


def test_a_match_beyond_the_cut_is_left_out():
    text = "agents " + "after " * 60 + "tools"

    blocks = shown(excerpt=Excerpt(text, ((0, 6), (text.index("tools"), len(text)))))

    assert [each for each, bold in runs(blocks) if bold] == ["agents"]
