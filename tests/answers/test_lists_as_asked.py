"""Lists as colleagues ask for them: what slipped and why, who is on it, what is due, what nobody tells any more."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.model import words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-03"
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", [
        "- 海棠平台：进度40%，9/25上线", "- 白鹭对账：进度50%，10/20上线", "- 苍鹰网关：进度30%，9/20上线",
    ]),
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 海棠平台：进度50%，上线推迟至10/9", "- 白鹭对账：进度60%，上线提前至10/12", "- 银杏模型：进度20%，阻塞",
    ]),
    "w40.md": weekly("第40周", "2023-09-29", [
        "- 海棠平台：进度60%，10/9上线，负责人：平台组", "    - 页面：进度30%", "    - 接口：进度90%",
        "- 白鹭对账：进度90%，测试中，10/12上线，负责人：Lea Brandt", "- 银杏模型：进度20%，阻塞",
    ], highlights=["- 海棠平台上线推迟，因机房割接未完成"]),
}  # fmt: skip


def _head(library: Library, question: str, today: str = TODAY) -> str:
    return words_of(ask(library, question, today).head)


@pytest.mark.parametrize("question", ["哪些项目延期了", "what slipped", "有没有拖的", "anything running late?"])
def test_who_asks_for_delays_gets_no_entry_that_was_brought_forward(reports: Library, question: str) -> None:
    """Plain words for delays list what slipped; what was brought forward is counted in the first line."""
    answer = ask(reports, question, TODAY)
    assert {one["project"] for one in answer.data["slips"]} == {"海棠平台"}
    assert (answer.data["slipped"], answer.data["forward"]) == (1, 1)


def test_the_command_still_lists_both(reports: Library) -> None:
    """`/slips` alone shows every move."""
    assert {one["project"] for one in ask(reports, "/slips", TODAY).data["slips"]} == {"海棠平台", "白鹭对账"}


def test_moves_told_more_than_once_are_only_those(reports: Library, put: Put) -> None:
    """More than once: a milestone with a single move isn't listed."""
    put(weekly("第41周", "2023-10-01", ["- 海棠平台：进度60%，上线推迟至10/30"]), name="w41.md")
    answer = ask(reports, "which milestones slipped more than once", TODAY)
    assert [(one["project"], one["times"]) for one in answer.data["slips"]] == [("海棠平台", 2)]


def test_why_something_slipped_is_told_by_other_lines_of_the_report(library: Library, put: Put) -> None:
    """The reason stands in the first line, from the highlight of the report with the new day, and is cited."""
    put(TEXTS["w38.md"], name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：进度50%，10/9上线"],
               highlights=["- 海棠平台上线推迟，因机房割接未完成"]), name="w39.md")  # fmt: skip
    answer = ask(library, "海棠平台为什么延期", TODAY)
    assert "因机房割接未完成" in words_of(answer.head)
    assert any("因机房割接未完成" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["谁负责海棠平台", "海棠平台谁在弄", "海棠平台归谁", "who runs 海棠平台?"])
def test_who_is_responsible_stands_in_the_first_line(reports: Library, question: str) -> None:
    """By the newest report that says so, with its line."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (Kind.STATUS, True)
    assert "平台组" in words_of(answer.head)
    assert answer.citations[0].report.source == "w40.md"


def test_nobody_is_named_where_no_report_does(reports: Library) -> None:
    """A state that says nothing of who is no answer."""
    assert not ask(reports, "银杏模型是谁在管", TODAY).found


@pytest.mark.parametrize("question", ["what does Lea own", "Lea手上有什么活", "what's on Lea's plate"])
def test_a_person_is_known_by_the_first_name(reports: Library, question: str) -> None:
    """The projects of Lea Brandt."""
    answer = ask(reports, question, TODAY)
    assert [one["name"] for one in answer.data["projects"]] == ["白鹭对账"]


def test_a_first_name_is_a_whole_word(reports: Library) -> None:
    """No Lea in "releases"."""
    answer = ask(reports, "which releases are coming up", TODAY)
    assert {one["project"] for one in answer.data["milestones"]} == {"海棠平台", "白鹭对账"}


@pytest.mark.parametrize(("question", "names"), [
    ("哪些在测试中", ["白鹭对账"]), ("which ones are in testing", ["白鹭对账"]),
    ("哪些快做完了", ["海棠平台 / 接口", "白鹭对账"]),
    ("which projects are nearly done", ["海棠平台 / 接口", "白鹭对账"]),
])  # fmt: skip
def test_a_state_with_which_lists_projects(reports: Library, question: str, names: list[str]) -> None:
    """Those in that state, by their newest report; "nearly done" is 80 % and more, and the answer says so."""
    answer = ask(reports, question, TODAY)
    assert answer.kind is Kind.PROJECTS
    assert sorted(one["name"] for one in answer.data["projects"]) == sorted(names)


@pytest.mark.parametrize("question", [
    "海棠平台下面有哪些模块", "what are the parts of 海棠平台", "海棠平台由哪几块组成",
])  # fmt: skip
def test_the_parts_of_a_project_are_its_status(reports: Library, question: str) -> None:
    """With a row for each."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, answer.found) == (Kind.STATUS, True)
    assert [part["name"] for part in answer.data["parts"]] == ["页面", "接口"]


@pytest.mark.parametrize(("question", "start", "end"), [
    ("10月中有哪些上线", "2023-10-11", "2023-10-20"), ("milestones in mid-October", "2023-10-11", "2023-10-20"),
    ("月底前有哪些上线", "2023-10-03", "2023-10-31"),
    ("what goes live before the end of October", "2023-10-03", "2023-10-31"),
    ("10月底前要完成哪些", "2023-10-03", "2023-10-31"), ("what's planned for 12 October", "2023-10-12", "2023-10-12"),
    ("what goes live by the end of October", "2023-10-21", "2023-10-31"),
])  # fmt: skip
def test_days_of_milestones_are_the_nearest(reports: Library, question: str, start: str, end: str) -> None:
    """They may lie ahead, and what is due before the end of a month is due from today on."""
    answer = ask(reports, question, TODAY)
    assert answer.kind is Kind.MILESTONES
    assert answer.range is not None
    assert (str(answer.range[0]), str(answer.range[1])) == (start, end)


def test_whether_a_project_goes_live_on_a_day_ahead_is_told_by_its_plan(reports: Library) -> None:
    """No report of that day is meant."""
    assert "10/12" in _head(reports, "白鹭对账10/12能上线吗")


@pytest.mark.parametrize("question", ["快上线的有哪些", "哪些项目快上线了", "what is about to go live"])
def test_what_is_soon_live_is_not_live_yet(reports: Library, question: str) -> None:
    """快上线了 asks for plans, though 上线了 is said of what is done."""
    answer = ask(reports, question, TODAY)
    assert {one["project"] for one in answer.data["milestones"]} == {"海棠平台", "白鹭对账"}


def test_a_project_that_is_not_overdue_has_its_next_date_in_the_first_line(reports: Library) -> None:
    """With the line that plans it."""
    answer = ask(reports, "白鹭对账过期了吗", TODAY)
    assert "10/12" in words_of(answer.head)
    assert answer.citations[0].report.source == "w40.md"


@pytest.mark.parametrize("question", ["哪些过了计划日期还没上线", "到点了还没消息的有哪些", "anything past its date?"])
def test_what_is_past_its_day_is_overdue(reports: Library, question: str) -> None:
    """However it is said."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, [one["project"] for one in answer.data["overdue"]]) == (Kind.OVERDUE, ["苍鹰网关"])


@pytest.mark.parametrize("question", [
    "苍鹰网关最后一次出现在哪份周报", "最近一次提到苍鹰网关是什么时候", "when was 苍鹰网关 last mentioned",
])  # fmt: skip
def test_when_a_project_was_last_told_is_the_first_line(reports: Library, question: str) -> None:
    """The day of its last report."""
    answer = ask(reports, question, TODAY)
    assert answer.kind is Kind.SILENT
    assert "9/15" in words_of(answer.head)


def test_what_is_blocked_stands_still_too(reports: Library) -> None:
    """停滞 is said of a blocked project as well."""
    assert "银杏模型" in render_text(ask(reports, "哪些项目停滞", TODAY))


def test_words_that_no_entry_speaks_of_are_looked_for_in_the_lines(library: Library, put: Put) -> None:
    """Not found as an entry of the list; the line that has them is shown and cited."""
    put(TEXTS["w38.md"], name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：上线推迟至10/9"], highlights=["- 云杉机房割接完成"]),
        name="w39.md")  # fmt: skip
    answer = ask(library, "哪些延期跟云杉有关", TODAY)
    assert not answer.found
    assert any("云杉机房割接完成" in citation.quote for citation in answer.citations)


def test_a_word_of_the_trade_is_no_project_in_a_list(library: Library, put: Put) -> None:
    """哪些卡在银行 isn't asked of the one project that has 银行 in its name."""
    put(weekly("第39周", "2023-09-22", ["- 银行卡办理：进度20%", "- 海棠平台：阻塞，等银行证书"]), name="w39.md")
    answer = ask(library, "哪些项目卡在银行", TODAY)
    assert [one["name"] for one in answer.data["risks"]] == ["海棠平台"]


@pytest.mark.parametrize("question", ["/missing 2023-09-11..2023-09-24", "/missing 2023-09-11 to 2023-09-24"])
def test_two_dots_are_a_range(reports: Library, question: str) -> None:
    """As `to` is."""
    answer = ask(reports, question, TODAY)
    assert answer.range is not None
    assert [str(day) for day in answer.range] == ["2023-09-11", "2023-09-24"]


@pytest.mark.parametrize("question", ["漏交过哪周", "which weeks did they skip"])
def test_weeks_that_were_ever_skipped_are_looked_for_in_all(reports: Library, question: str) -> None:
    """Not only in the newest."""
    answer = ask(reports, question, TODAY)
    assert (answer.kind, len(answer.data["weeks"])) == (Kind.MISSING, 3)


@pytest.mark.parametrize("question", ["哪些项目没有负责人", "which projects have no owner"])
def test_projects_for_which_nobody_is_named(reports: Library, question: str) -> None:
    """Those without an owner in any report, and not those that have one."""
    names = {one["name"] for one in ask(reports, question, TODAY).data["projects"]}
    assert "银杏模型" in names
    assert names.isdisjoint({"海棠平台", "白鹭对账"})


@pytest.mark.parametrize(("question", "kind"), [("11月有什么计划", Kind.MILESTONES), ("下周计划", Kind.PLAN)])
def test_plans_behind_next_week_are_milestones(reports: Library, question: str, kind: Kind) -> None:
    """Goals reach no further than a week."""
    assert ask(reports, question, TODAY).kind is kind


def test_an_owner_named_after_a_command_is_no_command(library: Library, put: Put) -> None:
    """ "Risk team负责的有哪些" asks for no risks."""
    put(weekly("第40周", "2023-09-29", ["- 海棠平台：进度60%，负责人：Risk team"]), name="w40.md")
    answer = ask(library, "Risk team负责的有哪些", TODAY)
    assert [one["name"] for one in answer.data["projects"]] == ["海棠平台"]
