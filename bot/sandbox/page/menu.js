/** Menus that open from a button and answer to arrow keys. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";

/**
 * Open a menu at `anchor`. Items: `{label, description?, icon?, checked?, testid?, onselect}`
 * or `{heading}`; a `checked` of true or false makes it a choice among its neighbours.
 */
export function openMenu(anchor, items, label) {
  const list = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label },
    items.map((item) => row(item, choose)),
  );
  const popup = openPopup(anchor, list);
  function choose(item) {
    popup.close();
    item.onselect();
  }
  list.addEventListener("keydown", (event) => moveWithArrows(event, list, "[role^=menuitem]"));
  (list.querySelector("[aria-checked=true]") ?? list.querySelector("[role^=menuitem]"))?.focus();
  return popup;
}

function row(item, choose) {
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const choice = item.checked !== undefined;
  return h(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: choice ? "menuitemradio" : "menuitem",
      "aria-checked": choice ? String(item.checked) : null,
      tabindex: "-1",
      testid: item.testid,
      onclick: () => choose(item),
    },
    item.lead ?? (item.icon && icon(item.icon)),
    h(
      "span",
      { class: "menu-words" },
      h("span", {}, item.label),
      item.description && h("small", {}, item.description),
    ),
    item.checked && icon("check"),
  );
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys, Home and End move the focus among the elements that `selector` finds. */
export function moveWithArrows(event, root, selector) {
  const all = [...root.querySelectorAll(selector)];
  const at = all.indexOf(document.activeElement);
  const ends = { Home: 0, End: all.length - 1 };
  const step = STEPS[event.key];
  const next = event.key in ends ? ends[event.key] : step && (at + step + all.length) % all.length;
  if (next === undefined || !all.length) return;
  event.preventDefault();
  all[next].focus();
}
