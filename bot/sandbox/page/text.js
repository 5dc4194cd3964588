/** Slack's text objects. */

import { h } from "./dom.js";
import { emojiOf, withEmoji } from "./emoji.js";
import { drawMrkdwn } from "./inline.js";

/** The nodes of a text object: markup in mrkdwn, none in plain_text. */
function drawText(text, ctx) {
  if (!text) return [];
  if (typeof text === "string") return [text];
  if (text.type === "mrkdwn") return drawMrkdwn(text.text ?? "", ctx, { links: !text.verbatim });
  return text.emoji === false ? [text.text ?? ""] : withEmoji(text.text ?? "");
}

/** A text object in an element that keeps line breaks and each line's own direction. */
export function textBox(text, ctx, props = {}) {
  return h(
    props.tag ?? "div",
    { ...props, tag: null, class: `text ${props.class ?? ""}`.trim() },
    drawText(text, ctx),
  );
}

/** A text object as a string, for labels and searches. */
export function plainOf(text) {
  const raw = typeof text === "string" ? text : (text?.text ?? "");
  if (text?.emoji === false) return raw;
  return raw.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole);
}
