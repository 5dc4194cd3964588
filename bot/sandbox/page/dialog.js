/** Dialogs over the page; the browser traps the focus and returns it. */

import { freshId, h } from "./dom.js";
import { plainOf, textBox } from "./text.js";

/** Ask Slack's confirm object; the promise says whether the person went ahead. */
export function confirm(question, ctx) {
  return new Promise((answer) => {
    const heading = freshId("confirm");
    const dialog = h("dialog", {
      class: "dialog dialog-small",
      "aria-labelledby": heading,
      testid: "confirm",
    });
    const end = (agreed) => {
      dialog.close();
      dialog.remove();
      answer(agreed);
    };
    const style = question.style === "danger" ? "button-danger" : "button-primary";
    dialog.append(
      h("h2", { id: heading, class: "dialog-title" }, plainOf(question.title) || "Are you sure?"),
      textBox(question.text, ctx, { class: "dialog-body" }),
      h(
        "div",
        { class: "dialog-foot" },
        button(plainOf(question.deny) || "Cancel", "confirm-deny", "", () => end(false)),
        button(plainOf(question.confirm) || "Yes", "confirm-yes", style, () => end(true)),
      ),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector(`.${style}`).focus();
  });
}

function button(label, testid, style, onclick) {
  return h("button", { type: "button", class: `button ${style}`, testid, onclick }, label);
}
