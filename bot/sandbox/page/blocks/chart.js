/** data_visualization: a titled chart with its legend, redrawn to the width it has. */

import { h, replace } from "../dom.js";
import { drawAxes } from "../charts/axes.js";
import { drawBars, drawLines } from "../charts/marks.js";
import { drawPie } from "../charts/pie.js";

const HEIGHT = 240;

export function dataVisualization(block) {
  const chart = block.chart ?? {};
  const entries = chart.type === "pie" ? (chart.segments ?? []) : (chart.series ?? []);
  const drawing = h("div", {
    class: "chart-drawing",
    role: "img",
    "aria-label": summary(block, entries),
  });
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.floor(contentRect.width);
    if (width > 0) replace(drawing, draw(chart, width, HEIGHT));
  }).observe(drawing);
  return h(
    "figure",
    { class: `block-chart of-${chart.type}` },
    h("figcaption", {}, block.title ?? ""),
    drawing,
    legend(chart, entries),
  );
}

function draw(chart, width, height) {
  if (chart.type === "pie") return drawPie(chart.segments ?? [], width, height);
  const axes = drawAxes(chart, width, height);
  return axes.finish(chart.type === "bar" ? drawBars(chart, axes) : drawLines(chart, axes));
}

function legend(chart, entries) {
  if (entries.length < 2 && chart.type !== "pie") return null;
  const total = entries.reduce((sum, { value = 0 }) => sum + value, 0);
  return h(
    "ul",
    { class: "chart-legend" },
    entries.map((entry, at) =>
      h(
        "li",
        {},
        h("span", { class: `swatch series-${at % 8}` }),
        h("span", {}, entry.name ?? entry.label),
        chart.type === "pie" &&
          h("small", {}, `${entry.value} · ${Math.round((100 * entry.value) / total)}%`),
      ),
    ),
  );
}

/** The numbers in words, for those who do not see the drawing. */
function summary(block, entries) {
  const points = ({ data = [] }) => data.map(({ label, value }) => `${label} ${value}`).join(", ");
  const words = entries.map((entry) =>
    entry.data ? `${entry.name}: ${points(entry)}` : `${entry.label} ${entry.value}`,
  );
  return `${block.title ?? "Chart"}. ${words.join("; ")}`;
}
