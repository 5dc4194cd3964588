"""Papers like one, as people read them."""

from bot.blocks.similar import similar
from tests.factories import a_listing, a_paper
from tests.factories import papers as some_papers
from tests.house import words

ONE = a_listing(a_paper(title="Small nets learn"))


def test_the_paper_asked_about_leads_and_the_others_are_numbered():
    message = similar(ONE, tuple(a_listing(each) for each in some_papers(2)))

    said = words({"blocks": list(message.blocks)})
    assert "Similar to  Small nets learn" in said
    assert said.index("1. ") < said.index("Paper number 1") < said.index("2. ")


def test_each_of_them_can_be_shared_with_the_channel():
    message = similar(ONE, tuple(a_listing(each) for each in some_papers(2)))

    shared = [
        element["value"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "share_paper"
    ]
    assert shared == ["2606.00001", "2606.00002"]


def test_the_text_alone_names_them_too():
    text = similar(ONE, (a_listing(a_paper(title="Other nets")),)).text

    assert text.startswith("Similar to Small nets learn:\n1. Other nets")


def test_where_there_is_none_it_says_so():
    message = similar(ONE, ())

    assert "I know no other paper" in message.text
    assert "I know no other paper" in words({"blocks": list(message.blocks)})
