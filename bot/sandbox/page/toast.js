/** Short notices over everything else, also over dialogs. */

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";

const STAY_MS = 7000;

const region = h("div", {
  class: "toasts",
  popover: "manual",
  role: "status",
  "aria-live": "polite",
  testid: "toasts",
});
const spoken = h("div", { class: "unseen", "aria-live": "polite" });

/** Put the regions into the page. */
export function mountToasts() {
  document.body.append(region, spoken);
}

/** Show a sentence for a few seconds. */
export function toast(words, kind = "error") {
  const note = h(
    "div",
    { class: `toast toast-${kind}`, testid: "toast" },
    icon(kind),
    h("span", {}, words),
  );
  region.append(note);
  // Opened anew so that it lies above a dialog that was opened since.
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
  setTimeout(() => {
    note.remove();
    if (!region.children.length && region.matches(":popover-open")) region.hidePopover();
  }, STAY_MS);
}

/** Tell screen readers what has just arrived. */
export function announce(words) {
  replace(spoken, words);
}
