/** "What happened": every call between Slack and the app, newest first, with its JSON. */

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { drawJson } from "./json.js";
import { panelHead } from "./panel.js";
import { second } from "./time.js";

const SHOWN = 200;

export class LogPanel {
  label = "What happened";
  #open = new Set();
  #rows = new Map();
  #words = "";

  constructor(app) {
    this.app = app;
    this.list = h("ol", { class: "log-list" });
    this.search = h("input", {
      class: "field log-search",
      type: "search",
      placeholder: "Filter, e.g. chat.postMessage",
      "aria-label": "Filter the calls",
    });
    this.search.addEventListener("input", () => {
      this.#words = this.search.value.trim().toLowerCase();
      this.#update();
    });
    const close = () => app.router.go({ panel: null });
    this.element = h(
      "section",
      { class: "panel log-panel", testid: "log-panel" },
      panelHead("What happened", null, close),
      h(
        "p",
        { class: "log-about" },
        "Every call between this workspace and the app. ",
        icon("into"),
        " reached the app, ",
        icon("out"),
        " came from it.",
      ),
      this.search,
      this.list,
    );
    app.store.on("log", () => this.#update());
  }

  enter(opened) {
    if (opened) this.app.store.readLog().catch(this.app.tellRefusal);
  }

  #update() {
    if (!this.element.isConnected) return;
    const fits = ({ kind, name, direction }) =>
      `${direction} ${kind} ${name}`.toLowerCase().includes(this.#words);
    const calls = this.app.store.log.filter(fits).slice(-SHOWN).toReversed();
    const rows = new Map();
    for (const call of calls) {
      const key = `${call.at} ${call.direction} ${call.kind} ${call.name} ${call.ms}`;
      rows.set(key, this.#rows.get(key) ?? this.#row(call, key));
    }
    this.#rows = rows;
    replace(
      this.list,
      [...rows.values()],
      calls.length === 0 &&
        h(
          "li",
          { class: "empty" },
          this.#words ? "No call matches." : "Nothing yet. Send a command or press a button.",
        ),
    );
  }

  #row(call, key) {
    const failed = call.status >= 400 || call.response?.ok === false;
    const details = h(
      "details",
      { class: `call${failed ? " failed" : ""}`, testid: "log-call" },
      h(
        "summary",
        {},
        h(
          "span",
          {
            class: `call-way call-${call.direction}`,
            title: call.direction === "in" ? "to the app" : "from the app",
          },
          icon(call.direction === "in" ? "into" : "out"),
        ),
        h("span", { class: "call-name" }, call.name || call.kind),
        h("span", { class: "call-kind" }, call.kind),
        h(
          "span",
          { class: "call-status" },
          failed ? (call.response?.error ?? call.status) : call.status,
        ),
        h("span", { class: "call-when" }, this.#when(call)),
      ),
    );
    // The JSON is drawn when it is first looked at: two hundred calls hold a lot of it.
    details.addEventListener("toggle", () => {
      if (details.open) this.#open.add(key);
      else this.#open.delete(key);
      if (details.open && details.children.length === 1)
        details.append(part("Request", call.request), part("Response", call.response));
    });
    details.open = this.#open.has(key);
    return h("li", {}, details);
  }

  #when({ at, ms }) {
    const date = new Date(typeof at === "number" ? at * 1000 : at);
    const time = Number.isNaN(date.getTime()) ? String(at) : second(date, this.app.store.zone);
    return [
      h("span", {}, time),
      h("span", { class: "call-ms" }, `${ms < 10 ? Number(ms).toFixed(1) : Math.round(ms)} ms`),
    ];
  }
}

function part(title, value) {
  return h("div", { class: "call-part" }, h("h3", {}, title), drawJson(value));
}
