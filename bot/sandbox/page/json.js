/** JSON to read: indented, its keys, texts and numbers in colours. */

import { h } from "./dom.js";

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

export function drawJson(value) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index), token(match));
    end = match.index + match[0].length;
  }
  return h("pre", { class: "json", tabindex: "0" }, parts, text.slice(end));
}

function token([whole, text, colon]) {
  if (text && colon) return [h("span", { class: "json-key" }, text), colon];
  return h("span", { class: text ? "json-text" : "json-value" }, whole);
}
