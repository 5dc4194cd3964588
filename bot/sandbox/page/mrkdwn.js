/** Slack's mrkdwn as a tree. Escaped entities are undone last, so escaped markup stays text. */

import { emojiOf } from "./emoji.js";

const SPANS = { "*": "bold", _: "italic", "~": "strike" };
const WORD = /[\p{L}\p{N}]/u;
const FENCE = /```\n?([\s\S]+?)\n?```/;
const QUOTE = /^(?:>|&gt;) ?/;
const QUOTE_REST = /^(?:>>>|&gt;&gt;&gt;) ?/;
const CODE = /`([^`\n]+)`/y;
const CONTROL = /<([^<>\n]+)>/y;
const EMOJI = /:([a-z0-9_+-]+(?:::skin-tone-\d)?):/y;
const ADDRESS = /https?:\/\/(?:(?!&lt;|&gt;)[^\s<>|*`])+/iy;

/** `&amp;`, `&lt;` and `&gt;` undone, once. */
function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** The tree of a text: nodes `{type, text?, children?, …}`; `links: false` leaves addresses bare. */
export function parse(text, { links = true } = {}) {
  const out = [];
  let rest = text;
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    out.push(...paragraphs(rest.slice(0, fence.index).replace(/\n$/, ""), links));
    out.push({ type: "pre", text: plain(fence[1]) });
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  return [...out, ...paragraphs(rest, links)];
}

/** Quoted lines as one quote each run, the lines between as inline nodes. */
function paragraphs(text, links) {
  if (!text) return [];
  const out = [];
  let run = { quoted: false, lines: [] };
  const close = () => {
    if (!run.lines.length) return;
    const children = inline(run.lines.join("\n"), links);
    out.push(...(run.quoted ? [{ type: "quote", children }] : children));
  };
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    if (QUOTE_REST.test(line)) {
      close();
      run = { quoted: true, lines: [line.replace(QUOTE_REST, ""), ...lines.slice(at + 1)] };
      break;
    }
    const quoted = QUOTE.test(line);
    if (quoted !== run.quoted) {
      close();
      run = { quoted, lines: [] };
    }
    run.lines.push(quoted ? line.replace(QUOTE, "") : line);
  }
  close();
  return out;
}

/** The nodes of a text without fences and quotes; a mark `open` around it does not open again. */
function inline(text, links, open = "") {
  const out = [];
  const hopeless = {};
  let buffer = "";
  const flush = () => {
    if (buffer) out.push({ type: "text", text: unescape(buffer) });
    buffer = "";
  };
  for (let at = 0; at < text.length;) {
    const found = atomAt(text, at, links) ?? spanAt(text, at, { links, open, hopeless });
    if (found) {
      flush();
      out.push(found.node);
      at = found.end;
    } else {
      buffer += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

/** A code, control sequence, emoji or address that starts here. */
function atomAt(text, at, links) {
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  if (text[at] === "`")
    return taken(match(CODE), ([, code]) => ({ type: "code", text: plain(code) }));
  if (text[at] === "<") return taken(match(CONTROL), ([, body]) => control(body));
  if (text[at] === ":") {
    return taken(match(EMOJI), ([, name]) => (emojiOf(name) ? { type: "emoji", name } : null));
  }
  if (links && /h/i.test(text[at]) && !WORD.test(text[at - 1] ?? ""))
    return addressAt(match(ADDRESS), at);
  return null;
}

function taken(match, toNode) {
  const node = match && toNode(match);
  return node ? { node, end: match.index + match[0].length } : null;
}

function addressAt(match, at) {
  if (!match) return null;
  const raw = match[0].replace(/[.,;:!?)\]'"~_]+$/, "");
  const url = unescape(raw);
  return { node: { type: "link", url, label: url }, end: at + raw.length };
}

/** Bold, italic or strike: opens before a word, closes after one, never across lines. */
function spanAt(text, at, { links, open, hopeless }) {
  const mark = text[at];
  const type = SPANS[mark];
  const next = text[at + 1];
  if (!type || open.includes(mark) || WORD.test(text[at - 1] ?? "")) return null;
  if (!next || /\s/.test(next) || next === mark || at < (hopeless[mark] ?? 0)) return null;
  const end = closingOf(text, at + 1, mark);
  if (text[end] !== mark) {
    // No mark of this kind closes before here: one search a line, however many open.
    hopeless[mark] = end;
    return null;
  }
  const children = inline(text.slice(at + 1, end), links, open + mark);
  return { node: { type, children }, end: end + 1 };
}

/** Where the closing mark stands, or the line ends. */
function closingOf(text, from, mark) {
  let at = from;
  while (at < text.length && text[at] !== "\n") {
    const closes = text[at] === mark && !/\s/.test(text[at - 1]) && !WORD.test(text[at + 1] ?? "");
    if (closes) return at;
    at = skipAt(text, at) || at + 1;
  }
  return at;
}

/** Where a code or control sequence that starts here ends; marks inside them close nothing. */
function skipAt(text, at) {
  const pattern = { "`": CODE, "<": CONTROL }[text[at]];
  if (!pattern) return 0;
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

/** What stands between angle brackets; null for anything Slack does not know, which stays text. */
function control(body) {
  const [target, ...words] = body.split("|");
  const label = words.length ? unescape(words.join("|")) : null;
  if (/^@[UWB][A-Z0-9]+$/.test(target)) return { type: "user", id: target.slice(1), label };
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return { type: "channel", id: target.slice(1), label };
  if (/^!(here|channel|everyone)$/.test(target))
    return { type: "broadcast", range: target.slice(1) };
  if (target.startsWith("!subteam^"))
    return { type: "broadcast", range: (label ?? target.slice(9)).replace(/^@/, "") };
  if (target.startsWith("!date^")) return dateOf(target, label);
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) {
    return { type: "link", url: unescape(target), label: label || unescape(target) };
  }
  return null;
}

function dateOf(target, label) {
  const [, seconds, format, url] = target.split("^");
  return {
    type: "date",
    seconds,
    format: unescape(format ?? ""),
    url: url && unescape(url),
    label,
  };
}

/** Code as it reads: control sequences by their label or address, entities undone. */
function plain(code) {
  return unescape(
    code.replace(/<([^<>\n]+)>/g, (whole, body) =>
      control(body) ? body.split("|").at(-1) : whole,
    ),
  );
}
