/** How far each person has read each channel, kept in this browser. */

export class ReadMarks {
  #owner;

  /** `owner()` names the workspace and the person. */
  constructor(owner) {
    this.#owner = owner;
  }

  /** The messages of others after this person's mark, oldest first. */
  unread(channelId, messages, personId) {
    const mark = this.#mark(channelId, messages);
    return messages.filter((message) => Number(message.ts) > mark && message.user !== personId);
  }

  /** Has this person opened the channel before? */
  known(channelId) {
    return localStorage.getItem(this.#key(channelId)) !== null;
  }

  /** Everything up to the newest message is read now. */
  read(channelId, messages) {
    const newest = newestOf(messages);
    if (newest > 0) localStorage.setItem(this.#key(channelId), String(newest));
  }

  #mark(channelId, messages) {
    const mark = Number(localStorage.getItem(this.#key(channelId)) ?? 0);
    // A workspace that started over has an earlier clock: what it holds is unread again.
    return mark > newestOf(messages) ? 0 : mark;
  }

  #key(channelId) {
    return `sandbox.read.${this.#owner()}.${channelId}`;
  }
}

function newestOf(messages) {
  return Number(messages.at(-1)?.ts ?? 0);
}
