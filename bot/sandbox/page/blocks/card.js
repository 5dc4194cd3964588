/** Cards, and the carousel that scrolls them. */

import { h } from "../dom.js";
import { emoji } from "../emoji.js";
import { hasIcon, icon } from "../icons.js";
import { picture } from "../picture.js";
import { plainOf, textBox } from "../text.js";
import { addressOf } from "./basic.js";
import { drawElement } from "./elements.js";

export function card(block, ctx) {
  const { hero_image: hero, actions = [] } = block;
  return h(
    "article",
    { class: "block-card", "aria-label": plainOf(block.title) || null },
    hero && picture(addressOf(hero), hero.alt_text, "picture-hero"),
    h(
      "div",
      { class: "card-words" },
      h("div", { class: "card-top" }, cardIcon(block), titles(block, ctx)),
      block.body && textBox(block.body, ctx, { class: "card-body" }),
      block.subtext && textBox(block.subtext, ctx, { class: "card-subtext" }),
    ),
    actions.length > 0 &&
      h(
        "div",
        { class: "card-actions" },
        actions.map((element) => drawElement(element, block, ctx)),
      ),
  );
}

function titles(block, ctx) {
  return h(
    "div",
    { class: "card-titles" },
    block.title && textBox(block.title, ctx, { class: "card-title" }),
    block.subtitle && textBox(block.subtitle, ctx, { class: "card-subtitle" }),
  );
}

/** The small picture or Slack icon of a card or container. */
export function cardIcon(block) {
  if (block.slack_icon)
    return h("span", { class: "slack-icon" }, slackIcon(block.slack_icon.name ?? ""));
  if (!block.icon) return null;
  return picture(addressOf(block.icon), block.icon.alt_text, "picture-small");
}

function slackIcon(name) {
  if (hasIcon(name)) return icon(name);
  const drawn = emoji(name);
  return typeof drawn === "string" ? icon("info") : drawn;
}

/** How far things may move by themselves, as the person's system says. */
function pace() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

export function carousel(block, ctx, draw) {
  const cards = block.elements ?? [];
  const track = h(
    "div",
    {
      class: "carousel-track",
      tabindex: "0",
      role: "group",
      "aria-label": `${cards.length} cards, scroll sideways`,
    },
    // Slack and the doors know the elements of a card by the carousel's id.
    cards.map((each) => draw({ ...each, block_id: block.block_id }, ctx)),
  );
  const back = arrow("left", "Earlier cards", -1);
  const on = arrow("right", "Further cards", 1);
  const update = () => {
    back.hidden = track.scrollLeft < 8;
    on.hidden = track.scrollLeft + track.clientWidth > track.scrollWidth - 8;
  };
  track.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(track);
  return h("div", { class: "block-carousel" }, track, back, on);

  function arrow(name, label, step) {
    const scroll = () =>
      track.scrollBy({ left: step * track.clientWidth * 0.8, behavior: pace() });
    return h(
      "button",
      {
        type: "button",
        class: `carousel-arrow arrow-${name}`,
        "aria-label": label,
        onclick: scroll,
      },
      icon(name),
    );
  }
}
