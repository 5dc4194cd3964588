"""Buttons, menus, inputs: what each must and may have, and which may stand where."""

from typing import Any

from bot.sandbox.rules.check import (
    Check,
    Problem,
    Problems,
    also,
    anything,
    each,
    exactly_one,
    flag,
    one_of,
    shape,
    string,
    tagged,
    whole,
)
from bot.sandbox.rules.parts import (
    IDENTIFIER,
    choice_option,
    confirm,
    menu_option,
    option_group,
    overflow_option,
    plain,
    slack_file,
    text,
    url,
)

PLACEHOLDER = plain(150)
COMMON: dict[str, Check] = {"action_id": IDENTIFIER, "confirm": confirm, "focus_on_load": flag}
MENU = {**COMMON, "placeholder": PLACEHOLDER}
DATE, TIME = string(10, 10), string(5, 5)

dispatch = shape(
    {}, {"trigger_actions_on": each(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
TYPED: dict[str, Check] = {
    "action_id": IDENTIFIER,
    "placeholder": PLACEHOLDER,
    "initial_value": string(3000, 0),
    "dispatch_action_config": dispatch,
    "focus_on_load": flag,
}


def initial_is_offered(value: Any, at: str) -> Problems:
    """A preselection is one of the options."""
    groups = value.get("option_groups") or []
    offered = list(value.get("options") or [])
    offered += [option for group in groups for option in group.get("options", [])]
    one, many = value.get("initial_option"), value.get("initial_options") or []
    for chosen in [*([one] if one else []), *many]:
        if chosen not in offered:
            yield Problem("the initial option must be one of the options", at)


def static_select(**more: Check) -> Check:
    lists = {"options": each(menu_option, 100), "option_groups": each(option_group, 100)}
    return also(
        shape({}, MENU | lists | more), exactly_one("options", "option_groups"), initial_is_offered
    )


def choices(**more: Check) -> Check:
    """Radio buttons or checkboxes."""
    return also(shape({"options": each(choice_option, 10)}, COMMON | more), initial_is_offered)


image = also(
    shape({"alt_text": string(2000)}, {"image_url": url, "slack_file": slack_file}),
    exactly_one("image_url", "slack_file"),
)
feedback = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
several = {"max_selected_items": whole(1, 100)}
conversation_filter = shape(
    {},
    {
        "include": each(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
answer_here = {"response_url_enabled": flag, "default_to_current_conversation": flag}

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain(75)},
        {
            "action_id": IDENTIFIER,
            "url": url,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": confirm,
            "accessibility_label": string(75),
        },
    ),
    "overflow": shape(
        {"options": each(overflow_option, 5)}, {"action_id": IDENTIFIER, "confirm": confirm}
    ),
    "static_select": static_select(initial_option=menu_option),
    "multi_static_select": static_select(initial_options=each(menu_option, 100), **several),
    "external_select": shape(
        {}, {**MENU, "initial_option": menu_option, "min_query_length": whole(0, 100)}
    ),
    "multi_external_select": shape(
        {},
        {
            **MENU,
            **several,
            "initial_options": each(menu_option, 100),
            "min_query_length": whole(0, 100),
        },
    ),
    "users_select": shape({}, {**MENU, "initial_user": IDENTIFIER}),
    "multi_users_select": shape({}, {**MENU, **several, "initial_users": each(IDENTIFIER, 100, 0)}),
    "conversations_select": shape(
        {},
        {**MENU, **answer_here, "initial_conversation": IDENTIFIER, "filter": conversation_filter},
    ),
    "multi_conversations_select": shape(
        {},
        {
            **MENU,
            **several,
            **answer_here,
            "initial_conversations": each(IDENTIFIER, 100, 0),
            "filter": conversation_filter,
        },
    ),
    "channels_select": shape({}, {**MENU, **answer_here, "initial_channel": IDENTIFIER}),
    "multi_channels_select": shape(
        {}, {**MENU, **several, "initial_channels": each(IDENTIFIER, 100, 0)}
    ),
    "datepicker": shape({}, {**MENU, "initial_date": DATE}),
    "timepicker": shape({}, {**MENU, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": shape({}, {**COMMON, "initial_date_time": whole(10**9, 10**10 - 1)}),
    "checkboxes": choices(initial_options=each(choice_option, 10)),
    "radio_buttons": choices(initial_option=choice_option),
    "plain_text_input": shape(
        {},
        {
            **TYPED,
            "multiline": flag,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
    ),
    "email_text_input": shape({}, TYPED),
    "url_text_input": shape({}, TYPED),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        {**TYPED, "min_value": string(50), "max_value": string(50)},
    ),
    "rich_text_input": shape({}, {**TYPED, "initial_value": anything}),
    "file_input": shape(
        {},
        {"action_id": IDENTIFIER, "filetypes": each(string(20), 50), "max_files": whole(1, 10)},
    ),
    "image": image,
    "feedback_buttons": shape(
        {"positive_button": feedback, "negative_button": feedback}, {"action_id": IDENTIFIER}
    ),
    "icon_button": shape(
        {"icon": one_of("trash"), "text": plain(75)},
        {
            "action_id": IDENTIFIER,
            "value": string(2000),
            "confirm": confirm,
            "accessibility_label": string(75),
            "visible_to_user_ids": each(IDENTIFIER, 100, 0),
        },
    ),
}

SELECTS = tuple(name for name in ELEMENTS if name.endswith("_select"))
CHOOSERS = (*SELECTS, "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
TYPED_INPUTS = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
)


def elements(*names: str) -> Check:
    """An element of one of these types."""
    return tagged({name: ELEMENTS[name] for name in names})


accessory = elements("button", "overflow", "image", *CHOOSERS)
in_actions = elements("button", "overflow", *CHOOSERS)
in_input = elements(*CHOOSERS, *TYPED_INPUTS)
in_context_actions = elements("feedback_buttons", "icon_button")
in_context = tagged({"image": image, "plain_text": text(3000), "mrkdwn": text(3000)})
button = elements("button")
