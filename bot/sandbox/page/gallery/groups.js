/** The items of the gallery under the heads they name, else under what they are. */

const KINDS = { message: "Messages", modal: "Modals", home: "Home tab" };

/** `[{name, items}]` in the order in which the heads first come. */
export function gathered(items) {
  const groups = new Map();
  for (const item of items) {
    const name = item.group ?? KINDS[item.kind];
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].map(([name, own]) => ({ name, items: own }));
}

/** What an item is called in the address. */
export function slugOf({ group = "", name }) {
  const words = `${group} ${name}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["item"];
  return words.join("-");
}
