/** The head of a side panel. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function panelHead(title, about, onclose) {
  return h(
    "header",
    { class: "panel-head" },
    h("h2", {}, title),
    about && h("span", { class: "panel-about" }, about),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `Close ${title.toLowerCase()}`,
        testid: "panel-close",
        onclick: onclose,
      },
      icon("close"),
    ),
  );
}
