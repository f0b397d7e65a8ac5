"""What a stranger found at the terminal: escape sequences of reports, bugs that stop others, the chat, slow starts."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from support.command import complaint, run
from support.made_up import weekly
from support.places import AFTER_SEEDS, ROOT

from bot.answers.ask import Asker, Turn
from bot.answers.model import Answer, Para, plain
from bot.bootstrap import build_asker
from bot.catalogue import sayer
from bot.chat import chat
from bot.question.query import Kind, Query
from bot.render.parsed import report_table
from bot.render.parts import LONGEST_TEXT
from bot.render.terminal import print_answer
from store.library import Library
from store.reading import read_report

DAY = ("--today", "2023-12-11")
OBEYED = set("\x1b\x07\x9b\u202e")
EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
STYLE = re.compile(r"\x1b\[[\d;]*m")  # what rich itself writes; no report of these tests holds one
HOSTILE = weekly(
    f"第49周{EVIL}", "2023-12-08",
    [f"- 海棠{EVIL}平台：开发进度60%，12/20提测{EVIL}", f"- 【木槿{EVIL}】网关：开发进度30%"],
    [f"- 12/4 10:12 网关{EVIL}超时，影响3笔。", f"处置：重启{EVIL}。"], [f"1. 完成{EVIL}联调"], [f"- 【白露{EVIL}】"],
) + f"\n## 【系统运行数据】{EVIL}\n\n- 入金{EVIL}成功率：99.91%\n" + "\n平淡无奇的一行。\n" * 120  # fmt: skip


def consoles(width: int = 100) -> list[Console]:
    """A pipe and a terminal."""
    return [Console(file=io.StringIO(), width=width, highlight=False, force_terminal=on) for on in (False, True)]


def written(console: Console) -> str:
    """What was printed, without rich's own colours."""
    assert isinstance(console.file, io.StringIO)
    return STYLE.sub("", console.file.getvalue())


def process(code: str, *args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Python code in a process of its own, with these arguments."""
    command = [sys.executable, "-c", code, *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60, env=environment
    )


# ---- a report can't drive a terminal -----------------------------------------------------------------------
def test_parse_prints_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    """`parse` of a report full of escape sequences, into a pipe: its words are there and none of them obeyed."""
    (tmp_path / "evil.md").write_text(HOSTILE, encoding="utf-8")
    ran = run("parse", tmp_path / "evil.md")
    assert (ran.code, ran.err) == (0, "")
    assert not OBEYED & set(ran.out)
    assert all(word in ran.out for word in ("海棠", "木槿", "白露", "60%", "99.91"))


def test_parse_on_a_terminal_prints_only_colours() -> None:
    """On a terminal, what `parse` prints holds rich's colours and no other escape sequence."""
    report = read_report(HOSTILE)
    assert report.updates
    assert report.incidents
    assert report.metrics
    assert report.goals
    for console in consoles():
        console.print(report_table(report))
        assert "海棠" in written(console)
        assert not OBEYED & set(written(console))


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.UNKNOWN])
def test_suggestions_hold_nothing_that_a_terminal_obeys(kind: Kind) -> None:
    """Suggestions are made of names in reports: their words are printed, their escape sequences aren't."""
    answer = Answer("?", kind, "zh", False, plain(f"头{EVIL}"), suggestions=(f"/status 海棠{EVIL}平台", f"搜{EVIL}索"))
    for console in consoles():
        print_answer(console, answer)
        assert "/status 海棠" in written(console)
        assert not OBEYED & set(written(console))


@pytest.mark.parametrize("question", ["/report", "/status 平台", "/incidents last 4 weeks", "/search 网关", "/help"])
def test_answers_hold_nothing_that_a_terminal_obeys(library: Library, put: Callable[..., None], question: str) -> None:
    """Reports and teams that hold escape sequences: no answer and no suggestion prints any of them."""
    for team in ("甲", "乙"):
        put(HOSTILE.replace("平台", f"{team}平台"), team=f"{team}组{EVIL}", name=f"{team}.md")
    answer = build_asker(library).ask(question, AFTER_SEEDS)
    for console in consoles():
        print_answer(console, answer)
        assert written(console).strip()
        assert not OBEYED & set(written(console))


def test_the_names_in_an_archive_are_not_obeyed(tmp_path: Path) -> None:
    """A member's name may hold anything: on a terminal, the answer that cites it prints nothing to be obeyed."""
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.writestr(f"a{EVIL}.md", weekly("第49周", "2023-12-08", ["- 海棠平台：开发进度60%"]))
    assert run("ingest", "reports.zip", "--db", "new.db").code == 0
    library = Library.open("new.db")
    answer = build_asker(library).ask("/status 海棠平台", AFTER_SEEDS)
    library.close()
    for console in consoles():
        print_answer(console, answer)
        assert not OBEYED & set(written(console))


def test_a_refused_member_is_one_line(tmp_path: Path) -> None:
    """A member of two lines that can't be read is refused on one line."""
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.writestr("a\nb.md", "")
    ran = run("ingest", "reports.zip", "--db", "new.db")
    assert ran.code == 1
    assert complaint(ran).removesuffix("\n").isprintable()


def test_a_piped_question_is_not_obeyed(seeds_database: Path) -> None:
    """`chat` prints a piped question above its answer, and no escape sequence of it."""
    ran = run("chat", "--db", seeds_database, *DAY, stdin=f"搜索 海棠{EVIL}\n")
    assert "> 搜索 海棠" in ran.out
    assert not OBEYED & set(ran.out)


# ---- one bug stops nobody else -----------------------------------------------------------------------------
class Fragile:
    """Answers every question with itself, and breaks at one."""

    def __init__(self, asked: list[str] | None = None, offers: dict[str, tuple[str, ...]] | None = None) -> None:
        self.asked, self.offers = asked if asked is not None else [], offers or {}

    def ask(self, question: str, today: date) -> Answer:
        """The answer; a choice where there is something to offer."""
        self.asked.append(question)
        if question == "breaks":
            raise RuntimeError("the flux\nran dry")
        offered = self.offers.get(question, ())
        kind = Kind.CHOICE if offered else Kind.SEARCH
        return Answer(question, kind, "zh", True, plain(f"you said {question}"), suggestions=offered)

    def converse(self, question: str, today: date, before: Turn | None = None) -> Turn:
        """The same as a turn, whatever went before."""
        answer = self.ask(question, today)
        return Turn(Query(question, answer.kind, "zh", today), answer)


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch, seeds_database: Path) -> Path:
    """The command line with an asker that breaks; the database that it doesn't need."""
    monkeypatch.setattr("bot.cli.build_asker", lambda library, language: Fragile())
    return seeds_database


def test_a_line_that_breaks_stops_no_other_line(fragile: Path) -> None:
    """`ask -`: an object for every line in order, one line of complaint for the one that broke, and exit 1."""
    ran = run("ask", "-", "--db", fragile, *DAY, stdin="one\nbreaks\nthree\n")
    assert [(answer["question"], answer["found"]) for answer in ran.jsonl] == [
        ("one", True),
        ("breaks", False),
        ("three", True),
    ]
    assert {frozenset(answer) for answer in ran.jsonl} == {frozenset(ran.jsonl[0])}
    assert ran.code == 1
    assert "'breaks'" in complaint(ran)


def test_a_bug_is_one_line(fragile: Path) -> None:
    """A bug of ours ends the command with one line that names it and --debug, and exit 70."""
    ran = run("ask", "breaks", "--db", fragile)
    assert (ran.code, ran.out) == (70, "")
    assert "RuntimeError: the flux ran dry" in complaint(ran)
    assert "--debug" in ran.err


BROKEN = """
import bot.cli
def build_asker(*_):
    raise RuntimeError("the flux ran dry")
bot.cli.build_asker = build_asker
bot.cli.main()
"""


@pytest.mark.parametrize(("before", "shown"), [(["--debug"], True), ([], False)])
def test_debug_shows_where_a_bug_is(seeds_database: Path, before: list[str], shown: bool) -> None:
    """`zhouzhi --debug` shows the traceback of a bug, and only then."""
    ran = process(BROKEN, *before, "ask", "x", "--db", seeds_database)
    assert ran.returncode == (1 if shown else 70)
    assert ("Traceback" in ran.stderr) is shown
    assert "the flux ran dry" in ran.stderr


# ---- the chat ----------------------------------------------------------------------------------------------
Typed = str | type[BaseException]
OFFERS = {"存管": ("/status 甲存管", "/status 乙存管")}


def talk(*typed: Typed, offers: dict[str, tuple[str, ...]] = OFFERS) -> list[str]:
    """What the asker was asked after its help, where somebody types this; typing on after the end is an error."""
    asked: list[str] = []
    left = list(typed)

    def prompt() -> str:
        now = left.pop(0)
        if isinstance(now, str):
            return now
        raise now

    chat(Fragile(asked, offers), AFTER_SEEDS, consoles()[0], prompt)  # type: ignore[arg-type]
    assert left == []
    return asked[1:]


CHATS: list[tuple[tuple[Typed, ...], list[str]]] = [
    (("存管", "1", EOFError), ["存管", "/status 甲存管"]),
    (("存管", " 2 ", EOFError), ["存管", "/status 乙存管"]),
    (("存管", "3", EOFError), ["存管", "3"]),
    (("存管", "0", EOFError), ["存管", "0"]),
    (("存管", "２", EOFError), ["存管", "２"]),
    (("存管", "²", EOFError), ["存管", "²"]),
    (("1", EOFError), ["1"]),
    (("存管", "帮我", "1", EOFError), ["存管", "帮我", "1"]),
    (("存管", "", "2", EOFError), ["存管", "/status 乙存管"]),
    (("存管", KeyboardInterrupt, "2", EOFError), ["存管", "/status 乙存管"]),
    ((KeyboardInterrupt, KeyboardInterrupt, "甲", EOFError), ["甲"]),
    (("甲", "", "  ", "乙", EOFError), ["甲", "乙"]),
    ((EOFError,), []),
]


@pytest.mark.parametrize(("typed", "asked"), CHATS)
def test_the_chat_asks_what_was_meant(typed: tuple[Typed, ...], asked: list[str]) -> None:
    """A number after a choice is that reading and else itself, Ctrl-C and empty lines ask nothing, the end ends it."""
    assert talk(*typed) == asked


LEAVING = ["退出", "quit", " QUIT ", "exit", "/quit"]


@pytest.mark.parametrize("word", LEAVING)
def test_a_word_ends_the_chat(word: str) -> None:
    """退出, quit and their kin end the chat and aren't asked."""
    assert talk("甲", word) == ["甲"]


@pytest.mark.parametrize("word", LEAVING)
def test_a_word_ends_piped_input(fragile: Path, word: str) -> None:
    """In piped input they end it too: nothing behind them is answered, and the exit code is 0."""
    ran = run("chat", "--db", fragile, stdin=f"甲\n{word}\n乙\n")
    assert (ran.code, ran.err) == (0, "")
    assert "you said 甲" in ran.out
    assert "乙" not in ran.out
    assert "quit" not in ran.out.casefold()


def test_the_reading_that_is_numbered_is_the_one_asked(asker: Asker) -> None:
    """Over the sample reports, `2` after a choice answers the question that stood beside the 2."""
    choice = asker.ask("/status 存管", AFTER_SEEDS)
    assert choice.kind is Kind.CHOICE
    for console in consoles(1_000):
        typed = iter(["/status 存管", "2", "quit"])
        chat(asker, AFTER_SEEDS, console, lambda typed=typed: next(typed))  # type: ignore[misc]
        said = written(console)
        assert f"2 {choice.suggestions[1]}" in said
        head = "".join(span.text for span in asker.ask(choice.suggestions[1], AFTER_SEEDS).head)
        assert head in said.partition(f"2 {choice.suggestions[1]}")[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_answer_too_long_is_cut_with_a_mark(lang: str) -> None:
    """Of a hundred long lines a pipe gets as many as fit, each as it is, and then a mark that there is more."""
    lines = [f"{number:03} " + "很长" * 40 for number in range(100)]
    answer = Answer("?", Kind.SEARCH, lang, True, plain("头"), tuple(Para(plain(line)) for line in lines))
    console = consoles()[0]
    print_answer(console, answer)
    head, *kept, mark = written(console).removesuffix("\n").split("\n")
    assert (head, mark) == ("头", sayer(lang)("answer.cut"))
    assert len(written(console)) <= LONGEST_TEXT + 1
    assert 40 < len(kept) < 100
    assert kept[:-1] == lines[: len(kept) - 1]
    assert lines[len(kept) - 1].startswith(kept[-1])


def test_an_answer_that_fits_has_no_mark() -> None:
    """A short answer is printed whole."""
    console = consoles()[0]
    print_answer(console, Answer("?", Kind.SEARCH, "zh", True, plain("头"), (Para(plain("身")),)))
    assert written(console) == "头\n身\n"


# ---- a quick start -----------------------------------------------------------------------------------------
LOADED = """
import json, sys
from bot.cli import main
main(sys.argv[1:], standalone_mode=False)
slow = ("pypinyin", "rjieba", "matplotlib", "slack_bolt")
print(json.dumps([name for name in slow if name in sys.modules]))
"""


@pytest.mark.parametrize(("question", "head"), [("POS 进度", "POS"), ("/status POS", "POS"), ("帮助", "")])
def test_a_plain_question_loads_nothing_slow(seeds_database: Path, question: str, head: str) -> None:
    """A name that fits by its characters needs no pinyin tables, and `ask` neither Slack nor a segmenter."""
    ran = process(LOADED, "ask", question, "--db", seeds_database, *DAY)
    assert (ran.returncode, ran.stderr) == (0, "")
    answer, _, loaded = ran.stdout.removesuffix("\n").rpartition("\n")
    assert head in answer.split("\n")[0]
    assert json.loads(loaded) == []
