/** The input block: a label, its element, a hint, and the error that the app sent back. */

import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { textBox } from "../text.js";
import { drawElement } from "./elements.js";

// Several controls: they are named by the label's id, and its press belongs to none of them.
const GROUPS = new Set(["checkboxes", "radio_buttons"]);

export function inputBlock(block, ctx) {
  const id = freshId("input");
  const error = ctx.errors[block.block_id];
  const notes = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  const extra = {
    id,
    labelId: `${id}-label`,
    describedBy: notes.join(" ") || null,
    invalid: Boolean(error),
    required: !block.optional,
    quiet: !block.dispatch_action,
  };
  return h(
    "div",
    {
      class: `block-input${error ? " has-error" : ""}`,
      dataset: { blockId: block.block_id ?? "" },
    },
    h(
      "label",
      { class: "input-label", for: GROUPS.has(block.element?.type) ? null : id, id: extra.labelId },
      textBox(block.label, ctx, { tag: "span" }),
      block.optional && h("span", { class: "input-optional" }, " (optional)"),
    ),
    drawElement(block.element, block, ctx, extra),
    error &&
      h(
        "div",
        { class: "input-error", id: `${id}-error`, role: "alert", testid: "input-error" },
        icon("warning"),
        h("span", {}, error),
      ),
    block.hint && textBox(block.hint, ctx, { class: "input-hint", id: `${id}-hint` }),
  );
}
