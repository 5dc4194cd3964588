/** One message: head, content, reactions, thread, and the tools that show on hover and focus. */

import { avatar } from "./avatar.js";
import { drawAttachments } from "./attachments.js";
import { drawBlocks } from "./blocks/index.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawReactions } from "./reactions.js";
import { Surface } from "./surface.js";
import { textBox } from "./text.js";
import { fullTime, hour, instant } from "./time.js";
import { messageTools, threadLink } from "./message_tools.js";
import { nameOf } from "./names.js";

/** Who wrote it, also where the app gave itself another name. */
export function authorOf(store, message) {
  const user = store.user(message.user) ??
    (message.bot_id ? store.bot : null) ?? {
      id: message.user ?? "",
      name: "Slackbot",
      real_name: "Slackbot",
      is_bot: true,
    };
  const name = message.username ?? message.bot_profile?.name;
  return name ? { ...user, real_name: name, is_bot: true } : user;
}

/**
 * A message; `compact` leaves its head off, `open` marks the one whose thread is open. With a
 * `surface` of its own it stands alone, outside a conversation: there is nothing to answer to.
 */
export function drawMessage(
  app,
  channel,
  message,
  { compact = false, inThread = false, open = false, surface = null } = {},
) {
  const author = authorOf(app.store, message);
  const ctx = surface ?? new Surface(app, "message", { channel: channel.id, ts: message.ts });
  const classes = [
    "message",
    compact && "compact",
    message.ephemeral && "ephemeral",
    open && "open",
    message.subtype && "quiet",
  ];
  const time = timeOf(app.store, message, compact);
  return h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      testid: "message",
      tabindex: "-1",
      "aria-label": [nameOf(author), time.title, message.ephemeral && "only visible to you"]
        .filter(Boolean)
        .join(", "),
      dataset: {
        ts: message.ts,
        ephemeral: String(Boolean(message.ephemeral)),
        user: author.name ?? "",
        replies: (message.replies ?? []).map(({ ts }) => ts).join(" "),
      },
    },
    h("div", { class: "message-side" }, compact ? time : avatar(author)),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral &&
        !compact &&
        h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      !compact && head(author, time),
      content(message, ctx),
      drawReactions(app, channel, message),
      !inThread && threadLink(app, message),
    ),
    !surface && messageTools(app, channel, message, { inThread }),
  );
}

function head(author, time) {
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "message-author" }, nameOf(author)),
    author.is_bot && h("span", { class: "app-tag" }, "App"),
    time,
  );
}

function timeOf(store, message, compact) {
  const date = instant(message.ts);
  return h(
    "time",
    {
      class: compact ? "time time-side" : "time",
      datetime: date.toISOString(),
      title: fullTime(date, store.zone),
    },
    hour(date, store.zone),
  );
}

function content(message, ctx) {
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  const body = message.blocks?.length
    ? drawBlocks(message.blocks, ctx)
    : message.text &&
      textBox(
        { type: message.mrkdwn === false ? "plain_text" : "mrkdwn", text: message.text },
        ctx,
        { class: "message-text" },
      );
  return h(
    "div",
    { class: "message-content" },
    body,
    edited,
    drawAttachments(message.attachments ?? [], ctx),
  );
}
