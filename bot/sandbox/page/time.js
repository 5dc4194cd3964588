/** Time as a person in a zone reads it. */

const LOCALE = "en-GB";
const DAY = 24 * 60 * 60 * 1000;
const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options }));
  }
  return formats.get(key);
}

function show(date, zone, options) {
  return format(zone, options).format(date);
}

/** The calendar fields of an instant in a zone, as numbers. */
function fields(date, zone) {
  const options = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  };
  const parts = format(zone, options).formatToParts(date);
  return Object.fromEntries(parts.map((part) => [part.type, Number(part.value)]));
}

/** A zone this browser knows; UTC for any other. */
export function knownZone(zone) {
  try {
    format(zone || "UTC", {});
    return zone || "UTC";
  } catch {
    return "UTC";
  }
}

/** The instant of a Slack timestamp, e.g. "1782457200.000100". */
export function instant(ts) {
  return new Date(Number(ts) * 1000);
}

/** "09:00" */
export function hour(date, zone) {
  return show(date, zone, { hour: "2-digit", minute: "2-digit" });
}

/** "09:00:07" */
export function second(date, zone) {
  return show(date, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** "Fri 26 Jun" */
export function shortDay(date, zone) {
  return show(date, zone, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** "Friday 26 June 2026 at 09:00", for titles. */
export function fullTime(date, zone) {
  const day = show(date, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${day} at ${hour(date, zone)}`;
}

/** A key that is equal for instants of one day in a zone. */
export function dayKey(date, zone) {
  const { year, month, day } = fields(date, zone);
  return `${year}-${month}-${day}`;
}

/** "Today", "Yesterday" or "Friday 26 June", with the year where it is another one. */
export function dayLabel(date, zone, now) {
  const near = nearDay(date, zone, now);
  if (near) return near;
  const year = fields(date, zone).year === fields(now, zone).year ? {} : { year: "numeric" };
  return show(date, zone, { weekday: "long", day: "numeric", month: "long", ...year }).replace(
    ",",
    "",
  );
}

function nearDay(date, zone, now) {
  const key = dayKey(date, zone);
  if (key === dayKey(now, zone)) return "Today";
  if (key === dayKey(new Date(now.getTime() - DAY), zone)) return "Yesterday";
  if (key === dayKey(new Date(now.getTime() + DAY), zone)) return "Tomorrow";
  return null;
}

/** The instant at which a zone's wall clock shows these fields. */
function atWallClock({ year, month, day }, hours, zone) {
  const wanted = Date.UTC(year, month - 1, day, hours);
  let guess = wanted;
  // Twice: the first step may cross a change of summer time.
  for (let step = 0; step < 2; step += 1) {
    const seen = fields(new Date(guess), zone);
    guess += wanted - Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute);
  }
  return new Date(guess);
}

/** The first Monday-to-Friday instant after `now` at which it is `hours` o'clock in the zone. */
export function nextWeekday(now, zone, hours = 9) {
  const today = fields(now, zone);
  for (let ahead = 0; ; ahead += 1) {
    const noon = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead, 12));
    const weekend = noon.getUTCDay() === 0 || noon.getUTCDay() === 6;
    const day = {
      year: noon.getUTCFullYear(),
      month: noon.getUTCMonth() + 1,
      day: noon.getUTCDate(),
    };
    const found = atWallClock(day, hours, zone);
    if (!weekend && found > now) return found;
  }
}

const DATE_TOKENS = {
  date_num: (date, zone) => {
    const { year, month, day } = fields(date, zone);
    return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  },
  date: (date, zone) => show(date, zone, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (date, zone) => show(date, zone, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (date, zone) =>
    show(date, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: hour,
  time_secs: second,
  ago: (date, zone, now) => ago(date, now),
};

/** The text of `<!date^…>` and of rich_text dates: tokens in braces filled in, the rest kept. */
export function slackDate(seconds, pattern, zone, now) {
  const date = new Date(Number(seconds) * 1000);
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    const plain = token.replace(/_pretty$/, "");
    const near = plain === token ? null : nearDay(date, zone, now);
    if (near) return near.toLowerCase();
    return DATE_TOKENS[plain] ? DATE_TOKENS[plain](date, zone, now) : whole;
  });
}

const UNITS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", DAY / 24],
  ["minute", DAY / 1440],
];

function ago(date, now) {
  const distance = date - now;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ["second", 1000];
  return new Intl.RelativeTimeFormat(LOCALE).format(Math.round(distance / size), unit);
}
