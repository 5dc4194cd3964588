/** Buttons and the overflow menu. */

import { confirm } from "../dialog.js";
import { h, safeUrl } from "../dom.js";
import { hasIcon, icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { plainOf, textBox } from "../text.js";

/** A button; one with an address opens it and is still posted. */
export function button(element, block, ctx) {
  const style = element.style ? `button-${element.style}` : "";
  const words = textBox(element.text, ctx, { tag: "span" });
  const control = h(
    "button",
    {
      type: "button",
      class: `button ${style}`,
      "aria-label": element.accessibility_label,
      dataset: { actionId: element.action_id ?? "" },
    },
    words,
    safeUrl(element.url) && icon("out"),
  );
  control.addEventListener("click", () => press(control, element, block, ctx));
  return control;
}

/** Ask first where the element has a confirm dialog, then post, showing that it is under way. */
export async function press(control, element, block, ctx, given) {
  if (element.confirm && !(await confirm(element.confirm, ctx))) return;
  const address = safeUrl(element.url);
  if (address) window.open(address, "_blank", "noopener,noreferrer");
  control.setAttribute("aria-busy", "true");
  await ctx.act(
    block,
    element,
    given ?? (element.value === undefined ? {} : { value: element.value }),
  );
  control.removeAttribute("aria-busy");
}

export function iconButton(element, block, ctx) {
  const name = hasIcon(element.icon) ? element.icon : "more";
  const label = plainOf(element.text) || element.accessibility_label || element.icon;
  const control = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      dataset: { actionId: element.action_id ?? "" },
    },
    icon(name),
  );
  control.addEventListener("click", () => press(control, element, block, ctx));
  return control;
}

/** The ⋯ menu; an option with an address opens it and is still posted. */
export function overflow(element, block, ctx) {
  const control = h(
    "button",
    {
      type: "button",
      class: "button button-overflow",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      dataset: { actionId: element.action_id ?? "" },
    },
    icon("more"),
  );
  const items = (element.options ?? []).map((option) => ({
    label: plainOf(option.text),
    description: plainOf(option.description),
    onselect: () =>
      press(control, { ...element, url: option.url }, block, ctx, { selected: option.value }),
  }));
  control.addEventListener("click", () => openMenu(control, items, "More actions"));
  return control;
}
