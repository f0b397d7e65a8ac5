"""An answer marked as wrong is kept with what it said and cited, once, for the eyes of who may see it, until closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import complaint, run
from support.places import NOW
from support.written import written

from bot.answers.ask import Asker
from bot.answers.model import Answer, plain
from bot.objections import Objections, marked, objection, packed, unpacked
from bot.question.query import Kind
from store.feedback import FeedbackBook
from store.library import Library
from store.records import Citation, ReportRef
from store.viewer import EVERYONE, Viewer

LATER = date(2023, 9, 20)
REPORT = written("## 【O1 服务业务】", "- 海风平台：进度40%，9/26上线", "- 云帆：联调")
OTHER = written("## 【O1 服务业务】", "- 山城网关：进度70%")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Reports of two teams."""
    for team, text in (("甲组", REPORT), ("乙组", OTHER)):
        (tmp_path / "reports" / team).mkdir(parents=True)
        (tmp_path / "reports" / team / f"{team}.md").write_text(text)
    assert run("ingest", tmp_path / "reports", "--db", tmp_path / "a.db").code == 0
    return tmp_path / "a.db"


def chat(database: Path, *lines: str) -> str:
    """What the chat prints for these lines."""
    ran = run("chat", "--db", database, "--today", LATER.isoformat(), stdin="\n".join(lines) + "\n")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def kept(database: Path, *options: str) -> list[dict[str, Any]]:
    """What `feedback --json` lists."""
    found: list[dict[str, Any]] = run("feedback", "--json", "--db", database, *options).json["feedback"]
    return found


@pytest.mark.parametrize(("said", "why"), [
    ("不对", ""), ("不对。", ""), ("不对：应该是 90%", "应该是 90%"), ("不对, 是 90%", "是 90%"), ("/wrong", ""),
    ("/wrong it is 90%", "it is 90%"), ("Wrong: no such date", "no such date"), ("/不对 数字错了", "数字错了"),
    ("that's wrong", ""), ("答错了：没上线", "没上线"), (" /WRONG ", ""), ("不对：\x1b[2Jx", "[2Jx"),
    ("不对账的商户", None), ("wrong settlement account", None), ("哪里不对", None), ("/wrongly", None), ("", None),
    ("不对吗", None), ("对", None),
])  # fmt: skip
def test_which_words_mark_an_answer(said: str, why: str | None) -> None:
    """A word of the lexicon alone, or with a colon and the reason, or behind a slash; anything else is a question."""
    assert objection(said) == why


def test_a_chat_marks_the_answer_before(database: Path) -> None:
    """`不对：…` keeps question, kind, first line, reason, user, time and each cited line with its quote."""
    said = chat(database, "/status 海风", "不对：应该是 50%", "/status 云帆")
    assert "1 号" in said
    (one,) = kept(database)
    assert (one["number"], one["question"], one["kind"], one["reason"]) == (1, "/status 海风", "status", "应该是 50%")
    assert "海风平台" in one["head"]
    assert one["user"]
    assert datetime.fromisoformat(one["marked_at"]).tzinfo is not None
    assert {(c["team"], c["source"].rsplit("/", 1)[1], c["line_start"], c["quote"]) for c in one["citations"]} == {
        ("甲组", "甲组.md", 4, "- 海风平台：进度40%，9/26上线")
    }
    assert (one["closed_at"], one["closed_by"], one["note"]) == (None, None, None)


def test_marking_goes_on_with_the_conversation(database: Path) -> None:
    """A mark is no question: the next follow-up goes on with the answer that was marked."""
    with_mark = chat(database, "/status 海风", "/wrong", "那云帆呢?").split("> 那云帆呢?")[1]
    assert with_mark == chat(database, "/status 海风", "那云帆呢?").split("> 那云帆呢?")[1]


@pytest.mark.parametrize("lines", [("不对",), ("帮助", "/wrong")])
def test_without_an_answer_there_is_nothing_to_mark(database: Path, lines: tuple[str, ...]) -> None:
    """Before any answer, and behind the help, a mark says so and keeps nothing."""
    assert "没有答案可标记" in chat(database, *lines)
    assert kept(database) == []


def test_the_same_answer_is_marked_once(database: Path) -> None:
    """Marked again it is the same note, with the newer reason; after closing it can be marked anew."""
    chat(database, "/status 海风", "不对：一", "不对", "不对：二")
    assert [(one["number"], one["reason"]) for one in kept(database)] == [(1, "二")]
    assert run("feedback", "--close", "1", "--note", "改好了", "--by", "U9", "--db", database).code == 0
    assert kept(database) == []
    chat(database, "/status 海风", "不对")
    assert [(one["number"], one["reason"]) for one in kept(database)] == [(2, None)]
    assert [(one["number"], one["closed_by"], one["note"]) for one in kept(database, "--all")] == [
        (2, None, None), (1, "U9", "改好了"),
    ]  # fmt: skip


def test_notes_run_newest_first_for_a_person_too(database: Path) -> None:
    """Each note has its number, question, first line, reason and cited lines; an empty list says so."""
    assert "nothing is marked" in run("feedback", "--db", database).out
    chat(database, "/status 海风", "不对：一", "/status 云帆", "/wrong")
    out = run("feedback", "--db", database).out
    assert out.index("/status 云帆") < out.index("/status 海风")
    assert "wrong because: 一" in out
    assert "甲组.md:4  - 海风平台：进度40%，9/26上线" in out


def test_closing_what_is_not_open_fails(database: Path) -> None:
    """An unknown number and one closed before are refused on one line."""
    chat(database, "/status 海风", "不对")
    assert run("feedback", "--close", "1", "--db", database).code == 0
    for number in ("1", "7"):
        assert "--all" in complaint(run("feedback", "--close", number, "--db", database))


def test_a_note_outlives_its_report(database: Path, tmp_path: Path) -> None:
    """Quotes stay as they stood when the report is corrected, read again, or withdrawn."""
    chat(database, "/status 海风", "不对")
    before = kept(database)
    (tmp_path / "reports" / "甲组" / "甲组.md").write_text(REPORT.replace("40%", "60%"))
    assert run("ingest", tmp_path / "reports", "--db", database).code == 0
    assert run("reindex", "--db", database).code == 0
    assert run("withdraw", "W38", "--team", "甲组", "--db", database).code == 0
    assert kept(database) == before


def _book(library: Library, put: Callable[..., None]) -> FeedbackBook:
    put(REPORT, team="甲组", name="a.md")
    put(OTHER, team="乙组", name="b.md")
    asker, objections = Asker(library), Objections(library, lambda: NOW)
    for user, question in (("U1", "/status 海风"), ("U2", "/status 山城网关"), ("U3", "/status 区块链")):
        one = marked(asker.ask(question, LATER))
        assert one is not None
        objections.keep(Viewer(user), one)
    return FeedbackBook(library)


def test_a_note_is_seen_by_who_may_see_what_it_cites(library: Library, put: Callable[..., None]) -> None:
    """Who sees one team sees the notes on it and their own, whatever those cite; the admins see all."""
    book = _book(library, put)
    assert [one.user for one in book.listed(EVERYONE)] == ["U3", "U2", "U1"]
    assert [one.user for one in book.listed(Viewer("U9", frozenset({"甲组"})))] == ["U1"]
    assert [one.user for one in book.listed(Viewer("U3", frozenset({"甲组"})))] == ["U3", "U1"]
    assert book.listed(Viewer("U9", frozenset())) == ()


def test_only_what_the_viewer_may_see_is_quoted(library: Library, put: Callable[..., None]) -> None:
    """A mark on an answer that cites another team's line, made by who may not see it, keeps no such line."""
    put(REPORT, team="甲组", name="a.md")
    put(OTHER, team="乙组", name="b.md")
    one = marked(Asker(library).ask("/status 山城网关", LATER))
    assert one is not None
    assert one.places
    Objections(library, lambda: NOW).keep(Viewer("U1", frozenset({"甲组"})), one)
    assert [note.citations for note in FeedbackBook(library).listed(EVERYONE)] == [()]


def test_a_reason_is_given_to_an_open_note_of_ones_own(library: Library, put: Callable[..., None]) -> None:
    """Nobody gives a reason for somebody else's note, nor for one that is closed."""
    book = _book(library, put)
    assert not book.give_reason(1, "U2", "x")
    assert book.give_reason(1, "U1", " 应为 50% ")
    assert book.close(1, "U9", "", NOW)
    assert not book.give_reason(1, "U1", "y")
    assert [one.reason for one in book.listed(EVERYONE, closed=True)][-1] == "应为 50%"


def test_feedback_changes_no_answer(library: Library, put: Callable[..., None]) -> None:
    """What is kept in memory for the next questions stays good: marking touches nothing that answers are made from."""
    put(REPORT)
    asker = Asker(library)
    known = library.updates_between(EVERYONE, LATER, None, LATER)
    one = marked(asker.ask("/status 海风", LATER))
    assert one is not None
    Objections(library, lambda: NOW).keep(EVERYONE, one)
    assert library.updates_between(EVERYONE, LATER, None, LATER) is known


REF = ReportRef(10**9, "甲组", "第38周", LATER, LATER, LATER, "a.md")


@given(st.text(max_size=600), st.text(max_size=400), st.integers(0, 60))
def test_a_button_holds_what_is_kept_of_any_answer(question: str, head: str, cited: int) -> None:
    """Whatever was asked and answered, the value has at most 2,000 characters, is valid UTF-8, and comes back as is."""
    lines = tuple(Citation(REF, 10**5 + at, 10**5 + at, "x") for at in range(cited))
    one = marked(Answer(question * 5, Kind.SEARCH, "zh", True, plain(head), citations=lines))
    assert one is not None
    value = packed(one)
    assert len(value) <= 2000
    assert value.encode()
    assert unpacked(value) == one


def test_a_button_of_another_make_is_refused() -> None:
    """A value that `packed` didn't make is a ValueError, not some note."""
    for value in ("", "{}", "[1]", json.dumps(["q", "status", "zh", "h", [[1]]])):
        with pytest.raises((ValueError, TypeError)):
            unpacked(value)


def test_times_are_utc() -> None:
    """The clock of these tests is one with a zone, as the command's is."""
    assert NOW.tzinfo is UTC
