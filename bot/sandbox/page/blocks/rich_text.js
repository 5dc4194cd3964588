/** rich_text: structured text, nothing in it is parsed. */

import { h, link } from "../dom.js";
import { emoji } from "../emoji.js";
import { broadcast, channelMention, dateText, userMention } from "../inline.js";

const PARTS = {
  rich_text_section: (part, ctx) => h("div", { class: "text" }, inlines(part.elements, ctx)),
  rich_text_quote: (part, ctx) => h("blockquote", { class: "text" }, inlines(part.elements, ctx)),
  rich_text_preformatted: (part, ctx) =>
    h(
      "pre",
      { dataset: part.language ? { language: part.language } : {} },
      inlines(part.elements, ctx),
    ),
  rich_text_list: list,
};

export function richText(block, ctx) {
  const parts = (block.elements ?? []).map(
    (part) => PARTS[part.type]?.(part, ctx) ?? h("span", { class: "unknown" }, `“${part.type}”`),
  );
  return h("div", { class: "block-rich-text" }, parts);
}

/** Each list is flat; Slack nests by `indent`, and `offset` continues a count. */
function list(part, ctx) {
  const ordered = part.style === "ordered";
  const items = (part.elements ?? []).map((item) =>
    h("li", { class: "text" }, inlines(item.elements, ctx)),
  );
  const element = h(
    ordered ? "ol" : "ul",
    { class: part.border ? "list-border" : "", dataset: { level: String((part.indent ?? 0) % 3) } },
    items,
  );
  element.style.setProperty("--indent", String(part.indent ?? 0));
  if (ordered && part.offset) element.start = part.offset + 1;
  return element;
}

const INLINES = {
  text: (node) => node.text,
  link: (node) => link(node.url, node.text || node.url),
  emoji: (node) => emoji(node.name, node.unicode),
  user: (node, ctx) => userMention(node.user_id, ctx),
  channel: (node, ctx) => channelMention(node.channel_id, ctx),
  usergroup: (node) => broadcast(node.usergroup_id),
  broadcast: (node) => broadcast(node.range),
  date: (node, ctx) =>
    dateText(
      {
        seconds: node.timestamp,
        format: node.format ?? "{date}",
        url: node.url,
        label: node.fallback,
      },
      ctx,
    ),
  color: (node) => h("code", {}, node.value),
};

const STYLES = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
];

function inlines(elements, ctx) {
  return (elements ?? []).map((node) => {
    const drawn = INLINES[node.type]?.(node, ctx) ?? `[${node.type}]`;
    const tags = STYLES.filter(([style]) => node.style?.[style]).map(([, tag]) => tag);
    return tags.reduce((inner, tag) => h(tag, {}, inner), drawn);
  });
}
