/** Select menus with a search field, for one choice or several. */

import { h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { plainOf } from "../text.js";
import { openPicker } from "./picker.js";
import { report } from "./report.js";
import { nameOf } from "../names.js";

/** One choice; posted when made. */
export function select(element, block, ctx, extra) {
  const groups = groupsOf(element, ctx);
  const control = opener(element, extra);
  const show = () => {
    const value = ctx.value(block, element, initialOf(element));
    label(control, labelOf(groups, value), element);
  };
  control.addEventListener("click", () => {
    const chosen = new Set([ctx.value(block, element, initialOf(element))]);
    openPicker(control, groups, {
      chosen,
      onchoose: (value) => report(element, block, ctx, extra, value).then(show),
    });
  });
  show();
  return control;
}

/** Several choices; posted when the list is left. */
export function multiSelect(element, block, ctx, extra) {
  const groups = groupsOf(element, ctx);
  const control = opener(element, extra);
  const most = element.max_selected_items ?? Infinity;
  const chosen = new Set(ctx.value(block, element, initialsOf(element)));
  const show = () =>
    label(control, [...chosen].map((value) => labelOf(groups, value)).join(", "), element);
  const take = (values) => {
    chosen.clear();
    values.forEach((value) => chosen.add(value));
    ctx.setValue(block, element, values);
    show();
  };
  control.addEventListener("click", () => {
    const before = [...chosen];
    openPicker(control, groups, {
      chosen,
      several: true,
      onchoose: (value) => {
        if (chosen.has(value)) take([...chosen].filter((each) => each !== value));
        else if (chosen.size < most) take([...chosen, value]);
      },
      onClose: async () => {
        if (before.join("\n") === [...chosen].join("\n")) return;
        if (!(await report(element, block, ctx, extra, [...chosen]))) take(before);
      },
    });
  });
  show();
  return control;
}

function opener(element, extra) {
  return h("button", {
    type: "button",
    class: "select",
    id: extra.id,
    role: "combobox",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-describedby": extra.describedBy,
    "aria-invalid": extra.invalid ? "true" : null,
    "aria-required": extra.required ? "true" : null,
    "aria-label": extra.id ? null : plainOf(element.placeholder) || "Choose an option",
    dataset: { actionId: element.action_id ?? "" },
  });
}

function label(control, words, element) {
  const empty = !words;
  const shown = words || plainOf(element.placeholder) || "Choose an option";
  replace(
    control,
    h("span", { class: empty ? "select-words select-empty" : "select-words" }, shown),
    icon("down"),
  );
}

function labelOf(groups, value) {
  return (
    groups.flatMap((group) => group.options).find((option) => option.value === value)?.label ?? ""
  );
}

function groupsOf(element, ctx) {
  const { store } = ctx;
  if (element.type.endsWith("users_select"))
    return [{ options: store.state.users.map(userOption) }];
  if (element.type.endsWith("channels_select")) return [{ options: channelOptions(store, false) }];
  if (element.type.endsWith("conversations_select")) {
    const people = store.people.map(userOption);
    return [
      { label: "Channels", options: channelOptions(store, true) },
      { label: "People", options: people },
    ];
  }
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.map((group) => ({
    label: plainOf(group.label),
    options: (group.options ?? []).map(option),
  }));
}

function option({ text, description, value }) {
  return { label: plainOf(text), description: plainOf(description), value };
}

function userOption(user) {
  return { label: nameOf(user), description: `@${user.name}`, value: user.id };
}

function channelOptions(store, withPrivate) {
  return store.channels
    .filter((channel) => withPrivate || !channel.is_private)
    .map((channel) => ({ label: `#${channel.name}`, value: channel.id }));
}

const INITIAL = ["initial_user", "initial_conversation", "initial_channel"];
const INITIALS = ["initial_users", "initial_conversations", "initial_channels"];

function initialOf(element) {
  return (
    element.initial_option?.value ?? INITIAL.map((name) => element[name]).find(Boolean) ?? null
  );
}

function initialsOf(element) {
  const options = element.initial_options?.map((each) => each.value);
  return options ?? INITIALS.map((name) => element[name]).find(Boolean) ?? [];
}
