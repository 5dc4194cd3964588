/** The sandbox's doors: the only addresses this page talks to. */

/** A door said no; the message is its own words. */
export class Refused extends Error {}

async function call(name, options) {
  let response;
  try {
    response = await fetch(`/_sandbox/${name}`, options);
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) {
    throw new Refused(answer.error || `The sandbox answered ${response.status}.`);
  }
  return answer;
}

function post(name, body) {
  return call(name, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function get(name, query = {}) {
  const parameters = new URLSearchParams(query).toString();
  return call(parameters ? `${name}?${parameters}` : name);
}

export const doors = {
  state: () => get("state"),
  messages: (channel, user) => get("messages", { channel, user }),
  views: (user) => get("views", { user }),
  log: () => get("log"),
  gallery: (user) => get("gallery/items", { user }),
  command: (body) => post("command", body),
  click: (body) => post("click", body),
  submit: (body) => post("submit", body),
  close: (body) => post("close", body),
  shortcut: (body) => post("shortcut", body),
  message: (body) => post("message", body),
  react: (body) => post("react", body),
  openHome: (user) => post("open_home", { user }),
  invite: (channel, user) => post("invite", { channel, user }),
  clock: (to) => post("clock", { to }),
  events: () => new EventSource("/_sandbox/events"),
};
