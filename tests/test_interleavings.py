"""However reports and decisions came and went, the answers are those of a database that only ever saw what is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import written

from bot.bootstrap import build_asker
from store.intake import Candidate
from store.library import Library
from store.linking.decisions import Decision, Kind, Verdict
from store.upkeep import Upkeep
from store.viewer import EVERYONE

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
LATER = date(2023, 12, 31)
M, P, E = "## 【系统运行数据】", "## 【O1 服务业务】", "## 生产稳定性事件"
W37, W39, W40 = "# 第37周 2023-09-08", "# 第39周 2023-09-22", "# 第40周 2023-09-29"
LONG, SHORT = "- 流水数据迁移：进度10%", "- 流水迁移：进度20%"
# Each report with its corrected state: an alias, a misspelling, a shortened name, a part named alone, a metric under
# two names, a retold incident, two that stand side by side, and a rename.
TEXTS = (
    (
        written(
            M, "- 支付成功率：99.9%", P, "- 海风平台：40%，9/26上线", LONG, "- 云帆", "    - 页面：进度10%", title=W37
        ),
        written(M, "- 支付成功率：99.8%", P, "- 海风平台：进度45%", "- 云帆", "    - 页面：进度15%", title=W37),
    ),
    (
        written(
            P, "- 海风平台（小风项目）：60%，10/9上线", "- 分账升级：联调", SHORT, E, "- 9/14 18:02 撤销报错，影响2笔"
        ),
        written(P, "- 海风平台：进度60%", "- 小风项目：进度10%", "- 分账升级", "- 分帐升级"),
    ),
    (
        written(M, "- Payment success rate (%): 99.7%", P, "- 页面：进度20%", "- 分帐升级：提测", LONG, title=W39),
        written(P, "- 页面：进度30%", "- 云帆系统：暂停", "- 流水账户迁移：30%", title=W39),
    ),
    (
        written(P, "- 小风项目，70%", "- 星辰（原云帆）：进度80%", SHORT, E, "- 9/14 撤销报错（上周已报）", title=W40),
        written(P, "- 星辰，90%", "- 杭州存管", "- 海风存管", E, "- 9/28 11:00 报表延迟", title=W40),
    ),
)
DECISIONS = tuple(
    Decision("甲组", kind, verdict, one, other, "U1", datetime(2023, 12, day, tzinfo=UTC))
    for day, (kind, verdict, one, other) in enumerate([
        (Kind.PROJECT, Verdict.SAME, "云帆", "小风项目"), (Kind.PROJECT, Verdict.APART, "海风平台", "小风项目"),
        (Kind.PROJECT, Verdict.RENAMED, "分账升级", "清分改造"), (Kind.PROJECT, Verdict.APART, "分账升级", "分帐升级"),
        (Kind.PROJECT, Verdict.APART, "流水迁移", "流水数据迁移"),
        (Kind.METRIC, Verdict.APART, "支付成功率", "Payment success rate"),
    ], 1)
)  # fmt: skip
QUESTIONS = (
    "/status 海风", "/status 小风", "/status 页面", "/status 流水", "分帐升级进度",
    "/incidents", "/search 进度", "/report W40", "/help",
)  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.just("in"), st.integers(0, 3), st.integers(0, 1)),
    st.tuples(st.sampled_from(["out", "back"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["decide", "take back"]), st.integers(0, len(DECISIONS) - 1)),
)
Step = tuple[Any, ...]


def file(number: int, state: int) -> Candidate:
    """A report as the intake hands it over."""
    return Candidate(f"{number}.md", f"/{number}.md", "", None, TEXTS[number][state].encode())


class Played:
    """A library to which the steps were done, and what they leave: reports with their state, and decisions."""

    def __init__(self, folder: str, steps: Sequence[Step]) -> None:
        self.library = Library.open(f"{folder}/a.db", create=True)
        self.upkeep = Upkeep(self.library)
        self.states: dict[int, int] = {}
        self.gone: set[int] = set()
        self.decided: set[int] = set()
        for step in steps:
            self.do(*step)

    def do(self, step: str, number: int, state: int = 0) -> None:
        """One step, to the library and to what it should leave."""
        if step == "in":
            assert [o.status for o in self.library.ingest([file(number, state)], NOW, "甲组")] != ["refused"]
            self.states[number] = state
            self.gone.discard(number)
        elif step == "decide":
            self.upkeep.decide(DECISIONS[number])
            self.decided.add(number)
        elif step == "take back":
            d = DECISIONS[number]
            assert self.upkeep.take_back(d.team, d.kind, d.one, d.other) == (number in self.decided)
            self.decided.discard(number)
        elif number in self.states:
            (kept,) = self.upkeep.find(EVERYONE, f"{number}.md")
            changed = self.upkeep.withdraw(kept.ref.id, NOW) if step == "out" else self.upkeep.restore(kept.ref.id)
            assert changed == ((number in self.gone) == (step == "back"))
            (self.gone.add if step == "out" else self.gone.discard)(number)

    def left(self) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """The steps that lead to the same state on the shortest way: reports, then decisions."""
        reports = tuple(("in", n, state) for n, state in sorted(self.states.items()) if n not in self.gone)
        return reports, tuple(("decide", number) for number in sorted(self.decided))


def told(library: Library) -> dict[str, Any]:
    """All that can be asked, without the numbers of rows."""
    asker = build_asker(library)
    answers = {question: asker.ask(question, LATER) for question in QUESTIONS}
    known = (*library.projects(EVERYONE, LATER), *library.metric_names(EVERYONE, LATER))
    return {
        "names": [(p.name, [name for name, _ in p.names], p.firm) for p in known],
        "why": [why(library, p.name) for p in known],
        "values": [
            (m.report.source, m.record) for m in library.metric_values(EVERYONE, LATER, [p.subject for p in known])
        ],
        "answers": {question: (a.found, repr(a.head), repr(a.blocks)) for question, a in answers.items()},
    }


def why(library: Library, name: str) -> list[Any]:
    """What `explain` says, without the numbers of rows."""
    return [
        (one.kind, one.name, one.names, one.parent, one.parts, one.related,
         [(m.report.source, m.line, m.name, m.parent, m.reason, m.via, m.decided_by) for m in one.mentions],
         [(kept.name, kept.why, kept.decided_by) for kept in one.apart])
        for one in library.explain(EVERYONE, LATER, name)
    ]  # fmt: skip


@cache
def straight(reports: tuple[Step, ...], decisions: tuple[Step, ...]) -> dict[str, Any]:
    """What a new library tells that saw these reports and decisions and nothing else."""
    with TemporaryDirectory() as folder:
        played = Played(folder, [*reports, *decisions])
        try:
            return told(played.library)
        finally:
            played.library.close()


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(STEPS, min_size=2, max_size=9))
def test_only_what_is_left_counts(steps: list[Step]) -> None:
    """Any interleaving of ingest, correction, withdrawal, return and decisions answers as its outcome alone would."""
    with TemporaryDirectory() as folder:
        played = Played(folder, steps)
        try:
            assert told(played.library) == straight(*played.left())
        finally:
            played.library.close()


ALL = [("in", number, 0) for number in range(4)]


def test_the_reports_are_worth_it() -> None:
    """Those reports hold an alias, a misspelling, a shortened name, a rename, a part named alone and a metric in two
    languages."""
    found = straight(tuple(ALL), ())
    reasons = {mention[4] for one in found["why"] for entry in one for mention in entry[6]}
    assert {"same_name", "alias", "sound", "former", "part_alone", "term", "shortened"} <= reasons
    assert [name for name, _, _ in found["names"]] == [
        "小风项目", "流水数据迁移", "星辰", "页面", "分帐升级", "Payment success rate"
    ]  # fmt: skip


def test_links_that_are_deleted_come_back_as_they_were(tmp_path: Path) -> None:
    """Without any link in the database, the next opening derives all of them, the decisions applied."""
    played = Played(str(tmp_path), [*ALL, ("decide", 0), ("decide", 2)])
    before = told(played.library)
    played.library.close()
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM subjects")
        assert db.execute("SELECT count(*) FROM subject_links").fetchone() == (0,)
        db.execute("INSERT INTO unlinked_teams SELECT DISTINCT team FROM reports")
    db.close()
    library = Library.open(str(tmp_path / "a.db"))
    assert told(library) == before
    library.close()


def test_reading_everything_again_changes_nothing(tmp_path: Path) -> None:
    """`reindex` with the same reader leaves every answer, withdrawn reports withdrawn and decisions in force."""
    played = Played(str(tmp_path), [*ALL, ("decide", 0), ("in", 1, 1), ("out", 3)])
    before = told(played.library)
    assert [one.reason for one in played.upkeep.reindex()] == [None] * 3
    assert told(played.library) == before
    played.library.close()
