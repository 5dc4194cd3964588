/** What a person put into a modal, as its submission carries it. */

const HOLDS_NO_VALUE = new Set([
  "button",
  "workflow_button",
  "overflow",
  "image",
  "icon_button",
  "feedback_buttons",
  "file_input",
]);

/** As the door takes it: `{block_id: {action_id: value}}`. */
export function valuesOf(blocks, surface) {
  const values = {};
  for (const block of blocks ?? []) {
    for (const element of [
      block.element,
      block.accessory,
      ...(block.type === "actions" ? block.elements : []),
    ]) {
      if (!element?.action_id || HOLDS_NO_VALUE.has(element.type)) continue;
      const value = surface.value(block, element, initialValue(element));
      if (value !== null) (values[block.block_id] ??= {})[element.action_id] = value;
    }
  }
  return values;
}

const INITIAL = [
  "value",
  "date",
  "time",
  "date_time",
  "user",
  "users",
  "channel",
  "channels",
  "conversation",
  "conversations",
];

function initialValue(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((option) => option.value);
  return (
    INITIAL.map((name) => element[`initial_${name}`]).find((value) => value !== undefined) ?? null
  );
}
