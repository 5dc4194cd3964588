"""What a text is about, as a vector: the extra `semantic`, through fastembed.

Nothing of it is imported before a model is loaded, so the bot runs without the extra.
"""

import json
import threading
from collections.abc import Iterable, Sequence
from hashlib import blake2b, file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config import Settings, SettingsProblem

if TYPE_CHECKING:
    from fastembed import TextEmbedding

SETTING = "PAPERS_EMBEDDING_MODEL"
FLOAT16 = "<f2"  # half the bytes of float32, and the ranking stays the same
LETTERS = 4_000  # more than any of these models reads of a text
# Texts in one run of a model. 64 abstracts took 4 GB and twice the time: all wait for the longest.
AT_ONCE = 1
GRAPH = "model.onnx"
_SMALL: dict[str, Any] = {"enable_cpu_mem_arena": False}  # else the longest text's memory is kept
_CONTENTS = (GRAPH, "tokenizer.json")  # what decides how a text comes out


class Embedding:
    """One model: texts in, vectors of unit length out, each number a float16.

    `load` takes its time, at the first call perhaps a download; until it is done nothing waits for
    the model: `ready` says so.
    """

    def __init__(self, model: str, cache: Path, *, threads: int | None = 1) -> None:
        self._said = model
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._model: TextEmbedding | None = None
        self.name = ""
        self.size = 0  # bytes of one vector

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._model is not None

    def load(self) -> None:
        """Load the model, once. Raises SettingsProblem in one sentence."""
        with self._lock:
            if self._model is not None:
                return
            if find_spec("fastembed") is None:
                raise SettingsProblem(f"{SETTING} needs pip install 'papers-bot[semantic]'.")
            try:
                self.name, opened = self._opened()
                [vector] = _packed(opened.query_embed(["a"]))
                self.size, self._model = len(vector), opened
            except Exception as problem:  # of fastembed, of the runtime, of the hub
                raise SettingsProblem(
                    f"{SETTING} names no model that I can load ({type(problem).__name__})."
                ) from None

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of papers, in their order."""
        cut = [each[:LETTERS] for each in texts]
        return _packed(self._loaded().passage_embed(cut, batch_size=AT_ONCE))

    def encode_query(self, text: str) -> bytes:
        """The vector of what somebody asks: some models read a question in another way."""
        [found] = _packed(self._loaded().query_embed([text[:LETTERS]]))
        return found

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        """How close a paper is to a vector, from -1 to 1: by its whole, and by its best piece.

        Of each paper come one or more vectors, one behind the other: first that of the whole.
        """
        import numpy

        aimed = numpy.frombuffer(vector, FLOAT16).astype(numpy.float32)
        beside = numpy.frombuffer(b"".join(others), FLOAT16).reshape(-1, len(aimed))
        # Not `@`: for so small a product BLAS wakes a thread, which then spins as long as a search.
        found = numpy.einsum("ij,j->i", beside.astype(numpy.float32), aimed)
        lengths = numpy.array([len(each) // len(vector) for each in others])
        firsts = numpy.cumsum(lengths) - lengths
        wholes = found[firsts]
        found[firsts[lengths > 1]] = -1  # where there are pieces, one of them is the best
        close: list[float] = ((wholes + numpy.maximum.reduceat(found, firsts)) / 2).tolist()
        return close

    def _loaded(self) -> "TextEmbedding":
        if self._model is None:
            raise RuntimeError("the model is not loaded")
        return self._model

    def _opened(self) -> tuple[str, "TextEmbedding"]:
        from fastembed import TextEmbedding

        folder = Path(self._said).expanduser()
        if (folder / GRAPH).is_file():
            return _named(folder), _from_folder(folder.resolve(), self._threads)
        cache = str(self._cache)
        return self._said, TextEmbedding(self._said, cache, self._threads, **_SMALL)


def open_embedding(settings: Settings, *, threads: int | None = 1) -> Embedding | None:
    """The model that the settings name, not loaded yet; None where they name none."""
    if not settings.embedding_model:
        return None
    return Embedding(settings.embedding_model, settings.data_dir / "models", threads=threads)


def _from_folder(folder: Path, threads: int | None) -> "TextEmbedding":
    """A model that fastembed does not know by name, whether its graph pools or leaves it to us."""
    from fastembed import TextEmbedding
    from fastembed.common.model_description import ModelSource, PoolingType

    config = folder / "config.json"
    known: dict[str, Any] = json.loads(config.read_text("utf-8")) if config.is_file() else {}
    for pooling in (PoolingType.DISABLED, PoolingType.MEAN):
        name = f"{folder}:{pooling}"
        if all(name.lower() != each["model"].lower() for each in _known_models()):
            TextEmbedding.add_custom_model(
                model=name,
                pooling=pooling,
                normalization=True,
                sources=ModelSource(hf=name),  # named and never asked: the files are here
                dim=int(known.get("hidden_size", 0)),
                model_file=GRAPH,
            )
        model = TextEmbedding(name, specific_model_path=str(folder), threads=threads, **_SMALL)
        try:
            list(model.embed(["a"]))
        except ValueError:  # a vector for each word: fastembed takes their mean
            continue
        return model
    raise ValueError("neither a vector for each text nor one for each word")


def _known_models() -> list[dict[str, Any]]:
    from fastembed import TextEmbedding

    return TextEmbedding.list_supported_models()


def _named(folder: Path) -> str:
    """A folder's name and contents, not its place: machines keep the same model in other places."""
    digest = blake2b(digest_size=8)
    for name in _CONTENTS:
        with (folder / name).open("rb") as file:
            digest.update(file_digest(file, "blake2b").digest())
    return f"{folder.resolve().name[:100]}@{digest.hexdigest()}"


def _packed(vectors: Iterable[Any]) -> list[bytes]:
    """Of unit length, whatever length the model gives them."""
    import numpy

    found = numpy.array(list(vectors), numpy.float32)
    lengths = numpy.linalg.norm(found, axis=1, keepdims=True)
    return [row.tobytes() for row in (found / numpy.maximum(lengths, 1e-12)).astype(FLOAT16)]
