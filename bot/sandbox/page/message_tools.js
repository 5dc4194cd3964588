/** What one can do with a message: react, reply, the app's shortcuts; and the way to its thread. */

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { openReactions } from "./reactions.js";
import { sayIfUnheard } from "./surface.js";
import { dayLabel, hour, instant } from "./time.js";

/** The floating row of tools; a message that only one person sees has none, as in Slack. */
export function messageTools(app, channel, message, { inThread }) {
  if (message.ephemeral || message.subtype) return null;
  const shortcuts = app.store.state.shortcuts.filter(({ type }) => type === "message");
  return h(
    "div",
    { class: "message-tools" },
    tool("smile", "React", "react", (control) => openReactions(control, app, channel, message)),
    !inThread && tool("reply", "Reply in thread", "reply", () => openThread(app, message)),
    shortcuts.length > 0 &&
      tool(
        "more",
        "More actions",
        "message-menu",
        (control) =>
          openMenu(
            control,
            shortcuts.map((shortcut) => shortcutItem(app, channel, message, shortcut)),
            "More actions",
          ),
        "menu",
      ),
  );
}

function tool(name, label, testid, onpress, popup = null) {
  const control = h(
    "button",
    {
      type: "button",
      class: "tool",
      "aria-label": label,
      title: label,
      testid,
      "aria-haspopup": popup,
    },
    icon(name),
  );
  control.addEventListener("click", () => onpress(control));
  return control;
}

function shortcutItem(app, channel, message, { name, description, callback_id: callback }) {
  const { store } = app;
  const run = () =>
    store.doors
      .shortcut({ user: store.me.id, callback_id: callback, channel: channel.id, ts: message.ts })
      .then((answer) => sayIfUnheard(answer, store.bot))
      .catch(app.tellRefusal);
  return { label: name, description, icon: "bolt", onselect: run };
}

function openThread(app, message) {
  app.router.go({ thread: message.thread_ts ?? message.ts, panel: null });
}

/** "2 replies", with who wrote them and when the last came. */
export function threadLink(app, message) {
  const replies = message.replies ?? [];
  const count = Math.max(replies.length, message.reply_count ?? 0);
  if (!count) return null;
  const { store } = app;
  const authors = [...new Set(replies.map((reply) => reply.user))]
    .map((id) => store.user(id))
    .filter(Boolean);
  return h(
    "button",
    {
      type: "button",
      class: "thread-link",
      testid: "open-thread",
      onclick: () => openThread(app, message),
    },
    authors.slice(0, 4).map((user) => avatar(user, "tiny")),
    h("span", { class: "thread-count" }, count === 1 ? "1 reply" : `${count} replies`),
    replies.length > 0 && h("span", { class: "thread-last" }, lastReply(store, replies.at(-1))),
  );
}

function lastReply(store, reply) {
  const date = instant(reply.ts);
  const day = dayLabel(date, store.zone, store.now());
  const near = ["Today", "Yesterday"].includes(day);
  return `Last reply ${near ? day.toLowerCase() : day} at ${hour(date, store.zone)}`;
}
