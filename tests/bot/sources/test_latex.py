"""LaTeX in titles and abstracts is made readable, and prose is left alone."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import files, latex
from bot.sources.latex import readable

COMMAND = re.compile(r"\\[A-Za-z]{2,}")
FORMULA = re.compile(r"\$[^$\s][^$]{0,40}\$")
QUICK = 700_000  # bytes, packed: to read the whole folder takes a minute
pieces = st.sampled_from(
    [
        *("{", "}", "$", "\\", "_", "^", "[", "]", "``", "''", "~", "a", " ", "2", ",", "é"),
        *("\\textbf", "\\frac", "\\[", "\\(", '\\"', "https://a.org/", "sim", "times", "\\alpha"),
    ]
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # symbols, letters and accents
        (r"$\alpha$-Nets and $\beta_1$", "α-Nets and β₁"),
        (r"$\mathcal{O}(n\log n)$", "O(n log n)"),
        (r"$\mathbb{R}^d$ or $\mathbb R$", "ℝ^d or ℝ"),
        (r"Erd\H{o}s, G\"odel, {\'e}t\'e, na{\"\i}ve", "Erdős, Gödel, été, naïve"),
        (r"$\hat{x}$ and $\widetilde{O}(n)$", "x̂ and Õ(n)"),
        # what stands high and low
        (r"$x^2$, $10^{-3}$, CO$_2$ and TRC^{2}", "x², 10⁻³, CO₂ and TRC²"),
        (r"$x_{i+1}$ and $\ell_\infty$ and π_{0.5}", "x_(i+1) and ℓ_∞ and π_0.5"),
        # fractions and the like
        (r"$\frac{1}{2}$, $\frac{a+1}{b}$", "1/2, (a+1)/b"),
        (r"$\sqrt{n}$, $\sqrt{kT}/2$, $\binom{n}{k}$", "√n, √kT/2, (n choose k)"),
        (r"$K\times K$, $20\times$ faster", "K×K, 20× faster"),
        (r"$\{0,1\}^n$ and $\|x\|$", "{0,1}ⁿ and ‖x‖"),
        # commands that only say how their words look, or point elsewhere
        (r"\textbf{bold \emph{and} more}", "bold and more"),
        (r"as shown \cite{one,two}.", "as shown ."),
        (r"\href{https://a.org/x}{Our page}", "Our page (https://a.org/x)"),
        (r"\url{https://a.org/a_b}", "https://a.org/a_b"),
        (r"\textcolor{red}{hot}, \gls{LLM}", "hot, LLM"),
        (r"We show that \method{} and \model win", "We show that method and model win"),
        (r"See``this''\footnote{Code at a.org}", "See“this” (Code at a.org)"),
        (r"Protocol~B, Fig.~3 and 5{,}495", "Protocol B, Fig. 3 and 5,495"),
        # what Hugging Face leaves of commands
        ("{sim}50 and 1.2times", "∼50 and 1.2×"),
        ("textbf{EVA}, {C}ontinual", "EVA, Continual"),
        ("https://a.org/x{project page}", "project page (https://a.org/x)"),
        # numbers right behind a formula
        (r"$\sim$50, $<$5% and 256$×$256", "∼50, <5% and 256×256"),
        (r"$4\times$8, an $8 × $ zoom and $15×$ more", "4×8, an 8 × zoom and 15× more"),
    ],
)
def test_latex_is_read_as_people_read_it(written, read):
    assert readable(written) == read


@pytest.mark.parametrize(
    "prose",
    [
        "costs $5 to $10, or US$3",
        "for $0.011 per case and $15 per run",
        "only $106 per spec on average, roughly 200x faster than experts and 17% cheaper, $5 saved",
        "$OneMillion-Bench",
        "from $5-$10, $5 + tax or $6, and $20-$30 = much",
        "20% of user_name at ~22,000 and 10~100 of 2^10",
        "the set {none, low, high} of #1 & others",
        "it's a 5'' disk",
        "sometimes 3 times",
        "",
    ],
)
def test_prose_stays_as_it_is(prose):
    assert readable(prose) == prose


@pytest.mark.parametrize(
    ("broken", "read"),
    [
        (r"\textbf{open", "open"),
        (r"tasks\footnote{The code is", "tasksThe code is"),
        ("closed} here", "closed} here"),
        ("$x is lost", "$x is lost"),
        (r"\frac{1}", "1"),
        (r"\begin{itemize} \item One \item Two \end{itemize}", "One Two"),
        ("a \\", "a \\"),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(broken, read):
    assert readable(broken) == read


@given(st.lists(pieces, max_size=30).map("".join))
def test_nothing_raises_and_no_brace_is_added(written):
    read = readable(written)

    assert read.count("{") <= written.count("{") + written.count("\\{")


@pytest.mark.parametrize("piece", ["{", "{a", "\\(", "\\textbf{", "$", "``", "\\href{a}", "^{x"])
def test_a_text_made_to_be_slow_is_not(piece):
    assert readable(piece * 3_000) is not None  # a run of minutes would be seen


@pytest.mark.real
@given(text=st.text(st.sampled_from("\\${}`~ 2times a'")))
def test_the_hints_hide_nothing_that_the_expression_finds(text):
    assert latex._may_be_latex(text) == (latex._ODD.search(text) is not None)


def test_no_recorded_title_or_abstract_shows_commands(shared):
    texts = {text for paper in _papers(shared / "data") for text in (paper.title, paper.abstract)}

    commands = [text for text in texts if COMMAND.search(text)]
    formulas = [text for text in texts if FORMULA.search(text) and "\\" in text]
    assert len(texts) > 35_000
    assert len(commands) < len(texts) / 5_000
    assert len(formulas) < len(texts) / 50_000


def _papers(data: Path):
    folders = ("hf_daily", "settled_votes/early", "arxiv_meta/staeiou", "arxiv_meta/dw-dengwei")
    for folder in folders:
        for path in sorted((data / folder).glob("*.[jt]s*")):
            if path.stat().st_size > QUICK:
                continue
            for batch in files.read(path):
                yield from (listing.paper for listing in batch.listings)


FORMULA_WRITTEN = (
    b'Bells under $\\alpha$ water by Ada \\"Okafor',
    "Bells under α water by Ada Ökafor",
)


@pytest.mark.parametrize(
    "file",
    [
        "arxiv_records.xml",
        "arxiv_raw.xml",
        "arxiv_dublin_core.xml",
        "arxiv_answer.xml",
        "arxiv_feed.rss",
        "arxiv_feed.atom",
    ],
)
def test_what_arxiv_writes_in_latex_is_readable_in_every_form_it_comes_in(reply, tmp_path, file):
    written, seen = FORMULA_WRITTEN
    body = re.sub(
        rb"(<(?:dc:)?title[^>]*>)[^<]*<", lambda found: found[1] + written + b"<", reply(file)
    )
    path = tmp_path / file
    path.write_bytes(body)

    [batch] = files.read(path)

    assert {each.paper.title for each in batch.listings} == {seen}
