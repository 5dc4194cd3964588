/** Line icons on a 20 × 20 grid, drawn here so that the page needs no file beside its own. */

import { svg } from "./dom.js";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  lock: "M5.5 9h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16h3.5v-4h3v4H15V8.5",
  clock: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6.5V10l2.5 1.5",
  sun: "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  close: "M5 5l10 10M15 5 5 15",
  send: "M3.5 4.2 17 10 3.5 15.8 5.3 10zM5.3 10H11",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z",
  reply: "M4 4.5h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-5.5L7 16.5v-3H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z",
  smile: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.2 12a3.4 3.4 0 0 0 5.6 0M7.7 8.2v.1M12.3 8.2v.1",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  down: "M5.5 8l4.5 4.5L14.5 8",
  right: "M8 5.5l4.5 4.5L8 14.5",
  left: "M12 5.5 7.5 10l4.5 4.5",
  into: "M15 5 5.5 14.5M5.5 8v6.5H12",
  out: "M5 15 14.5 5.5M8 5.5h6.5V12",
  bolt: "M11 2.5 4.5 11.5H9.5L9 17.5l6.5-9H10.5z",
  image: "M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M12.8 7.6v.1",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5",
  search: "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 16.5 16.5",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  up: "M6.5 9 9.2 3.5c1 0 1.8.8 1.8 1.8V8h4.3c.8 0 1.4.8 1.2 1.6l-1.3 5.3c-.2.6-.7 1.1-1.4 1.1H6.5zM6.5 9H3.5v7h3",
  thumbsdown:
    "M13.5 11l-2.7 5.5c-1 0-1.8-.8-1.8-1.8V12H4.7c-.8 0-1.4-.8-1.2-1.6l1.3-5.3c.2-.6.7-1.1 1.4-1.1h7.3zM13.5 11h3V4h-3",
  play: "M7 5l8 5-8 5z",
  info: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 9.3v4M10 6.6v.1",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.2v.1",
  error: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.6 7.6l4.8 4.8M12.4 7.6l-4.8 4.8",
  success: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM6.8 10.2l2.3 2.3 4.2-4.7",
  log: "M4 5h12M4 10h12M4 15h7",
  people:
    "M7.5 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM3 15.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M13 5a2.3 2.3 0 0 1 0 4.4M14.2 11.7c1.7.4 2.8 1.8 2.8 3.8",
  book: "M10 5.5C8.5 4.3 6 4 3.5 4.5v10.5c2.5-.5 5-.2 6.5 1 1.5-1.2 4-1.5 6.5-1V4.5C14 4 11.5 4.3 10 5.5zM10 5.5V16",
  next: "M4.5 5l5 5-5 5M10.5 5l5 5-5 5",
};

/** An icon that is decoration: the words beside it, or its button's label, carry the meaning. */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] ?? PATHS.info });
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true" },
    path,
  );
}

/** Is there an icon of this name? */
export function hasIcon(name) {
  return name in PATHS;
}
