/** Checkboxes and radio buttons. */

import { freshId, h } from "../dom.js";
import { textBox } from "../text.js";
import { report } from "./report.js";

export function checkboxes(element, block, ctx, extra) {
  const chosen = new Set(
    ctx.value(
      block,
      element,
      (element.initial_options ?? []).map((option) => option.value),
    ),
  );
  return group(
    element,
    ctx,
    extra,
    "checkbox",
    (value) => chosen.has(value),
    (value, on) => {
      if (on) chosen.add(value);
      else chosen.delete(value);
      const inOrder = element.options
        .map((option) => option.value)
        .filter((each) => chosen.has(each));
      report(element, block, ctx, extra, inOrder);
    },
  );
}

export function radioButtons(element, block, ctx, extra) {
  const chosen = ctx.value(block, element, element.initial_option?.value ?? null);
  return group(
    element,
    ctx,
    extra,
    "radio",
    (value) => value === chosen,
    (value) => {
      report(element, block, ctx, extra, value);
    },
  );
}

function group(element, ctx, extra, type, isChosen, choose) {
  const name = freshId("choice");
  const role = type === "radio" ? "radiogroup" : "group";
  return h(
    "div",
    {
      class: "choices",
      role,
      "aria-labelledby": extra.labelId,
      "aria-describedby": extra.describedBy,
    },
    (element.options ?? []).map((option) => {
      const input = h("input", { type, name, onchange: () => choose(option.value, input.checked) });
      input.checked = isChosen(option.value);
      return h(
        "label",
        { class: "choice" },
        input,
        h(
          "span",
          { class: "choice-words" },
          textBox(option.text, ctx, { tag: "span" }),
          option.description && textBox(option.description, ctx, { tag: "small" }),
        ),
      );
    }),
  );
}
