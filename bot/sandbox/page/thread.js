/** The thread's panel: a message, its replies, a composer. */

import { Composer } from "./composer.js";
import { h, renew } from "./dom.js";
import { placeName } from "./names.js";
import { panelHead } from "./panel.js";
import { Timeline } from "./timeline.js";

export class Thread {
  label = "Thread";
  #ts = null;

  constructor(app) {
    this.app = app;
    this.head = h("div");
    this.timeline = new Timeline(app, { inThread: true });
    this.composer = new Composer(app, { place: () => this.#place(), thread: true });
    this.element = h(
      "section",
      { class: "panel", testid: "thread" },
      this.head,
      this.timeline.element,
      this.composer.element,
    );
    app.store.on("messages", () => this.#fill());
  }

  #place() {
    return { channel: this.app.current.channel.id, thread_ts: this.app.router.route.thread };
  }

  enter(opened) {
    const { thread } = this.app.router.route;
    if (opened || thread !== this.#ts) {
      this.#ts = thread;
      this.timeline.reset(null);
      this.composer.enter();
    }
    const { channel, user } = this.app.current;
    const about = placeName({ channel, user });
    renew(
      this.head,
      panelHead("Thread", about, () => this.app.router.go({ thread: null })),
    );
    this.composer.update("the thread");
    this.#fill();
  }

  #fill() {
    if (!this.element.isConnected) return;
    const { channel } = this.app.current;
    const parent = this.app.store.message(channel.id, this.#ts);
    const words = parent ? null : h("p", { class: "empty" }, "This message is not here any more.");
    this.timeline.show(channel, parent ? [parent, ...(parent.replies ?? [])] : [], words);
  }
}
