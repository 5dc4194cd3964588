"""What was said: messages, threads, reactions, and notes that one person alone sees."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator

from bot.sandbox.blocks import with_ids
from bot.sandbox.clock import Clock
from bot.sandbox.live import Live
from bot.sandbox.store import Json, Part


class Messages:
    """Every conversation's messages by ts. Callers hold the lock."""

    def __init__(self, store: Part, clock: Clock, live: Live) -> None:
        self._store, self._clock, self._live = store, clock, live
        self._messages: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self._order: defaultdict[str, list[str]] = defaultdict(list)
        self._threads: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._notes: defaultdict[str, dict[str, Json]] = defaultdict(dict)

    def restore(self) -> None:
        for key, message in self._store.all("message"):
            self._place(key.split(" ")[0], message)
        for key, note in self._store.all("note"):
            self._notes[key.split(" ")[0]][note["message"]["ts"]] = note

    # -- messages -------------------------------------------------------------------------------

    def new_ts(self, channel: str) -> str:
        """A time stamp that nothing in this channel has."""
        micros = int(self._clock.epoch() * 1_000_000)
        said, noted = self._messages[channel], self._notes[channel]
        while (ts := f"{micros // 1_000_000}.{micros % 1_000_000:06d}") in said or ts in noted:
            micros += 1
        return ts

    def post(self, channel: str, message: Json) -> Json:
        """Add a message; gives it a ts, and its blocks the ids that the author left out."""
        ts = self.new_ts(channel)
        stored = {"type": "message", **message, "ts": ts}
        if stored.get("blocks"):
            stored["blocks"] = with_ids(stored["blocks"])
        with self._store.together():
            self._place(channel, stored)
            self._keep(channel, stored)
            if parent := self._parent(channel, stored):
                self._count(channel, parent)
        return stored

    def change(self, channel: str, message: Json, **fields: object) -> Json:
        """Give fields other values; None takes a field away."""
        for name, value in fields.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        if message.get("blocks"):
            message["blocks"] = with_ids(message["blocks"])
        self._keep(channel, message)
        return message

    def delete(self, channel: str, message: Json) -> None:
        """Take a message away; a thread's parent leaves a stone behind, as its replies stay."""
        if self._threads.get((channel, message["ts"])):
            gone = {
                "subtype": "tombstone",
                "text": "This message was deleted.",
                "user": "USLACKBOT",
            }
            nothing = dict.fromkeys(("blocks", "metadata", "reactions", "bot_id", "edited"))
            self.change(channel, message, **nothing, **gone)
            return
        with self._store.together():
            ts = message["ts"]
            del self._messages[channel][ts]
            self._order[channel].remove(ts)
            self._store.delete("message", f"{channel} {ts}")
            if parent := self._parent(channel, message):
                self._threads[channel, parent["ts"]].remove(ts)
                self._count(channel, parent)
        self._live.tell("messages", channel=channel)

    def find(self, channel: str, ts: str) -> Json | None:
        return self._messages[channel].get(ts)

    def replies(self, channel: str, parent_ts: str) -> list[Json]:
        """The replies of a thread, oldest first, without its parent."""
        return [self._messages[channel][ts] for ts in self._threads.get((channel, parent_ts), ())]

    def newest_first(self, channel: str) -> Iterator[Json]:
        """What stands in the channel itself: replies only where they were sent there too."""
        for ts in reversed(self._order[channel]):
            message = self._messages[channel][ts]
            is_reply = message.get("thread_ts", ts) != ts
            if not is_reply or message.get("subtype") == "thread_broadcast":
                yield message

    def _place(self, channel: str, message: Json) -> None:
        ts = message["ts"]
        self._messages[channel][ts] = message
        insort(self._order[channel], ts)
        if message.get("thread_ts", ts) != ts:
            insort(self._threads[channel, message["thread_ts"]], ts)

    def _keep(self, channel: str, message: Json) -> None:
        self._store.put("message", f"{channel} {message['ts']}", message)
        self._live.tell("messages", channel=channel)

    def _parent(self, channel: str, message: Json) -> Json | None:
        parent_ts: str = message.get("thread_ts") or message["ts"]
        return None if parent_ts == message["ts"] else self._messages[channel].get(parent_ts)

    def _count(self, channel: str, parent: Json) -> None:
        replies = self.replies(channel, parent["ts"])
        authors = list(dict.fromkeys(reply["user"] for reply in replies))
        parent |= {
            "thread_ts": parent["ts"],
            "reply_count": len(replies),
            "reply_users": authors,
            "reply_users_count": len(authors),
            "latest_reply": replies[-1]["ts"] if replies else parent["ts"],
        }
        self._keep(channel, parent)

    # -- reactions ------------------------------------------------------------------------------

    def react(self, channel: str, message: Json, user: str, name: str) -> bool:
        """False if this user has reacted so already."""
        reactions = message.setdefault("reactions", [])
        found = next((each for each in reactions if each["name"] == name), None)
        if found is None:
            reactions.append(found := {"name": name, "users": [], "count": 0})
        if user in found["users"]:
            return False
        found["users"].append(user)
        found["count"] += 1
        self._keep(channel, message)
        return True

    def unreact(self, channel: str, message: Json, user: str, name: str) -> bool:
        """False if there is no such reaction of this user."""
        for found in message.get("reactions", []):
            if found["name"] == name and user in found["users"]:
                found["users"].remove(user)
                found["count"] -= 1
                left = [each for each in message["reactions"] if each["count"]]
                self.change(channel, message, reactions=left or None)
                return True
        return False

    # -- notes that one person sees -------------------------------------------------------------

    def whisper(self, channel: str, user: str, message: Json) -> Json:
        """Add an ephemeral message; histories never show it."""
        stored = {"type": "message", **message, "ts": self.new_ts(channel)}
        self.rewrite_note(channel, user, stored)
        return stored

    def rewrite_note(self, channel: str, user: str, message: Json) -> None:
        if message.get("blocks"):
            message["blocks"] = with_ids(message["blocks"])
        note = {"for": user, "message": message}
        self._notes[channel][message["ts"]] = note
        self._store.put("note", f"{channel} {message['ts']}", note)
        self._live.tell("messages", channel=channel)

    def delete_note(self, channel: str, ts: str) -> None:
        if self._notes[channel].pop(ts, None):
            self._store.delete("note", f"{channel} {ts}")
            self._live.tell("messages", channel=channel)

    def note(self, channel: str, user: str, ts: str) -> Json | None:
        """An ephemeral message, if this user sees it."""
        note = self._notes[channel].get(ts)
        return note["message"] if note and note["for"] == user else None

    def notes(self, channel: str, user: str) -> list[Json]:
        return [each["message"] for each in self._notes[channel].values() if each["for"] == user]
