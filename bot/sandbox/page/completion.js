/** The list of commands over the composer while one is being typed, then its usage. */

import { freshId, h, replace } from "./dom.js";
import { OWN_COMMANDS } from "./sending.js";

export class Completion {
  #found = [];
  #active = 0;

  /** `put(text)` writes into the field. */
  constructor(app, field, put) {
    this.app = app;
    this.field = field;
    this.put = put;
    this.id = freshId("completion");
    this.element = h("div", {
      class: "completion",
      id: this.id,
      role: "listbox",
      "aria-label": "Commands",
      testid: "completion",
      hidden: true,
    });
    field.setAttribute("aria-controls", this.id);
    field.setAttribute("aria-autocomplete", "list");
    // The list must not take the focus: leaving the field closes it.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  update() {
    const text = this.field.value;
    const commands = [...this.app.store.state.commands, ...OWN_COMMANDS];
    const typed = /^\/\S*$/.test(text);
    this.#found = typed
      ? commands.filter(({ command }) => command.startsWith(text.toLowerCase()))
      : [];
    this.#active = 0;
    const usage = !typed && commands.find(({ command }) => text.startsWith(`${command} `));
    if (this.#found.length) this.#draw();
    else if (usage) this.#show(h("div", { class: "completion-usage" }, words(usage)));
    else this.close();
  }

  close() {
    this.#found = [];
    this.element.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Did the list take this key? */
  keydown(event) {
    if (this.element.hidden) return false;
    if (event.key === "Escape") this.close();
    else if (!this.#found.length || !this.#handled(event)) return false;
    event.preventDefault();
    return true;
  }

  #handled(event) {
    const { command } = this.#found[this.#active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#active = (this.#active + step + this.#found.length) % this.#found.length;
      this.#draw();
      return true;
    }
    // A command typed in full is sent by Enter, not completed.
    const choose =
      event.key === "Tab" ||
      (event.key === "Enter" && !event.shiftKey && this.field.value !== command);
    if (choose) this.#choose(command);
    return choose;
  }

  #choose(command) {
    this.put(`${command} `);
    this.field.focus();
  }

  #draw() {
    const rows = this.#found.map((each, at) =>
      h(
        "div",
        {
          class: at === this.#active ? "completion-row active" : "completion-row",
          role: "option",
          id: `${this.id}-${at}`,
          "aria-selected": String(at === this.#active),
          onclick: () => this.#choose(each.command),
        },
        words(each),
      ),
    );
    this.#show([
      h(
        "div",
        { class: "completion-head" },
        "Commands",
        h("span", {}, h("kbd", {}, "Tab"), " or ", h("kbd", {}, "Enter"), " to choose"),
      ),
      rows,
    ]);
    this.field.setAttribute("aria-activedescendant", `${this.id}-${this.#active}`);
  }

  #show(content) {
    replace(this.element, content);
    this.element.hidden = false;
  }
}

function words({ command, usage_hint: usage, description }) {
  return [
    h(
      "span",
      { class: "completion-line" },
      h("b", {}, command),
      usage && h("span", { class: "completion-hint" }, usage),
    ),
    description && h("small", {}, description),
  ];
}
