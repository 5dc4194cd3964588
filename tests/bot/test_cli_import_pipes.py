"""`papers import -`: what comes through a pipe, told by its first bytes."""

import gzip
import json
import lzma
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.arxiv import a_line, a_page, a_record, lines
from tests.hugging_face import an_entry

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Standard input is a pipe with these bytes in it, no more than a few at once."""
    before, writers = os.dup(0), ThreadPoolExecutor(1)

    def pour(end: int, body: bytes) -> None:
        with os.fdopen(end, "wb", buffering=0) as pipe:
            for start in range(0, len(body), 1_000):
                pipe.write(body[start : start + 1_000])

    def fill(body: bytes) -> None:
        ours, theirs = os.pipe()
        os.dup2(ours, 0)
        os.close(ours)
        writers.submit(pour, theirs, body)

    yield fill
    os.dup2(before, 0)
    os.close(before)
    writers.shutdown()


DAY = json.dumps([an_entry("2606.00001", "Kettles that learn", "2026-06-25")]).encode()
LINE = lines(a_line(1, "Kettles that learn"))
TABLE = b"arxiv_id\ttitle\tabstract\n2606.00001\tKettles that learn\tSteam.\n"
PAGE = a_page(a_record("2606.00001").replace("Paper 2606.00001", "Kettles that learn"))


@pytest.mark.parametrize(
    ("name", "pack", "body"),
    [
        ("-", bytes, DAY),
        ("-", gzip.compress, LINE),
        ("-", lzma.compress, TABLE),
        ("-", bytes, PAGE),
        ("/dev/stdin", bytes, LINE),
        ("/dev/stdin", gzip.compress, PAGE),
    ],
    ids=["day", "lines.gz", "table.xz", "page", "named lines", "named page.gz"],
)
def test_a_pipe_is_read_as_a_file_would_be(papers, piped, name, pack, body):
    piped(pack(body))
    ran = papers("import", name)

    assert ran.code == 0
    assert "1 record from 1 file: 1 new" in ran.out
    assert "Kettles that learn" in papers("search", "kettles").out


@pytest.mark.parametrize("body", [DAY, LINE, TABLE, PAGE], ids=["day", "lines", "table", "page"])
def test_several_files_may_be_poured_into_one_pipe(papers, piped, body):
    piped(gzip.compress(body) + gzip.compress(body.replace(b"2606.00001", b"2606.00002")))

    assert "2 records from 1 file: 2 new" in papers("import", "-").out


def test_an_empty_pipe_is_said_by_name(papers, piped):
    piped(b"")
    ran = papers("import", "-")

    assert (ran.code, ran.err) == (1, "Standard input: The file is empty.\n")
