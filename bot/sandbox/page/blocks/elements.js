/** Every interactive element, by name, wherever it stands. */

import { h } from "../dom.js";
import { picture } from "../picture.js";
import { button, iconButton, overflow } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { feedbackButtons } from "./feedback.js";
import {
  dateInput,
  dateTimeInput,
  emailInput,
  fileInput,
  numberInput,
  textInput,
  timeInput,
  urlInput,
} from "./fields.js";
import { multiSelect, select } from "./select.js";

const SELECTS = [
  "static_select",
  "users_select",
  "conversations_select",
  "channels_select",
  "external_select",
];

const ELEMENTS = {
  button,
  workflow_button: button,
  checkboxes,
  datepicker: dateInput,
  datetimepicker: dateTimeInput,
  email_text_input: emailInput,
  feedback_buttons: feedbackButtons,
  file_input: fileInput,
  icon_button: iconButton,
  image: (element) => picture(element.image_url, element.alt_text, "picture-accessory"),
  number_input: numberInput,
  overflow,
  plain_text_input: textInput,
  radio_buttons: radioButtons,
  rich_text_input: (element, block, ctx, extra) =>
    textInput({ ...element, multiline: true }, block, ctx, extra),
  timepicker: timeInput,
  url_text_input: urlInput,
  ...Object.fromEntries(SELECTS.map((name) => [name, select])),
  ...Object.fromEntries(SELECTS.map((name) => [`multi_${name}`, multiSelect])),
};

/**
 * One element of a block. An input block adds `extra`: `{id, labelId, describedBy, invalid, quiet}`;
 * a quiet element keeps its value for the form and posts no click.
 */
export function drawElement(element, block, ctx, extra = {}) {
  const draw = ELEMENTS[element?.type];
  if (!draw) return h("span", { class: "unknown" }, `Element “${element?.type ?? "nothing"}”`);
  return draw(element, block, ctx, extra);
}
