"""A model by name or folder: what it gives, and what is said where it cannot be had."""

import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from bot import embedding
from bot.config import SettingsProblem, read_settings
from bot.embedding import Embedding, open_embedding

CHECKOUT = Path(__file__).parents[2]
MODEL = CHECKOUT.parent / "shared" / "models" / "all-MiniLM-L6-v2-int8"
SIZE = 384

with_a_model = pytest.mark.skipif(
    not MODEL.is_dir(), reason="the model (../shared/models) is not here"
)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Embedding:
    found = Embedding(str(MODEL), tmp_path_factory.mktemp("cache"))
    found.load()
    return found


# -- what cannot be had ---------------------------------------------------------------------------


@pytest.mark.usefixtures("no_settings")
def test_without_the_setting_there_is_no_model():
    assert open_embedding(read_settings()) is None


@pytest.mark.usefixtures("no_settings")
def test_the_setting_names_a_model_that_is_not_loaded_before_somebody_says_so(monkeypatch):
    monkeypatch.setenv("PAPERS_EMBEDDING_MODEL", "/nowhere")
    found = open_embedding(read_settings())

    assert found is not None
    assert not found.ready


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)

    with pytest.raises(SettingsProblem, match=r"pip install 'papers-bot\[semantic\]'\.$"):
        Embedding("any", tmp_path).load()


@pytest.mark.parametrize("contents", [{}, {"model.onnx": b"no graph", "tokenizer.json": b"{}"}])
def test_a_folder_without_a_model_is_a_sentence_and_the_next_try_is_a_try(tmp_path, contents):
    for name, body in contents.items():
        (tmp_path / name).write_bytes(body)
    broken = Embedding(str(tmp_path), tmp_path / "cache")

    for _ in range(2):
        with pytest.raises(SettingsProblem, match=r"^PAPERS_EMBEDDING_MODEL names no model"):
            broken.load()
        assert not broken.ready


def test_before_it_is_loaded_a_model_does_not_answer(tmp_path):
    with pytest.raises(RuntimeError, match="not loaded"):
        Embedding("any", tmp_path).encode(["text"])


def test_the_bot_starts_without_importing_any_of_it():
    told = "import bot.cli, sys; print(sorted({'fastembed', 'numpy'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, cwd=CHECKOUT, check=True
    )

    assert done.stdout == "[]\n"


@pytest.mark.skipif(util.find_spec("numpy") is None, reason="the extra is not installed")
def test_closeness_is_that_of_directions(tmp_path):
    up, right, down = b"\x00\x00\x00\x3c", b"\x00\x3c\x00\x00", b"\x00\x00\x00\xbc"  # float16

    assert Embedding("any", tmp_path).closeness(up, [up, right, down]) == [1.0, 0.0, -1.0]


@pytest.mark.skipif(util.find_spec("numpy") is None, reason="the extra is not installed")
def test_a_paper_is_as_close_as_its_whole_and_its_best_piece_together(tmp_path):
    up, right, down = b"\x00\x00\x00\x3c", b"\x00\x3c\x00\x00", b"\x00\x00\x00\xbc"
    papers = [right + up + down, up, right + down, up + down]

    assert Embedding("any", tmp_path).closeness(up, papers) == [0.5, 1.0, -0.5, 0.0]


# -- a real one -----------------------------------------------------------------------------------


@pytest.mark.real
@with_a_model
def test_a_vector_takes_two_bytes_for_each_of_its_numbers(model):
    assert {len(each) for each in model.encode(["One paper.", "Another paper."])} == {2 * SIZE}
    assert model.size == 2 * SIZE


@pytest.mark.real
@with_a_model
def test_what_means_the_same_is_closer_than_what_shares_a_word(model):
    asked = model.encode_query("cars that drive themselves")
    papers = model.encode(["Autonomous vehicles on public roads.", "What drives inflation up."])
    same, word = model.closeness(asked, papers)

    assert same > word + 0.2


@pytest.mark.real
@with_a_model
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=3))
@example(texts=[""])
@example(texts=["\x00", "🤖", "word " * 3_000])
@how(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_has_a_vector_of_unit_length_and_the_same_again(model, texts):
    first, again = model.encode(texts), model.encode(texts)

    for vector, other in zip(first, again, strict=True):
        assert model.closeness(vector, [vector, other]) == pytest.approx([1.0, 1.0], abs=0.01)


@pytest.mark.real
@with_a_model
def test_a_model_is_known_by_its_name_and_contents_wherever_it_lies(model, tmp_path):
    moved, changed = tmp_path / "here" / MODEL.name, tmp_path / "there" / MODEL.name
    for folder in (moved, changed):
        shutil.copytree(MODEL, folder, copy_function=shutil.copyfile)
        folder.chmod(0o700)
    (changed / "tokenizer.json").write_text((changed / "tokenizer.json").read_text() + "\n")
    names = []
    for folder in (moved, changed):
        found = Embedding(str(folder), tmp_path)
        found.load()
        names.append(found.name)

    assert names[0] == model.name != names[1]
    assert model.name.startswith("all-MiniLM-L6-v2-int8@")


@pytest.mark.real
@with_a_model
def test_loading_twice_loads_once(model):
    before = model._model
    model.load()

    assert model._model is before
