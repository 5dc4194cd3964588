/** Checkboxes and radio buttons. */

import { freshId, h } from "../dom.js";
import { textBox } from "../text.js";
import { report } from "./report.js";

export function checkboxes(element, block, ctx, extra) {
  const values = (options = []) => options.map((option) => option.value);
  let chosen = ctx.value(block, element, values(element.initial_options));
  return group(element, ctx, extra, "checkbox", {
    isChosen: (value) => chosen.includes(value),
    choose: async (value, on) => {
      const wanted = (each) => (each === value ? on : chosen.includes(each));
      const next = values(element.options).filter(wanted);
      if (await report(element, block, ctx, extra, next)) chosen = next;
    },
  });
}

export function radioButtons(element, block, ctx, extra) {
  let chosen = ctx.value(block, element, element.initial_option?.value ?? null);
  return group(element, ctx, extra, "radio", {
    isChosen: (value) => value === chosen,
    choose: async (value) => {
      if (await report(element, block, ctx, extra, value)) chosen = value;
    },
  });
}

/** The choices; one that was taken back at a question shows as before. */
function group(element, ctx, extra, type, { isChosen, choose }) {
  const name = freshId("choice");
  const options = element.options ?? [];
  const inputs = options.map((option) =>
    h("input", { type, name, onchange: ({ target }) => change(option.value, target.checked) }),
  );
  const show = () =>
    inputs.forEach((input, at) => {
      input.checked = isChosen(options[at].value);
    });
  const change = (value, on) => choose(value, on).then(show);
  show();
  return h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": extra.labelId,
      "aria-label": extra.labelId ? null : "Choices",
      "aria-describedby": extra.describedBy,
      dataset: { actionId: element.action_id ?? "" },
    },
    options.map((option, at) => choice(option, inputs[at], ctx)),
  );
}

function choice(option, input, ctx) {
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
}
