/** Follows the sandbox's events and re-reads what they name, many events at once as one read. */

const PAUSE_MS = 40;

/** Start following; `onError(error)` hears of reads that failed. */
export function follow(store, onError) {
  const waiting = new Set();
  let timer = null;

  const flush = async () => {
    const keys = [...waiting];
    waiting.clear();
    // The state first: it may name a channel that the messages need.
    if (keys.includes("state")) await store.readState();
    await Promise.all(keys.filter((key) => key !== "state").map((key) => reread(store, key)));
  };
  const tick = async () => {
    await flush().catch(onError);
    timer = waiting.size ? setTimeout(tick, PAUSE_MS) : null;
  };
  const want = (key) => {
    waiting.add(key);
    timer ??= setTimeout(tick, PAUSE_MS);
  };

  const events = store.doors.events();
  events.onmessage = ({ data }) => keysOf(JSON.parse(data), store).forEach(want);
  events.onerror = () => store.setConnected(false);
  events.onopen = () => {
    store.setConnected(true);
    // Nobody told of what happened since the last read, be it the first one.
    want("all");
  };
}

function keysOf(event, store) {
  if (event.type === "messages") {
    return store.channel(event.channel)
      ? [`messages ${event.channel}`]
      : ["state", `messages ${event.channel}`];
  }
  if (event.type === "views") return event.user && event.user !== store.me.id ? [] : ["views"];
  if (event.type === "log") return ["log"];
  return ["state"];
}

function reread(store, key) {
  const [what, channel] = key.split(" ");
  if (what === "messages") return store.readMessages(channel);
  if (what === "views") return store.readViews();
  if (what === "log") return store.logWanted ? store.readLog() : null;
  return store.readAll();
}
