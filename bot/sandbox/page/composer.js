/** The text field: Enter sends, "/" offers commands, arrow-up brings earlier lines back. */

import { Completion } from "./completion.js";
import { Refused } from "./doors.js";
import { h, renew, replace } from "./dom.js";
import { icon } from "./icons.js";
import { Lines } from "./lines.js";
import { openMenu } from "./menu.js";
import { send } from "./sending.js";
import { sayIfUnheard } from "./surface.js";
import { toast } from "./toast.js";

export class Composer {
  #drafts = new Map();
  #key = null;

  /** `place()` is where the text goes: `{channel, thread_ts?}`. */
  constructor(app, { place, thread = false }) {
    this.app = app;
    this.place = place;
    this.thread = thread;
    this.lines = new Lines(app.store);
    const suffix = thread ? "-thread" : "";
    this.field = h("textarea", {
      class: "composer-field",
      rows: "1",
      testid: `composer${suffix}`,
      autocomplete: "off",
      spellcheck: "true",
    });
    this.sendButton = h(
      "button",
      {
        type: "button",
        class: "send",
        "aria-label": "Send",
        title: "Send",
        testid: `send${suffix}`,
        disabled: true,
        onclick: () => this.#send(),
      },
      icon("send"),
    );
    this.hints = h("div", { class: "hints", hidden: true });
    this.tools = h("div", { class: "composer-tools" });
    this.completion = new Completion(app, this.field, (text) => this.#put(text));
    this.element = h(
      "div",
      { class: "composer" },
      this.hints,
      this.completion.element,
      h(
        "div",
        { class: "composer-box" },
        this.field,
        h("div", { class: "composer-foot" }, this.tools, this.sendButton),
      ),
    );
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#keydown(event));
    this.field.addEventListener("blur", () => this.completion.close());
  }

  /** Another place: its own draft, and the focus where a keyboard is likely. */
  enter() {
    const { channel, thread_ts: thread = "" } = this.place();
    this.#key = `${this.app.store.me.id} ${channel} ${thread}`;
    this.#put(this.#drafts.get(this.#key) ?? "");
    if (matchMedia("(hover: hover)").matches && !document.querySelector("dialog[open]"))
      this.field.focus({ preventScroll: true });
  }

  update(name) {
    const label = this.thread ? "Reply…" : `Message ${name}`;
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", this.thread ? "Reply in the thread" : label);
    renew(
      this.tools,
      this.#slashButton(),
      this.#shortcutsButton(),
      h(
        "span",
        { class: "composer-help" },
        h("kbd", {}, "Enter"),
        " sends, ",
        h("kbd", {}, "Shift Enter"),
        " new line",
      ),
    );
  }

  /** Chips for a newcomer, gone once this person has written here. */
  updateHints(messages) {
    const { store } = this.app;
    const wrote =
      this.lines.wroteIn(this.place().channel) ||
      messages.some((message) => message.user === store.me.id && !message.subtype);
    const hints = wrote ? [] : (store.state.hints ?? []);
    this.hints.hidden = hints.length === 0;
    replace(
      this.hints,
      h("span", { class: "hints-lead" }, "Try"),
      hints.map((hint) =>
        h(
          "button",
          { type: "button", class: "hint", testid: "hint", onclick: () => this.#use(hint) },
          hint,
        ),
      ),
    );
  }

  #use(text) {
    this.#put(text);
    this.field.focus();
  }

  #slashButton() {
    if (this.thread) return null;
    return h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Commands",
        title: "Commands",
        onclick: () => this.#use("/"),
      },
      h("span", { class: "slash", "aria-hidden": "true" }, "/"),
    );
  }

  #shortcutsButton() {
    const { store, tellRefusal } = this.app;
    const shortcuts = store.state.shortcuts.filter(({ type }) => type === "global");
    if (this.thread || !shortcuts.length) return null;
    const run = ({ callback_id: callback }) =>
      store.doors
        .shortcut({ user: store.me.id, callback_id: callback })
        .then((answer) => sayIfUnheard(answer, store.bot))
        .catch(tellRefusal);
    const control = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Shortcuts",
        title: "Shortcuts",
        testid: "shortcuts",
        "aria-haspopup": "menu",
      },
      icon("bolt"),
    );
    const items = shortcuts.map((each) => ({
      label: each.name,
      description: each.description,
      icon: "bolt",
      onselect: () => run(each),
    }));
    control.addEventListener("click", () => openMenu(control, items, "Shortcuts"));
    return control;
  }

  #put(text) {
    this.field.value = text;
    this.field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  #changed() {
    this.#drafts.set(this.#key, this.field.value);
    this.sendButton.disabled = !this.field.value.trim();
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    if (!this.thread) this.completion.update();
  }

  #keydown(event) {
    if (event.isComposing || this.completion.keydown(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      this.#recall(event);
    }
  }

  /** Earlier lines, while the field holds nothing of one's own. */
  #recall(event) {
    const line =
      event.key === "ArrowUp"
        ? this.lines.earlier(this.field.value)
        : this.lines.later(this.field.value);
    if (line === null) return;
    event.preventDefault();
    this.#put(line);
    this.completion.close();
  }

  async #send() {
    const text = this.field.value;
    if (!text.trim()) return;
    const place = this.place();
    this.lines.add(place.channel, text);
    this.#put("");
    this.hints.hidden = true;
    try {
      await send(this.app, text, place);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
      if (!this.field.value) this.#put(text);
    }
  }
}
