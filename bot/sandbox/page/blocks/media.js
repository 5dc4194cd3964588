/** Pictures, videos and alerts. */

import { h, link } from "../dom.js";
import { icon } from "../icons.js";
import { picture } from "../picture.js";
import { plainOf, textBox } from "../text.js";
import { addressOf } from "./basic.js";

export function image(block, ctx) {
  return h(
    "figure",
    { class: "block-image" },
    block.title && textBox(block.title, ctx, { tag: "figcaption" }),
    picture(addressOf(block), block.alt_text, "picture-wide"),
  );
}

/** A video is a frame with its words: nothing plays here. */
export function video(block, ctx) {
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "figure",
    { class: "block-video" },
    h(
      "figcaption",
      {},
      h(
        "strong",
        {},
        block.title_url ? link(block.title_url, plainOf(block.title)) : plainOf(block.title),
      ),
      by && h("small", {}, by),
      block.description && textBox(block.description, ctx),
    ),
    h(
      "span",
      { class: "video-frame" },
      picture(block.thumbnail_url, block.alt_text, "picture-wide"),
      h("span", { class: "video-play" }, icon("play")),
    ),
  );
}

const ALERT_ICONS = {
  default: "info",
  info: "info",
  warning: "warning",
  error: "error",
  success: "success",
};

export function alert(block, ctx) {
  const level = block.level in ALERT_ICONS ? block.level : "default";
  const role = level === "error" || level === "warning" ? "alert" : "note";
  return h(
    "div",
    { class: `block-alert alert-${level}`, role },
    icon(ALERT_ICONS[level]),
    textBox(block.text, ctx),
  );
}
