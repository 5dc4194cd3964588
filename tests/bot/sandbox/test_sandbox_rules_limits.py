"""For all sizes around every limit: what fits is taken anywhere in a message, one more is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message, check_view
from bot.sandbox.rules.together import displayed
from tests.bot.sandbox.limits import CLASSIC, plain, section, typed
from tests.bot.sandbox.limits_newer import NEWER, data_table

LIMITS = [*CLASSIC, *NEWER]
VIEW_LIMITS = {
    "modal title": ("title", 24, plain, "/title/text"),
    "modal submit": ("submit", 24, plain, "/submit/text"),
    "modal close": ("close", 24, plain, "/close/text"),
    "private_metadata": ("private_metadata", 3000, lambda n: "x" * n, "/private_metadata"),
    "callback_id": ("callback_id", 255, lambda n: "x" * n, "/callback_id"),
    "external_id": ("external_id", 255, lambda n: "x" * n, "/external_id"),
    "modal blocks": ("blocks", 100, lambda n: [section()] * n, "/blocks"),
}

neighbours = st.lists(
    st.sampled_from(
        [
            section(),
            {"type": "divider"},
            {"type": "context", "elements": [plain()]},
            {"type": "header", "text": plain()},
        ]
    ),
    max_size=3,
)
near = st.integers(-3, 3)


def modal(*blocks, **fields):
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **fields}


def refusal(surface, blocks):
    """Error code and messages of the refusal, or None."""
    try:
        if surface == "message":
            check_message("text", blocks)
        else:
            check_view(modal(*blocks), surface)
    except Refused as refused:
        return refused.error, refused.details["response_metadata"]["messages"]
    return None


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
@settings(max_examples=12, deadline=None)
@given(before=neighbours, after=neighbours, away=near)
def test_what_fits_is_taken_and_one_more_is_refused_at_its_place(limit, before, after, away):
    root = "/blocks" if limit.surface == "message" else "/view/blocks"
    size = max(1, limit.most + away)

    refused = refusal(limit.surface, [*before, limit.make(size), *after])

    if size <= limit.most:
        assert refused is None
    else:
        error, messages = refused
        assert error == ("invalid_blocks" if limit.surface == "message" else "invalid_arguments")
        places = [each.rpartition(" [json-pointer:")[2] for each in messages]
        assert f"{root}/{len(before)}{limit.pointer}]" in places
        assert all(each.startswith(f"{root}/{len(before)}/") for each in places)


@pytest.mark.parametrize("name", VIEW_LIMITS)
@given(away=near)
def test_a_view_that_fits_is_taken_and_one_that_does_not_is_refused(name, away):
    field, most, make, pointer = VIEW_LIMITS[name]
    view = modal(typed()) | {field: make(most + away)}

    if away <= 0:
        assert check_view(view, "modal") == view
    else:
        with pytest.raises(Refused) as refused:
            check_view(view, "modal")
        assert refused.value.error == "invalid_arguments"
        (message,) = refused.value.details["response_metadata"]["messages"]
        assert message.endswith(f"[json-pointer:/view{pointer}]")


@given(count=st.integers(90, 110))
def test_a_home_tab_has_a_hundred_blocks(count):
    home = {"type": "home", "blocks": [section()] * count}

    if count <= 100:
        assert check_view(home, "home") == home
    else:
        with pytest.raises(Refused, match="invalid_arguments"):
            check_view(home, "home")


@given(count=st.integers(45, 55))
def test_a_message_of_fifty_blocks_is_taken_and_one_of_more_is_not(count):
    refused = refusal("message", [{"type": "divider"}] * count)

    assert (refused is None) == (count <= 50)
    if refused:
        assert refused[1][0].endswith("[json-pointer:/blocks]")


@given(lengths=st.lists(st.integers(1, 3000), min_size=1, max_size=12))
def test_legal_sections_are_refused_only_by_their_sum(lengths):
    blocks = [section(text=plain(each)) for each in lengths]
    together = sum(lengths) + 125 * len(lengths)

    try:
        check_message("text", blocks)
        error = None
    except Refused as refused:
        error = refused.error

    assert error == ("msg_blocks_too_long" if together > 13_200 else None)


@given(lengths=st.lists(st.integers(1, 12_000), min_size=1, max_size=4))
def test_markdown_is_limited_over_the_whole_message(lengths):
    blocks = [{"type": "markdown", "text": "x" * each} for each in lengths]

    try:
        check_message("text", blocks)
        error = None
    except Refused as refused:
        error = refused.error

    assert error == ("invalid_blocks" if sum(lengths) > 12_000 else None)


def filled_table(characters):
    """A data table that displays so many characters, its caption apart."""
    table = data_table(2)
    table["rows"][1][0]["text"] = "x" * (characters - 1)
    return table


@given(first=st.integers(2, 19_000), second=st.integers(2, 19_000))
def test_data_tables_share_twenty_thousand_characters(first, second):
    blocks = [filled_table(first), filled_table(second)]
    home = {"type": "home", "blocks": blocks}
    assert sum(map(len, displayed([each["rows"] for each in blocks]))) == first + second

    if first + second <= 20_000:
        assert check_view(home, "home") == home
    else:
        with pytest.raises(Refused, match="invalid_arguments"):
            check_view(home, "home")
