"""Hugging Face's own search: answers in the documented shape, broken ones, and what it is asked."""

import json

import pytest

from bot.errors import SourceFailed
from bot.sources.hugging_face_search import LONGEST_QUERY, MOST, Searcher
from tests.server import Answer

TITLE = "Kettles that Learn: A Study of Boiling"


@pytest.fixture
def search(server):
    return Searcher(server.url, token="hf_madeup").search


@pytest.fixture
def found(an_entry):
    """An element of the answer: no submitter, and the title in pieces."""

    def found(*pieces: tuple[str, str], **paper: object) -> dict:
        entry = an_entry(**{"title": TITLE, **paper})
        for field in ("submittedOnDailyAt", "submittedOnDailyBy"):
            del entry["paper"][field]
        del entry["submittedBy"]
        entry["upvoted"] = False
        entry["highlightedTitle"] = [{"type": kind, "text": text} for kind, text in pieces]
        entry["highlightedSummary"] = [{"type": "text", "text": "We heat water."}]
        return entry

    return found


def reply(*entries: object) -> Answer:
    return Answer(json.dumps(entries).encode())


IN_PIECES = (("text", "Kettles that "), ("highlight", "Learn"), ("text", ": A Study of Boiling"))


def test_a_hit_has_the_found_words_of_its_title_marked_and_is_not_stored(server, search, found):
    server.will_answer(reply(found(*IN_PIECES)))

    [hit] = search("learning kettles")

    assert hit.listing.paper.title == TITLE
    assert [TITLE[start:end] for start, end in hit.matched.title] == ["Learn"]
    assert not hit.is_stored
    assert (hit.listing.upvotes, str(hit.listing.day)) == (3, "2026-06-25")
    assert server.paths == ["/api/papers/search"]
    assert server.queries == [{"q": "learning kettles", "limit": "10"}]
    assert server.headers[0]["authorization"] == "Bearer hf_madeup"


def test_line_breaks_in_the_pieces_are_spaces_as_in_the_title(server, search, found):
    pieces = (("text", "Kettles that\n  "), *IN_PIECES[1:])
    server.will_answer(reply(found(*pieces, title="Kettles that\n  Learn: A Study of Boiling")))

    [hit] = search("learn")

    assert [TITLE[start:end] for start, end in hit.matched.title] == ["Learn"]


@pytest.mark.parametrize(
    "pieces", [(), (("highlight", "<b>Kettles</b>"),), (("text", "$\\alpha$ "), *IN_PIECES)]
)
def test_pieces_that_do_not_make_up_the_title_mark_nothing(server, search, found, pieces):
    server.will_answer(reply(found(*pieces)))

    [hit] = search("learn")

    assert hit.matched.title == ()


def test_a_title_that_is_missing_is_put_together_from_its_pieces(server, search, found):
    entry = found(*IN_PIECES)
    del entry["paper"]["title"], entry["title"]
    server.will_answer(reply(entry))

    [hit] = search("learn")

    assert hit.listing.paper.title == TITLE


@pytest.mark.parametrize(
    "typed", ["a&limit=120", "x#y", "../../whoami", "🤗 & ümlaut", "%00", "a+b"]
)
def test_what_people_type_goes_out_as_one_parameter_and_nothing_else(server, search, typed):
    assert search(typed) == ()
    assert server.queries == [{"q": typed, "limit": str(MOST)}]
    assert server.paths == ["/api/papers/search"]


@pytest.mark.parametrize("typed", ["word " * 80, "w" * 400, "w " + "x" * 400])
def test_a_long_query_is_cut_to_what_the_site_takes(server, search, typed):
    search(typed)

    [sent] = [each["q"] for each in server.queries]
    assert 0 < len(sent) <= LONGEST_QUERY
    assert typed.startswith(sent)


def test_more_than_was_asked_for_is_left_out(server, search, found):
    entries = [found(id=f"2606.{number:05}") for number in range(1, 40)]
    server.will_answer(reply(*entries))

    assert len(search("kettles")) == MOST


def test_an_entry_that_cannot_be_read_is_left_out_and_a_repeat_comes_once(server, search, found):
    server.will_answer(reply(found(), None, found(id="no id"), found(), {"paper": 7}))

    assert [hit.listing.paper.id for hit in search("kettles")] == ["2606.00101"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"busy", 503),
        Answer(b"slow down", 429, {"Retry-After": "30"}),
        Answer(b'{"error": "q is too long"}', 400),
        Answer(b"<html>"),
        Answer(b'[{"paper": {"id": "26'),
        Answer(b"{}"),
        Answer(b"[null]"),
        Answer(b"[" * 100_000),
    ],
    ids=["503", "429", "400", "page", "half", "object", "nothing readable", "deep"],
)
def test_whatever_else_is_answered_is_a_failure_and_not_an_empty_answer(server, search, answer):
    server.will_answer(answer)

    with pytest.raises(SourceFailed, match=r"^Hugging Face: "):
        search("kettles")
    assert len(server.paths) == 1  # somebody waits


FIELDS = (
    "authors", "publishedAt", "title", "summary", "upvotes", "discussionId", "ai_keywords",
)  # fmt: skip


@pytest.mark.parametrize("nothing", ["dropped", None, [], 0, {"surprise": 1}])
@pytest.mark.parametrize("field", FIELDS)
def test_without_any_one_field_but_its_id_a_hit_is_a_hit(server, search, found, field, nothing):
    entry = found(*IN_PIECES)
    entry["paper"][field] = nothing
    if nothing == "dropped":
        del entry["paper"][field]
    server.will_answer(reply(entry))

    [hit] = search("kettles")

    assert (hit.listing.paper.id, hit.listing.paper.title) == ("2606.00101", TITLE)


@pytest.mark.parametrize("pieces", [None, 7, "text", [7], [{"text": 7}], [{"type": "highlight"}]])
def test_pieces_of_another_shape_mark_nothing(server, search, found, pieces):
    server.will_answer(reply(found() | {"highlightedTitle": pieces}))

    [hit] = search("kettles")

    assert hit.matched.title == ()


@pytest.mark.real
def test_the_recorded_answer_is_read_with_its_marks(shared, server, search):
    [path] = (shared / "data" / "hf_search").glob("*.json")
    server.will_answer(Answer(path.read_bytes()))

    hits = search("kazakh")

    assert len(hits) == 9
    for hit in hits:
        title = hit.listing.paper.title
        assert [title[start:end] for start, end in hit.matched.title] == ["Kazakh"]
