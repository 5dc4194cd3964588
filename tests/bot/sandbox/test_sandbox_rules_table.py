"""The table of rules names tests that are there, and every size that is tested."""

import re
from pathlib import Path

from bot.sandbox import rules
from tests.bot.sandbox.limits import CLASSIC
from tests.bot.sandbox.limits_newer import NEWER

FITS = "test_what_fits_is_taken_and_one_more_is_refused_at_its_place"
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py"))
ENTRY = re.compile(r"\| (\w+)(?:\[(.*)\])?$", re.MULTILINE)


def entries():
    """Each test in the table, with the rows it names."""
    return [(name, rows.split(", ") if rows else []) for name, rows in ENTRY.findall(rules.__doc__)]


def test_every_test_in_the_table_exists():
    there = set(re.findall(r"^def (test_\w+)\(", SOURCES, re.MULTILINE))
    named = {FITS if name == "fits" else name for name, _ in entries()}

    assert len(named) > 30
    assert named - there == set()


def test_every_line_of_the_table_is_read():
    assert len(entries()) == rules.__doc__.count("|")


def test_every_size_is_in_the_table():
    sizes = {limit.name for limit in [*CLASSIC, *NEWER]}
    named = {row for name, rows in entries() if name == "fits" for row in rows}

    assert named == sizes
