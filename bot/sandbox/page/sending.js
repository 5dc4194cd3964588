/** Where a typed line goes: a command of the app, a command of Slack itself, or the channel. */

import { Refused } from "./doors.js";

/** Slack's own commands that the sandbox has. */
export const OWN_COMMANDS = [
  {
    command: "/invite",
    usage_hint: "@name [#channel]",
    description: "Add somebody, or the app, to this channel",
  },
];

/** Send a line; throws `Refused` with a sentence where it cannot be sent. */
export async function send(app, text, place) {
  const { store } = app;
  const [, word = "", rest = ""] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const known = store.state.commands.some(({ command }) => command === word);
  // In a thread Slack runs no command; and a mistyped one is not said aloud to everybody.
  if (known && !place.thread_ts) {
    await store.doors.command({
      user: store.me.id,
      channel: place.channel,
      command: word,
      text: rest,
    });
  } else if (word === "/invite") {
    await invite(app, rest, place);
  } else if (/^\/[\w-]+$/.test(word)) {
    throw new Refused(
      known
        ? `${word} does not work in threads.`
        : `${word} is not a command here. To send it as a message, begin with a space.`,
    );
  } else {
    await store.doors.message({ user: store.me.id, text, ...place });
  }
}

async function invite(app, words, place) {
  const { store } = app;
  const [, name, channelName] = /^(.*?)(?:\s+#(\S+))?\s*$/.exec(words);
  const user = store.findUser(name);
  if (!user)
    throw new Refused(
      `Nobody here is called ${name || "that"}. Try /invite @${store.bot.real_name}.`,
    );
  const channel = channelName
    ? store.channels.find((each) => each.name === channelName)?.id
    : place.channel;
  if (!channel) throw new Refused(`There is no channel #${channelName} here.`);
  await store.doors.invite(channel, user.id);
}
