/** The frame of the page: sidebar, the view that the address names, and one side panel. */

import { h, replace } from "./dom.js";
import { Conversation } from "./conversation.js";
import { HomeTab } from "./home.js";
import { icon } from "./icons.js";
import { LogPanel } from "./log.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { nameOf, placeName } from "./names.js";

export class Shell {
  #key = null;

  constructor(app) {
    this.app = app;
    app.current = null;
    this.sidebar = new Sidebar(app);
    this.conversation = new Conversation(app);
    this.home = new HomeTab(app);
    this.thread = new Thread(app);
    this.log = new LogPanel(app);
    this.main = h("main", { class: "main", tabindex: "-1" });
    this.aside = h("aside", { class: "aside", hidden: true });
    this.strip = h("div", { class: "strip", role: "status", hidden: true });
    this.element = h(
      "div",
      { class: "shell" },
      h(
        "button",
        { class: "skip", type: "button", onclick: () => this.main.focus() },
        "Skip to the conversation",
      ),
      this.sidebar.element,
      h("div", { class: "scrim", onclick: () => this.openDrawer(false) }),
      h("div", { class: "stage" }, this.strip, h("div", { class: "panes" }, this.main, this.aside)),
    );
  }

  mount() {
    const { app } = this;
    app.openDrawer = (open) => this.openDrawer(open);
    app.store.on("route state", () => this.#show());
    app.store.on("state connection", () => this.#showStrip());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#escape(event);
    });
    document.body.append(this.element);
    this.#showStrip();
    this.#show();
  }

  openDrawer(open) {
    this.element.classList.toggle("drawer-open", open);
    if (open) this.sidebar.element.querySelector("[aria-current]")?.focus();
  }

  #escape(event) {
    if (event.defaultPrevented) return;
    if (this.element.classList.contains("drawer-open")) this.openDrawer(false);
    else if (!this.aside.hidden) this.app.router.go({ thread: null, panel: null });
  }

  #show() {
    const { app } = this;
    app.current = viewOf(app.store, app.router.route);
    const view = app.current.kind === "home" ? this.home : this.conversation;
    this.#nameFallback();
    const { kind, channel, at } = app.current;
    const key = [app.store.me.id, kind, channel?.id, at].join(" ");
    if (this.main.firstElementChild !== view.element) replace(this.main, view.element);
    if (key !== this.#key) {
      this.#key = key;
      this.openDrawer(false);
      view.enter();
    }
    this.sidebar.update();
    this.#showAside();
    document.title = `${titleOf(app.current)} · ${app.store.state.team.name}`;
  }

  /** Where this person cannot open what the address names, it follows what is shown instead. */
  #nameFallback() {
    const { current, router } = this.app;
    const { kind, name } = router.route;
    if (kind === "channel" && current.channel?.name !== name)
      router.rename({ kind, name: current.channel?.name ?? "" });
  }

  #showAside() {
    const { panel, thread } = this.app.router.route;
    const shown =
      panel === "log" ? this.log : thread && this.app.current.channel ? this.thread : null;
    this.app.store.logWanted = shown === this.log;
    this.aside.hidden = !shown;
    if (!shown) {
      this.aside.replaceChildren();
      return;
    }
    const opened = this.aside.firstElementChild !== shown.element;
    if (opened) replace(this.aside, shown.element);
    this.aside.setAttribute("aria-label", shown.label);
    shown.enter(opened);
  }

  #showStrip() {
    const { store } = this.app;
    const words = troubleOf(store);
    this.strip.hidden = !words;
    replace(this.strip, words && [icon("warning"), words]);
  }
}

/** Why the page or the app may not answer; null while all is well. */
function troubleOf(store) {
  const name = nameOf(store.bot);
  if (!store.connected) return "The sandbox does not answer. Trying again.";
  if (store.state.installed === false) return `${name} is not installed here any more.`;
  return store.state.connected
    ? null
    : `${name} is not connected: commands and buttons get no answer.`;
}

/** What the address means here: `{kind, channel, user?}`; else the app's first channel. */
function viewOf(store, { kind, name, at }) {
  if (kind === "home") return { kind };
  if (kind === "archives") {
    const im = store.directMessages.find(({ channel }) => channel?.id === name);
    const channel = store.channels.find(({ id }) => id === name);
    if (im || channel) return im ? { kind: "dm", ...im, at } : { kind: "channel", channel, at };
  }
  if (kind === "dm") {
    const wanted = store.findUser(name);
    const found = store.directMessages.find(({ user }) => user.id === wanted?.id);
    if (found) return { kind, ...found };
  }
  const channels = store.channels.filter((channel) => !channel.is_archived);
  const channel =
    channels.find((each) => each.name === name) ??
    channels.find((each) => each.members.includes(store.bot.id)) ??
    channels[0];
  return channel ? { kind: "channel", channel } : { kind: "home" };
}

function titleOf({ kind, channel, user }) {
  if (kind === "home") return "Home";
  return placeName({ channel, user });
}
