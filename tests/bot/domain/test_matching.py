"""Documents, keys and atoms: whatever matches is found, and shown where it stands."""

import gzip
import json
import time
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.matching import atoms, document, keys, matches, patterns, spans
from bot.domain.paper import Paper
from bot.domain.phrases import PARTED, text_keys
from bot.domain.query import parse_subscription
from bot.domain.tokens import run_key, tokens
from bot.errors import QueryProblem

PAPER = Paper(
    id="2406.01234",
    title="State-Space Models for GPT4 agents",
    abstract="Fine tuning of mixtures of experts.",
    authors=("Yann LeCun", "Fei-Fei Li"),
    published=datetime(2026, 6, 1, tzinfo=UTC),
    categories=("cs.CL", "cond-mat.mtrl-sci"),
    organization="Google DeepMind",
    code_url="https://github.com/a/b",
)

# Pieces whose spellings meet, so that texts made of them nearly match one another.
PIECES = (
    "fine tuning finetuning mixture mixtures of experts policy policies GPT 4 GPT4 4o RAG RAGs "
    "rags U Net UNet u-net k means see sees s e es losses loss caches data set datasets CO2 CO$_2$ "
    "深度 学习 模 C++ c# .NET 3.1 Llama3 Llama3.1 multi agent agents now here nowhere on line "
    "online AIs BERT's APIs apis API yes news new $\\alpha$ TNFα É outof core"
)
pieces = st.sampled_from(PIECES.split())
joints = st.sampled_from([" ", " ", " ", "-", ", ", ". ", "", "s "])
texts = st.lists(st.tuples(pieces, joints), min_size=1, max_size=8).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
plain = st.lists(st.tuples(pieces, joints), min_size=1, max_size=4).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs).strip()
)
fields = st.sampled_from(["title:", "abstract:", "-", "", "", ""])
queries = st.lists(st.tuples(fields, plain, st.booleans()), min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", " AND ", " OR ", ", "]).map(
        lambda joint: joint.join(
            f'{field}"{text}"' if quoted or field == "-" else field + text
            for field, text, quoted in parts
        )
    )
)


def hits(query: str, paper: Paper = PAPER) -> bool:
    return matches(parse_subscription(query), document(paper))


def is_found(query: str, paper: Paper = PAPER) -> bool:
    return bool(atoms(parse_subscription(query)) & keys(document(paper)))


@given(query=st.one_of(queries, texts), text=texts, abstract=texts)
def test_the_lookup_never_hides_a_match(query, text, abstract):
    try:
        read = parse_subscription(query)
    except QueryProblem:
        assume(False)
    paper = document(Paper(id="1", title=text, abstract=abstract))

    assert atoms(read)
    if matches(read, paper):
        assert atoms(read) & keys(paper)


@given(text=texts, start=st.integers(0, 30), length=st.integers(3, 30))
def test_the_lookup_never_hides_a_text_from_a_part_of_itself(text, start, length):
    try:
        read = parse_subscription(text[start : start + length].replace("-", ""))
    except QueryProblem:
        assume(False)
    paper = document(Paper(id="1", title=text))

    if matches(read, paper):
        assert atoms(read) & keys(paper)


@given(text=st.text(max_size=60), query=st.text(max_size=20))
def test_any_text_can_be_compared_with_any_query(text, query):
    paper = document(
        Paper(id=text, title=text, abstract=query, authors=(text,), categories=(query,))
    )
    try:
        read = parse_subscription(query)
    except QueryProblem:
        return

    if matches(read, paper):
        assert atoms(read) & keys(paper)
    for start, end in spans(patterns(read, "title"), text):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "query",
    [
        'author:"Y. LeCun"',
        "author:li",
        "cat:cs",
        "cat:cond-mat",
        "category:cond-mat.mtrl-sci",
        "org:deepmind",
        'org:"Google Deep Mind"',
        "id:https://arxiv.org/abs/2406.01234v2",
        "has:code",
        "title:agents",
        'abstract:"fine tuning"',
        "has:code -has:media",
        "mixture of experts",
    ],
)
def test_each_field_matches_and_is_found(query):
    assert hits(query)
    assert is_found(query)


@pytest.mark.parametrize(
    "query",
    [
        "author:Lecunet",
        "author:yann-li",
        "cat:cs.CV",
        "org:google-brain",
        "id:2406.01235",
        "has:media",
        "source:hf",
        "title:experts",
        "abstract:agents",
        "agents experts",
    ],
)
def test_a_field_does_not_match_beside_its_own_part_of_the_paper(query):
    assert not hits(query)


@pytest.mark.parametrize(
    ("listed", "asked", "found"),
    [
        ("eess.SY", "cat:cs.SY", True),
        ("cs.SY", "cat:eess.SY", True),
        ("cs.SY", "cat:eess", True),
        ("math-ph", "cat:math", True),  # it is math.MP as well
        ("cmp-lg", "cat:cs.CL", True),
        ("cs.CL", "cat:cmp-lg", True),
        ("physics.soc-ph", "cat:cs", False),
        ("cs.CV", "cat:cs.CL", False),
    ],
)
def test_a_category_is_found_by_each_of_its_names(listed, asked, found):
    paper = Paper(id="1", title="Untitled", categories=(listed,))

    assert hits(asked, paper) is found


def test_a_paper_is_found_by_the_sources_that_list_it():
    listed = document(PAPER, sources=("hf",))

    assert matches(parse_subscription('source:"Hugging Face"'), listed)
    assert atoms(parse_subscription("source:hf")) <= keys(listed)


def test_a_phrase_does_not_run_from_the_title_into_the_abstract():
    assert not hits("agents fine tuning")


def test_the_tldr_stands_in_for_a_missing_abstract():
    paper = Paper(id="1", title="Untitled", tldr="Robots learn to fold laundry.")

    assert hits("fold laundry", paper)


@given(texts)
def test_a_text_is_looked_up_by_each_run_of_one_to_three_of_its_words(text):
    words = tokens(text)
    runs = [words[start:end] for start, end in combinations(range(len(words) + 1), 2)]

    found = [key for key in text_keys(words) if not key.startswith(PARTED)]

    assert sorted(found) == sorted(run_key(run) for run in runs if len(run) <= 3)


def test_an_and_hangs_on_its_most_telling_part():
    assert atoms(parse_subscription("cat:cs AND RAG AND speculative decoding")) == {
        "speculativedecoding"
    }


def test_an_or_hangs_on_every_part():
    assert len(atoms(parse_subscription("RAG OR speculative decoding OR cat:cs.RO"))) == 3


def test_a_chinese_phrase_hangs_on_three_characters():
    assert atoms(parse_subscription("大语言模型")) == {"大语言"}


def test_keys_fit_an_indexed_column():
    paper = document(Paper(id="1", title="x" * 500 + " " + "y" * 500, authors=("z" * 300,)))
    query = parse_subscription("x" * 200)

    assert max(map(len, keys(paper))) == 200
    assert max(map(len, atoms(query))) <= 200


@pytest.mark.parametrize(
    ("query", "title", "shown"),
    [
        ("state space", "Selective state-space models", ["state-space"]),
        ("RAG", "RAGs, RAG and rags", ["RAGs", "RAG"]),
        ("GPT 4", "GPT4 beats GPT-4o", ["GPT4"]),
        ("schrodinger", 'The Schr\\"odinger bridge', ['Schr\\"odinger']),
        ("muller", "Max Müller’s law", ["Müller"]),
        ("diffusion", "A dif\u00adfusion model", ["dif\u00adfusion"]),
        ("语言模型", "大语言模型综述", ["语言模型"]),
        ("RAG OR title:agents", "Agents and RAG", ["Agents", "RAG"]),
        ("RAG -survey", "A survey of RAG", ["RAG"]),
        ("world model, model predictive control", "World model predictive control", [
            "World model predictive control"
        ]),
        ("abstract:RAG", "RAG", []),
        ("author:li", "Li", []),
    ],
)  # fmt: skip
def test_what_matched_is_shown_where_it_stands(query, title, shown):
    places = spans(patterns(parse_subscription(query), "title"), title)

    assert [title[start:end] for start, end in places] == shown


def test_what_matched_in_the_abstract_is_shown_there():
    assert spans(patterns(parse_subscription("abstract:RAG"), "abstract"), "Our RAG") == [(4, 7)]


DAYS = Path(__file__).parents[4] / "shared" / "data" / "hf_daily"


@pytest.mark.real
@pytest.mark.skipif(not DAYS.is_dir(), reason="the recorded days are not beside this checkout")
def test_a_pasted_title_finds_its_own_paper():
    days = sorted(DAYS.glob("2026-0*.json.gz"))[:20]
    entries = [
        entry["paper"] for day in days for entry in json.loads(gzip.decompress(day.read_bytes()))
    ]
    missed = [
        entry["title"]
        for entry in entries
        if not hits(entry["title"], Paper(entry["id"], entry["title"], entry["summary"]))
    ]

    # A capital NOT or a word after a minus is an exclusion, also in a title.
    assert len(entries) > 300
    assert [title for title in missed if " NOT " not in title and " -" not in title] == []


def test_a_paper_is_prepared_in_little_time():
    text = "We study state-space models (SSMs) for long contexts; GPT-4o gains 3.1% on 10 tasks. "
    paper = Paper(id="1", title="", abstract=text * 14)
    started = time.process_time()

    for _ in range(50):
        document(paper)

    # It takes 0.4 ms; the bound leaves room for a busy machine.
    assert (time.process_time() - started) / 50 < 0.005
