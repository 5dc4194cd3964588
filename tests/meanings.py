"""A model for tests: it knows a few ideas, and each word that stands for one."""

import struct
from collections.abc import Sequence
from math import sqrt
from operator import mul

IDEAS = (
    {"car", "cars", "automobile", "vehicles", "driving"},
    {"rice", "kitchen", "cooking", "recipes"},
    {"robots", "robot", "hands", "grasping"},
)


class Ideas:
    """A vector has one number for each idea, and one for all else."""

    def __init__(self, name: str = "ideas", *, ready: bool = True) -> None:
        self.name = name
        self.ready = ready
        self.size = 2 * (len(IDEAS) + 1)
        self.read: list[str] = []  # the texts of papers
        self.asked: list[str] = []

    def load(self) -> None:
        self.ready = True

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        self.read += texts
        return [_vector(each) for each in texts]

    def encode_query(self, text: str) -> bytes:
        self.asked.append(text)
        return _vector(text)

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        return [self._close(vector, each) for each in others]

    def _close(self, vector: bytes, paper: bytes) -> float:
        whole, *pieces = (
            sum(map(mul, _numbers(vector), _numbers(paper[start : start + self.size])))
            for start in range(0, len(paper), self.size)
        )
        return (whole + max(pieces, default=whole)) / 2


def _vector(text: str) -> bytes:
    words = text.lower().replace(".", " ").replace(",", " ").split()
    counts = [sum(word in idea for word in words) for idea in IDEAS]
    found = [*counts, 0.5]
    length = sqrt(sum(each * each for each in found))
    return struct.pack(f"<{len(found)}e", *(each / length for each in found))


def _numbers(vector: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(vector) // 2}e", vector)
