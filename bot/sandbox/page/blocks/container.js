/** A titled box around blocks, which may fold. */

import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { textBox } from "../text.js";
import { cardIcon } from "./card.js";
import { richText } from "./rich_text.js";

const WIDTHS = ["narrow", "standard", "wide", "full"];

export function container(block, ctx, draw) {
  const width = WIDTHS.includes(block.width) ? block.width : "standard";
  const id = freshId("container");
  const body = h(
    "div",
    { class: "container-body", id },
    (block.child_blocks ?? []).map((child) => draw(withId(child, block), ctx)),
  );
  const head = block.is_collapsible
    ? foldingHead(block, ctx, body, id)
    : h("div", { class: "container-head" }, titles(block, ctx));
  const ruled = block.has_header_divider && !block.is_collapsible ? " ruled" : "";
  return h("section", { class: `block-container width-${width}${ruled}` }, head, body);
}

/** A child without an id of its own answers by its parent's. */
function withId(child, parent) {
  return { ...child, block_id: child.block_id || parent.block_id };
}

/** Open or folded is kept like a value, so that a re-drawn message stays as it was left. */
function foldingHead(block, ctx, body, id) {
  const slot = { action_id: `fold ${block.title?.text ?? ""}` };
  const head = h(
    "button",
    { type: "button", class: "container-head", "aria-controls": id },
    icon("right"),
    titles(block, ctx),
  );
  const show = (open) => {
    head.setAttribute("aria-expanded", String(open));
    body.hidden = !open;
  };
  head.addEventListener("click", () => {
    const open = body.hidden;
    ctx.setValue(block, slot, open);
    show(open);
  });
  show(ctx.value(block, slot, !block.default_collapsed));
  return head;
}

function titles(block, ctx) {
  const title = block.rich_text_title
    ? h("span", { class: "container-title" }, richText(block.rich_text_title, ctx))
    : textBox(block.title, ctx, { tag: "span", class: "container-title" });
  return [
    cardIcon(block),
    h(
      "span",
      { class: "container-titles" },
      title,
      block.subtitle && textBox(block.subtitle, ctx, { tag: "span", class: "container-subtitle" }),
    ),
  ];
}
