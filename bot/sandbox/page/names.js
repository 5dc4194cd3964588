/** What people and places are called. */

/** A user's full name, else their handle. */
export function nameOf(user) {
  return user?.real_name || user?.name || "Somebody";
}

/** `#papers`, or the name of the person a direct message is with. */
export function placeName({ channel, user }) {
  return user ? nameOf(user) : `#${channel.name}`;
}
