"""Modals and the Home tab: opening, filling in, submitting, closing."""

import pytest

from bot.sandbox import tickets


def words(text):
    return {"type": "plain_text", "text": text}


def a_modal(title="Search", **fields):
    element = {"type": "plain_text_input", "action_id": "words"}
    block = {"type": "input", "block_id": "query", "label": words("Query"), "element": element}
    view = {"type": "modal", "title": words(title), "submit": words("Go"), "blocks": [block]}
    return view | {"callback_id": "search"} | fields


@pytest.fixture
def trigger(doors):
    """A function that types a command and gives its trigger id."""

    def trigger_id():
        doors("command", user="ana", channel="papers", command="/look", text="")
        calls = [each for each in doors.get("log")["calls"] if each["kind"] == "command"]
        return calls[-1]["request"]["trigger_id"]

    return trigger_id


def modals(doors):
    return doors.get("views", user="ana")["modals"]


def test_a_trigger_opens_a_modal_once(api, doors, trigger):
    spent = trigger()

    opened = api("views.open", trigger_id=spent, view=a_modal(private_metadata="7"))

    assert opened["view"]["id"] == modals(doors)[0]["id"]
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    assert opened["view"]["private_metadata"] == "7"
    again = api("views.open", trigger_id=spent, view=a_modal())
    assert again["error"] == "exchanged_trigger_id"
    assert doors.get("views", user="ben")["modals"] == []


def test_a_trigger_is_good_for_three_seconds(api, trigger, monkeypatch):
    monkeypatch.setattr(tickets, "TRIGGER_SECONDS", -1.0)

    opened = api("views.open", trigger_id=trigger(), view=a_modal())

    assert opened["error"] == "expired_trigger_id"


def test_an_invented_trigger_opens_nothing(api):
    assert api("views.open", trigger_id="1.2.x", view=a_modal())["error"] == "invalid_trigger_id"
    assert api("views.open", view=a_modal())["error"] == "invalid_arguments"


def test_a_refused_view_leaves_the_trigger_good(api, trigger):
    good = trigger()

    refused = api("views.open", trigger_id=good, view=a_modal(title="x" * 25))

    assert refused["error"] == "invalid_arguments"
    assert "/view/title/text" in refused["response_metadata"]["messages"][0]
    assert api("views.open", trigger_id=good, view=a_modal())["ok"]


def test_an_update_needs_the_present_hash_if_it_gives_one(api, doors, trigger):
    view = api("views.open", trigger_id=trigger(), view=a_modal())["view"]

    stale = api("views.update", view_id=view["id"], hash="1.old", view=a_modal())
    fresh = api("views.update", view_id=view["id"], hash=view["hash"], view=a_modal("Again"))

    assert stale["error"] == "hash_conflict"
    assert fresh["view"]["id"] == view["id"]
    assert fresh["view"]["hash"] != view["hash"]
    assert modals(doors)[0]["title"]["text"] == "Again"
    assert api("views.update", view_id="V0", view=a_modal())["error"] == "not_found"


def test_views_are_found_by_external_id(api, trigger):
    api("views.open", trigger_id=trigger(), view=a_modal(external_id="mine"))

    updated = api("views.update", external_id="mine", view=a_modal("By id", external_id="mine"))

    assert updated["view"]["title"]["text"] == "By id"


def test_home_is_published_for_one_person(api, doors):
    ana = doors.id_of("ana")
    view = {"type": "home", "blocks": [{"type": "divider"}]}

    first = api("views.publish", user_id=ana, view=view)["view"]
    second = api("views.publish", user_id=ana, view=view, hash=first["hash"])["view"]

    assert second["id"] == first["id"]
    assert doors.get("views", user="ana")["home"]["blocks"][0]["type"] == "divider"
    assert doors.get("views", user="ben")["home"] is None
    stale = api("views.publish", user_id=ana, view=view, hash=first["hash"])
    assert stale["error"] == "hash_conflict"
    assert api("views.publish", user_id="U0", view=view)["error"] == "invalid_arguments"
    assert api("views.publish", user_id=ana, view=a_modal())["error"] == "invalid_arguments"


def open_modal(bot, doors, **fields):
    bot.command("/look")(
        lambda ack, body, client: (
            ack(),
            client.views_open(trigger_id=body["trigger_id"], view=a_modal(**fields)),
        )
    )
    doors("command", user="ana", channel="papers", command="/look", text="")


def submit(doors, wait_for, text="diffusion"):
    view = wait_for(lambda: modals(doors))[-1]
    values = {"query": {"words": text}}
    return doors("submit", user="ana", view_id=view["id"], values=values)


def test_a_submission_brings_what_was_typed_and_closes_the_modal(bot, doors, wait_for):
    seen = []
    bot.view("search")(lambda ack, view: (ack(), seen.append(view)))
    open_modal(bot, doors)

    answer = submit(doors, wait_for)

    assert answer["errors"] is None
    assert seen[0]["state"]["values"]["query"]["words"]["value"] == "diffusion"
    assert modals(doors) == []


def test_errors_keep_the_modal_open_with_what_was_typed(bot, doors, wait_for):
    bot.view("search")(
        lambda ack: ack(response_action="errors", errors={"query": "I don't know that word."})
    )
    open_modal(bot, doors)

    answer = submit(doors, wait_for)

    assert answer["errors"] == {"query": "I don't know that word."}
    assert modals(doors)[0]["state"]["values"]["query"]["words"]["value"] == "diffusion"


def test_a_submission_can_be_answered_with_another_view(bot, doors, wait_for):
    bot.view("search")(lambda ack: ack(response_action="push", view=a_modal("Found")))
    open_modal(bot, doors)

    submit(doors, wait_for)
    submit(doors, wait_for)

    first, second, third = modals(doors)
    assert second["title"]["text"] == "Found"
    assert second["previous_view_id"] == first["id"]
    assert third["root_view_id"] == first["id"]
    assert "push_limit_reached" in submit(doors, wait_for)["error"]


def test_a_submission_can_replace_or_clear(bot, doors, wait_for):
    answers = [{"response_action": "update", "view": a_modal("Next")}, {"response_action": "clear"}]
    bot.view("search")(lambda ack: ack(**answers.pop(0)))
    open_modal(bot, doors)

    submit(doors, wait_for)
    assert modals(doors)[0]["title"]["text"] == "Next"
    submit(doors, wait_for)
    assert modals(doors) == []


def test_a_wrong_answer_to_a_submission_is_a_trouble_and_closes_nothing(
    signed_http, doors, wait_for
):
    signed_http.view("search")(
        lambda ack: ack(response_action="errors", errors={"nowhere": "wrong"})
    )
    open_modal(signed_http, doors)

    answer = submit(doors, wait_for)

    assert "trouble" in answer["error"]
    assert len(modals(doors)) == 1


def test_an_empty_required_field_is_never_sent(signed_http, doors, wait_for):
    open_modal(signed_http, doors)

    answer = submit(doors, wait_for, text="")

    assert answer["errors"] == {"query": "Please complete this required field."}
    assert "view_submission" not in [each["kind"] for each in doors.get("log")["calls"]]


def test_a_field_that_is_not_there_cannot_be_filled_in(signed_http, doors, wait_for):
    open_modal(signed_http, doors)
    view = wait_for(lambda: modals(doors))[0]

    answer = doors("submit", user="ana", view_id=view["id"], values={"x": {"y": "z"}})
    stranger = doors("submit", user="ben", view_id=view["id"], values={})

    assert answer["ok"] is False
    assert stranger["ok"] is False


def test_closing_is_told_where_the_view_asks_for_it(bot, doors, wait_for):
    seen = []
    bot.view_closed("search")(lambda ack, view: (ack(), seen.append(view["callback_id"])))
    open_modal(bot, doors, notify_on_close=True)
    view = wait_for(lambda: modals(doors))[0]

    assert doors("close", user="ana", view_id=view["id"])["ok"]

    assert seen == ["search"]
    assert modals(doors) == []


def test_a_click_in_a_modal_has_a_view_and_can_push(bot, doors, wait_for):
    label = {"type": "button", "action_id": "more", "text": words("More"), "value": "1"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [label]}]
    seen = []

    @bot.action("more")
    def more(ack, body, client):
        ack()
        seen.append(body)
        client.views_push(trigger_id=body["trigger_id"], view=a_modal("More"))

    open_modal(bot, doors, blocks=blocks)
    view = wait_for(lambda: modals(doors))[0]
    doors("click", user="ana", view_id=view["id"], action_id="more")

    wait_for(lambda: len(modals(doors)) == 2)
    assert seen[0]["view"]["id"] == view["id"]
    assert "message" not in seen[0]
    assert "response_url" not in seen[0]


def test_choices_in_a_view_are_in_its_state(signed_http, doors, wait_for):
    options = [{"text": words(each), "value": each} for each in ("daily", "weekly")]
    radio = {"type": "radio_buttons", "action_id": "when", "options": options}
    pick = {"type": "datepicker", "action_id": "from", "initial_date": "2026-06-26"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [radio, pick]}]
    open_modal(signed_http, doors, blocks=blocks)
    view = wait_for(lambda: modals(doors))[0]

    doors("click", user="ana", view_id=view["id"], action_id="when", selected="weekly")

    values = modals(doors)[0]["state"]["values"]["row"]
    assert values["when"]["selected_option"]["value"] == "weekly"
    assert values["from"]["selected_date"] == "2026-06-26"
