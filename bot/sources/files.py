"""Papers from files: recorded days of Hugging Face, arXiv's metadata, and test collections."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.sources import arxiv_lines, arxiv_tsv, arxiv_xml, beir, hugging_face
from bot.sources.reports import naming
from bot.sources.rows import day_in
from bot.sources.unpacking import DAMAGE, unpacked

# What is read to tell what a file is; a line of a collection is far shorter.
HEAD = 65_536
# A recorded day has 0.3 MB and a month of them 6; a packed bomb has no end.
LARGEST_DAY = 64_000_000


class Kind(NamedTuple):
    """A kind of file: how it is told from the first bytes, and how it is read."""

    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, BinaryIO], Iterator[Batch]]


def read(path: Path) -> Iterator[Batch]:
    """The batches of a file, plain or packed with gzip or xz.

    Every problem names the file and the entry or line. Raises SourceFailed, also while iterating,
    where the file as a whole cannot be read.
    """
    with naming(path.name), _in_words(), path.open("rb") as file, unpacked(file) as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        if not head.strip():
            raise SourceFailed("The file is empty.")
        for kind in KINDS:
            if kind.recognises(path, head):
                yield from (_named(path, batch) for batch in kind.read(path, stream))
                return
        raise SourceFailed(
            "I can't tell what this is. I read days of the Hugging Face API (a JSON list), "
            "arXiv metadata (XML, JSON lines, TSV) and BEIR collections (corpus.jsonl)."
        )


def _hugging_face_day(path: Path, stream: BinaryIO) -> Iterator[Batch]:
    body = stream.read(LARGEST_DAY + 1)
    if len(body) > LARGEST_DAY:
        raise SourceFailed(f"The file is larger than {LARGEST_DAY:,} bytes, unpacked.")
    day = day_in(path.name)
    yield from (hugging_face.parse(body, day),) if day else hugging_face.parse_days(body)


def _looks_like_json(path: Path, head: bytes) -> bool:
    # By name as well: a web page saved as .json is refused as what it is, by the reader of JSON.
    return ".json" in path.suffixes or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


# The first that recognises a file reads it.
KINDS = (
    Kind(arxiv_xml.recognises, arxiv_xml.read),
    Kind(arxiv_tsv.recognises, arxiv_tsv.read),
    Kind(arxiv_lines.recognises, arxiv_lines.read),
    Kind(beir.recognises, beir.read),
    Kind(_looks_like_json, _hugging_face_day),
)


def _named(path: Path, batch: Batch) -> Batch:
    return replace(batch, problems=tuple(f"{path.name}: {each}" for each in batch.problems))


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
