"""What the index proposes for a query: whatever matches is among it."""

import random
from datetime import date

import pytest

from bot.domain.matching import document, matches
from bot.domain.paper import Batch, Listing, Paper
from bot.domain.query import parse_subscription
from bot.errors import QueryProblem
from storage import papers, recording
from storage.search_index import SearchIndex
from tests.factories import DAY, NOW

PIECES = tuple(
    piece
    for line in (
        "fine tuning finetuning finetunings mixture mixtures of experts policy policies GPT 4 GPT4",
        "4o RAG RAGs rags LLM LLMs llms U Net UNet u-net k means kmeans see sees s e es y ies",
        "losses loss caches data set datasets dataset CO2 CO$_2$ 深度 学习 深 模 C++ c# .NET 3.1",
        "Llama3 Llama3.1 multi agent multiagent agents now here nowhere on line online AIs BERT's",
        "APIs apis API yes news new $\\alpha$ TNFα É outof core bus buses glasses glass",
        "movie movies theses thesis",
    )
    for piece in line.split()
)
AUTHORS = ("Yann LeCun", "Fei-Fei Li", "L. van der Maaten", "Hector Garcia-Molina")
FIELDS = (
    'author:"Y. LeCun"', "author:maaten", "author:molina", 'author:"feifei li"', "cat:cs",
    "cat:cs.CL", "source:hf", "org:deepmind", 'org:"Google DeepMind"', "has:code", "id:2606.00007",
)  # fmt: skip


@pytest.fixture(scope="module")
def chance() -> random.Random:
    return random.Random(7)  # noqa: S311


@pytest.fixture
def stored(database, index: SearchIndex, chance) -> list[Paper]:
    found = [a_random_paper(number, chance) for number in range(250)]
    with database.begin() as session:
        papers.save(session, found, NOW)
        recording.record(
            session, Batch("hf", DAY, tuple(Listing("hf", DAY, p) for p in found)), NOW
        )
    with database.read() as session:
        index.follow(session)
    return found


def a_random_paper(number: int, chance: random.Random) -> Paper:
    return Paper(
        id=f"2606.{number:05}",
        title=some_text(chance, 6) or "Untitled",
        abstract=some_text(chance, 14),
        authors=(chance.choice(AUTHORS),),
        categories=(chance.choice(["cs.CL", "cs.LG", "stat.ML"]),),
        organization=chance.choice(["", "Google DeepMind"]),
        code_url=chance.choice(["", "https://github.com/a/b"]),
    )


def some_text(chance: random.Random, most: int) -> str:
    words = chance.choices(PIECES, k=chance.randint(1, most))
    return "".join(word + chance.choice([" ", " ", " ", "-", ", ", ""]) for word in words).strip()


def a_random_query(chance: random.Random) -> str:
    parts = [
        chance.choice(FIELDS)
        if chance.random() < 0.15
        else chance.choice(["", "", "", "title:", '"', "-"]) + some_text(chance, 3)
        for _ in range(chance.randint(1, 3))
    ]
    closed = [part + '"' if part.startswith('"') else part for part in parts]
    return chance.choice([" ", " AND ", " OR "]).join(closed)


def test_whatever_matches_is_proposed(stored, index, chance):
    hits = 0
    for _ in range(700):
        try:
            query = parse_subscription(a_random_query(chance))
        except QueryProblem:
            continue
        wanted = {each.id for each in stored if matches(query, document(each, ["hf"]))}
        hits += len(wanted)

        assert wanted <= set(index.propose(query, DAY, 1_000).ids), query

    assert hits > 500


@pytest.mark.parametrize(
    ("typed", "held", "apart"),
    [
        ("state space", "A state-space layer", "The space of a state"),
        ("mixture of experts", "Mixtures of experts", "Experts of a mixture"),
        ("fine tuning", "Finetuning helps", "A fine day for tuning"),
        ('"we propose a method"', "We propose a method", "A method that we propose"),
    ],
)
def test_words_that_stand_apart_are_not_proposed(database, index, typed, held, apart):
    found = [Paper("2606.00001", "Untitled", held), Paper("2606.00002", "Untitled", apart)]
    with database.begin() as session:
        papers.save(session, found, NOW)
        recording.record(
            session, Batch("hf", DAY, tuple(Listing("hf", DAY, p) for p in found)), NOW
        )
    with database.read() as session:
        index.follow(session)

    assert index.propose(parse_subscription(typed), DAY, 10).ids == ("2606.00001",)


def test_papers_first_listed_before_a_day_are_not_proposed(stored, index):
    query = parse_subscription("cat:cs OR cat:stat")

    assert len(index.propose(query, DAY, 1_000).ids) == len(stored)
    assert index.propose(query, date(2026, 6, 27), 1_000).ids == ()


def test_where_too_many_are_proposed_they_are_a_fair_part(stored, index):
    query = parse_subscription("cat:cs OR cat:stat")

    found = index.propose(query, DAY, 50)

    assert 0.15 < found.sampled < 0.25
    assert len(found.ids) / found.sampled == pytest.approx(len(stored), rel=0.4)
