"""The grammar in which the rules are written: small checks that find problems.

A check looks at one value and yields what is wrong with it, with the JSON pointer to the place.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Problems: TypeAlias = Iterator["Problem"]
Check: TypeAlias = Callable[[Any, str], Problems]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where. `error` is Slack's code where it has one of its own."""

    words: str
    pointer: str
    error: str | None = None

    def __str__(self) -> str:
        return f"{self.words} [json-pointer:{self.pointer}]"


def anything(value: Any, at: str) -> Problems:
    """No rule is known."""
    return iter(())


def string(longest: int, shortest: int = 1) -> Check:
    """A string of so many characters."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif len(value) < shortest:
            yield Problem(f"must be more than {shortest - 1} characters", at)
        elif len(value) > longest:
            yield Problem(f"must be less than {longest + 1} characters", at)

    return check


def flag(value: Any, at: str) -> Problems:
    """true or false."""
    if not isinstance(value, bool):
        yield Problem("must provide a boolean", at)


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield Problem(f"must be a whole number from {least} to {most}", at)

    return check


def number(value: Any, at: str) -> Problems:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Problem("must provide a number", at)


def one_of(*values: str) -> Check:
    """One word of a list."""

    def check(value: Any, at: str) -> Problems:
        if value not in values:
            yield Problem(f"must be one of {', '.join(values)}", at)

    return check


def each(check_one: Check, most: int, least: int = 1) -> Check:
    """A list of so many, each of which passes."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if len(value) < least:
            yield Problem(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            yield Problem(f"no more than {most} items allowed", at)
        for index, one in enumerate(value):
            yield from check_one(one, f"{at}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others."""
    known = {**(optional or {}), **required, "type": anything}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        for name in required:
            if name not in value:
                yield Problem(f"missing required field: {name}", at)
        for name, one in value.items():
            if name in known:
                yield from known[name](one, f"{at}/{name}")
            else:
                yield Problem(f"invalid additional property: {name}", at)

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check it must pass."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
        elif not isinstance(value.get("type"), str):
            yield Problem("missing required field: type", at)
        elif value["type"] not in kinds:
            yield Problem(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from kinds[value["type"]](value, at)

    return check


def exactly_one(*names: str) -> Check:
    """An object, known to be one, with one of these fields."""

    def check(value: Any, at: str) -> Problems:
        if sum(name in value for name in names) != 1:
            yield Problem(f"must have exactly one of {', '.join(names)}", at)

    return check


def at_most_one(*names: str) -> Check:
    """An object, known to be one, in which these fields exclude each other."""

    def check(value: Any, at: str) -> Problems:
        if sum(name in value for name in names) > 1:
            yield Problem(f"must have at most one of {', '.join(names)}", at)

    return check


def some_of(*names: str) -> Check:
    """An object, known to be one, with at least one of these fields."""

    def check(value: Any, at: str) -> Problems:
        if not any(value.get(name) for name in names):
            yield Problem(f"must have one of {', '.join(names)}", at)

    return check


def also(*checks: Check) -> Check:
    """Everything passes. A later check may rely on all earlier ones having passed."""

    def check(value: Any, at: str) -> Problems:
        for one in checks:
            problems = list(one(value, at))
            yield from problems
            if problems:
                return

    return check
