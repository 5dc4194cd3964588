/** The two thumbs under an answer. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { plainOf } from "../text.js";
import { press } from "./button.js";

/** Two thumbs; the one pressed last stays lit. */
export function feedbackButtons(element, block, ctx) {
  const group = h("span", {
    class: "feedback",
    role: "group",
    "aria-label": "Feedback",
    dataset: { actionId: element.action_id ?? "" },
  });
  const sides = [
    ["positive_button", "up"],
    ["negative_button", "thumbsdown"],
  ];
  const controls = sides
    .filter(([side]) => element[side])
    .map(([side, name]) => thumb(element[side], name));
  group.append(...controls);
  return group;

  function thumb(side, name) {
    const label = side.accessibility_label || plainOf(side.text);
    const lit = ctx.value(block, element) === side.value;
    const control = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        "aria-pressed": String(lit),
      },
      icon(name),
    );
    control.addEventListener("click", () => {
      ctx.setValue(block, element, side.value);
      for (const each of controls) each.setAttribute("aria-pressed", String(each === control));
      press(control, element, block, ctx, { value: side.value });
    });
    return control;
  }
}
