/** A new value is kept for the form, and posted at once unless the element is quiet. */

import { confirm } from "../dialog.js";

export async function report(element, block, ctx, extra, value) {
  ctx.setValue(block, element, value);
  if (extra.quiet || value === null || value === "") return;
  if (element.confirm && !(await confirm(element.confirm, ctx))) return;
  await ctx.act(block, element, { selected: value });
}
