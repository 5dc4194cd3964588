/** Axes, grid lines and labels of bar, line and area charts. */

import { svg } from "../dom.js";

const TICKS = 4;
const LETTER = 6.5; // pixels a letter of the labels takes, roughly

/**
 * The frame of a chart: `x(at)` is the middle of a category, `y(value)` a height,
 * `band` a category's width; `finish(marks)` puts everything together.
 */
export function drawAxes(chart, width, height) {
  const categories =
    chart.axis_config?.categories ?? (chart.series?.[0]?.data ?? []).map(({ label }) => label);
  const ticks = ticksFor(
    (chart.series ?? []).flatMap(({ data = [] }) => data.map(({ value }) => value)),
  );
  const { x_label: xLabel, y_label: yLabel } = chart.axis_config ?? {};
  const left =
    14 + LETTER * Math.max(...ticks.map((tick) => tickText(tick).length)) + (yLabel ? 16 : 0);
  const box = { left, right: width - 8, top: 10, bottom: height - 24 - (xLabel ? 18 : 0) };
  const band = (box.right - box.left) / Math.max(1, categories.length);
  const [low, high] = [ticks[0], ticks.at(-1)];
  const x = (at) => box.left + band * (at + 0.5);
  const y = (value) => box.bottom - ((value - low) / (high - low || 1)) * (box.bottom - box.top);
  const frame = [
    grid(ticks, box, y),
    labels(categories, box, band, x),
    titles(xLabel, yLabel, box, height),
  ];
  const finish = (marks) =>
    svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, frame, marks);
  return { box, band, x, y, low, categories, finish };
}

/** Round values from zero, or below, to above the largest. */
function ticksFor(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values) || 1;
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const from = Math.floor(low / step);
  const to = Math.ceil(high / step);
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
}

function tickText(value) {
  return new Intl.NumberFormat("en", {
    notation: Math.abs(value) >= 10000 ? "compact" : "standard",
    maximumFractionDigits: 2,
  }).format(value);
}

function grid(ticks, { left, right }, y) {
  return ticks.map((tick) => [
    svg("line", {
      class: tick === 0 ? "chart-base" : "chart-grid",
      x1: left,
      x2: right,
      y1: y(tick),
      y2: y(tick),
    }),
    svg(
      "text",
      { class: "chart-text", x: left - 8, y: y(tick) + 4, "text-anchor": "end" },
      tickText(tick),
    ),
  ]);
}

/** Category names, cut or thinned out where they would touch. */
function labels(categories, { bottom }, band, x) {
  const every = Math.max(1, Math.ceil(34 / band));
  const room = Math.max(3, Math.floor((band * every) / LETTER));
  return categories.map((name, at) => {
    if (at % every) return null;
    const text = String(name);
    const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    return svg(
      "text",
      { class: "chart-text", x: x(at), y: bottom + 17, "text-anchor": "middle" },
      svg("title", {}, text),
      shown,
    );
  });
}

function titles(xLabel, yLabel, { left, right, top, bottom }, height) {
  const middle = (top + bottom) / 2;
  return [
    xLabel &&
      svg(
        "text",
        { class: "chart-text", x: (left + right) / 2, y: height - 4, "text-anchor": "middle" },
        xLabel,
      ),
    yLabel &&
      svg(
        "text",
        {
          class: "chart-text",
          x: 12,
          y: middle,
          "text-anchor": "middle",
          transform: `rotate(-90 12 ${middle})`,
        },
        yLabel,
      ),
  ];
}
