/** One item of the gallery, drawn by what draws conversations; nothing it holds is sent. */

import { drawBlocks } from "../blocks/index.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { drawMessage } from "../message.js";
import { modalFrame } from "../modal_frame.js";
import { Surface } from "../surface.js";
import { toast } from "../toast.js";
import { slugOf } from "./groups.js";

const DRAW = { message, modal, home };
const NOWHERE = { id: "gallery" };

export function drawItem(app, item) {
  const id = slugOf(item);
  const surface = new StillSurface(app, item.kind, { item: id });
  surface.errors = item.errors ?? {};
  return h(
    "section",
    {
      class: "gallery-item",
      id,
      "aria-labelledby": `${id}-name`,
      testid: "gallery-item",
      dataset: { name: item.name, kind: item.kind },
    },
    h("h3", { id: `${id}-name` }, h("a", { href: `#${id}` }, item.name)),
    item.problems.length > 0 && refused(item.problems),
    DRAW[item.kind](app, item.content, surface),
  );
}

/** What a click would post is told, not posted. */
class StillSurface extends Surface {
  async act(_block, element, given = {}) {
    const [value] = Object.values(given);
    const what = value === undefined ? "" : ` with ${JSON.stringify(value)}`;
    toast(`In Slack the app hears of “${element.action_id}”${what}.`, "info");
  }

  openChannel(channel) {
    location.assign(`/#/channel/${encodeURIComponent(channel.name)}`);
  }
}

function refused(problems) {
  return h(
    "div",
    { class: "block-alert alert-error gallery-refused", role: "note", testid: "refused" },
    icon("error"),
    h("div", {}, h("strong", {}, "Slack would refuse this. "), problems.join(" ")),
  );
}

function message(app, content, surface) {
  const { store } = app;
  const ts = (store.now().getTime() / 1000).toFixed(6);
  const posted = { ...content, ts, user: store.bot.id };
  return h("div", { class: "gallery-frame" }, drawMessage(app, NOWHERE, posted, { surface }));
}

function modal(app, content, surface) {
  const onclose = () => toast("In Slack this closes the modal.", "info");
  const frame = modalFrame(content, surface, { bot: app.store.bot, onclose });
  frame.addEventListener("submit", (event) => {
    event.preventDefault();
    toast("In Slack the app hears what was filled in.", "info");
  });
  return h("div", { class: "dialog modal gallery-modal" }, frame);
}

function home(_app, content, surface) {
  return h(
    "div",
    { class: "gallery-frame" },
    h("div", { class: "home-body" }, drawBlocks(content.blocks, surface)),
  );
}
