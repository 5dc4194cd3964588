/** Starts the gallery: an index at the side, then each item under its name. */

import { doors } from "../doors.js";
import { h } from "../dom.js";
import { nameOf } from "../names.js";
import { Store } from "../store.js";
import { applyTheme } from "../theme.js";
import { mountToasts } from "../toast.js";
import { gathered, slugOf } from "./groups.js";
import { drawItem } from "./item.js";
import { themeButton } from "./theme_button.js";

const wide = matchMedia("(min-width: 900px)");

async function start() {
  const parameters = new URLSearchParams(location.search);
  applyTheme({ theme: parameters.get("theme") });
  const store = new Store(doors);
  await store.readState();
  const person = store.findUser(parameters.get("user") ?? "") ?? store.rememberedPerson();
  if (person && !person.is_bot) store.become(person.id);
  const groups = gathered((await doors.gallery(store.me.id)).items);
  mountToasts();
  document.title = `Gallery · ${nameOf(store.bot)}`;
  document.body.append(page({ store }, groups));
  // The items came after the address was followed.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function page(app, groups) {
  return h(
    "div",
    { class: "gallery" },
    h(
      "header",
      { class: "gallery-head" },
      h("h1", {}, nameOf(app.store.bot)),
      h("span", {}, "What it can post, and every block"),
      h("a", { href: "/" }, "To the workspace"),
      themeButton(),
    ),
    index(groups),
    h(
      "main",
      { class: "gallery-items" },
      groups.map(({ name, items }) => [
        h("h2", { class: "gallery-group" }, name),
        items.map((item) => drawItem(app, item)),
      ]),
    ),
  );
}

function index(groups) {
  return h(
    "nav",
    { class: "gallery-index", "aria-label": "Index", testid: "gallery-index" },
    h(
      "details",
      { open: wide.matches },
      h("summary", {}, "Index"),
      groups.map(({ name, items }) => [
        h("h2", {}, name),
        h(
          "ul",
          {},
          items.map((item) => h("li", {}, h("a", { href: `#${slugOf(item)}` }, item.name))),
        ),
      ]),
    ),
  );
}

start().catch((error) => {
  document.body.append(
    h("p", { class: "fatal", role: "alert" }, `The gallery could not start. ${error.message}`),
  );
  throw error;
});
