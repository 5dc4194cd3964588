/** Every block type the page knows, by name. */

import { h } from "../dom.js";
import { actions, context, contextActions, divider, header, section } from "./basic.js";
import { card, carousel } from "./card.js";
import { container } from "./container.js";
import { dataVisualization } from "./chart.js";
import { alert, image, video } from "./media.js";
import { inputBlock } from "./input.js";
import { markdown } from "./markdown.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./table.js";

const BLOCKS = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  divider,
  header,
  image,
  input: inputBlock,
  markdown,
  rich_text: richText,
  section,
  table,
  video,
};

/** One block. A type the page does not know is a labelled frame, never nothing. */
function drawBlock(block, ctx) {
  const element = BLOCKS[block?.type] ? attempt(block, ctx) : unknown(block);
  element.classList.add("block");
  element.dataset.blockType = block?.type ?? "";
  return element;
}

/** A block without the fields it needs must not take the page with it. */
function attempt(block, ctx) {
  try {
    return BLOCKS[block.type](block, ctx, drawBlock);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unknown(block);
  }
}

/** A list of blocks, in order. */
export function drawBlocks(blocks, ctx) {
  return h(
    "div",
    { class: "blocks" },
    (blocks ?? []).map((block) => drawBlock(block, ctx)),
  );
}

function unknown(block) {
  return h(
    "div",
    { class: "unknown" },
    h("span", {}, `A block of type “${block?.type ?? "nothing"}”, which this page cannot draw.`),
    h(
      "details",
      {},
      h("summary", {}, "Show its JSON"),
      h("pre", {}, JSON.stringify(block, null, 2)),
    ),
  );
}
