"""`/digest`: a week of the department on one page, each line with whose it is and where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from support.made_up import Put, ask
from support.truth import false_quotes

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from store.reminders import Excuse, ReminderBook

TODAY = "2023-11-27"


def _report(label: str, day: str, highlight: str, rate: str, date: str, incident: str) -> str:
    return f"""# 周报 {label} {day}

## 重点工作
- {highlight}

## 系统运行数据
- 支付成功率 {rate}%

## O1 项目
- 海棠平台：进度50%，预计{date}上线

## 生产稳定性事件
- {incident}
"""


TEXTS = {
    "a47.md": _report("第47周", "2023-11-17", "签下海港银行", "99.1", "12/1", "本周无"),
    "a48.md": _report("第48周", "2023-11-24", "海港银行开户完成", "99.4", "12/15",
                      "11/22 10:05 网关超时，影响35笔，扩容后恢复"),
    "b47.md": "# 周报 第47周 2023-11-17\n\n## 重点工作\n- 搬家\n",
}  # fmt: skip


@pytest.fixture
def autumn(library: Library, put: Put) -> Library:
    """海港组 with two reports, 山城组 with none for the newest week."""
    for name, text in TEXTS.items():
        put(text, name=name, team="海港组" if name.startswith("a") else "山城组")
    return library


def test_a_week_stands_on_one_page(autumn: Library) -> None:
    """Who handed in and who didn't, the highlight, the slip, the incident, the figure's change, each with its line."""
    answer = ask(autumn, "/digest", TODAY)
    assert answer.kind is Kind.DIGEST
    assert words_of(answer.head) == "11/20–11/26 汇总：1/2 个团队已交，1 处延期，1 起事故"
    shown = render_text(answer)
    for line in ("未交：山城组", "海港组 第48周 (2023-11-24)", "海港银行开户完成  4 行",
                 "海棠平台 上线 12/1 → 12/15 延期 14 天  10 行", "11-22 10:05 网关超时",
                 "支付成功率 99.1% → 99.4%  +0.3 pp  7 行", "近 4 周应交 4 份，已交 3 份"):  # fmt: skip
        assert line in shown
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_an_earlier_week_is_told_as_it_was(autumn: Library) -> None:
    """What later reports say is no part of it: no slip yet, and nobody was missing."""
    answer = ask(autumn, "/digest 第47周", TODAY)
    assert words_of(answer.head) == "11/13–11/19 汇总：2/2 个团队已交，0 处延期，0 起事故"
    assert answer.data["moves"] == answer.data["missing"] == answer.data["incidents"] == []


def test_one_team_is_asked_for(autumn: Library) -> None:
    """The others are no part of it, in words as by command."""
    for question in ("/digest 山城组 第47周", "山城组第47周的周报汇总"):
        answer = ask(autumn, question, TODAY)
        assert answer.data["teams"] == ["山城组"], question
        assert [line["text"] for line in answer.data["highlights"]] == ["搬家"], question


@pytest.mark.parametrize("question", ["/digest 数据平台部", "/digest W99", "/digest 2022年1月"])
def test_what_nobody_reported_is_not_found(autumn: Library, question: str) -> None:
    """A team that isn't there, and a week without any report."""
    assert not ask(autumn, question, TODAY).found


def test_without_reports_there_is_no_digest(library: Library) -> None:
    """An empty database has nothing to sum up."""
    assert not ask(library, "/digest", TODAY).found


def test_an_excuse_stands_beside_the_team_that_gave_it(autumn: Library) -> None:
    """Why 山城组 has no report; one of another week says nothing of this one."""
    book, now = ReminderBook(autumn), datetime(2023, 11, 25, tzinfo=UTC)
    book.excuse(Excuse("山城组", date(2023, 11, 13), "搬家", "U1"), now)
    assert "未交：山城组\n" in render_text(ask(autumn, "/digest", TODAY))
    book.excuse(Excuse("山城组", date(2023, 11, 20), "全员培训", "U1"), now)
    assert "未交：山城组 (全员培训)" in render_text(ask(autumn, "/digest", TODAY))
