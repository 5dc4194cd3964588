"""What an import says while it runs."""

import io

import pytest
from rich.console import Console

from bot import import_report
from bot.import_report import Report
from bot.importing import Counts
from bot.sources.reports import Account


@pytest.fixture
def said(monkeypatch):
    """What is said on standard error, by a pipe or a terminal."""

    def listen(*, terminal_: bool = False) -> io.StringIO:
        heard = io.StringIO()
        console = Console(file=heard, force_terminal=terminal_, width=100, markup=False)
        monkeypatch.setattr(import_report, "err", console)
        return heard

    return listen


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def so_far(records: int, bytes_: int) -> Counts:
    account = Account()
    account.records, account.bytes = records, bytes_
    return Counts(account)


def a_report(clock: Clock, size: int | None) -> Report:
    return Report(size, None, import_report._bar(), lambda _: None, clock)


def test_a_pipe_reads_a_line_now_and_then_with_rate_and_time_left(said):
    heard, clock = said(), Clock()
    report = a_report(clock, size=1_000)

    for clock.now, part in ((5.0, 50), (10.0, 100), (15.0, 150), (20.0, 200)):
        report.moved(so_far(part * 100, part))

    assert heard.getvalue().splitlines() == [
        "10,000 records, 1,000 a second, 10%, about 1 min 30 s left",
        "20,000 records, 1,000 a second, 20%, about 1 min 20 s left",
    ]


def test_of_standard_input_nobody_knows_how_much_is_left(said):
    heard, clock = said(), Clock()
    report = a_report(clock, size=None)
    clock.now = 10.0
    report.moved(so_far(10_000, 100))

    assert heard.getvalue() == "10,000 records, 1,000 a second\n"


def test_a_short_import_says_nothing(said):
    heard = said()
    report = a_report(Clock(), size=10)
    report.moved(so_far(10, 10))
    report.indexing()

    assert heard.getvalue() == ""


def test_a_terminal_shows_a_bar_with_rate_and_percentage(said):
    heard, clock = said(terminal_=True), Clock()
    bar = import_report._bar()
    with bar:
        report = Report(1_000, None, bar, lambda _: None, clock)
        clock.now = 2.0
        report.moved(so_far(5_000, 250))
        bar.refresh()

    assert "5,000 records, 2,500 a second" in heard.getvalue()
    assert "25%" in heard.getvalue()


def test_the_size_of_files_is_known_and_that_of_a_pipe_is_not(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"12345")
    files = [tmp_path / "a", tmp_path / "b", tmp_path / "gone"]

    assert import_report._size(files) == 10
    assert import_report._size([*files, import_report.STANDARD_INPUT]) is None
