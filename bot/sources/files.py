"""Papers from files and pipes: days of Hugging Face, arXiv's metadata, and test collections."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bot.domain.paper import Batch, clean
from bot.errors import SourceFailed
from bot.sources import arxiv_lines, arxiv_snapshot, arxiv_tsv, arxiv_xml, beir, recorded
from bot.sources.reports import Account, naming
from bot.sources.rows import any_object_has, day_in
from bot.sources.unpacking import DAMAGE, counted, looked_into, unpacked

STANDARD_INPUT = Path("-")
_STANDARD_INPUT_NUMBER = 0  # of its file, open in every process
# What is read to tell what a file is; a line of a collection is far shorter.
HEAD = 65_536
# A recorded day has 0.3 MB and a month of them 6; a packed bomb has no end.
LARGEST_DAY = 64_000_000


class Kind(NamedTuple):
    """A kind of file: how it is told from the first bytes, and how it is read."""

    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, BinaryIO, Account], Iterator[Batch]]


def read(path: Path, account: Account | None = None) -> Iterator[Batch]:
    """The batches of a file or a pipe, plain or packed with gzip or xz; `-` is standard input.

    Every problem names the file and the entry or line; the account hears of each. Raises
    SourceFailed, also while iterating, where the file as a whole cannot be read.
    """
    account = account or Account()
    with (
        naming(called(path)),
        _in_words(),
        _opened(path) as raw,
        counted(raw, account.count_bytes) as file,
        unpacked(file) as whole,
    ):
        head, stream = looked_into(whole, HEAD)
        if not head.strip():
            raise SourceFailed("The file is empty.")
        for kind in KINDS:
            if kind.recognises(path, head):
                yield from (_named(path, batch) for batch in kind.read(path, stream, account))
                return
        raise SourceFailed(
            "I can't tell what this is. I read days of the Hugging Face API (a JSON list), "
            "arXiv metadata (XML, JSON lines, TSV) and BEIR collections (corpus.jsonl)."
        )


def called(path: Path) -> str:
    """How a file is named to people."""
    return "Standard input" if path == STANDARD_INPUT else clean(path.name) or str(path)


def _opened(path: Path) -> io.FileIO:
    if path == STANDARD_INPUT:
        return io.FileIO(_STANDARD_INPUT_NUMBER, closefd=False)
    return io.FileIO(path)


def _json(path: Path, stream: BinaryIO, account: Account) -> Iterator[Batch]:
    body = stream.read(LARGEST_DAY + 1)
    if len(body) > LARGEST_DAY:
        raise SourceFailed(f"The file is larger than {LARGEST_DAY:,} bytes, unpacked.")
    return recorded.parse(body, day_in(path.name), account)


def _looks_like_json(path: Path, head: bytes) -> bool:
    # By name as well: a web page saved as .json is refused as what it is, by the reader of JSON.
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return ".json" in path.suffixes or start.startswith((b"[", b"{"))


def _are_questions(_: Path, head: bytes) -> bool:
    return any_object_has({"_id", "text"}, head) and not any_object_has({"title"}, head)


def _lack_ids(_: Path, head: bytes) -> bool:
    return any_object_has({"title"}, head)


def _refusing(sentence: str) -> Callable[[Path, BinaryIO, Account], Iterator[Batch]]:
    def refuse(*_: object) -> Iterator[Batch]:
        raise SourceFailed(sentence)

    return refuse


# The first that recognises a file reads it.
KINDS = (
    Kind(arxiv_xml.recognises, arxiv_xml.read),
    Kind(arxiv_tsv.recognises, arxiv_tsv.read),
    Kind(arxiv_lines.recognises, arxiv_lines.read),
    Kind(arxiv_snapshot.recognises, arxiv_snapshot.read),
    Kind(
        _are_questions,
        _refusing("These are the questions of a collection. Its papers are in corpus.jsonl."),
    ),
    Kind(beir.recognises, beir.read),
    Kind(
        _lack_ids,
        _refusing(
            "These lines have titles and no ids, and without an id I can't tell a paper from "
            "another. Lines need id, title and summary, or _id, title and text."
        ),
    ),
    Kind(_looks_like_json, _json),
)


def _named(path: Path, batch: Batch) -> Batch:
    name = called(path)
    return replace(batch, problems=tuple(f"{name}: {each}" for each in batch.problems))


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SourceFailed("There is no such file.") from error
    except IsADirectoryError as error:
        raise SourceFailed("This is a folder. Name the files in it.") from error
    except DAMAGE as error:
        raise SourceFailed("The file is cut short or damaged.") from error
    except OSError as error:
        raise SourceFailed(f"The file can't be read ({error.strerror or error}).") from error
