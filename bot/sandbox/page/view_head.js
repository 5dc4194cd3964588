/** The head of a view: its title on the left, what is always at hand on the right. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { themeNow, toggleTheme } from "./theme.js";

/** `title` and `about` are nodes; `tabs` are `{label, testid, current, to}`. */
export function viewHead(app, { title, about, tabs = [] }) {
  return h(
    "header",
    { class: "view-head" },
    h(
      "div",
      { class: "view-head-row" },
      h(
        "button",
        {
          type: "button",
          class: "icon-button drawer-button",
          "aria-label": "Channels and people",
          testid: "sidebar-toggle",
          onclick: () => app.openDrawer(true),
        },
        icon("menu"),
      ),
      h("h1", { class: "view-title" }, title),
      h("div", { class: "view-about" }, about),
      logButton(app),
      themeButton(app),
    ),
    tabs.length > 0 &&
      h(
        "div",
        { class: "tabs" },
        tabs.map((tab) => tabButton(app, tab)),
      ),
  );
}

function tabButton(app, { label, testid, current, to }) {
  return h(
    "button",
    {
      type: "button",
      class: "tab",
      testid,
      "aria-current": current ? "page" : null,
      onclick: () => app.router.go(to),
    },
    label,
  );
}

function logButton(app) {
  const open = app.router.route.panel === "log";
  return h(
    "button",
    {
      type: "button",
      class: "head-button",
      testid: "log",
      "aria-pressed": String(open),
      "aria-label": "What happened",
      title: "What happened: every call in and out",
      onclick: () =>
        app.router.go(
          app.router.route.panel === "log" ? { panel: null } : { panel: "log", thread: null },
        ),
    },
    icon("log"),
    h("span", { class: "head-button-words" }, "What happened"),
  );
}

function themeButton(app) {
  const dark = themeNow(app.router.route) === "dark";
  const label = dark ? "Turn to light" : "Turn to dark";
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      testid: "theme",
      "aria-label": label,
      title: label,
      onclick: () => {
        toggleTheme(app.router);
        app.store.emit("theme");
      },
    },
    icon(dark ? "sun" : "moon"),
  );
}

/** The two tabs of the app. */
export function appTabs(app, current) {
  return [
    {
      label: "Home",
      testid: "tab-home",
      current: current === "home",
      to: { kind: "home", name: "" },
    },
    {
      label: "Messages",
      testid: "tab-messages",
      current: current === "messages",
      to: { kind: "dm", name: app.store.bot.name },
    },
  ];
}
