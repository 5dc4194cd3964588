"""Packed bodies and files, unpacked no further than a bound, and looked at before they are read."""

import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# What cut or broken packing raises, in any of the libraries below.
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)

_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\x00"
_BLOCK = 65_536  # bytes read at once


def gunzip(packed: bytes, most: int) -> bytes:
    """The first `most` bytes and one more where there are more. Raises one of DAMAGE."""
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
        return stream.read(most + 1)


def unpacked(stream: BinaryIO) -> BinaryIO:
    """A file or pipe as it was before gzip or xz, told by its first bytes and not by its name."""
    start, whole = looked_into(stream, len(_XZ))
    if start.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=whole))
    if start == _XZ:
        return cast(BinaryIO, lzma.LZMAFile(whole))
    return whole


def looked_into(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that begins with them: a pipe cannot go back."""
    start = stream.read(size)
    return start, cast(BinaryIO, io.BufferedReader(_Joined(start, stream), max(size, _BLOCK)))


def counted(raw: io.RawIOBase, count: Callable[[int], object]) -> BinaryIO:
    """A file that tells how many of its bytes were read, each time some are."""
    return cast(BinaryIO, io.BufferedReader(_Counted(raw, count), _BLOCK))


class _Joined(io.RawIOBase):
    """What was read already, and then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = memoryview(start), cast(io.BufferedReader, rest)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")
        if self._start:
            piece, self._start = self._start[: len(room)], self._start[len(room) :]
        else:  # no more than there is at once: what comes before a cut is not lost with it
            piece = memoryview(self._rest.read1(len(room)))
        room[: len(piece)] = piece
        return len(piece)


class _Counted(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, count: Callable[[int], object]) -> None:
        self._raw, self._count = raw, count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        read = self._raw.readinto(buffer)
        self._count(read or 0)
        return read
