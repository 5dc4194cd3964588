/** Where blocks are drawn: what they may look up, and where their clicks and values go. */

import { Refused } from "./doors.js";
import { toast } from "./toast.js";
import { nameOf } from "./names.js";

/** Values typed or chosen, by place; they outlive a re-drawing. */
const drafts = new Map();

export class Surface {
  /**
   * `place` is `{channel, ts}` of a message or `{view_id}` of a modal or Home tab,
   * `held` the `state.values` that the sandbox keeps of a view.
   */
  constructor(app, kind, place, held = {}) {
    this.held = held;
    this.app = app;
    this.store = app.store;
    this.kind = kind;
    this.place = place;
    this.errors = {};
    const key = Object.values(place).join(" ");
    if (!drafts.has(key)) drafts.set(key, new Map());
    this.values = drafts.get(key);
  }

  /** What the person put into an element; its initial value until then. */
  value(block, element, initial = null) {
    const known = this.values.get(slot(block, element));
    if (known !== undefined) return known;
    return heldValue(this.held[block.block_id]?.[element.action_id]) ?? initial;
  }

  setValue(block, element, value) {
    this.values.set(slot(block, element), value);
  }

  /** Post a click or a choice; refusals become a toast. */
  async act(block, element, given = {}) {
    const { store, place } = this;
    const body = { user: store.me.id, action_id: element.action_id, ...place, ...given };
    if (block.block_id) body.block_id = block.block_id;
    try {
      sayIfUnheard(await store.doors.click(body), store.bot);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
    }
  }

  openChannel(channel) {
    this.app.router.go({ kind: "channel", name: channel.name });
  }
}

/** An app that gave no sign of having heard is news, as in Slack. */
export function sayIfUnheard(answer, bot) {
  if (answer.status && answer.status !== 200) {
    toast(
      `${nameOf(bot)} did not answer this (status ${answer.status}). Try again in a moment.`,
      "warning",
    );
  }
  return answer;
}

/** A value in Slack's state, as the doors take it: option objects by their value. */
function heldValue(state) {
  const [, value] =
    Object.entries(state ?? {}).find(
      ([name]) => name === "value" || name.startsWith("selected_"),
    ) ?? [];
  if (Array.isArray(value)) return value.length ? value.map(optionValue) : null;
  return value === undefined || value === null ? null : optionValue(value);
}

function optionValue(value) {
  return typeof value === "object" ? value.value : value;
}

function slot(block, element) {
  return `${block.block_id ?? ""} ${element.action_id ?? ""}`;
}
