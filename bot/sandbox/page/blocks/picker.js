/** The list a select opens: a search field over a listbox. */

import { freshId, h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { openPopup } from "../popup.js";

/**
 * Open the list at `anchor`. Groups: `[{label?, options: [{label, description?, value}]}]`.
 * One choice is made and the list is gone; of several, each is told and the list stays.
 */
export function openPicker(anchor, groups, { chosen, several = false, onchoose, onClose }) {
  const listId = freshId("options");
  const list = h("div", {
    class: "options",
    role: "listbox",
    id: listId,
    "aria-label": "Options",
    "aria-multiselectable": several ? "true" : null,
  });
  const search = h("input", {
    class: "field options-search",
    type: "text",
    placeholder: "Search",
    "aria-label": "Search the options",
    "aria-controls": listId,
    autocomplete: "off",
  });
  let active = 0;
  const draw = () => {
    const rows = drawOptions(list, groups, search.value, chosen, choose);
    active = Math.max(0, Math.min(active, rows.length - 1));
    mark(rows, active, search);
  };
  const choose = (value) => {
    // Closed first: a question that follows takes the focus, and gives it back to the anchor.
    if (!several) popup.close();
    onchoose(value);
    if (several) draw();
  };
  search.addEventListener("input", () => {
    active = 0;
    draw();
  });
  search.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) active = (active + step + rows.length) % rows.length;
    if (event.key === "Enter") rows[active]?.click();
    if (step || event.key === "Enter") event.preventDefault();
    if (step) mark(rows, active, search);
  });
  draw();
  const popup = openPopup(anchor, [search, list], { onClose });
  popup.panel.style.minWidth = `${anchor.offsetWidth}px`;
  popup.place();
  search.focus();
}

function drawOptions(list, groups, words, chosen, choose) {
  const wanted = words.trim().toLowerCase();
  const fits = ({ label, description }) =>
    `${label} ${description ?? ""}`.toLowerCase().includes(wanted);
  const parts = groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length);
  replace(
    list,
    parts.length === 0 && h("div", { class: "menu-heading" }, "Nothing matches"),
    parts.map((group) => [
      group.label && h("div", { class: "menu-heading", role: "presentation" }, group.label),
      group.options.map((option) => row(option, chosen.has(option.value), choose)),
    ]),
  );
  return [...list.querySelectorAll("[role=option]")];
}

function row(option, selected, choose) {
  return h(
    "div",
    {
      class: "menu-item",
      role: "option",
      id: freshId("option"),
      "aria-selected": String(selected),
      onclick: () => choose(option.value),
    },
    h(
      "span",
      { class: "menu-words" },
      h("span", {}, option.label),
      option.description && h("small", {}, option.description),
    ),
    selected && icon("check"),
  );
}

function mark(rows, active, search) {
  rows.forEach((row, at) => row.classList.toggle("active", at === active));
  const row = rows[active];
  row?.scrollIntoView({ block: "nearest" });
  if (row) search.setAttribute("aria-activedescendant", row.id);
  else search.removeAttribute("aria-activedescendant");
}
