/** Small things inside text, alike in mrkdwn and rich_text: people, channels, dates, links. */

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { nameOf } from "./names.js";
import { parse } from "./mrkdwn.js";
import { fullTime, slackDate } from "./time.js";

/** `@Ana`, highlighted where it is the reader. */
export function userMention(id, ctx, label) {
  const user = ctx.store.user(id);
  const own = id === ctx.store.me.id ? " mention-me" : "";
  return h(
    "span",
    { class: `mention${own}`, dataset: { user: id } },
    `@${user ? nameOf(user) : label || id}`,
  );
}

/** `#papers`, which opens the channel; a private one the reader is not in stays closed. */
export function channelMention(id, ctx, label) {
  const channel = ctx.store.channels.find((each) => each.id === id);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : "#private channel");
  return h(
    "button",
    { class: "mention", type: "button", onclick: () => ctx.openChannel(channel) },
    `#${channel.name}`,
  );
}

/** `@here` and its kin. */
export function broadcast(range) {
  return h("span", { class: "mention mention-me" }, `@${range}`);
}

/** A date in the reader's zone; its fallback where the number is not one. */
export function dateText({ seconds, format, url, label }, ctx) {
  const { zone } = ctx.store;
  if (!/^\d{1,11}$/.test(String(seconds))) return label ?? "";
  const text = slackDate(seconds, format, zone, ctx.store.now());
  const date = new Date(Number(seconds) * 1000);
  const time = h("time", { datetime: date.toISOString(), title: fullTime(date, zone) }, text);
  return url ? link(url, time) : time;
}

const TAGS = { bold: "strong", italic: "em", strike: "s" };

const DRAW = {
  text: (node) => node.text,
  code: (node) => h("code", {}, node.text),
  pre: (node) => h("pre", {}, node.text),
  quote: (node, ctx) => h("blockquote", {}, draw(node.children, ctx)),
  link: (node) => link(node.url, node.label),
  emoji: (node) => emoji(node.name),
  user: (node, ctx) => userMention(node.id, ctx, node.label),
  channel: (node, ctx) => channelMention(node.id, ctx, node.label),
  broadcast: (node) => broadcast(node.range),
  date: (node, ctx) => dateText(node, ctx),
};

function draw(tree, ctx) {
  return tree.map((node) => {
    const tag = TAGS[node.type];
    return tag ? h(tag, {}, draw(node.children, ctx)) : DRAW[node.type](node, ctx);
  });
}

/** A mrkdwn text as nodes. */
export function drawMrkdwn(text, ctx, options) {
  return draw(parse(text, options), ctx);
}
