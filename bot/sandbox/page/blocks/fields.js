/** Text, number, e-mail, address, date and time fields. */

import { h } from "../dom.js";
import { plainOf } from "../text.js";
import { report } from "./report.js";

/** One line or several; posts on Enter or on every change only where the block asks for it. */
export function textInput(element, block, ctx, extra) {
  const props = element.multiline ? { tag: "textarea", rows: "4" } : { type: "text" };
  return field({ ...props, maxlength: element.max_length }, element, block, ctx, extra);
}

export function numberInput(element, block, ctx, extra) {
  const step = element.is_decimal_allowed ? "any" : "1";
  return field(
    { type: "number", step, min: element.min_value, max: element.max_value },
    element,
    block,
    ctx,
    extra,
  );
}

export function emailInput(element, block, ctx, extra) {
  return field({ type: "email", autocomplete: "off" }, element, block, ctx, extra);
}

export function urlInput(element, block, ctx, extra) {
  return field({ type: "url" }, element, block, ctx, extra);
}

/** Uploads are not for this workspace: the field says so. */
export function fileInput(element, _block, _ctx, extra) {
  return h("input", {
    ...named(element, extra),
    type: "text",
    class: "field",
    disabled: true,
    value: "Files cannot be uploaded here",
  });
}

function field({ tag = "input", ...props }, element, block, ctx, extra) {
  const control = h(tag, {
    ...props,
    ...named(element, extra),
    class: "field",
    placeholder: plainOf(element.placeholder),
    value: ctx.value(block, element, element.initial_value ?? ""),
  });
  control.addEventListener("input", () => ctx.setValue(block, element, control.value));
  const config = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  control.addEventListener("keydown", (event) => {
    if (
      event.key !== "Enter" ||
      event.isComposing ||
      extra.quiet ||
      !config.includes("on_enter_pressed")
    )
      return;
    event.preventDefault();
    report(element, block, ctx, extra, control.value);
  });
  if (config.includes("on_character_entered")) {
    control.addEventListener("input", () => report(element, block, ctx, extra, control.value));
  }
  return control;
}

export function dateInput(element, block, ctx, extra) {
  return picker("date", element.initial_date, (value) => value || null, element, block, ctx, extra);
}

export function timeInput(element, block, ctx, extra) {
  return picker("time", element.initial_time, (value) => value || null, element, block, ctx, extra);
}

/** Slack's date-time is in epoch seconds; the browser's field is in its own zone. */
export function dateTimeInput(element, block, ctx, extra) {
  const initial = element.initial_date_time ?? null;
  const toSeconds = (value) => (value ? Math.floor(Date.parse(value) / 1000) : null);
  const seconds = ctx.value(block, element, initial);
  const shown = seconds === null ? "" : localField(new Date(seconds * 1000));
  return picker("datetime-local", shown, toSeconds, element, block, ctx, extra, shown);
}

function localField(date) {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function picker(type, initial, read, element, block, ctx, extra, shown) {
  const control = h("input", {
    ...named(element, extra),
    type,
    class: `field field-${type}`,
    value: shown ?? ctx.value(block, element, initial ?? ""),
  });
  control.addEventListener("change", () => report(element, block, ctx, extra, read(control.value)));
  return control;
}

function named(element, extra) {
  return {
    id: extra.id,
    dataset: { actionId: element.action_id ?? "" },
    "aria-describedby": extra.describedBy,
    "aria-invalid": extra.invalid ? "true" : null,
    "aria-required": extra.required ? "true" : null,
    "aria-label": extra.id ? null : plainOf(element.placeholder) || "Value",
    autofocus: element.focus_on_load,
  };
}
