/** The blocks most messages are made of: header, section, context, actions, divider. */

import { h } from "../dom.js";
import { picture } from "../picture.js";
import { textBox } from "../text.js";
import { drawElement } from "./elements.js";

export function header(block, ctx) {
  return textBox(block.text, ctx, { tag: "h3", class: `block-header level-${block.level ?? 1}` });
}

export function divider() {
  return h("hr", { class: "block-divider" });
}

export function section(block, ctx) {
  const { accessory, fields = [] } = block;
  return h(
    "div",
    { class: "block-section" },
    h(
      "div",
      { class: "section-words" },
      block.text && textBox(block.text, ctx),
      fields.length > 0 &&
        h(
          "div",
          { class: "fields" },
          fields.map((field) => textBox(field, ctx)),
        ),
    ),
    accessory && h("div", { class: "accessory" }, accessoryOf(block, ctx)),
  );
}

function accessoryOf(block, ctx) {
  const { accessory } = block;
  if (accessory.type !== "image") return drawElement(accessory, block, ctx);
  return picture(addressOf(accessory), accessory.alt_text, "picture-accessory");
}

export function context(block, ctx) {
  return h(
    "div",
    { class: "block-context" },
    (block.elements ?? []).map((element) =>
      element.type === "image"
        ? picture(addressOf(element), element.alt_text, "picture-tiny")
        : textBox(element, ctx, { tag: "span" }),
    ),
  );
}

export function actions(block, ctx) {
  return h(
    "div",
    { class: "block-actions" },
    (block.elements ?? []).map((element) => drawElement(element, block, ctx)),
  );
}

/** The thumbs and the small icon buttons under an answer. */
export function contextActions(block, ctx) {
  return h(
    "div",
    { class: "block-context-actions" },
    (block.elements ?? []).map((element) => drawElement(element, block, ctx)),
  );
}

/** Where an image element's picture is: its address, or that of a Slack file. */
export function addressOf(image) {
  return image.image_url ?? image.slack_file?.url ?? "";
}
