/** The stack of open modals: the top one is shown, in one dialog. */

import { Refused } from "./doors.js";
import { h, replace } from "./dom.js";
import { modalFrame } from "./modal_frame.js";
import { valuesOf } from "./modal_values.js";
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
    const form = modalFrame(view, surface, {
      bot: this.app.store.bot,
      below: this.app.store.views.modals.at(-2),
      onclose: () => this.#close(),
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (view.submit) this.#submit(view, surface);
    });
    replace(this.dialog, form);
    this.dialog.setAttribute("aria-labelledby", form.querySelector(".dialog-title").id);
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
