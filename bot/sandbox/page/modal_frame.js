/** A modal as one sees it: its title, its blocks, its buttons. */

import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks/index.js";
import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { plainOf } from "./text.js";

/** `below` is the view that this one lies over, if any; the title's id is free to refer to. */
export function modalFrame(view, surface, { bot, below, onclose }) {
  return h(
    "form",
    { class: "modal-form", novalidate: true },
    head(view, bot, below, onclose),
    h("div", { class: "modal-body", tabindex: "-1" }, drawBlocks(view.blocks, surface)),
    h(
      "footer",
      { class: "dialog-foot" },
      h(
        "button",
        { type: "button", class: "button", testid: "modal-close", onclick: onclose },
        plainOf(view.close) || (view.submit ? "Cancel" : "Close"),
      ),
      view.submit &&
        h(
          "button",
          { type: "submit", class: "button button-primary", testid: "modal-submit" },
          plainOf(view.submit),
        ),
    ),
  );
}

function head(view, bot, below, onclose) {
  return h(
    "header",
    { class: "modal-head" },
    avatar(bot, "small"),
    h(
      "div",
      { class: "modal-titles" },
      h("h2", { id: freshId("modal-title"), class: "dialog-title" }, plainOf(view.title)),
      below && h("small", {}, `over “${plainOf(below.title)}”`),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": below ? `Close, back to ${plainOf(below.title)}` : "Close",
        testid: "modal-x",
        onclick: onclose,
      },
      icon("close"),
    ),
  );
}
