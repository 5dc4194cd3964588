/** Pictures: a neat frame with the words for it, until and unless the picture itself loads. */

import { h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";

/** A frame of the given class that shows `alt`, and the picture once it is there. */
export function picture(address, alt, className = "") {
  const words = alt || "Picture";
  const frame = h("span", {
    class: `picture ${className}`.trim(),
    role: "img",
    "aria-label": words,
    title: words,
  });
  frame.append(icon("image"), h("span", { class: "picture-alt", "aria-hidden": "true" }, words));
  const href = safeUrl(address);
  if (href) load(href, frame);
  return frame;
}

function load(href, frame) {
  const image = h("img", { alt: "", referrerpolicy: "no-referrer", decoding: "async" });
  image.addEventListener("load", () => {
    frame.classList.add("picture-loaded");
    frame.replaceChildren(image);
  });
  image.src = href;
}
