"""A model for tests: it knows a few ideas, and each word that stands for one."""

import struct
from collections.abc import Sequence
from math import sqrt

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
        aim = _numbers(vector)
        return [sum(a * b for a, b in zip(aim, _numbers(o), strict=True)) for o in others]


def _vector(text: str) -> bytes:
    words = text.lower().replace(".", " ").replace(",", " ").split()
    counts = [sum(word in idea for word in words) for idea in IDEAS]
    found = [*counts, 0.5]
    length = sqrt(sum(each * each for each in found))
    return struct.pack(f"<{len(found)}e", *(each / length for each in found))


def _numbers(vector: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(vector) // 2}e", vector)
