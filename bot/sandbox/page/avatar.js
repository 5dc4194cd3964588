/** Avatars from initials, coloured by name; the page loads no pictures of people. */

import { h } from "./dom.js";
import { nameOf } from "./names.js";

const COLOURS = 8;

/** A person's or the app's square. */
export function avatar(user, size = "") {
  const name = nameOf(user);
  const kind = user?.is_bot ? "avatar-app" : `avatar-${hash(user?.id ?? name) % COLOURS}`;
  return h(
    "span",
    { class: `avatar ${kind} ${size}`.trim(), "aria-hidden": "true" },
    initials(name),
  );
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}

function hash(text) {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
}
