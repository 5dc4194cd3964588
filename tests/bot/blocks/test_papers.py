"""One paper in a list, on a card, in a channel."""

from bot.blocks import papers
from tests.bot.blocks.anything import objects, read_aloud, values
from tests.factories import a_listing, a_paper


def links(blocks):
    return [each for each in objects(blocks) if each.get("type") == "link"]


def test_the_title_is_the_link_and_stays_as_it_is_written():
    listing = a_listing(a_paper(title=":smile: *Nets* & <!channel>"))

    [link] = links(papers.entry(listing))

    assert link["text"] == ":smile: *Nets* & <!channel>"
    assert link["url"] == "https://arxiv.org/abs/2606.00001"
    assert link["style"] == {"bold": True}


def test_a_paper_without_a_page_has_a_title_without_a_link():
    blocks = papers.entry(a_listing(a_paper(id="made-up", title="Small nets")))

    assert not links(blocks)
    assert "Small nets" in read_aloud(blocks)


def test_only_the_matched_words_are_bold():
    bold = [(0, 5), (17, 19)]

    found = links(papers.entry(a_listing(a_paper(title="World models and RL agents")), bold=bold))

    assert [(each["text"], "style" in each) for each in found] == [
        ("World", True),
        (" models and ", False),
        ("RL", True),
        (" agents", False),
    ]


def test_nothing_is_bold_where_the_abstract_matched():
    [link] = links(papers.entry(a_listing(), bold=[]))

    assert "style" not in link


def test_the_abstract_is_one_tap_away_beside_the_summary():
    title, summary, facts = papers.entry(a_listing(a_paper(tldr="Small is enough.")))

    assert summary["text"]["text"] == "Small is enough."
    assert values([summary], "open_abstract") == ["2606.00001"]
    assert (title["type"], facts["type"]) == ("rich_text", "context")


def test_several_buttons_share_a_row():
    share = {"type": "button", "action_id": "share_paper", "text": {}, "value": "2606.00001"}

    *_, row = papers.entry(a_listing(), buttons=[share])

    assert [each["action_id"] for each in row["elements"]] == ["open_abstract", "share_paper"]


def test_a_paper_without_any_text_says_so():
    assert "No summary yet." in read_aloud(papers.entry(a_listing(a_paper(abstract=""))))


def test_a_card_names_a_dozen_authors_and_counts_the_others():
    crowd = tuple(f"A{number}" for number in range(600))

    assert "A10, A11 and 588 others" in read_aloud(papers.card(a_listing(a_paper(authors=crowd))))


def test_a_card_leads_to_the_paper_its_discussion_its_code_and_its_project():
    paper = a_paper(code_url="https://github.com/a/b", project_url="https://a.org")

    *_, row = papers.card(a_listing(paper))

    assert [each["url"] for each in row["elements"]] == [
        "https://arxiv.org/abs/2606.00001",
        "https://huggingface.co/papers/2606.00001",
        "https://github.com/a/b",
        "https://a.org",
    ]


def test_a_card_has_one_button_for_code_that_is_also_the_project():
    paper = a_paper(code_url="https://github.com/a/b", project_url="https://github.com/a/b")

    assert "Project" not in read_aloud(papers.card(a_listing(paper)))


def test_a_card_with_a_summary_but_no_abstract_says_where_the_abstract_is():
    said = read_aloud(papers.card(a_listing(a_paper(abstract="", tldr="Short."))))

    assert "Short." in said
    assert "its page has one" in said


def test_the_text_of_a_shared_paper_names_who_shared_it():
    message = papers.shared(a_listing(a_paper(title="<!channel> nets")), "U1")

    assert message.text == "<@U1> shared a paper: &lt;!channel&gt; nets"
