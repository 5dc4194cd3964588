/** The markdown block: a safe part of standard Markdown. HTML in it stays text. */

import { h, link } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { picture } from "../picture.js";

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const TASK = /^\[([ xX])\]\s+/;
// Quotes and lists inside each other; further down it is text.
const DEEPEST = 8;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function markdown(block) {
  return h("div", { class: "block-markdown" }, blocksOf(String(block.text ?? "").split("\n")));
}

/** The blocks of some lines; each reader takes lines from the front. */
function blocksOf(lines, depth = 0) {
  if (depth > DEEPEST) return [h("p", { class: "text" }, lines.join("\n"))];
  const rest = [...lines];
  const out = [];
  while (rest.length) {
    if (!rest[0].trim()) rest.shift();
    else out.push(READERS.map((read) => read(rest, depth + 1)).find(Boolean) ?? paragraph(rest));
  }
  return out;
}

function fence(lines) {
  const mark = FENCE.exec(lines[0])?.[1];
  if (!mark) return null;
  lines.shift();
  const code = takeWhile(lines, (line) => !line.trim().startsWith(mark));
  lines.shift();
  return h("pre", {}, code.join("\n"));
}

function heading(lines) {
  const match = HEADING.exec(lines[0]);
  if (!match) return null;
  lines.shift();
  return h(
    `h${Math.min(6, match[1].length + 2)}`,
    { class: `md-h${match[1].length}` },
    inline(match[2]),
  );
}

function rule(lines) {
  return RULE.test(lines[0]) && lines.shift() !== undefined
    ? h("hr", { class: "block-divider" })
    : null;
}

function quote(lines, depth) {
  if (!lines[0].startsWith(">")) return null;
  const quoted = takeWhile(lines, (line) => line.startsWith(">"));
  return h(
    "blockquote",
    {},
    blocksOf(
      quoted.map((line) => line.replace(/^> ?/, "")),
      depth,
    ),
  );
}

function table(lines) {
  if (!lines[0].includes("|") || !TABLE_RULE.test(lines[1] ?? "")) return null;
  const [head, , ...rows] = takeWhile(lines, (line) => line.includes("|")).map(cellsOf);
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((cell) => h(tag, {}, inline(cell))),
    );
  return h(
    "div",
    { class: "block-table" },
    h(
      "table",
      {},
      h("thead", {}, row(head, "th")),
      h(
        "tbody",
        {},
        rows.map((cells) => row(cells, "td")),
      ),
    ),
  );
}

function cellsOf(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function list(lines, depth) {
  const first = ITEM.exec(lines[0]);
  if (!first) return null;
  const indent = first[1].length;
  const items = [];
  while (lines.length && belongs(lines[0], indent)) {
    const match = ITEM.exec(lines.shift());
    const inner = takeWhile(lines, (line) => line.trim() && indentOf(line) > indent);
    items.push(
      item(
        match[3],
        inner.map((line) => line.slice(indent + 2)),
        depth,
      ),
    );
  }
  const ordered = /\d/.test(first[2]);
  return h(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(first[2], 10) } : {}, items);
}

function belongs(line, indent) {
  const match = ITEM.exec(line);
  return match !== null && match[1].length === indent && !RULE.test(line);
}

function item(text, inner, depth) {
  const task = TASK.exec(text);
  const done = task && task[1] !== " ";
  const box =
    task &&
    h("input", {
      type: "checkbox",
      disabled: true,
      checked: done,
      "aria-label": done ? "Done" : "To do",
    });
  return h(
    "li",
    task ? { class: "task" } : {},
    box,
    inline(task ? text.slice(task[0].length) : text),
    blocksOf(inner, depth),
  );
}

function indentOf(line) {
  return line.length - line.trimStart().length;
}

const READERS = [fence, heading, rule, quote, table, list];

function paragraph(lines) {
  const starts = (line) =>
    [FENCE, HEADING, RULE, ITEM].some((pattern) => pattern.test(line)) || line.startsWith(">");
  const taken = [lines.shift(), ...takeWhile(lines, (line) => line.trim() && !starts(line))];
  return h("p", { class: "text" }, inline(taken.join("\n")));
}

function takeWhile(lines, test) {
  const end = lines.findIndex((line) => !test(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

const INLINES = [
  [/^`+([^`]+)`+/, ([, code]) => h("code", {}, code)],
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, ([, mark]) => mark],
  [/^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, ([, alt, url]) => picture(url, alt, "picture-wide")],
  [/^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, ([, label, url]) => link(url, inline(label))],
  [/^(\*\*|__)(?=\S)([\s\S]+?\S?)\1/, ([, , words]) => h("strong", {}, inline(words))],
  [/^~~(?=\S)(.+?)~~/, ([, words]) => h("s", {}, inline(words))],
  [/^\*(?=[^\s*])(.+?)\*(?!\*)/, ([, words]) => h("em", {}, inline(words))],
  [/^_(?=[^\s_])(.+?)_(?![\p{L}\p{N}_])/u, ([, words]) => h("em", {}, inline(words))],
  [/^<(https?:\/\/[^>\s]+)>/, ([, url]) => link(url, url)],
  [/^https?:\/\/[^\s<>()]*[^\s<>().,;:!?'"*_]/, ([url]) => link(url, url)],
];

function inline(text) {
  const out = [];
  let buffer = "";
  for (let at = 0; at < text.length;) {
    const found = inlineAt(text, at);
    if (found) {
      out.push(withEmoji(buffer), found.node);
      buffer = "";
      at += found.length;
    } else {
      buffer += text[at];
      at += 1;
    }
  }
  return [...out, withEmoji(buffer)];
}

function inlineAt(text, at) {
  if (!/[`\\![*_~<h]/.test(text[at])) return null;
  // A mark or an address inside a word is part of the word.
  if (/[_h]/.test(text[at]) && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return null;
  const rest = text.slice(at);
  for (const [pattern, draw] of INLINES) {
    const match = pattern.exec(rest);
    if (match) return { node: draw(match), length: match[0].length };
  }
  return null;
}
