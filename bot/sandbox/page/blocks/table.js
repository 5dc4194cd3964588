/** table, and data_table with its pages. */

import { h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "./rich_text.js";

const ALIGN = { left: "start", center: "center", right: "end" };

export function table(block, ctx) {
  const [head = [], ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  return h(
    "div",
    { class: "block-table", tabindex: "0", role: "group", "aria-label": "Table" },
    grid(head, rows, settings, ctx),
  );
}

export function dataTable(block, ctx) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = Math.max(1, block.page_size ?? 5);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const settings = head.map((_, column) =>
    rows.some((row) => row[column]?.type === "raw_number") ? { align: "right" } : null,
  );
  const box = h("div", {
    class: "table-scroll",
    tabindex: "0",
    role: "group",
    "aria-label": block.caption ?? "Table",
  });
  const foot = h("div", { class: "table-foot" });
  const show = (page) => {
    const from = page * size;
    replace(box, grid(head, rows.slice(from, from + size), settings, ctx, block));
    const first = Math.min(from + 1, rows.length);
    const words = `${first}–${Math.min(from + size, rows.length)} of ${rows.length}`;
    replace(
      foot,
      h("span", { "aria-live": "polite" }, words),
      pages > 1 && [turn("left", "Previous page", page - 1), turn("right", "Next page", page + 1)],
    );
  };
  const turn = (name, label, page) => {
    const control = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": label, onclick: () => show(page) },
      icon(name),
    );
    control.disabled = page < 0 || page >= pages;
    return control;
  };
  show(0);
  return h("div", { class: "block-table block-data-table" }, box, foot);
}

function grid(head, rows, settings, ctx, { caption, row_header_column_index: headed } = {}) {
  const cells = (row, tag) =>
    row.map((cell, column) =>
      h(
        column === headed ? "th" : tag,
        {
          scope: tag === "th" ? "col" : column === headed ? "row" : null,
          style: { "text-align": ALIGN[settings[column]?.align] ?? "start" },
          class: settings[column]?.is_wrapped ? "wrapped" : "",
        },
        drawCell(cell, ctx),
      ),
    );
  return h(
    "table",
    {},
    caption && h("caption", {}, caption),
    h("thead", {}, h("tr", {}, cells(head, "th"))),
    h(
      "tbody",
      {},
      rows.map((row) => h("tr", {}, cells(row, "td"))),
    ),
  );
}

function drawCell(cell, ctx) {
  if (cell?.type === "rich_text") return richText(cell, ctx);
  if (cell?.type === "raw_number") return cell.text ?? String(cell.value);
  return cell?.text ?? "";
}
