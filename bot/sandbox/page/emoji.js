/** The shortcodes people and bots write most; any other stays text, as in Slack. */

import { h } from "./dom.js";

const NAMES = `
  +1 👍  thumbsup 👍  -1 👎  thumbsdown 👎  tada 🎉  eyes 👀  fire 🔥  rocket 🚀  heart ❤️  star ⭐
  star2 🌟  sparkles ✨  wave 👋  clap 👏  pray 🙏  raised_hands 🙌  ok_hand 👌  muscle 💪
  point_right 👉  point_left 👈  point_up ☝️  point_down 👇  smile 😄  smiley 😃  grinning 😀
  slightly_smiling_face 🙂  wink 😉  joy 😂  thinking_face 🤔  thinking 🤔  sob 😭  cry 😢
  sunglasses 😎  heart_eyes 😍  hugging_face 🤗  robot_face 🤖  white_check_mark ✅
  heavy_check_mark ✔️  x ❌  warning ⚠️  no_entry ⛔  question ❓  exclamation ❗  bulb 💡  memo 📝
  pencil 📝  book 📖  books 📚  bookmark 🔖  newspaper 📰  page_facing_up 📄  scroll 📜  link 🔗
  mag 🔍  bar_chart 📊  chart_with_upwards_trend 📈  calendar 📅  date 📅  clock9 🕘  hourglass ⌛
  alarm_clock ⏰  bell 🔔  no_bell 🔕  mute 🔇  gear ⚙️  hammer_and_wrench 🛠️  wrench 🔧  bug 🐛
  lock 🔒  key 🔑  package 📦  inbox_tray 📥  outbox_tray 📤  email ✉️  speech_balloon 💬  pushpin 📌
  trophy 🏆  medal 🏅  coffee ☕  brain 🧠  microscope 🔬  test_tube 🧪  arrow_right ➡️  arrow_up ⬆️
  arrow_down ⬇️  heavy_plus_sign ➕  heavy_minus_sign ➖  wastebasket 🗑️  octopus 🐙  zap ⚡
  hash #️⃣  large_green_circle 🟢  large_yellow_circle 🟡  red_circle 🔴  white_circle ⚪
  crescent_moon 🌙  sunny ☀️
`;

const TABLE = new Map(
  NAMES.trim()
    .split(/ {2,}|\n\s*/)
    .map((pair) => pair.split(" ")),
);

/** What the reaction button offers first. */
export const QUICK_REACTIONS = [
  "+1",
  "eyes",
  "white_check_mark",
  "tada",
  "heart",
  "fire",
  "thinking_face",
  "rocket",
];

/** The character of a shortcode, or undefined. Skin tones are left off. */
export function emojiOf(name) {
  return TABLE.get(name.split("::")[0]);
}

/** One emoji with its name for screen readers; the bare shortcode where it is not known. */
export function emoji(name, unicode) {
  const character = emojiOf(name) ?? fromCodePoints(unicode);
  if (!character) return `:${name}:`;
  return h(
    "span",
    {
      class: "emoji",
      role: "img",
      "aria-label": `${name.replaceAll("_", " ")} emoji`,
      title: `:${name}:`,
    },
    character,
  );
}

function fromCodePoints(unicode) {
  if (!/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(unicode ?? "")) return null;
  const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

/** Text in which known :shortcodes: became emoji, as a list of strings and elements. */
export function withEmoji(text) {
  return text.split(/(:[a-z0-9_+-]+:)/).map((piece) => {
    const name = /^:([a-z0-9_+-]+):$/.exec(piece)?.[1];
    return name && emojiOf(name) ? emoji(name) : piece;
  });
}
