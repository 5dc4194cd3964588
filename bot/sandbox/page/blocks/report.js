/** A new value is kept for the form, and posted at once unless the element is quiet. */

import { confirm } from "../dialog.js";

/** The promise says whether the value holds: it does not where the person was asked and said no. */
export async function report(element, block, ctx, extra, value) {
  const posts = !extra.quiet && value !== null && value !== "";
  if (posts && element.confirm && !(await confirm(element.confirm, ctx))) return false;
  ctx.setValue(block, element, value);
  if (posts) ctx.act(block, element, { selected: value });
  return true;
}
