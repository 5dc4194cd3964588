/** Attachments, and so unfurled links: blocks, or the older fields, behind a bar. */

import { drawBlocks } from "./blocks/index.js";
import { h, link } from "./dom.js";
import { picture } from "./picture.js";
import { textBox } from "./text.js";

export function drawAttachments(attachments, ctx) {
  return attachments.map((each) => {
    const pretext =
      each.pretext && textBox({ type: "mrkdwn", text: each.pretext }, ctx, { class: "pretext" });
    const box = h(
      "div",
      { class: "attachment" },
      each.blocks ? drawBlocks(each.blocks, ctx) : oldFields(each, ctx),
    );
    if (/^#?[0-9a-f]{6}$/i.test(each.color ?? ""))
      box.style.setProperty("--bar", `#${each.color.replace("#", "")}`);
    return [pretext, box];
  });
}

function oldFields(each, ctx) {
  return [
    (each.service_name || each.author_name) &&
      h("div", { class: "attachment-from" }, each.service_name || each.author_name),
    each.title &&
      h(
        "div",
        { class: "attachment-title" },
        each.title_link ? link(each.title_link, each.title) : each.title,
      ),
    each.text && textBox({ type: "mrkdwn", text: each.text }, ctx),
    each.fields?.length > 0 &&
      h(
        "div",
        { class: "fields" },
        each.fields.map((field) =>
          h(
            "div",
            {},
            h("strong", {}, field.title),
            textBox({ type: "mrkdwn", text: field.value ?? "" }, ctx),
          ),
        ),
      ),
    each.image_url && picture(each.image_url, each.fallback || "Picture", "picture-wide"),
    each.footer && h("div", { class: "attachment-foot" }, each.footer),
  ];
}
