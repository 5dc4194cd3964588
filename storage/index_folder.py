"""The folder of the search index: as it stands now, whether it is whole, and made anew.

The engine maps its files into memory and trusts them: reading past the end of one that was cut
short ends the process. So before each look the sizes and times of the files are compared with those
at opening, and a file that is new or was touched is read against the checksum at its end. What
nobody can guard against is a file cut short in its place between that look and the read.
"""

import json
import os
import re
import shutil
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4
from zlib import crc32

import tantivy

from storage.index_documents import schema

META = "meta.json"  # names the segments; each commit of any process replaces it
KINDS = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term")  # the files of a segment
BLOCK = 1 << 20  # bytes read at once
LONGEST_REASON = 200
_TAIL = struct.Struct("<2I")  # how long the footer before it is, and the mark of a footer
_MARK = 1337
_SYSTEM = re.compile(r"(?:code: |os error )(\d+)")  # where the engine quotes the system

_NAME = re.compile(r"v(?P<version>\d+)(?P<aside>-[0-9a-f]{32})?")

Stamp = tuple[int, int, int]  # a file's number, size, and time of its last change in nanoseconds


class Damaged(Exception):
    """The folder is not what was written to it. All in it stands in the database too."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What stood in the folder after one commit."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    meta: Stamp
    files: Mapping[str, Stamp]  # those of the segments


def current(folder: Path, before: Opened | None) -> Opened | None:
    """What stands in the folder, opened anew only after a commit; None where there is no index.

    Raises Damaged, and OSError where the folder cannot be read.
    """
    meta = _stamp(folder / META)
    if meta is None:
        return before  # deleted: what was opened can still be read
    if before is not None and before.meta == meta and _untouched(folder, before.files):
        return before
    try:
        files, is_whole = _checked(folder, before.files if before else {})
    except FileNotFoundError:
        return before  # taken away just now, to be made anew
    if meta == _stamp(folder / META):  # else a later commit has taken files away
        if not is_whole:
            raise Damaged("a file is missing, or not as written")
        if before is not None and before.meta == meta:
            return Opened(before.index, before.searcher, meta, files)
    index = _opened(folder)
    return Opened(index, index.searcher(), meta, files)


def holds_index(folder: Path) -> bool:
    """Whether there is an index in the folder, and not only an open one that was deleted."""
    return _stamp(folder / META) is not None


def create(folder: Path) -> tantivy.Index:
    """The index in the folder, an empty one where there is none. Raises Damaged and OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    return _opened(folder)


def clear(folder: Path) -> None:
    """Take a damaged index away. Raises OSError."""
    if not folder.exists():
        return
    aside = folder.with_name(f"{folder.name}-{uuid4().hex}")
    folder.rename(aside)  # at once: nobody finds half an index
    shutil.rmtree(aside)


def tidy(folder: Path) -> None:
    """Take away the indexes of earlier versions beside this one, and what a killed clearing left.

    Later ones stay: while machines are brought up to date one by one, they belong to others.
    """
    own = _NAME.fullmatch(folder.name)
    for each in folder.parent.iterdir():
        found = _NAME.fullmatch(each.name)
        if own and found and (found["aside"] or int(found["version"]) < int(own["version"])):
            shutil.rmtree(each, ignore_errors=True)


def _opened(folder: Path) -> tantivy.Index:
    try:
        index = tantivy.Index(schema(), path=str(folder))
        index.config_reader("manual")  # else a thread looks for commits, of each index ever opened
    except ValueError as problem:
        if _SYSTEM.search(str(problem)):
            raise OSError(str(problem)) from None
        raise Damaged(str(problem)) from None
    return index


def _stamp(path: Path | str) -> Stamp | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _untouched(folder: Path, files: Mapping[str, Stamp]) -> bool:
    start = f"{folder}{os.sep}"
    return all(_stamp(start + name) == stamp for name, stamp in files.items())


def _checked(folder: Path, known: Mapping[str, Stamp]) -> tuple[dict[str, Stamp], bool]:
    """The files of the last commit, and whether each is there and whole."""
    stamps = {name: _stamp(folder / name) for name in _names(folder)}
    files = {name: stamp for name, stamp in stamps.items() if stamp is not None}
    is_whole = len(files) == len(stamps) and all(
        known.get(name) == stamp or _is_whole(folder / name) for name, stamp in files.items()
    )
    return files, is_whole


def _names(folder: Path) -> list[str]:
    """The files that the last commit is made of."""
    names: list[str] = []
    try:
        for each in json.loads((folder / META).read_bytes())["segments"]:
            segment, deletes = each["segment_id"].replace("-", ""), each["deletes"]
            names += (segment + kind for kind in KINDS)
            if deletes:
                names.append(f"{segment}.{deletes['opstamp']}.del")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Damaged(f"{META} is not as written") from None
    return names


def _is_whole(path: Path) -> bool:
    """Whether a file ends in the checksum of what it holds."""
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END) - _TAIL.size
            length, mark = _TAIL.unpack(_read(file, end, _TAIL.size))
            footer = json.loads(_read(file, end - length, length)) if mark == _MARK else {}
            file.seek(0)
            return bool(footer["crc"] == _checksum(file, end - length))
    except FileNotFoundError:
        return True  # a later commit has replaced it
    except (ValueError, KeyError, TypeError, struct.error):
        return False


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    if start < 0:
        raise ValueError("too short")
    file.seek(start)
    return file.read(length)


def _checksum(file: BinaryIO, length: int) -> int:
    checksum = 0
    while length > 0 and (block := file.read(min(BLOCK, length))):
        checksum, length = crc32(block, checksum), length - len(block)
    return checksum


def reason(problem: Exception) -> str:
    """What the system or the engine says, in one line, the same each time."""
    code = _SYSTEM.search(str(problem))
    said = os.strerror(int(code[1])) if code else getattr(problem, "strerror", None) or str(problem)
    return next(iter(said.strip().splitlines()), type(problem).__name__)[:LONGEST_REASON]
