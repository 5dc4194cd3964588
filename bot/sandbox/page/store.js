/** What the page knows, read through the doors; parts of the page listen by topic. */

import { knownZone } from "./time.js";
import { ReadMarks } from "./unread.js";

const PERSON_KEY = "sandbox.person";

export class Store {
  state = null;
  views = { modals: [], home: null };
  log = [];
  connected = true;
  #messages = new Map();
  #listeners = new Map();
  #readAt = 0;
  #personId = null;

  constructor(doors) {
    this.doors = doors;
    this.marks = new ReadMarks(() => `${this.state?.team.id}.${this.me?.id}`);
  }

  /** Call `listener` whenever one of the topics changes. */
  on(topics, listener) {
    for (const topic of topics.split(" ")) {
      this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
    }
  }

  emit(topic) {
    for (const listener of this.#listeners.get(topic) ?? []) listener();
  }

  get me() {
    const people = this.people;
    return people.find((user) => user.id === this.#personId) ?? people[0];
  }

  get people() {
    return (this.state?.users ?? []).filter((user) => !user.is_bot);
  }

  get bot() {
    const { user_id: id, name } = this.state.bot;
    return this.user(id) ?? { id, name, real_name: name, is_bot: true };
  }

  get zone() {
    return knownZone(this.me?.tz);
  }

  /** The workspace's time, running on since it was last read. */
  now() {
    return new Date(Date.parse(this.state.clock) + performance.now() - this.#readAt);
  }

  user(id) {
    return this.state.users.find((user) => user.id === id);
  }

  /** A person by handle, full name or id, however they wrote it. */
  findUser(words) {
    const wanted = words.trim().replace(/^@/, "").toLowerCase();
    const names = (user) =>
      [user.id, user.name, user.real_name].map((name) => (name ?? "").toLowerCase());
    return this.state.users.find((user) => names(user).includes(wanted));
  }

  channel(id) {
    return this.state.channels.find((channel) => channel.id === id);
  }

  /** Channels this person may open: all public ones and the private ones they are in. */
  get channels() {
    const mine = (channel) => !isPrivate(channel) || channel.members.includes(this.me.id);
    return this.state.channels.filter((channel) => !channel.is_im && mine(channel));
  }

  /** This person's direct messages as `{user, channel}`; the app's is always there. */
  get directMessages() {
    const ims = this.state.channels.filter((channel) => channel.is_im && this.#partOf(channel));
    const found = ims.map((channel) => ({ user: this.partner(channel), channel }));
    if (!found.some(({ user }) => user.id === this.bot.id))
      found.push({ user: this.bot, channel: null });
    return found;
  }

  #partOf(channel) {
    return channel.user === this.me.id || (channel.members ?? []).includes(this.me.id);
  }

  /** Who is at the other end of a direct message. */
  partner(channel) {
    const other = [channel.user, ...(channel.members ?? [])].find((id) => id && id !== this.me.id);
    return this.user(other) ?? this.bot;
  }

  messages(channelId) {
    return this.#messages.get(channelId);
  }

  message(channelId, ts) {
    return this.messages(channelId)?.find((message) => message.ts === ts);
  }

  become(personId) {
    if (this.#personId === personId) return;
    this.#personId = personId;
    localStorage.setItem(PERSON_KEY, personId);
    this.#messages.clear();
    this.views = { modals: [], home: null };
  }

  /** The person this browser was last, if the workspace still has them. */
  rememberedPerson() {
    return this.user(localStorage.getItem(PERSON_KEY) ?? "");
  }

  async readState() {
    this.state = await this.doors.state();
    this.#readAt = performance.now();
    this.emit("state");
  }

  async readMessages(channelId) {
    const asked = this.me.id;
    const channel = this.channel(channelId);
    if (!channel || (isPrivate(channel) && !this.#partOf(channel))) return;
    const { messages } = await this.doors.messages(channelId, asked);
    if (asked !== this.me.id) return;
    this.#messages.set(channelId, messages.toReversed());
    this.emit("messages");
  }

  async readViews() {
    const asked = this.me.id;
    const { modals, home } = await this.doors.views(asked);
    if (asked !== this.me.id) return;
    this.views = { modals: modals ?? [], home };
    this.emit("views");
  }

  async readLog() {
    this.log = (await this.doors.log()).calls;
    this.emit("log");
  }

  /** Everything this person sees, after a start, a change of person or a lost connection. */
  async readAll() {
    await this.readState();
    const channels = [...this.channels, ...this.directMessages.map(({ channel }) => channel)];
    const ids = channels.filter(Boolean).map((channel) => channel.id);
    await Promise.all([this.readViews(), ...ids.map((id) => this.readMessages(id))]);
  }

  /** What a channel holds for this person that they have not seen: a count. */
  unread(channelId) {
    return this.marks.unread(channelId, this.messages(channelId) ?? [], this.me.id).length;
  }

  setConnected(connected) {
    if (this.connected === connected) return;
    this.connected = connected;
    this.emit("connection");
  }
}

/** Is this channel hidden from those who are not in it? */
export function isPrivate(channel) {
  return Boolean(channel.is_private || channel.private || channel.is_im);
}
