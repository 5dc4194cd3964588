"""Packed bodies and files, unpacked no further than a bound."""

import gzip
import io
import lzma
import zlib
from typing import BinaryIO, cast

# What cut or broken packing raises, in any of the libraries below.
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)

_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\x00"


def gunzip(packed: bytes, most: int) -> bytes:
    """The first `most` bytes and one more where there are more. Raises one of DAMAGE."""
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
        return stream.read(most + 1)


def unpacked(stream: BinaryIO) -> BinaryIO:
    """A file as it was before gzip or xz, told by its first bytes and not by its name."""
    start = stream.read(len(_XZ))
    stream.seek(0)
    if start.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if start == _XZ:
        return cast(BinaryIO, lzma.LZMAFile(stream))
    return stream
