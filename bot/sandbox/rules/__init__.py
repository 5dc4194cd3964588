"""Which messages and views Slack takes. Each rule refuses with Slack's own error code.

What the sandbox enforces, here and elsewhere, and the test that shows it. In brackets are the rows
of a test that has several; `fits` is short for the test that goes through all sizes,
test_what_fits_is_taken_and_one_more_is_refused_at_its_place.

Sizes
    50 blocks a message      | test_a_message_of_fifty_blocks_is_taken_and_one_of_more_is_not
    100 blocks a view        | test_a_home_tab_has_a_hundred_blocks
                             | test_a_view_that_fits_is_taken_and_one_that_does_not_is_refused
    All blocks together      | test_legal_sections_are_refused_only_by_their_sum
    Text, attachments        | test_a_message_slack_would_refuse_is_refused
    Section                  | fits[section text, section fields, section field]
    Header, plain text only  | fits[header text]
                             | test_the_last_is_taken_and_the_first_beyond_is_refused
    Rows of elements         | fits[context, actions, context_actions]
    Image                    | fits[image alt, image title, image url]
    Button                   | fits[button text, button value, button url, button label]
    Ids                      | fits[action_id, block_id]
    Ids occur once           | test_a_block_id_occurs_once
                             | test_a_block_id_occurs_once_also_inside_a_container
    Option                   | fits[option text, option description, option value, option url]
    Select                   | fits[select options, select groups, group label, placeholder]
    Few options              | fits[overflow, radio, checkboxes]
    Input                    | fits[input label, input hint, input preset, input length]
    Confirmation             | fits[confirm title, confirm text, confirm yes, confirm no]
    Modal                    | test_a_modal_has_its_limits
    250 kB a view            | test_a_view_is_at_most_250_kilobytes
    Three modals in a stack  | test_a_submission_can_be_answered_with_another_view
    Unfurl: five domains     | test_an_app_has_at_most_five_unfurl_domains
    Unfurl: seen by all      | test_everybody_there_sees_the_preview_member_or_not
    Uploads are not there    | test_a_method_that_does_not_exist_here_is_unknown

The blocks of 2026
    Card                     | fits[card title, card subtitle, card body, card subtext]
                             | fits[card actions]
                             | test_a_card_shows_something_and_has_one_icon
    Carousel                 | fits[carousel]
    Alert, in modals only    | fits[alert]
                             | test_a_block_stands_only_where_slack_shows_it
    Container                | fits[container title, container subtitle, container children]
                             | test_a_container_has_fields_that_need_or_exclude_each_other
    Table                    | fits[table rows, table columns, column settings]
    One table, two charts    | test_a_message_has_one_table_and_two_charts
    Data table               | fits[data table rows, data table columns, data table page]
                             | test_ragged_rows_and_empty_cells_are_no_data_table
                             | test_data_tables_share_twenty_thousand_characters
    Chart                    | fits[chart title, pie segments, pie label, chart series]
                             | fits[series name, chart categories, category, axis label]
                             | test_a_chart_is_refused_where_its_parts_do_not_fit_together
    Markdown                 | fits[markdown]
                             | test_markdown_is_limited_over_the_whole_message
    Rich text                | fits[list indent]
    Feedback, icon button    | fits[feedback text, feedback value, icon value]
    Where each may stand     | test_a_block_stands_only_where_slack_shows_it

Time and rates
    Three seconds to answer  | test_a_command_nobody_answers_times_out_as_in_slack
    response_url, five uses  | test_the_sixth_use_of_a_response_url_is_refused
    response_url, 30 minutes | test_a_response_url_ends_after_half_an_hour
    trigger_id, 3 s          | test_a_trigger_is_good_for_three_seconds
    trigger_id, once         | test_a_trigger_opens_a_modal_once
    Request signature        | test_a_bot_that_knows_another_signing_secret_refuses_the_request
    Event retries            | test_an_event_nobody_takes_comes_again_three_times
                             | test_a_retried_event_says_so
                             | test_x_slack_no_retry_ends_the_retries
    30,000 events an hour    | test_beyond_the_volume_of_an_hour_there_are_no_events_until_the_next
                             | test_the_bot_is_told_that_there_were_too_many_events
    Tiers                    | test_a_method_has_its_tier
                             | test_never_more_pass_than_the_burst_and_the_minutes_allow
    Posting                  | test_a_burst_of_messages_to_one_channel_is_stopped_with_retry_after
    History, commercial apps | test_histories_of_a_commercial_app_come_slowly_and_in_fifteens

Left to the bot's own tests, as nothing of it happens in Slack: the OAuth cookie, the life of a
rotating token, the SDK's timeout. That an update should bring other block_ids is advice.
"""

from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.surfaces import check_view

__all__ = ["check_message", "check_view"]
