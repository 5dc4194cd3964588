/** Reactions under a message, and the picker that adds one. */

import { h } from "./dom.js";
import { emoji, QUICK_REACTIONS } from "./emoji.js";
import { moveWithArrows } from "./menu.js";
import { nameOf } from "./names.js";
import { openPopup } from "./popup.js";

export function drawReactions(app, channel, message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((reaction) => chip(app, channel, message, reaction)),
  );
}

function chip(app, channel, message, { name, users = [], count = users.length }) {
  const { store } = app;
  const mine = users.includes(store.me.id);
  const names = users.map((id) => nameOf(store.user(id))).join(", ");
  return h(
    "button",
    {
      type: "button",
      class: "reaction",
      testid: "reaction",
      "aria-pressed": String(mine),
      "aria-label": `${name}, ${count}: ${names}`,
      title: `${names} reacted with :${name}:`,
      dataset: { actionId: `reaction ${name}` },
      onclick: () => mine || react(app, channel, message, name),
    },
    emoji(name),
    h("span", {}, count),
  );
}

function react(app, channel, message, reaction) {
  const body = { user: app.store.me.id, channel: channel.id, ts: message.ts, reaction };
  app.store.doors.react(body).catch(app.tellRefusal);
}

/** A small grid of emoji at `anchor`. */
export function openReactions(anchor, app, channel, message) {
  const pick = (name) => {
    popup.close();
    react(app, channel, message, name);
  };
  const grid = h(
    "div",
    { class: "reaction-grid", role: "menu", "aria-label": "React" },
    QUICK_REACTIONS.map((name) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: "reaction-pick",
          "aria-label": name.replaceAll("_", " "),
          onclick: () => pick(name),
        },
        emoji(name),
      ),
    ),
  );
  grid.addEventListener("keydown", (event) => moveWithArrows(event, grid, "[role=menuitem]"));
  const popup = openPopup(anchor, grid);
  grid.firstElementChild.focus();
}
