"""The looks of a digest: what each shows of a paper, and what becomes of it where it is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks import digest, looks
from bot.blocks.kit import MESSAGE_BLOCKS, MESSAGE_BUDGET, classic
from bot.domain.digest import Look, Pick, Receipt, SourceRead
from bot.domain.votes import Tally
from bot.sandbox.rules import check_message
from bot.sandbox.rules.messages import characters
from tests.bot.blocks.anything import editions, listings, objects, read_aloud, values
from tests.factories import DAY, NOW, a_listing, a_paper, an_edition, papers

FULL = a_listing(
    a_paper(
        title="Nets & <tags>",
        tldr="Small is enough.",
        tldr_by="a model",
        organization="ETH",
        code_url="https://github.com/a/b?x=1&y=2",
        project_url="https://a.org/|<b>",
        thumbnail_url="https://a.org/picture.png",
    ),
    upvotes=212,
    comments=3,
    stars=1040,
    submitter="Ana Ruiz",
)
ID = FULL.paper.id


def the_edition(shown, candidates=None, **pick):
    picks = tuple(Pick(each.paper.id, f"{each.upvotes} votes", **pick) for each in shown)
    read = SourceRead("hf", DAY, NOW, None)
    receipt = Receipt(len(shown) if candidates is None else candidates, (read,))
    return an_edition(picks=picks, receipt=receipt)


def some(count):
    return [a_listing(paper, upvotes=50) for paper in papers(count)]


def drawn(look, shown, **fields):
    return looks.shown(look, the_edition(shown, **fields), shown)


def carousel(message):
    [found] = [each for each in message.blocks if each["type"] == "carousel"]
    return found["elements"]


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize(("count", "candidates"), [(0, 0), (1, 1), (9, 9), (10, 120)])
def test_every_look_takes_every_day(look, count, candidates):
    message = drawn(look, some(count), candidates=candidates)

    check_message(message.text, list(message.blocks))
    said = read_aloud(message.blocks)
    assert ("No new papers" in said) is (count == 0)
    if count:
        assert f"{count} shown" in said
    if candidates > count:
        assert f"{candidates - count} below the bar" in said


@pytest.mark.parametrize("look", Look)
def test_the_text_alone_reads_the_same_in_every_look(look):
    assert drawn(look, [FULL, *some(1)]).text.splitlines() == [
        "2 papers for Friday 26 June",
        "1. Nets &amp; &lt;tags&gt; (212 votes)",
        "2. Paper number 1 (50 votes)",
    ]


@pytest.mark.parametrize(
    "told",
    ["Nets & <tags>", "Small is enough.", "AI summary", "212 votes", "3 comments", "ETH"],
)
@pytest.mark.parametrize("look", [Look.COMPACT, Look.CARDS])
def test_a_paper_is_told_in_one_message(look, told):
    assert told in read_aloud(drawn(look, [FULL]).blocks)


@pytest.mark.parametrize("look", [Look.COMPACT, Look.CARDS])
def test_code_and_project_are_links_that_nothing_breaks_out_of(look):
    [links] = [
        each["text"]
        for each in objects(list(drawn(look, [FULL]).blocks))
        if each.get("type") == "mrkdwn" and "project" in each["text"]
    ]

    assert "<https://github.com/a/b?x=1&amp;y=2|" in links
    assert "code ★ 1,040>" in links
    assert "<https://a.org/%7C%3Cb%3E|" in links


def test_links_that_would_be_too_long_together_are_left_out():
    shown = [
        a_listing(replace(paper, project_url="https://a.org/" + "x" * 480)) for paper in papers(9)
    ]

    message = drawn(Look.CARDS, shown)

    check_message(message.text, list(message.blocks))
    assert "<https://arxiv.org/abs/2606.00009|9>" in read_aloud(message.blocks)
    assert read_aloud(message.blocks).count(" project>") == 5


def test_who_posted_a_paper_is_told_where_there_is_room():
    assert "posted by Ana Ruiz" in read_aloud(drawn(Look.COMPACT, [FULL]).blocks)


def test_a_paper_without_a_summary_is_told_by_its_abstract_and_says_so():
    abstract = (
        "Nets are large. We propose a way to make nets small without losing accuracy. It works."
    )
    shown = [replace(FULL, paper=a_paper(abstract=abstract))]

    for look in (Look.COMPACT, Look.CARDS):
        said = read_aloud(drawn(look, shown).blocks)
        assert "We propose a way to make nets small without losing accuracy." in said
        assert "Nets are large" not in said
        assert "from the abstract" in said


@pytest.mark.parametrize(
    ("reason", "told"),
    [("matches robots", "212 votes · matches robots · 3"), ("211 votes", "212 votes · 3 comments")],
    ids=["a reason", "votes that have grown since"],
)
@pytest.mark.parametrize("look", Look)
def test_each_paper_says_why_it_is_there(look, reason, told):
    edition = an_edition(picks=(Pick(ID, reason),))

    assert told in read_aloud(looks.shown(look, edition, [FULL]).blocks)


def test_who_picked_a_paper_is_named():
    [said] = [
        each["text"]
        for each in objects(list(drawn(Look.COMPACT, [FULL], picked_by="U1").blocks))
        if each.get("type") == "mrkdwn" and "picked" in each["text"]
    ]

    assert said == "picked by <@U1>"


def test_a_card_has_a_picture_and_three_buttons_whose_names_occur_once():
    shown = [FULL, *some(2)]
    edition = the_edition(shown)

    message = looks.cards(edition, shown, {ID: Tally(3, 1)})

    first, *others = carousel(message)
    assert first["hero_image"]["image_url"] == "https://a.org/picture.png"
    assert all("hero_image" not in each for each in others)
    assert [each["text"]["text"] for each in first["actions"]] == ["Abstract", "👍 3", "Save"]
    names = [each["action_id"] for card in carousel(message) for each in card["actions"]]
    assert len(names) == len(set(names)) == 9
    assert {each["value"] for each in first["actions"]} == {ID}


def test_where_cards_are_refused_the_compact_look_says_the_same():
    shown = [FULL, *some(4)]
    edition = the_edition(shown)

    plainer = classic(looks.cards(edition, shown, {ID: Tally(3, 1)}))

    assert plainer == digest.digest(edition, shown, {ID: Tally(3, 1)})


def test_the_list_above_threads_has_titles_and_no_buttons():
    message = drawn(Look.THREADS, [FULL, *some(4)])

    assert [each["type"] for each in message.blocks].count("actions") == 0
    assert "vote, save and talk about it there" in read_aloud(message.blocks)
    assert "Small is enough." not in read_aloud(message.blocks)


def test_a_reply_tells_one_paper_by_its_number_and_names_the_list_it_is_below():
    shown = [*some(2), FULL]

    message = looks.reply(the_edition(shown), FULL, "17.3", Tally(2))

    said = read_aloud(message.blocks)
    assert said.startswith("3.  Nets & <tags>")
    assert "👍 2" in said
    assert values(message.blocks, "open_abstract") == [ID]
    assert message.thread_ts == "17.3"
    assert message.text == "3. Nets &amp; &lt;tags&gt; (212 votes)\nSmall is enough."


@given(look=st.sampled_from(Look), shown=listings(20), data=st.data())
@settings(max_examples=30)
def test_what_does_not_fit_is_counted_in_every_look(look, shown, data):
    edition = data.draw(editions(shown))

    message = looks.shown(look, edition, shown)

    blocks = list(message.blocks)
    assert len(blocks) <= MESSAGE_BLOCKS
    assert characters(blocks) <= MESSAGE_BUDGET
    if shown:
        numbers = [f"{place}. " for place in range(1, len(shown) + 1)]
        told = [line for line in message.text.splitlines() if line.startswith(tuple(numbers))]
        assert digest.receipt(edition, max(len(told), 1)) or told
