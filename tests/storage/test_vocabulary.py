"""The vocabulary: counts as written, every near word found, and any file survived."""

import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.domain.spelling import Suggestion, best
from storage.vocabulary import FILE, MAGIC, Vocabulary, write

TOPICS = {"transformer": 40, "transformers": 12, "diffusion": 9, "robot": 3, "rag": 2}

# Few letters, so that words are near each other; as long as to differ behind their beginning.
words = st.text(alphabet="abcé", min_size=1, max_size=11)
vocabularies = st.dictionaries(words, st.integers(1, 9000), max_size=40)
anything = st.text(st.characters(exclude_categories=()), max_size=12)


@pytest.fixture
def folder(tmp_path) -> Path:
    write(tmp_path, TOPICS)
    return tmp_path


# In a small file most beginnings lie in each drawer looked into: a missing one goes unnoticed.
@pytest.fixture(scope="module")
def large(tmp_path_factory) -> tuple[Vocabulary, dict[str, int]]:
    chance = random.Random(7)  # noqa: S311  # the same each time
    counts = {
        "".join(chance.choices("abcdeé", k=length)): chance.randint(1, 9000)
        for length in range(4, 12)
        for _ in range(500)
    }
    folder = tmp_path_factory.mktemp("large")
    write(folder, counts)
    return Vocabulary(folder), counts


@contextmanager
def opened(counts: Mapping[str, int]) -> Iterator[Vocabulary]:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), counts)
        yield Vocabulary(Path(folder))


def one_slip(word: str) -> st.SearchStrategy[str]:
    """The word with a letter put in, left out, replaced or swapped with the next."""
    places = st.integers(0, len(word) - 1)
    letters = st.sampled_from("abcéx")
    return st.one_of(
        st.builds(lambda at, letter: word[:at] + letter + word[at:], places, letters),
        st.builds(lambda at: word[:at] + word[at + 1 :], places),
        st.builds(lambda at, letter: word[:at] + letter + word[at + 1 :], places, letters),
        st.builds(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :], places),
    )


def test_a_word_has_the_count_it_was_written_with(folder):
    vocabulary = Vocabulary(folder)

    assert len(vocabulary) == 5
    assert vocabulary.count("transformer") == 40
    assert vocabulary.count("transforme") == 0


def test_a_mistyped_word_has_a_nearest_one(folder):
    vocabulary = Vocabulary(folder)

    assert vocabulary.nearest("transfomer") == Suggestion("transformer", count=40, distance=1)
    assert vocabulary.nearest("idffusoin") == Suggestion("diffusion", count=9, distance=2)


@pytest.mark.parametrize("word", ["robot", "transformers", "rga", "mamba", "", "深", "\ud800" * 7])
def test_a_known_a_short_or_another_word_has_none(folder, word):
    assert Vocabulary(folder).nearest(word) is None


def test_words_without_papers_are_unknown():
    with opened({"robot": 0, "agents": 3}) as vocabulary:
        assert len(vocabulary) == 1
        assert vocabulary.nearest("robt") is None


def test_an_empty_vocabulary_can_be_asked():
    with opened({}) as vocabulary:
        assert len(vocabulary) == vocabulary.count("robot") == 0
        assert vocabulary.nearest("robots") is None


@given(counts=st.dictionaries(anything, st.integers(1, 2**32 - 1)), other=anything)
def test_whatever_the_letters_counts_come_back(counts, other):
    with opened(counts) as vocabulary:
        assert len(vocabulary) == len(counts)
        assert {word: vocabulary.count(word) for word in counts} == counts
        assert vocabulary.count(other) == counts.get(other, 0)


@given(data=st.data())
@settings(max_examples=400)
def test_the_nearest_is_the_best_of_all_words(large, data):
    vocabulary, counts = large
    meant = data.draw(st.sampled_from(list(counts)))
    mistyped = data.draw(one_slip(data.draw(one_slip(meant))))
    assume(mistyped not in counts)

    found = vocabulary.nearest(mistyped)

    assert (found and found.word) == best(mistyped, counts.items())
    if found:
        distance = OSA.distance(mistyped, found.word)
        assert found == Suggestion(found.word, counts[found.word], distance)


@given(counts=vocabularies, word=words)
def test_also_of_few_words_in_any_letters(counts, word):
    assume(word not in counts)

    with opened(counts) as vocabulary:
        found = vocabulary.nearest(word)

    assert (found and found.word) == best(word, counts.items())


@given(counts=vocabularies, data=st.data())
def test_a_single_slip_in_a_word_is_answered(counts, data):
    meant = data.draw(st.sampled_from([each for each in counts if len(each) > 4] or ["abcabc"]))
    mistyped = data.draw(one_slip(meant))
    assume(mistyped not in {meant, *counts})

    with opened({meant: 1, **counts}) as vocabulary:
        found = vocabulary.nearest(mistyped)

    assert found is not None
    assert found.distance == 1


def test_among_many_words_those_of_one_paper_are_not_proposed():
    many = {"".join(letters): 5 for letters in product("abcdefghijklmnopqrstuv", repeat=3)}

    with opened({**many, "diffusion": 1, "diffusions": 2}) as vocabulary:
        assert vocabulary.count("diffusion") == 1
        assert vocabulary.nearest("difusion") == Suggestion("diffusions", count=2, distance=2)


def test_where_there_is_no_file_it_is_empty(tmp_path):
    vocabulary = Vocabulary(tmp_path / "missing")

    assert len(vocabulary) == vocabulary.count("robot") == 0
    assert vocabulary.nearest("robots") is None


@given(data=st.data())
def test_a_damaged_file_is_empty(data):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, TOPICS)
        whole = (folder / FILE).read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        wrong = bytes([whole[at] ^ data.draw(st.integers(1, 255))])
        changed = wrong + whole[at + 1 :]
        ending = data.draw(st.sampled_from([b"", wrong, changed, whole[at:] + b"."]))
        (folder / FILE).write_bytes(whole[:at] + ending)

        vocabulary = Vocabulary(folder)

        assert len(vocabulary) == vocabulary.count("robot") == 0
        assert vocabulary.nearest("robott") is None


def test_a_file_of_another_version_is_empty(folder):
    written = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(written.replace(MAGIC, MAGIC.replace(b"1", b"0")))

    assert len(Vocabulary(folder)) == 0


def test_who_has_it_open_keeps_it_when_it_is_written_anew(folder):
    before = Vocabulary(folder)

    write(folder, {"agents": 7})

    assert before.nearest("transfomer") == Suggestion("transformer", count=40, distance=1)
    assert Vocabulary(folder).count("agents") == 7
    assert Vocabulary(folder).count("robot") == 0
    assert [each.name for each in folder.iterdir()] == [FILE]


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(OSError, match=FILE):
        write(tmp_path, TOPICS)

    assert [each.name for each in tmp_path.iterdir()] == [FILE]
    assert len(Vocabulary(tmp_path)) == 0


def test_closed_it_is_empty(folder):
    vocabulary = Vocabulary(folder)

    vocabulary.close()
    vocabulary.close()

    assert len(vocabulary) == vocabulary.count("robot") == 0
    assert vocabulary.nearest("transfomer") is None


def test_closing_disturbs_nobody_who_asks(folder, at_once):
    vocabulary = Vocabulary(folder)
    turns = iter(range(8))

    def ask_or_close():
        if next(turns) == 5:
            vocabulary.close()
        return {vocabulary.nearest("transfomer") for _ in range(200)}

    answers = set().union(*at_once(8, ask_or_close))

    assert answers <= {Suggestion("transformer", count=40, distance=1), None}
    assert vocabulary.nearest("transfomer") is None
