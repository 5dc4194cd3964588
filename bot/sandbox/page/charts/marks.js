/** What stands inside the axes: grouped bars, lines, and lines with their area. */

import { svg } from "../dom.js";

const WIDEST_BAR = 44;
const GAP = 2;

export function drawBars({ series = [] }, { band, x, y }) {
  const width = Math.min(WIDEST_BAR, (band * 0.72) / Math.max(1, series.length) - GAP);
  const group = (width + GAP) * series.length - GAP;
  return series.map(({ name, data = [] }, at) =>
    data.map(({ label, value }, column) => {
      const left = x(column) - group / 2 + at * (width + GAP);
      return svg(
        "path",
        { class: `chart-fill series-${at % 8}`, d: bar(left, Math.max(1, width), y(0), y(value)) },
        tip(name, label, value),
      );
    }),
  );
}

/** A bar with its two outer corners rounded. */
function bar(left, width, base, end) {
  const sign = end < base ? 1 : -1;
  const round = Math.min(3, width / 2, Math.abs(base - end));
  return (
    `M${left} ${base}V${end + sign * round}Q${left} ${end} ${left + round} ${end}` +
    `H${left + width - round}Q${left + width} ${end} ${left + width} ${end + sign * round}V${base}Z`
  );
}

export function drawLines({ type, series = [] }, { x, y }) {
  return series.map(({ name, data = [] }, at) => {
    const points = data.map(({ value }, column) => [x(column), y(value)]);
    if (!points.length) return null;
    const path = `M${points.map((point) => point.join(" ")).join("L")}`;
    return [
      type === "area" &&
        svg("path", {
          class: `chart-area series-${at % 8}`,
          d: `${path}L${points.at(-1)[0]} ${y(0)}L${points[0][0]} ${y(0)}Z`,
        }),
      svg("path", { class: `chart-line series-${at % 8}`, d: path }),
      points.map(([cx, cy], column) =>
        svg(
          "circle",
          { class: `chart-dot series-${at % 8}`, cx, cy, r: 3.5 },
          tip(name, data[column].label, data[column].value),
        ),
      ),
    ];
  });
}

function tip(name, label, value) {
  return svg("title", {}, `${name} · ${label}: ${value}`);
}
