"""Many questions at once: the same answers in the same order, whatever befalls the second process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path

import pytest

from bot.answering_ahead import ALONE, AT_ONCE, Lines, More, Question, answer_ahead, start
from store.second_process import SecondProcess, serve

DAY = date(2023, 12, 11)
PATIENCE = 60  # seconds until a process must have started
Process = SecondProcess[Question]


def here(question: str) -> str:
    """An answer that only this process gives; one question breaks."""
    if question == "breaks":
        raise RuntimeError("the flux ran dry")
    return f"here: {question}"


def endless() -> More:
    """Questions that are always at hand."""
    numbers = count()
    return lambda wait: f"/search 存管 {next(numbers)}\n"


def few(number: int) -> More:
    """So many questions at hand, and then none."""
    lines = iter([f"{at}\n" for at in range(number)])
    return lambda wait: next(lines, None)


def never() -> Process:
    """A process that must not be started."""
    raise AssertionError("started")


@pytest.fixture
def process(seeds_database: Path) -> Iterator[Process]:
    """A second process over the samples."""
    process = start(str(seeds_database), "auto", DAY)
    yield process
    process.end()


def was_told(question: Question) -> bool:
    """Whether the second process answered it."""
    return question.said is not None and question.said.startswith("{")


def awaited(questions: Iterator[Question]) -> list[Question]:
    """The questions until the second process answered one."""
    found: list[Question] = []
    deadline = time.monotonic() + PATIENCE
    while not any(map(was_told, found[-1:])) and time.monotonic() < deadline:
        found.append(next(questions))
        time.sleep(0.002)
    return found


def numbers(questions: list[Question]) -> list[int]:
    """Which questions these are."""
    return [int(question.given.split()[-1]) for question in questions]


def test_answers_of_both_come_in_the_order_of_the_questions(process: Process) -> None:
    """Whoever answers, the questions come in order, each with its own answer."""
    questions = answer_ahead(endless(), here, lambda: process)
    found = [*awaited(questions), *islice(questions, 3 * AT_ONCE)]
    questions.close()
    assert numbers(found) == list(range(len(found)))
    for question in filter(was_told, found):
        assert json.loads(question.said or "")["question"] == question.given
    assert {question.said for question in found if not was_told(question)} <= {
        None, *(here(question.given) for question in found),
    }  # fmt: skip
    assert process._process.returncode is not None


def test_a_process_that_dies_leaves_its_questions(process: Process) -> None:
    """What a killed process was to answer comes all the same, in order, to be answered here."""
    questions = answer_ahead(endless(), here, lambda: process)
    found = awaited(questions)
    process._process.kill()
    process._process.wait()
    found += islice(questions, 3 * AT_ONCE)
    questions.close()
    assert numbers(found) == list(range(len(found)))
    assert not any(map(was_told, found[-AT_ONCE:]))


def test_few_questions_start_no_process() -> None:
    """Up to the limit all is answered here."""
    found = list(answer_ahead(few(ALONE), here, never))
    assert [(question.given, question.said) for question in found] == [(str(at), None) for at in range(ALONE)]


def test_where_no_process_can_be_started_all_is_answered_here() -> None:
    """Where the system refuses another process every question still comes, and it is asked for one only once."""
    tried: list[None] = []

    def refused() -> Process:
        tried.append(None)
        raise BlockingIOError("no more processes")

    found = list(answer_ahead(few(5 * AT_ONCE), here, refused))
    assert [question.given for question in found] == [str(at) for at in range(5 * AT_ONCE)]
    assert len(tried) == 1


BROKEN = """
import sys
from bot.answers.ask import Asker
real = Asker.ask
def ask(self, question, *rest):
    if question == "breaks":
        raise RuntimeError("the flux ran dry")
    return real(self, question, *rest)
Asker.ask = ask
from bot.cli import main
main()
"""


def asked(database: Path, program: str = "from bot.cli import main; main()") -> subprocess.Popen[bytes]:
    """`zhouzhi ask -` over a database, with pipes.

    Whoever runs the tests in the background of a shell has them ignore interrupts, and what they start with them.
    """
    program = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {program}"
    command = [sys.executable, "-c", program, "ask", "-", "--db", str(database), "--today", DAY.isoformat()]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_many_lines_are_answered_as_one_by_one(seeds_database: Path) -> None:
    """Of many lines at once each gets the object that it gets alone, with any end of line, in order."""
    few_ones = ["/status POS", "", "最近四周的事故", "/search 存管", "/nosuch", "/risks"]
    questions = few_ones * 40
    with asked(seeds_database) as ran:
        out, err = ran.communicate("\r\n".join(questions).encode() + b"\n/search \xff")
    with asked(seeds_database) as alone:
        apart, _ = alone.communicate("\n".join(few_ones).encode())
    assert (ran.returncode, err) == (0, b"")
    assert out.splitlines()[:-1] == apart.splitlines() * 40
    assert json.loads(out.splitlines()[-1])["question"] == "/search �"


def test_a_line_that_breaks_among_many_stops_no_other(seeds_database: Path) -> None:
    """A line that breaks gets its object in its place, one line of complaint, and exit 1."""
    questions = ["breaks", *["/help"] * 100]
    with asked(seeds_database, BROKEN) as ran:
        out, err = ran.communicate("\n".join(questions).encode())
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["question"] for answer in answers] == questions
    assert [answer["found"] for answer in answers[:2]] == [False, True]
    assert ran.returncode == 1
    assert err.startswith(b"zhouzhi: 'breaks': something broke (RuntimeError")
    assert err.count(b"\n") == 1


def refusing(handle: int) -> None:
    """Another process that every question breaks."""
    serve(handle, lambda question: None)


def test_what_breaks_over_there_is_asked_here() -> None:
    """A question that has no answer over there comes in its turn without one; one that breaks here, too, as well."""
    process: Process = SecondProcess(f"{__name__}:refusing", 6)
    process.wait()
    lines = [f"{at}" if at % 3 else "breaks" for at in range(3 * AT_ONCE)]
    coming = iter(lines)
    found = list(answer_ahead(lambda wait: next(coming, None), here, lambda: process))
    assert [question.given for question in found] == lines
    assert process._process.returncode is not None
    assert {question.said for question in found} <= {None, *(f"here: {line}" for line in lines)}
    assert {question.said for question in found if question.given == "breaks"} == {None}


def test_closed_output_ends_both(seeds_database: Path) -> None:
    """`zhouzhi ask - | head -1` ends with exit 1 and not a word, whatever is still waiting."""
    with asked(seeds_database) as ran:
        assert ran.stdin is not None
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdin.write(b"/status POS\n" * 400)
        ran.stdin.flush()
        ran.stdout.readline()
        ran.stdout.close()
        assert (ran.wait(PATIENCE), ran.stderr.read()) == (1, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_interrupt_ends_both(seeds_database: Path) -> None:
    """Ctrl-C amid many questions ends with exit 130, like anywhere."""
    with asked(seeds_database) as ran:
        assert ran.stdin is not None
        assert ran.stdout is not None
        ran.stdin.write(b"/status POS\n" * 400)
        ran.stdin.flush()
        ran.stdout.readline()
        ran.send_signal(signal.SIGINT)
        ran.communicate(timeout=PATIENCE)
        assert ran.returncode == 130


def test_lines_are_given_as_they_come() -> None:
    """A line is at hand once it is whole; what follows isn't waited for, and the last needs no end."""
    there, here_ = os.pipe()
    more = Lines(there).more
    assert more(False) is None
    os.write(here_, "一\r\n二".encode()[:-1])
    assert (more(True), more(False)) == ("一", None)
    os.write(here_, "二".encode()[-1:] + b"\r\n\n\xff")
    os.close(here_)
    assert [more(True) for _ in range(4)] == ["二", "", "�", None]
    os.close(there)
