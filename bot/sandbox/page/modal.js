/** The stack of open modals: the top one is shown, in one dialog. */

import { Refused } from "./doors.js";
import { h, replace } from "./dom.js";
import { drawBlocks } from "./blocks/index.js";
import { icon } from "./icons.js";
import { avatar } from "./avatar.js";
import { plainOf } from "./text.js";
import { sayIfUnheard, Surface } from "./surface.js";
import { toast } from "./toast.js";

const FIELDS = "input:not([type=checkbox]):not([type=radio]), textarea, .select, .choices input";

export class Modal {
  #shown = null;
  #errors = {};
  #busy = false;

  constructor(app) {
    this.app = app;
    this.dialog = h("dialog", {
      class: "dialog modal",
      testid: "modal",
      "aria-labelledby": "modal-title",
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#close();
    });
    document.body.append(this.dialog);
    app.store.on("views", () => this.#update());
  }

  get #view() {
    return this.app.store.views.modals.at(-1) ?? null;
  }

  #update() {
    const view = this.#view;
    const shown = view && `${view.id} ${view.hash}`;
    if (shown === this.#shown) return;
    const sameView = view && this.dialog.dataset.viewId === view.id;
    this.#shown = shown;
    this.#errors = {};
    this.#busy = false;
    if (view) this.#show(view, sameView);
    else this.#hide();
  }

  #show(view, sameView) {
    const scroll = sameView ? this.#body?.scrollTop : 0;
    const held = sameView ? this.#focusedField() : -1;
    this.dialog.dataset.viewId = view.id;
    this.#draw(view);
    if (!this.dialog.open) this.dialog.showModal();
    if (scroll) this.#body.scrollTop = scroll;
    const fields = this.dialog.querySelectorAll(FIELDS);
    const wanted = held < 0 ? this.dialog.querySelector("[autofocus]") : null;
    (wanted ?? fields[Math.max(held, 0)] ?? this.#body).focus({ preventScroll: sameView });
  }

  #hide() {
    delete this.dialog.dataset.viewId;
    this.dialog.close();
    this.dialog.replaceChildren();
  }

  get #body() {
    return this.dialog.querySelector(".modal-body");
  }

  #focusedField() {
    return [...this.dialog.querySelectorAll(FIELDS)].indexOf(document.activeElement);
  }

  #draw(view) {
    const surface = new Surface(this.app, "modal", { view_id: view.id }, view.state?.values);
    surface.errors = this.#errors;
    const depth = this.app.store.views.modals.length;
    const form = h(
      "form",
      { class: "modal-form", novalidate: true },
      h(
        "header",
        { class: "modal-head" },
        avatar(this.app.store.bot, "small"),
        h("h2", { id: "modal-title", class: "dialog-title" }, plainOf(view.title)),
        depth > 1 && h("span", { class: "modal-depth" }, `${depth} of ${depth}`),
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Close",
            testid: "modal-x",
            onclick: () => this.#close(),
          },
          icon("close"),
        ),
      ),
      h("div", { class: "modal-body", tabindex: "-1" }, drawBlocks(view.blocks, surface)),
      h(
        "footer",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", testid: "modal-close", onclick: () => this.#close() },
          plainOf(view.close) || (view.submit ? "Cancel" : "Close"),
        ),
        view.submit &&
          h(
            "button",
            { type: "submit", class: "button button-primary", testid: "modal-submit" },
            plainOf(view.submit),
          ),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (view.submit) this.#submit(view, surface);
    });
    replace(this.dialog, form);
  }

  async #submit(view, surface) {
    if (this.#busy) return;
    this.#setBusy(true);
    const body = {
      user: this.app.store.me.id,
      view_id: view.id,
      values: valuesOf(view.blocks, surface),
    };
    try {
      const answer = sayIfUnheard(await this.app.store.doors.submit(body), this.app.store.bot);
      if (answer.errors) this.#showErrors(answer.errors);
      else await this.app.store.readViews();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
    } finally {
      this.#setBusy(false);
    }
  }

  #showErrors(errors) {
    this.#errors = errors;
    const scroll = this.#body.scrollTop;
    if (this.#view) this.#draw(this.#view);
    this.#body.scrollTop = scroll;
    const first = this.dialog.querySelector(".has-error");
    first?.scrollIntoView({ block: "nearest" });
    first?.querySelector(FIELDS)?.focus();
  }

  #setBusy(busy) {
    this.#busy = busy;
    const submit = this.dialog.querySelector("[data-testid=modal-submit]");
    if (busy) submit?.setAttribute("aria-busy", "true");
    else submit?.removeAttribute("aria-busy");
  }

  async #close() {
    const view = this.#view;
    if (!view) return;
    try {
      await this.app.store.doors.close({ user: this.app.store.me.id, view_id: view.id });
      await this.app.store.readViews();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
    }
  }
}

const HOLDS_NO_VALUE = new Set([
  "button",
  "workflow_button",
  "overflow",
  "image",
  "icon_button",
  "feedback_buttons",
]);

/** What was put into the inputs, as the door takes it: `{block_id: {action_id: value}}`. */
function valuesOf(blocks, surface) {
  const values = {};
  for (const block of blocks ?? []) {
    for (const element of [
      block.element,
      block.accessory,
      ...(block.type === "actions" ? block.elements : []),
    ]) {
      if (!element?.action_id || HOLDS_NO_VALUE.has(element.type)) continue;
      const value = surface.value(block, element, initialValue(element));
      if (value !== null) (values[block.block_id] ??= {})[element.action_id] = value;
    }
  }
  return values;
}

const INITIAL = [
  "value",
  "date",
  "time",
  "date_time",
  "user",
  "users",
  "channel",
  "channels",
  "conversation",
  "conversations",
];

function initialValue(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((option) => option.value);
  return (
    INITIAL.map((name) => element[`initial_${name}`]).find((value) => value !== undefined) ?? null
  );
}
