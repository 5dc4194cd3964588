/** The app's Home tab for this person. */

import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks/index.js";
import { h, renew, replace } from "./dom.js";
import { Surface } from "./surface.js";
import { appTabs, viewHead } from "./view_head.js";
import { nameOf } from "./names.js";

export class HomeTab {
  #shown = null;

  constructor(app) {
    this.app = app;
    this.head = h("div");
    this.body = h("div", { class: "home-body", testid: "home" });
    this.element = h(
      "div",
      { class: "view" },
      this.head,
      h("div", { class: "scroller" }, this.body),
    );
    app.store.on("views route theme", () => this.#update());
  }

  /** Opening the tab is an event that the app hears of. */
  enter() {
    this.#shown = null;
    this.#update();
    const { store, tellRefusal } = this.app;
    store.doors
      .openHome(store.me.id)
      .then(() => store.readViews())
      .catch(tellRefusal);
  }

  #update() {
    if (this.app.current?.kind !== "home") return;
    const { store } = this.app;
    renew(
      this.head,
      viewHead(this.app, {
        title: [avatar(store.bot, "small"), nameOf(store.bot)],
        tabs: appTabs(this.app, "home"),
      }),
    );
    const { home } = store.views;
    const shown = home ? `${home.id} ${home.hash} ${store.zone}` : "none";
    if (shown === this.#shown) return;
    this.#shown = shown;
    replace(this.body, home ? this.#blocks(home) : this.#nothing());
  }

  #blocks(home) {
    return drawBlocks(
      home.blocks,
      new Surface(this.app, "home", { view_id: home.id }, home.state?.values),
    );
  }

  #nothing() {
    const name = nameOf(this.app.store.bot);
    return h(
      "div",
      { class: "empty" },
      avatar(this.app.store.bot, "large"),
      h("h2", {}, `${name} has put nothing here yet`),
      h("p", {}, "An app fills its Home tab once it hears that somebody opened it."),
    );
  }
}
