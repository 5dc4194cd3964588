/** A scrolled list of messages. What did not change keeps its elements: nothing jumps or folds. */

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { authorOf, drawMessage } from "./message.js";
import { nameOf } from "./names.js";
import { dayKey, dayLabel, instant } from "./time.js";
import { announce } from "./toast.js";

const GROUP_SECONDS = 5 * 60;
const NEAR_PX = 48;

export class Timeline {
  #rows = new Map();
  #fresh = true;
  #following = true;
  #newFrom = null;
  #placedTop = 0;
  #lastBottom = 0;

  constructor(app, { inThread = false } = {}) {
    this.app = app;
    this.inThread = inThread;
    this.intro = h("div");
    this.feed = h("section", { class: "feed", "aria-label": "Messages" });
    this.scroller = h(
      "div",
      { class: "scroller", tabindex: "-1" },
      h("div", { class: "filler" }),
      this.intro,
      this.feed,
    );
    this.pill = h(
      "button",
      { type: "button", class: "new-pill", hidden: true, onclick: () => this.#toEnd("smooth") },
      icon("down"),
      "New messages",
    );
    this.element = h("div", { class: "timeline" }, this.scroller, this.pill);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#following && this.#settle()).observe(this.scroller);
  }

  /** Start over for another channel; messages from `newFrom` on are new to the reader. */
  reset(newFrom) {
    this.#rows.clear();
    this.feed.replaceChildren();
    this.#fresh = true;
    this.#following = true;
    this.#newFrom = newFrom;
    this.pill.hidden = true;
  }

  show(channel, messages, intro) {
    const had = new Set(this.#rows.keys());
    if (this.#fresh || !this.intro.firstChild) replace(this.intro, intro);
    this.#reconcile(this.#wanted(channel, messages));
    const arrived = messages.filter((message) => !had.has(message.ts));
    if (this.#fresh) this.#open();
    else if (arrived.length) this.#arrive(arrived);
    else if (this.#following) this.#settle();
    this.#fresh = false;
  }

  /** Bring the message of a permalink into view; a reply is shown by the message it answers. */
  reveal(ts) {
    const row =
      this.#rows.get(ts)?.element ?? this.feed.querySelector(`[data-replies~="${CSS.escape(ts)}"]`);
    if (!row) return;
    this.#placeAt(row);
    row.classList.add("revealed");
  }

  /** The rows as they should be: `{key, stamp, make}` in order. */
  #wanted(channel, messages) {
    const { store } = this.app;
    const rows = [];
    let before = null;
    for (const message of messages) {
      const date = instant(message.ts);
      const day = dayKey(date, store.zone);
      const isNew = message.ts === this.#newFrom;
      const newDay = !before || day !== dayKey(instant(before.ts), store.zone);
      if (newDay && !this.inThread)
        rows.push(dayRow(day, dayLabel(date, store.zone, store.now()), isNew));
      else if (isNew && before) rows.push(newRow());
      const compact = !newDay && !isNew && continues(before, message);
      rows.push(this.#messageRow(channel, message, compact));
      before = message;
    }
    return rows;
  }

  #messageRow(channel, message, compact) {
    const { store } = this.app;
    const open = !this.inThread && this.app.router.route.thread === message.ts;
    const options = { compact, inThread: this.inThread, open };
    const stamp = JSON.stringify([message, options, store.me.id, dayKey(store.now(), store.zone)]);
    return { key: message.ts, stamp, make: () => drawMessage(this.app, channel, message, options) };
  }

  #reconcile(wanted) {
    const rows = new Map();
    for (const { key, stamp, make } of wanted) {
      const old = this.#rows.get(key);
      rows.set(
        key,
        old?.stamp === stamp ? old : { stamp, element: this.#renew(old?.element, make()) },
      );
    }
    for (const [key, { element }] of this.#rows)
      if (rows.get(key)?.element !== element) element.remove();
    [...rows.values()].forEach(({ element }, at) => {
      if (this.feed.children[at] !== element)
        this.feed.insertBefore(element, this.feed.children[at] ?? null);
    });
    this.#rows = rows;
  }

  /** A changed message: the focus stays where it was. */
  #renew(old, element) {
    if (old) {
      const held = old.contains(document.activeElement)
        ? document.activeElement.dataset.actionId
        : null;
      old.replaceWith(element);
      if (held !== null)
        (element.querySelector(`[data-action-id="${CSS.escape(held ?? "")}"]`) ?? element).focus({
          preventScroll: true,
        });
    } else if (!this.#fresh) {
      element.classList.add("arriving");
    }
    return element;
  }

  #open() {
    // From the first new message, else from the last one: a long one is read from its beginning.
    const first = this.feed.querySelector(".day-new, .new-line") ?? this.feed.lastElementChild;
    if (first) this.#placeAt(first);
  }

  #arrive(arrived) {
    announce(
      arrived
        .map((message) => `${nameOf(authorOf(this.app.store, message))}: ${message.text ?? ""}`)
        .join(". "),
    );
    const first = this.#rows.get(arrived[0].ts).element;
    const own = arrived.some(
      (message) => message.ephemeral || message.user === this.app.store.me.id,
    );
    if (!this.#following && !own) {
      this.pill.hidden =
        first.getBoundingClientRect().top < this.scroller.getBoundingClientRect().bottom;
      return;
    }
    this.#placeAt(first);
  }

  /** A row at the top of the window, or as near to it as the end allows. */
  #placeAt(row) {
    const top =
      row.getBoundingClientRect().top -
      this.scroller.getBoundingClientRect().top +
      this.scroller.scrollTop;
    this.#place(Math.min(this.#bottom, top - 36));
  }

  /** After a change of height the reader who was at the end stays there. */
  #settle() {
    if (this.scroller.scrollTop < this.#placedTop || this.#atEnd) return;
    if (this.#placedTop < this.#lastBottom) return;
    this.#place(this.#bottom);
  }

  #place(top) {
    this.scroller.scrollTop = top;
    this.#placedTop = this.scroller.scrollTop;
    this.#lastBottom = this.#bottom;
    this.#following = true;
  }

  #toEnd(behavior) {
    this.scroller.scrollTo({ top: this.#bottom, behavior });
    this.pill.hidden = true;
  }

  #scrolled() {
    if (this.#atEnd) this.pill.hidden = true;
    this.#following = this.#atEnd || Math.abs(this.scroller.scrollTop - this.#placedTop) < 2;
  }

  get #bottom() {
    return this.scroller.scrollHeight - this.scroller.clientHeight;
  }

  get #atEnd() {
    return this.scroller.scrollTop > this.#bottom - NEAR_PX;
  }
}

/** Does a message go on where the one before it ended, without a head of its own? */
function continues(before, message) {
  if (!before || before.subtype || message.subtype) return false;
  const sameAuthor =
    (before.user ?? before.bot_id) === (message.user ?? message.bot_id) &&
    before.username === message.username;
  const near = Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
  return (
    sameAuthor &&
    near &&
    Boolean(before.ephemeral) === Boolean(message.ephemeral) &&
    !before.replies?.length
  );
}

function dayRow(day, label, isNew) {
  const make = () =>
    h(
      "div",
      { class: `day${isNew ? " day-new" : ""}`, role: "separator", "aria-label": label },
      h("span", {}, label),
      isNew && h("em", {}, "New"),
    );
  return { key: `day ${day}`, stamp: `${label} ${isNew}`, make };
}

function newRow() {
  return {
    key: "new",
    stamp: "new",
    make: () =>
      h(
        "div",
        { class: "new-line", role: "separator", "aria-label": "New messages" },
        h("em", {}, "New"),
      ),
  };
}
