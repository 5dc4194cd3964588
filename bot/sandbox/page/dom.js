/** Building DOM without markup strings: data only ever becomes text nodes and attributes. */

const SVG = "http://www.w3.org/2000/svg";

/** An element: `h("p", {class: "note", onclick: f, dataset: {ts}}, "text", child)`. */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element; attributes only. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Replace what an element holds. */
export function replace(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** Replace what an element holds; the focus stays on the control with the same hook. */
export function renew(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  replace(element, ...children);
  const hook = focused?.dataset.testid;
  if (hook) element.querySelector(`[data-testid="${CSS.escape(hook)}"]`)?.focus();
  return element;
}

/** Nested lists of strings, numbers, nodes and nothings as a flat list ready for `append`. */
function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) assign(element, name, value);
  element.append(...nodes(children));
  return element;
}

function assign(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "style") setStyle(element, value);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "value") element.value = value;
  else
    element.setAttribute(
      name === "testid" ? "data-testid" : name,
      value === true ? "" : String(value),
    );
}

function setStyle(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

/** A fresh id for aria references. */
export function freshId(prefix) {
  freshId.count = (freshId.count ?? 0) + 1;
  return `${prefix}-${freshId.count}`;
}

/** A link's address if it is http(s), else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab; plain text where the address is not http(s). */
export function link(address, label, props = {}) {
  const href = safeUrl(address);
  if (!href) return h("span", props, label);
  // A permalink of this workspace opens here, as it does in Slack.
  const permalink = `${location.origin}/archives/`;
  if (href.startsWith(permalink))
    return h("a", { ...props, href: `#/archives/${href.slice(permalink.length)}` }, label);
  return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, label);
}
