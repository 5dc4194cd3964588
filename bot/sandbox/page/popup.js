/** A small floating panel beside its button: menus, select lists, the reaction picker. */

import { h } from "./dom.js";

const GAP = 4;
const EDGE = 8;
const MOVED = 2; // pixels

/**
 * Show `content` at `anchor` until it is used, left or dismissed; then `onClose` is called.
 * Returns `{close, place, panel}`; closing by hand takes the focus back to the anchor.
 */
export function openPopup(anchor, content, { onClose = () => {} } = {}) {
  const panel = h("div", { class: "popup" }, content);
  // Inside the dialog where there is one: everything outside an open dialog is inert.
  (anchor.closest("dialog") ?? document.body).append(panel);
  const place = () => position(panel, anchor);
  const close = (refocus = true) => {
    if (!panel.isConnected) return;
    leaving.abort();
    panel.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (refocus) anchor.focus();
    onClose();
  };
  const leaving = new AbortController();
  const options = { signal: leaving.signal, capture: true };
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (!panel.contains(target) && !anchor.contains(target)) close(false);
    },
    options,
  );
  document.addEventListener("keydown", (event) => closeOnKey(event, close), options);
  window.addEventListener("resize", () => close(false), options);
  // Only a scroll that takes the anchor away: one that has just ended still sends its event.
  const { top } = anchor.getBoundingClientRect();
  const leave = () => Math.abs(anchor.getBoundingClientRect().top - top) > MOVED && close(false);
  document.addEventListener("scroll", leave, options);
  anchor.setAttribute("aria-expanded", "true");
  place();
  return { close, place, panel };
}

function closeOnKey(event, close) {
  if (event.key === "Tab") close();
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

function position(panel, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + GAP + height <= innerHeight - EDGE || at.top < innerHeight / 2;
  const top = below ? at.bottom + GAP : at.top - GAP - height;
  const left = at.left + width <= innerWidth - EDGE ? at.left : at.right - width;
  panel.style.top = `${clamp(top, EDGE, innerHeight - height - EDGE)}px`;
  panel.style.left = `${clamp(left, EDGE, innerWidth - width - EDGE)}px`;
}

function clamp(value, low, high) {
  return Math.max(low, Math.min(value, high));
}
