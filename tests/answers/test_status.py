"""`/status NAME`: how a project stands, what is overdue and what comes next, as of a day."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.answers.model import words_of
from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台（小棠）：开发进度60%，预计9/22提测",
    "- 蓝鲸系统建设",
    "    1. 蓝鲸前端：进度40%，预计9/27提测",
    "    2. 蓝鲸后端，9/12完成上线",
    "- 白鹭对账，预计下周评审",
])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", [
    "- 海棠平台（小棠）：开发进度75%，提测由9/22调整至9/28",
    "- 蓝鲸系统建设",
    "    1. 蓝鲸前端：进度55%，9/27提测",
])  # fmt: skip
TEXTS = {"w38.md": W38, "w39.md": W39}


def test_a_project_stands_as_its_newest_report_says(reports: Library) -> None:
    """Progress and date are those of the newest report, whose line is cited first; then that of the figure before."""
    answer = ask(reports, "/status 海棠", "2023-09-25")
    assert (answer.kind, answer.found) == ("status", True)
    assert answer.data["progress"] == 75
    assert [m["date_start"] for m in answer.data["milestones"] if not m["done"]] == ["2023-09-28"]
    lines = [("w39.md", W39.split("\n")[4]), ("w38.md", W38.split("\n")[4])]
    assert [(c.report.source, c.quote) for c in answer.citations] == lines
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize("question", ["/status 银杏", "/history 银杏", "/projects", "/changes"])
def test_a_progress_that_is_worked_out_shows_of_what(library: Library, put: Put, question: str) -> None:
    """A share in per cent that no line writes stands beside the two numbers that it was worked out of."""
    put(weekly("第38周", "2023-09-15", ["- 银杏迁移：完成62/120个应用"]), name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 银杏迁移：完成95/120个应用"]), name="w39.md")
    text = render_text(ask(library, question, "2023-09-25"))
    assert "79.17% (95/120)" in text


def test_as_of_a_day_later_reports_do_not_exist(reports: Library) -> None:
    """`as of D` answers from the reports up to D, and says nothing of what came later."""
    answer = ask(reports, "/status 海棠 as of 9/20", "2023-10-10")
    text = render_text(answer)
    assert answer.data["progress"] == 60
    assert {c.report.source for c in answer.citations} == {"w38.md"}
    assert "75" not in text
    assert "9/28" not in text


def test_reports_dated_after_today_do_not_exist(reports: Library) -> None:
    """With an earlier today the same question has the earlier answer, and before all reports there is none."""
    assert ask(reports, "/status 海棠", "2023-09-20").data["progress"] == 60
    before = ask(reports, "/status 海棠", "2023-09-10")
    assert (before.found, before.citations) == (False, ())


@pytest.mark.parametrize(
    ("today", "overdue"),
    [("2023-09-27", False), ("2023-09-28", False), ("2023-09-29", True)],
)
def test_a_planned_day_is_overdue_from_the_day_after(reports: Library, today: str, overdue: bool) -> None:
    """A planned day that has passed without being reported done is called due; on the day itself it isn't."""
    text = render_text(ask(reports, "/status 海棠", today))
    assert "9/28 提测" in text
    assert ("已到期，尚未见完成" in text) is overdue


def test_what_is_done_is_never_overdue(reports: Library) -> None:
    """An event that the report tells as happened is shown as done however long ago it was."""
    text = render_text(ask(reports, "/status 蓝鲸后端", "2023-09-30"))
    assert "9/12 已上线" in text
    assert "到期" not in text


def test_a_part_that_the_newest_report_leaves_out_keeps_its_last_word(reports: Library) -> None:
    """Parts come from the newest report that speaks of each, and an older one is named beside its line."""
    answer = ask(reports, "/status 蓝鲸系统建设", "2023-09-25")
    parts = {part["name"]: part for part in answer.data["parts"]}
    assert set(parts) == {"蓝鲸前端", "蓝鲸后端"}
    assert (parts["蓝鲸前端"]["progress"], parts["蓝鲸前端"]["source"]) == (55, "w39.md")
    assert (parts["蓝鲸后端"]["progress"], parts["蓝鲸后端"]["source"]) == (None, "w38.md")
    row = next(line for line in render_text(answer).split("\n") if "蓝鲸后端" in line)
    assert row.endswith("第38周 8 行")


def test_next_week_is_the_week_after_the_report(reports: Library) -> None:
    """下周 is the Monday to Sunday after the report's own week, whenever the question is asked."""
    answer = ask(reports, "/status 白鹭对账", "2023-10-20")
    (review,) = answer.data["milestones"]
    assert (review["event"], review["date_start"], review["date_end"]) == ("评审", "2023-09-18", "2023-09-24")


def test_old_news_says_how_old_it_is(reports: Library) -> None:
    """What was last reported weeks ago says when, so that nobody takes it for today's."""
    assert "35 天前" in render_text(ask(reports, "/status 白鹭对账", "2023-10-20"))
    assert "天前" not in render_text(ask(reports, "/status 白鹭对账", "2023-09-20"))


def test_a_planned_day_before_the_report_is_kept_and_called_doubtful(library: Library, put: Put) -> None:
    """A plan for a day that lies before its report is shown as written with a doubt, never corrected."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：联调进行中，预计9/5上线"]))
    answer = ask(library, "/status 海棠", "2023-09-16")
    (planned,) = answer.data["milestones"]
    assert (planned["date_start"], planned["doubtful"], planned["done"]) == ("2023-09-05", True, False)
    assert "原文如此" in render_text(answer)


@pytest.mark.parametrize("question", ["海棠什么时候提测?", "小棠几号提测", "when will 海棠 be handed to test?"])
def test_a_day_asked_for_stands_in_the_first_line(reports: Library, question: str) -> None:
    """Who asks for one day gets it in the first line, the newest one, with the line that says it first."""
    answer = ask(reports, question, "2023-09-25")
    first, *_ = render_text(answer).split("\n")
    assert "9/28" in first
    assert "9/22" not in first
    assert answer.citations[0].quote == W39.split("\n")[4]


def test_a_day_that_no_report_writes_is_not_invented(reports: Library) -> None:
    """An event that the reports don't date is answered with just that, and other dates don't stand in for it."""
    answer = ask(reports, "海棠什么时候上线?", "2023-09-25")
    first, *_ = render_text(answer).split("\n")
    assert not answer.found
    assert not any(char.isdigit() for char in first)


def test_an_event_word_in_a_name_is_part_of_the_name(library: Library, put: Put) -> None:
    """A project called …演练 can be asked when it goes live."""
    put(weekly("第38周", "2023-09-15", ["- 环城演练平台：开发进度60%，预计10/22上线"]))
    answer = ask(library, "环城演练平台什么时候上线?", "2023-09-20")
    assert (answer.found, answer.data.get("project")) == (True, "环城演练平台")
    assert "10/22" in render_text(answer).split("\n")[0]


def test_a_year_in_a_name_is_part_of_the_name(library: Library, put: Put) -> None:
    """A project called 2024规划 can be asked for by its name in any form of the question."""
    put(weekly("第38周", "2023-09-15", ["- 2024规划：初稿进度60%"]))
    for question in ("/status 2024规划", "2024规划进度", "status of 2024规划"):
        assert ask(library, question, "2023-09-20").data.get("progress") == 60, question


def test_the_day_asked_for_is_in_the_data(library: Library, put: Put) -> None:
    """A program that asks for a day finds it in `data`, also when the newest report doesn't repeat it."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%，预计10/22提测"]), name="a.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：开发进度75%"]), name="b.md")
    answer = ask(library, "海棠什么时候提测?", "2023-09-25")
    assert "10/22" in render_text(answer).split("\n")[0]
    assert "2023-10-22" in str(answer.data)


@pytest.mark.parametrize("question", ["/status 区块链", "区块链进度", "how is 区块链 going", "/report status 区块链"])
def test_an_unknown_name_is_not_found_and_names_are_offered(reports: Library, question: str) -> None:
    """A name in no report: found is False, nothing is cited, no value is told, and real names are offered."""
    answer = ask(reports, question, "2023-09-25")
    text = render_text(answer)
    assert (answer.found, answer.citations) == (False, ())
    assert "区块链" in text
    assert "海棠平台（小棠）" in text
    assert "%" not in text
    assert answer.suggestions


def test_the_nearest_names_are_offered_first(reports: Library) -> None:
    """Where some names come near, those are offered and not every project there is."""
    answer = ask(reports, "/status 白鹭清算中台", "2023-09-25")
    assert not answer.found
    assert answer.data["near"][0] == "白鹭对账"
    assert "海棠平台（小棠）" not in answer.data["near"]


def test_a_choice_of_days_has_each_ones_day(library: Library, put: Put) -> None:
    """Where two projects may be meant and a day is asked for, each option says its day or that there is none, cited."""
    put(weekly("第38周", "2023-09-15", ["- 东湖存管，开发进度40%，9/26提测", "- 西湖存管，开发进度70%"]))
    answer = ask(library, "存管什么时候提测", "2023-09-20")
    assert (answer.kind, answer.found) == ("choice", False)
    assert "9/26" in render_text(answer)
    assert [(c.line, c.quote) for c in answer.citations][:1] == [(5, "- 东湖存管，开发进度40%，9/26提测")]


def test_two_names_that_fit_alike_are_offered_and_none_is_guessed(library: Library, put: Put) -> None:
    """A tie is a choice: found is False, no value is told, and each option asks for one project."""
    put(
        weekly(
            "第38周", "2023-09-15", ["- 东湖存管，开发进度40%", "- 西湖存管，开发进度70%", "- 存折平台，开发进度10%"]
        )
    )
    answer = ask(library, "/status 存管", "2023-09-20")
    assert (answer.kind, answer.found, answer.citations) == ("choice", False, ())
    assert set(answer.data["options"]) == {"东湖存管", "西湖存管"}
    assert "%" not in render_text(answer)
    chosen = [ask(library, option, "2023-09-20") for option in answer.suggestions]
    assert {(c.kind.value, c.data["project"]) for c in chosen} == {("status", "东湖存管"), ("status", "西湖存管")}


def test_a_named_team_decides_between_equal_names(library: Library, put: Put) -> None:
    """Two teams with a project of one name: naming the team is enough to tell which is meant."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台，开发进度40%"]), team="支付中心", name="a.md")
    put(weekly("第38周", "2023-09-15", ["- 海棠平台，开发进度70%"]), team="清算中心", name="b.md")
    answer = ask(library, "/status 清算中心 海棠平台", "2023-09-20")
    assert (answer.kind, answer.data.get("progress")) == ("status", 70)


def test_equal_names_of_two_teams_are_told_apart(library: Library, put: Put) -> None:
    """A choice between projects of one name names their teams, so that choosing gets further."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台，开发进度40%"]), team="支付中心", name="a.md")
    put(weekly("第38周", "2023-09-15", ["- 海棠平台，开发进度70%"]), team="清算中心", name="b.md")
    answer = ask(library, "/status 海棠平台", "2023-09-20")
    assert answer.kind == "choice"
    assert len(set(answer.suggestions)) == 2


def test_status_alone_asks_back(reports: Library) -> None:
    """`/status` without a name asks which project, with the current ones, and cites nothing."""
    answer = ask(reports, "/status", "2023-09-25")
    assert (answer.kind, answer.found, answer.citations) == ("status", False, ())
    assert "海棠平台（小棠）" in render_text(answer)


def test_status_within_a_range_uses_its_reports_only(reports: Library) -> None:
    """A range in a status question leaves out the reports beyond it, and an empty one is said."""
    assert ask(reports, "/status 海棠 9/11到9/17", "2023-09-25").data["progress"] == 60
    empty = ask(reports, "/status 海棠 8月", "2023-09-25")
    assert (empty.found, empty.citations) == (False, ())


def _first(library: Library, question: str, today: str) -> str:
    return render_text(ask(library, question, today)).split("\n")[0]


def test_the_first_line_has_figure_state_and_the_next_date(reports: Library) -> None:
    """Who reads one line knows how far it is, what comes next, and from which report that is."""
    assert _first(reports, "/status 海棠", "2023-09-25") == (
        "海棠平台（小棠） 75% 延期，9/28 提测 · 支付中心 · 第39周 (2023-09-22)"
    )


def test_the_first_line_has_what_is_overdue(reports: Library) -> None:
    """A day that is past stands in the first line in the place of the next one."""
    assert "9/28 提测已到期，尚未见完成" in _first(reports, "/status 海棠", "2023-09-29")


def test_what_is_done_has_since_when_in_the_first_line(reports: Library) -> None:
    """A project that is live says since when."""
    assert "9/12 已上线" in _first(reports, "/status 蓝鲸后端", "2023-09-20")


def test_the_figure_before_is_told_behind_the_one_that_holds(reports: Library) -> None:
    """The bar's last change: the old figure with its report and line, never before the new one."""
    text = render_text(ask(reports, "/status 海棠", "2023-09-25"))
    assert "进度 60% → 75%；上次是 第38周 (2023-09-15) 5 行" in text
    assert text.index("75%") < text.index("60%")


def test_a_figure_that_the_newest_report_leaves_out_is_told_as_old(library: Library, put: Put) -> None:
    """The last known figure stands with the report that had it, and that line is cited."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%"]), name="a.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：与业务方沟通需求"]), name="b.md")
    answer = ask(library, "/status 海棠", "2023-09-25")
    assert "60%（第38周 (2023-09-15) 写的）" in render_text(answer).split("\n")[0]
    assert answer.data["progress"] is None
    assert {c.report.source for c in answer.citations} == {"a.md", "b.md"}


def test_a_figure_before_the_range_is_told_too(library: Library, put: Put) -> None:
    """Asked for a week without a figure, the one from before it is told with its report."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%"]), name="a.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：与业务方沟通需求"]), name="b.md")
    assert "60%（第38周" in _first(library, "/status 海棠 9/18到9/24", "2023-09-25")


def test_the_first_line_says_how_old_it_is(reports: Library) -> None:
    """News of weeks ago has its age beside its report."""
    assert _first(reports, "/status 海棠", "2023-10-20").endswith("第39周 (2023-09-22)，28 天前")


@pytest.mark.parametrize(
    ("question", "words"), [("海棠平台 安卓版 进度", "安卓版"), ("status of 海棠平台 brazil", "brazil")]
)
def test_words_that_no_line_speaks_of_are_not_ignored(reports: Library, question: str, words: str) -> None:
    """Asked for something of a project that the reports don't tell: that is the answer, by name."""
    answer = ask(reports, question, "2023-09-25")
    assert not answer.found
    assert words in render_text(answer).split("\n")[0].lower()


def test_words_that_a_line_speaks_of_have_that_line_first(library: Library, put: Put) -> None:
    """`专线哪天到货`: the newest line that speaks of it is the answer, and its citation the first."""
    put(weekly("第38周", "2023-09-15", ["- 机房专线建设：11/13到货，已通电，时延1.1毫秒"]), name="a.md")
    answer = ask(library, "机房专线建设到货了吗", "2023-09-20")
    assert answer.found
    assert "11/13到货" in render_text(answer).split("\n")[0]
    assert "时延" not in render_text(answer).split("\n")[0]


@pytest.mark.parametrize("question", ["海棠平台做到哪了", "海棠平台到底怎么样了", "how is 海棠平台 coming along"])
def test_words_of_asking_are_no_words_to_look_for(reports: Library, question: str) -> None:
    """How people ask for a status is nothing that a line would have to say."""
    assert ask(reports, question, "2023-09-25").found


def test_date_asks_for_a_day_in_english(reports: Library) -> None:
    """`go-live date` of a project without one is not found; its hand-over date is."""
    assert not ask(reports, "海棠 go-live date", "2023-09-25").found
    assert "9/28" in _first(reports, "海棠 hand-over to QA date", "2023-09-25")


def test_a_day_that_is_still_to_be_set_is_said_so(library: Library, put: Put) -> None:
    """Where the line says that the day isn't set, that is the answer."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：9/12完成提测，上线日期下周定"]))
    answer = ask(library, "海棠平台哪天上线", "2023-09-16")
    assert answer.found
    assert "没有写上线的日期，只写了 “上线日期下周定”" in render_text(answer).split("\n")[0]


def test_a_second_day_for_the_event_is_told_beside_the_first(library: Library, put: Put) -> None:
    """Two days for one event in one line are both told."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：9月下旬提测，返工已完，提测9/25不变"]))
    first = _first(library, "海棠平台几号提测", "2023-09-16")
    assert "9/25" in first


def test_an_event_that_describes_a_go_live_has_its_day(library: Library, put: Put) -> None:
    """`12月5日全量上线` answers when it went to everybody."""
    put(weekly("第49周", "2023-12-08", ["- 海棠平台：12月5日全量上线，进度100%"]))
    answer = ask(library, "海棠平台几号全量的", "2023-12-11")
    assert answer.found
    assert "12/5" in render_text(answer).split("\n")[0] or "12月5日" in render_text(answer).split("\n")[0]


def test_a_day_of_no_named_event_needs_any_date(library: Library, put: Put) -> None:
    """`哪天弄好` of a project that no report dates is not found."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：开发进度60%"]))
    assert not ask(library, "海棠平台哪天弄好", "2023-09-16").found


def test_a_risk_is_told_with_its_line(library: Library, put: Put) -> None:
    """What the project waits for stands below."""
    put("# 周报 2023-09-15\n\n## 项目进展\n\n| 项目 | 进度 | 状态 | 风险 |\n|---|---|---|---|\n"
        "| 海棠平台 | 60% | 进行中 | 依赖银行证书，尚未到位 |\n")  # fmt: skip
    assert "风险：依赖银行证书" in render_text(ask(library, "/status 海棠平台", "2023-09-16"))


def test_an_alias_beside_the_owner_in_brackets_is_an_alias(library: Library, put: Put) -> None:
    """Of a bracket with a code name and a label (负责人：…) the code name is an alias, and the owner no part of it."""
    put(weekly("第38周", "2023-09-15", ["- 银杏引擎重构（白鹤，负责人：周楠）：进度45%，预计10/30上线"]), name="w38.md")
    answer = ask(library, "白鹤什么时候上线", "2023-09-18")
    assert answer.found
    assert "10/30" in render_text(answer).split("\n")[0]
    assert "负责人" not in render_text(answer).split("\n")[0]


def test_a_progress_in_a_table_shows_of_what_it_is_worked_out(library: Library, put: Put) -> None:
    """The share that a cell of a table gives as two numbers stands beside the percentage made of it."""
    table = "| 项目 | 进度 | 状态 | 说明 |\n| --- | --- | --- | --- |\n| 银杏迁移 | 226/280 | 进行中 | 复核一致 |\n"
    put(f"# 第38周 2023-09-15\n\n## 项目进展\n\n{table}", name="w38.md")
    assert "80.71% (226/280)" in render_text(ask(library, "/status 银杏迁移", "2023-09-18"))


@pytest.mark.parametrize(("question", "first"), [
    ("Larch payout eta?", "7/31"), ("亲友账户哪天上线", "待定"),
])  # fmt: skip
def test_an_eta_is_the_last_planned_day_and_an_open_day_is_said(
    library: Library, put: Put, question: str, first: str
) -> None:
    """Who asks for an eta means no event by name; that a day is open is told by the part's line, too."""
    put("# 第17周 2026-04-24\n\n## 重点项目\n\n- Larch payout：合同4/23签署，计划7/31上线\n"
        "- **亲友账户**（唐磊）\n  - 新立项，需求评审4/29，上线时间待定\n")  # fmt: skip
    assert first in words_of(ask(library, question, "2026-04-27").head)
