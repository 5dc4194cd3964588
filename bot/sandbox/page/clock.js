/** The workspace's clock in this person's zone, with two steps forward. */

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { hour, nextWeekday, shortDay } from "./time.js";

const HOUR_MS = 60 * 60 * 1000;
const TICK_MS = 1000;
const MORNING = 9;

export class ClockCard {
  constructor(app) {
    this.app = app;
    this.time = h("span", { class: "clock-time" });
    this.day = h("span", { class: "clock-day" });
    this.zone = h("span", { class: "clock-zone" });
    this.target = h("small", {});
    this.element = h(
      "section",
      { class: "clock", testid: "clock", "aria-label": "Clock of the workspace" },
      h(
        "div",
        { class: "clock-face" },
        icon("clock"),
        this.time,
        h("span", { class: "clock-words" }, this.day, this.zone),
      ),
      h(
        "div",
        { class: "clock-steps" },
        this.#step(
          "clock-hour",
          () => new Date(this.app.store.now().getTime() + HOUR_MS),
          "+1 hour",
        ),
        this.#step("clock-next-weekday", () => this.#morning(), "Next weekday, 09:00", this.target),
      ),
    );
    setInterval(() => this.update(), TICK_MS);
  }

  #morning() {
    return nextWeekday(this.app.store.now(), this.app.store.zone, MORNING);
  }

  update() {
    const { store } = this.app;
    const now = store.now();
    put(this.time, hour(now, store.zone));
    put(this.day, shortDay(now, store.zone));
    put(this.zone, store.zone.replaceAll("_", " "));
    put(this.target, shortDay(this.#morning(), store.zone));
    this.element.dataset.now = now.toISOString();
  }

  #step(testid, to, ...words) {
    const control = h(
      "button",
      { type: "button", class: "clock-step", testid, onclick: () => this.#jump(control, to()) },
      words,
    );
    return control;
  }

  async #jump(control, to) {
    control.setAttribute("aria-busy", "true");
    try {
      await this.app.store.doors.clock(to.toISOString());
      await this.app.store.readState();
    } catch (error) {
      this.app.tellRefusal(error);
    } finally {
      control.removeAttribute("aria-busy");
    }
  }
}

/** Only what differs is written: a text selected or read aloud stays whole. */
function put(element, words) {
  if (element.textContent !== words) replace(element, words);
}
