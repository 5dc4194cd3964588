/** The sidebar: workspace, clock, channels, direct messages, the app, and who we are. */

import { avatar } from "./avatar.js";
import { ClockCard } from "./clock.js";
import { h, renew, replace } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { isPrivate } from "./store.js";
import { nameOf } from "./names.js";

export class Sidebar {
  #shown = "";

  constructor(app) {
    this.app = app;
    this.clock = new ClockCard(app);
    this.workspace = h("div", { class: "workspace" });
    this.lists = h("div", { class: "side-lists" });
    this.person = h("button", {
      type: "button",
      class: "person",
      testid: "person",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.person.addEventListener("click", () => this.#choosePerson());
    this.element = h(
      "nav",
      { class: "sidebar", "aria-label": "Workspace" },
      this.workspace,
      this.clock.element,
      this.lists,
      this.person,
    );
    app.store.on("messages", () => this.update());
  }

  update() {
    if (!this.app.current) return;
    const { store } = this.app;
    replace(
      this.workspace,
      h(
        "span",
        { class: "workspace-mark", "aria-hidden": "true" },
        store.state.team.name.slice(0, 1).toUpperCase(),
      ),
      h("span", { class: "workspace-name" }, store.state.team.name),
      h("span", { class: "workspace-kind" }, "Sandbox"),
    );
    this.#updateLists();
    replace(
      this.person,
      avatar(store.me, "small"),
      h(
        "span",
        { class: "person-words" },
        h("small", {}, "You are"),
        h("span", {}, nameOf(store.me)),
      ),
      icon("down"),
    );
    this.clock.update();
  }

  /** Only what differs is drawn anew: a press that has begun must find its button at the end. */
  #updateLists() {
    const entries = [this.#channels(), this.#directMessages(), this.#app()];
    const shown = JSON.stringify(entries);
    if (shown === this.#shown) return;
    this.#shown = shown;
    renew(
      this.lists,
      entries.map(({ title, items }) =>
        section(
          title,
          items.map((item) => this.#entry(item)),
        ),
      ),
    );
  }

  #channels() {
    const { store, current } = this.app;
    return {
      title: "Channels",
      items: store.channels.map((channel) => ({
        testid: `channel-${channel.name}`,
        icon: isPrivate(channel) ? "lock" : "hash",
        words: channel.name,
        unread: store.unread(channel.id),
        current: current.channel?.id === channel.id,
        to: { kind: "channel", name: channel.name },
        faint: channel.is_archived,
      })),
    };
  }

  #directMessages() {
    const { store, current } = this.app;
    return {
      title: "Direct messages",
      items: store.directMessages.map(({ user, channel }) => ({
        testid: `dm-${user.id}`,
        user,
        words: nameOf(user),
        tag: user.is_bot ? "App" : null,
        unread: channel ? store.unread(channel.id) : 0,
        counted: true,
        current: current.kind === "dm" && current.user.id === user.id,
        to: { kind: "dm", name: user.name },
      })),
    };
  }

  #app() {
    const { store, current } = this.app;
    const item = {
      testid: "app-home",
      icon: "home",
      words: `${nameOf(store.bot)} Home`,
      unread: 0,
      current: current.kind === "home",
      to: { kind: "home", name: "" },
      connected: store.state.connected,
    };
    return { title: "Apps", items: [item] };
  }

  #entry(item) {
    const { current, faint, to } = item;
    const unread = current ? 0 : item.unread;
    const state = { current, unread: unread > 0, faint };
    const classes = Object.keys(state).filter((name) => state[name]);
    const control = h(
      "button",
      {
        type: "button",
        class: ["side-entry", ...classes].join(" "),
        testid: item.testid,
        "aria-current": current ? "page" : null,
        dataset: { unread: String(unread) },
        onclick: () => {
          this.app.router.go(to);
          this.app.openDrawer(false);
        },
      },
      item.user ? avatar(item.user, "tiny") : icon(item.icon),
      h("span", { class: "side-words" }, item.words),
      item.tag && h("span", { class: "app-tag" }, item.tag),
      item.connected !== undefined && statusDot(item.connected),
      unread > 0 && mark(unread, item.counted),
    );
    return h("li", {}, control);
  }

  #choosePerson() {
    const { store, router } = this.app;
    openMenu(
      this.person,
      [
        { heading: "Look at the workspace as" },
        ...store.people.map((user) => ({
          label: nameOf(user),
          description: user.tz + (user.is_admin ? " · admin" : ""),
          lead: avatar(user, "small"),
          checked: user.id === store.me.id,
          testid: `person-${user.name}`,
          onselect: () => router.go({ user: user.name, thread: null }),
        })),
      ],
      "Switch person",
    );
  }
}

function statusDot(connected) {
  const label = connected ? "connected" : "not connected";
  const state = connected ? " on" : "";
  return h("span", { class: `status-dot${state}`, title: label, role: "img", "aria-label": label });
}

function mark(count, counted) {
  const label = `${count} unread`;
  if (!counted) return h("span", { class: "unread-dot", role: "img", "aria-label": label });
  return h("span", { class: "unread-count", "aria-label": label }, count > 99 ? "99+" : count);
}

function section(title, entries) {
  return h(
    "section",
    { class: "side-section", "aria-label": title },
    h("h2", {}, title),
    h("ul", {}, entries),
  );
}
