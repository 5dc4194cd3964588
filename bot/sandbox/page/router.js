/**
 * Which view, person, theme and side panel the address names:
 * `#/channel/papers`, `#/dm/daily-papers`, `#/home`, `#/archives/<id>/p<ts>` (a permalink),
 * with `?user=ana&theme=dark&thread=<ts>&panel=log`.
 */

const HOME = { kind: "home", name: "" };

/** Read the address; parameters may stand before or inside the hash. */
function readAddress(place = location) {
  const [path, query = ""] = place.hash.replace(/^#/, "").split("?");
  const parameters = new URLSearchParams(place.search);
  for (const [name, value] of new URLSearchParams(query)) parameters.set(name, value);
  return { ...readPath(path), ...Object.fromEntries(parameters) };
}

function readPath(path) {
  const [, kind, ...name] = path.split("/");
  if (kind === "home") return HOME;
  if (kind === "archives") return { kind, name: name[0] ?? "", at: timestampOf(name[1]) };
  if (kind === "channel" || kind === "dm") return { kind, name: decode(name.join("/")) };
  return { kind: null, name: "" };
}

/** "p1782457200000100" as "1782457200.000100": a permalink names its message so. */
function timestampOf(word = "") {
  return word.replace(/^p(\d+)(\d{6})$/, "$1.$2");
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a route, as a hash. */
function hashOf({ kind, name, at, user, theme, thread, panel }) {
  const message = at ? `/p${at.replace(".", "")}` : "";
  const path = kind === "home" ? "#/home" : `#/${kind}/${encodeURIComponent(name)}${message}`;
  const given = Object.entries({ user, theme, thread, panel }).filter(([, value]) => value);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export class Router {
  #listeners = [];
  route = readAddress();

  constructor() {
    window.addEventListener("hashchange", () => {
      this.route = readAddress();
      this.#listeners.forEach((listener) => listener(this.route));
    });
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Name in the address what is shown, without a step in the history. */
  rename(change) {
    this.route = { ...this.route, ...change };
    history.replaceState(null, "", hashOf(this.route));
  }

  /** Go where `change` says; what it does not name stays, but a thread belongs to its view. */
  go(change) {
    const moved =
      change.kind && (change.kind !== this.route.kind || change.name !== this.route.name);
    const next = { ...this.route, ...(moved ? { thread: null, at: null } : {}), ...change };
    const hash = hashOf(next);
    if (hash === location.hash) return;
    location.hash = hash;
  }
}
