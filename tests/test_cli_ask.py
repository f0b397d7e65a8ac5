"""`zhouzhi ask`, `chat`, `demo` and `serve`: answers on standard output, faults on one line of standard error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import complaint, rows, run
from support.places import SEEDS

CONTRACT = {"question", "kind", "found", "text", "range", "citations", "data", "suggestions"}
DAY = ("--today", "2023-12-11")
COMMANDS = ("ingest", "parse", "ask", "chat", "demo", "serve")


@pytest.fixture
def database(seeds_database: Path, tmp_path: Path) -> Path:
    """A copy of the database of the samples, beside the test's own folder."""
    copy = tmp_path / "copy.db"
    shutil.copy(seeds_database, copy)
    return copy


@pytest.mark.parametrize(("question", "kind"), [
    ("/status POS", "status"), ("/incidents last 4 weeks", "incidents"), ("/search 存管", "search"),
    ("/report 第44周", "report"), ("/help", "help"), ("/status 存管", "choice"), ("/nosuch", "unknown"), ("", "help"),
])  # fmt: skip
def test_one_answer_as_json_has_the_contracts_keys(database: Path, question: str, kind: str) -> None:
    """`ask --json` is one JSON object with the contract's keys, for every kind and for an empty question."""
    ran = run("ask", question, "--db", database, *DAY, "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = ran.json
    assert set(answer) >= CONTRACT
    assert (answer["question"], answer["kind"]) == (question, kind)
    assert isinstance(answer["found"], bool)
    for citation in answer["citations"]:
        assert set(citation) >= {"source", "line_start", "line_end", "quote"}
        assert 1 <= citation["line_start"] <= citation["line_end"]


def test_the_text_is_the_json_text(database: Path) -> None:
    """Without --json the same answer is printed as text."""
    plain = run("ask", "/status", "POS", "--db", database, *DAY)
    assert plain.out.startswith(run("ask", "/status POS", "--db", database, *DAY, "--json").json["text"])


def test_not_found_is_an_answer(database: Path) -> None:
    """What the reports don't say exits with 0 and says so on standard output."""
    ran = run("ask", "/status 区块链", "--db", database, *DAY, "--json")
    assert (ran.code, ran.err, ran.json["found"], ran.json["citations"]) == (0, "", False, [])


def test_a_question_a_line_gives_an_object_a_line(database: Path) -> None:
    """`ask -` answers each line by one object, in order, each standing alone and equal to being asked alone."""
    questions = ["/status POS", "", "最近四周的事故", "/search \u2028存管\x0c提测", "/nosuch", "😀"]
    ran = run("ask", "-", "--db", database, *DAY, stdin="\r\n".join(questions) + "\n")
    assert (ran.code, ran.err) == (0, "")
    assert [answer["question"] for answer in ran.jsonl] == questions
    alone = run("ask", "最近四周的事故", "--db", database, *DAY, "--json").json
    assert ran.jsonl[2] == alone


def test_no_line_gives_no_object(database: Path) -> None:
    """`ask -` over empty input prints nothing and exits with 0."""
    ran = run("ask", "-", "--db", database, stdin="")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_answers_are_flushed_line_by_line(database: Path) -> None:
    """Through a pipe, the first answer comes before the second question is sent."""
    command = [sys.executable, "-m", "bot", "ask", "-", "--db", str(database), *DAY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        assert asked.stderr is not None
        for question in ("/status POS", "/help"):
            asked.stdin.write(f"{question}\n".encode())
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["question"] == question
        asked.stdin.close()
        assert (asked.stderr.read(), asked.wait()) == (b"", 0)


def test_bytes_that_are_no_text_are_answered(database: Path) -> None:
    """A line that isn't UTF-8 gets its object like any other, and the next line too."""
    ran = run("ask", "-", "--db", database, *DAY, stdin=b"/search \xff\xfe\n/help\n")
    assert [answer["kind"] for answer in ran.jsonl] == ["search", "help"]


def test_today_decides_what_exists(database: Path) -> None:
    """`--today` before the first report: nothing is known, and nothing is told."""
    ran = run("ask", "/status POS", "--db", database, "--today", "2023-09-01", "--json")
    assert (ran.json["found"], ran.json["citations"]) == (False, [])


@pytest.mark.parametrize("command", [("ask", "x"), ("ask", "-"), ("chat",)])
def test_a_missing_database_is_one_line_and_stays_missing(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Asking where no database is names the file and the mend, and creates nothing."""
    ran = run(*command, "--db", tmp_path / "none.db", stdin="x\n")
    assert ran.code == 1
    assert "none.db" in complaint(ran)
    assert "zhouzhi ingest" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("ask", "x"), ("ask", "-"), ("chat",), ("ingest", str(SEEDS)), ("serve",)])
@pytest.mark.parametrize("content", [b"these are notes, not a database\n" * 40, b"SQLite format 3\x00 but cut"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, command: tuple[str, ...], content: bytes) -> None:
    """A text file named as the database: one line, exit 1, and not a byte of it changed."""
    notes = tmp_path / "notes.db"
    notes.write_bytes(content)
    ran = run(*command, "--db", notes, stdin="x\n")
    assert ran.code == 1
    assert "notes.db" in complaint(ran)
    assert notes.read_bytes() == content


def test_questions_change_no_row(database: Path) -> None:
    """Asking anything, hostile input included, leaves every table as it was."""
    before = rows(database)
    hostile = "'; DROP TABLE reports; --\n/status POS\n/search *\n\x1b[2J\n/nosuch\n"
    assert run("ask", "-", "--db", database, *DAY, stdin=hostile).code == 0
    assert rows(database) == before


def test_the_variable_names_the_database(database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """ZHOUZHI_DB is the database where --db isn't given, and --db wins over it."""
    monkeypatch.setenv("ZHOUZHI_DB", str(database))
    assert run("ask", "/help", *DAY).code == 0
    assert run("ask", "/help", "--db", tmp_path / "none.db").code == 1


@pytest.mark.parametrize(("name", "value"), [("ZHOUZHI_LANGUAGE", "fr"), ("ZHOUZHI_TIMEZONE", "Mars/Olympus"),
                                             ("ZHOUZHI_PORT", "many")])  # fmt: skip
def test_a_bad_setting_is_named(database: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A variable that can't be used stops the command with one line that names it and its value."""
    monkeypatch.setenv(name, value)
    line = complaint(run("ask", "/help", "--db", database))
    assert name in line
    assert value in line


def test_chat_answers_piped_lines_in_turn(database: Path) -> None:
    """`chat` with piped input prints each question and its answer, in order, and exits with 0."""
    ran = run("chat", "--db", database, *DAY, stdin="/status POS\n\n/incidents last 4 weeks\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("> /status POS") < ran.out.index("POS收单系统建设") < ran.out.index("> /incidents")
    assert ran.out.count("> ") == 2


def test_the_demo_without_a_terminal_is_a_tour(tmp_path: Path) -> None:
    """`demo` loads the samples, pins today to the Monday after them and says so, answers its questions, exits with 0;
    the second run adds nothing and says the same."""
    args = ("demo", "--seeds", SEEDS, "--db", tmp_path / "new" / "demo.db")
    first, second = run(*args, stdin=""), run(*args, stdin="")
    assert (first.code, second.code, first.err + second.err) == (0, 0, "")
    assert "2023-12-11" in first.out.split("\n")[0]
    assert f"({len(list(SEEDS.glob('*/*.md')))} new)" in first.out
    assert "(0 new)" in second.out
    assert first.out.split("\n")[1:] == second.out.split("\n")[1:]
    assert all(words in first.out for words in ("> /status POS", "来源：", "> /status 区块链"))


def test_the_demo_without_samples_says_where_to_run_it(tmp_path: Path) -> None:
    """No samples there: one line that says what to do."""
    assert "--seeds" in complaint(run("demo", "--seeds", tmp_path / "none", "--db", tmp_path / "demo.db", stdin=""))


@pytest.mark.parametrize(("given", "missing"), [({}, "SLACK_BOT_TOKEN"),
                                                ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET")])  # fmt: skip
def test_serve_names_the_setting_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    """Without its tokens `serve` ends at once with one line that names the variable."""
    monkeypatch.delenv("SLACK_APP_TOKEN", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert missing in complaint(run("serve", "--db", tmp_path / "new.db"))


@pytest.mark.parametrize("args", [("--help",), ("-h",), *((name, "--help") for name in COMMANDS)])
def test_help_shows_what_there_is(args: tuple[str, ...]) -> None:
    """--help explains the program, and each command with its options, and exits with 0."""
    ran = run(*args)
    assert (ran.code, ran.err) == (0, "")
    expected = COMMANDS if len(args) == 1 else ("Usage:", "--help")
    assert all(word in ran.out for word in expected)


@pytest.mark.parametrize("args", [("nosuch",), ("ask",), ("ask", "x", "--nosuch"), ("ask", "x", "--today", "tomorrow"),
                                  ("ingest",), ("parse",), ("ask", "x", "--today", "2023-02-30")])  # fmt: skip
def test_a_wrong_command_line_is_one_line(args: tuple[str, ...]) -> None:
    """An unknown command, a missing argument or a bad option: one line, exit 2, and where to find help."""
    ran = run(*args)
    assert ran.code == 2
    assert "--help" in complaint(ran)


def test_python_m_bot_is_the_command(database: Path) -> None:
    """`python -m bot` answers like `zhouzhi`, and fails like it: one line and no traceback."""
    command = [sys.executable, "-m", "bot", "ask", "/status POS", *DAY, "--json", "--db"]
    good = subprocess.run([*command, str(database)], capture_output=True, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    assert json.loads(good.stdout)["found"] is True
    bad = subprocess.run([*command, "none.db"], capture_output=True, check=False)
    assert (bad.returncode, bad.stdout, bad.stderr.count(b"\n")) == (1, b"", 1)
    assert b"none.db" in bad.stderr
