/** The lines each person has sent from this tab, for arrow-up and for the hints. */

const KEPT = 50;

export class Lines {
  #at = null;

  constructor(store) {
    this.store = store;
  }

  get #key() {
    return `sandbox.lines.${this.store.state.team.id}.${this.store.me.id}`;
  }

  get #all() {
    return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
  }

  add(channel, text) {
    const kept = [...this.#all, { channel, text }].slice(-KEPT);
    sessionStorage.setItem(this.#key, JSON.stringify(kept));
    this.#at = null;
  }

  wroteIn(channel) {
    return this.#all.some((line) => line.channel === channel);
  }

  /** The line before the one shown; null where the field holds something else. */
  earlier(shown) {
    const all = this.#all;
    const at = this.#showing(shown) ? this.#at - 1 : shown ? -1 : all.length - 1;
    return this.#moveTo(at, all);
  }

  /** The line after the one shown, at last the empty field. */
  later(shown) {
    if (!this.#showing(shown)) return null;
    const all = this.#all;
    if (this.#at < all.length - 1) return this.#moveTo(this.#at + 1, all);
    this.#at = null;
    return "";
  }

  #showing(shown) {
    return this.#at !== null && this.#all[this.#at]?.text === shown;
  }

  #moveTo(at, all) {
    if (at < 0 || at >= all.length) return null;
    this.#at = at;
    return all[at].text;
  }
}
