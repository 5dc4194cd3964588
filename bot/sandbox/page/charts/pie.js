/** Pie charts, drawn as a ring with the total in its middle. */

import { svg } from "../dom.js";

const HOLE = 0.58;

export function drawPie(segments, width, height) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const radius = Math.min(width, height) / 2 - 6;
  let turned = 0;
  const slices = segments.map(({ label, value }, at) => {
    const from = turned;
    turned += value / (total || 1);
    const share = Math.round((100 * value) / (total || 1));
    return svg(
      "path",
      { class: `chart-fill chart-slice series-${at % 8}`, d: slice(from, turned, radius) },
      svg("title", {}, `${label}: ${value} (${share}%)`),
    );
  });
  return svg(
    "svg",
    { width, height, viewBox: `${-width / 2} ${-height / 2} ${width} ${height}` },
    slices,
    svg(
      "text",
      { class: "chart-total", y: 2, "text-anchor": "middle" },
      new Intl.NumberFormat("en").format(total),
    ),
    svg("text", { class: "chart-text", y: 20, "text-anchor": "middle" }, "in all"),
  );
}

/** A ring's part between two fractions of a turn, clockwise from the top. */
function slice(from, to, radius) {
  // A full turn would start where it ends and so draw nothing.
  const end = Math.min(to, from + 0.99999);
  const large = end - from > 0.5 ? 1 : 0;
  const hole = radius * HOLE;
  const outer = `M${at(from, radius)}A${radius} ${radius} 0 ${large} 1 ${at(end, radius)}`;
  return `${outer}L${at(end, hole)}A${hole} ${hole} 0 ${large} 0 ${at(from, hole)}Z`;
}

function at(turn, radius) {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}
