/** A channel or direct message: head, messages, composer. */

import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { h, renew } from "./dom.js";
import { icon } from "./icons.js";
import { textBox } from "./text.js";
import { Surface } from "./surface.js";
import { Timeline } from "./timeline.js";
import { isPrivate } from "./store.js";
import { appTabs, viewHead } from "./view_head.js";
import { nameOf, placeName } from "./names.js";

export class Conversation {
  constructor(app) {
    this.app = app;
    this.head = h("div");
    this.timeline = new Timeline(app);
    this.composer = new Composer(app, { place: () => this.#place() });
    this.element = h(
      "div",
      { class: "view" },
      this.head,
      this.timeline.element,
      this.composer.element,
    );
    app.store.on("messages", () => this.#fill());
    app.store.on("state route theme", () => this.#update());
    document.addEventListener("visibilitychange", () => this.#markRead());
  }

  /** Another channel, or another person: from the first unread message on. */
  enter() {
    const { channel } = this.app.current;
    const { store } = this.app;
    // At the first visit everything would be new, so nothing is marked.
    const unread =
      channel && store.marks.known(channel.id)
        ? store.marks.unread(channel.id, store.messages(channel.id) ?? [], store.me.id)
        : [];
    this.timeline.reset(unread[0]?.ts ?? null);
    this.#update();
    if (this.app.current.at) this.timeline.reveal(this.app.current.at);
    this.composer.enter();
  }

  #place() {
    const { channel } = this.app.current;
    return { channel: channel?.id ?? this.app.store.me.name };
  }

  get #here() {
    return this.app.current && this.app.current.kind !== "home";
  }

  #update() {
    if (!this.#here) return;
    renew(this.head, viewHead(this.app, this.#headOf(this.app.current)));
    this.composer.update(placeName(this.app.current));
    this.#fill();
  }

  #fill() {
    if (!this.#here) return;
    const { channel } = this.app.current;
    const messages = (channel && this.app.store.messages(channel.id)) ?? [];
    this.timeline.show(channel, messages, this.#intro(this.app.current));
    this.composer.updateHints(messages);
    this.#markRead();
  }

  #markRead() {
    const channel = this.#here && this.app.current.channel;
    if (!channel || document.visibilityState !== "visible") return;
    this.app.store.marks.read(channel.id, this.app.store.messages(channel.id) ?? []);
  }

  #headOf({ channel, user }) {
    if (user) {
      const tabs = user.is_bot ? appTabs(this.app, "messages") : [];
      return { title: [avatar(user, "small"), nameOf(user)], tabs };
    }
    const members = channel.members.map((id) => this.app.store.user(id)).filter(Boolean);
    const names = members.map(nameOf).join(", ");
    return {
      title: [icon(isPrivate(channel) ? "lock" : "hash"), channel.name],
      about: [
        h("span", { class: "topic" }, topicOf(channel)),
        h(
          "span",
          {
            class: "members",
            title: names,
            role: "img",
            "aria-label": `${members.length} members: ${names}`,
          },
          members.slice(0, 4).map((member) => avatar(member, "tiny")),
          h("span", { class: "member-count" }, members.length),
        ),
      ],
    };
  }

  #intro({ channel, user }) {
    const ctx = new Surface(this.app, "intro", {});
    if (user) {
      return h(
        "div",
        { class: "intro" },
        avatar(user, "large"),
        h("h2", {}, nameOf(user)),
        h("p", {}, `This conversation is between ${nameOf(user)} and you. Nobody else sees it.`),
      );
    }
    const topic = topicOf(channel);
    return h(
      "div",
      { class: "intro" },
      h("span", { class: "intro-mark" }, icon(isPrivate(channel) ? "lock" : "hash")),
      h("h2", {}, channel.name),
      h(
        "p",
        {},
        isPrivate(channel)
          ? "A private channel: only its members see it. "
          : "A channel that everybody in this workspace sees. ",
        topic && textBox({ type: "plain_text", text: `Topic: ${topic}.` }, ctx, { tag: "span" }),
      ),
    );
  }
}

function topicOf(channel) {
  return (typeof channel.topic === "object" ? channel.topic?.value : channel.topic) ?? "";
}
