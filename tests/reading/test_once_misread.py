"""Cases that reading once got wrong, each as the report demands it."""

from __future__ import annotations

from typing import Any

import pytest
from support.written import events, read, table, written

from store.reading import read_report
from store.reading.risks import read_risks

EN = "# Payments weekly report, Week 37 (Sep 11 - Sep 15, 2023)"
METRICS = "## 【系统运行数据】"
BODY = "\n\n## 项目进展\n\n- 海风平台：进度40%\n"


def figures(*lines: str) -> list[tuple[Any, ...]]:
    """Name, value, unit and previous value of each metric in the lines of a metrics section."""
    return [(m.name, m.value, m.unit, m.previous) for m in read(METRICS, *lines).metrics]


def row(header: str, *rows: str) -> list[tuple[Any, ...]]:
    """Name, progress and events of each project in the rows of a table."""
    found = read("## 项目进展", *table(header, *rows)).updates
    return [(u.name, u.progress, events(u)) for u in found]


def english(text: str) -> Any:
    """What an English bullet says of its project."""
    (found,) = read("## Projects", "", f"- **Harbor** — {text}", title=EN).updates
    return found


# ---- whole reports lost ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("title", [
    "# 项目周报 2023-09-15", "# 支付中心项目进展 2023-09-15", "# 2023-09-15 工作总结", "# 故障管理组周报 2023-09-15",
    "# 【支付中心】本周工作总结（2023-09-15）", "# Payments team: week 37, 2023-09-15",
    "# Team Payments weekly report 2023-09-15",
    "# Payments weekly summary, 2023-09-15", "# Weekly highlights 2023-09-15", "# Ops metrics week 37 2023-09-15",
])  # fmt: skip
def test_a_title_may_hold_a_word_of_a_section(title: str) -> None:
    """The first `#` with a full date is the title, though it says 项目, summary or team; nothing below it is lost."""
    report = read_report(title + BODY)
    assert (str(report.report_date), [u.name for u in report.updates]) == ("2023-09-15", ["海风平台"])


@pytest.mark.parametrize("lines", [
    ("## Summary", "", "Fine.", "", "## Projects", "", "- **海风平台** — 40%", "",
     "## Timeline", "", "- 2023-09-26 10:00 Go-live"),
    ("## 概述", "", "平稳。", "", "## 项目进展", "", "- 海风平台：进度40%", "",
     "## 时间线", "", "- 2023-09-26 10:00 上线"),
])  # fmt: skip
def test_a_weekly_report_with_a_timeline_is_no_record_of_an_incident(lines: tuple[str, ...]) -> None:
    """A report that has a section of projects keeps them, and invents no incident from a summary and a timeline."""
    report = read(*lines)
    assert ([u.name for u in report.updates], report.incidents) == (["海风平台"], ())


@pytest.mark.parametrize("title", [
    "登录网关故障", "9月10日登录网关故障复盘", "事故报告：登录不可用", "2023-09-10 登录网关故障",
])  # fmt: skip
def test_the_title_of_a_record_may_say_that_it_is_one(title: str) -> None:
    """A record whose H1 holds 故障 or 事故 has that as its incident's title, and not an empty one."""
    report = read_report(
        f"# {title}\n\n## 概述\n\n登录不可用。\n\n## 时间线\n\n- 2023-09-10 09:08 报错\n\n## 根因\n\n连接池满。\n"
    )
    (found,) = report.incidents
    assert found.title
    assert found.title in title


# ---- false facts ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["go-live failed on Sep 13, rolled back", "missed go-live on Sep 13"])
def test_a_go_live_that_failed_is_not_done(text: str) -> None:
    """`failed on Sep 13` is no go-live, and the project isn't done."""
    found = english(text)
    assert (events(found), str(found.state)) != ([("上线", "2023-09-13", True)], "done")
    assert events(found) == []


@pytest.mark.parametrize("text", [
    "go-live checklist sent on Sep 13", "release candidate built Sep 13", "beta feedback collected Sep 13",
    "release plan reviewed Sep 13", "go-live date to be decided next week", "launch date will be set on Sep 26",
])  # fmt: skip
def test_a_thing_named_after_an_event_is_none(text: str) -> None:
    """A checklist, a candidate, feedback and a date still to be set are no go-live of that day."""
    assert [event for event, _, _ in events(english(text)) if event in ("上线", "灰度")] == []


@pytest.mark.parametrize("text", ["10% canary running", "10% of traffic", "20% of users on beta", "95% of tests pass",
                                  "95% test coverage"])  # fmt: skip
def test_shares_of_traffic_users_and_tests_are_no_progress(text: str) -> None:
    """A percentage right behind the name is no progress where the words behind it say of what it is one."""
    assert english(text).progress is None


@pytest.mark.parametrize(("header", "cells"), [
    ("指标 | 第37周 | 第38周", "成功率 | 99.95% | 99.97%"), ("指标 | 9/8 | 9/15", "成功率 | 99.95% | 99.97%"),
    ("Metric | W37 | W38", "成功率 | 99.95% | 99.97%"),
])  # fmt: skip
def test_the_newest_of_columns_named_by_week_is_this_weeks(header: str, cells: str) -> None:
    """In a report that calls itself 第38周 the column 第38周 holds its figures, and 第37周 those before."""
    assert figures(*table(header, cells)) == [("成功率", 99.97, "%", 99.95)]


def test_several_figures_in_a_row_are_all_told() -> None:
    """`系统 | 可用率 | 成功率`: each column of figures is a metric of its row's system, none is dropped."""
    found = figures(*table("系统 | 可用率 | 成功率", "收单 | 99.95% | 99.97%"))
    assert [value for _, value, _, _ in found] == [99.95, 99.97]


@pytest.mark.parametrize("line", ["成功率：99.97%，较上周+0.02pp", "成功率 99.97%，+0.02pp"])
def test_a_signed_change_is_no_figure(line: str) -> None:
    """`，+0.02pp` makes no metric called `+`."""
    assert [name for name, _, _, _ in figures(f"- {line}")] == ["成功率"]


@pytest.mark.parametrize(("line", "name"), [
    ("（更正）第36周误杀率应为0.42%", "误杀率"), ("上周误杀率更正为0.42%", "误杀率"),
    ("更正：第36周误杀率由0.24%更正为0.42%", "误杀率"), ("更正：第36周误杀率，应为0.42%，原写0.24%", "误杀率"),
    ("更正（第36周）：误杀率应为0.42%，原写0.24%", "误杀率"),
    ("Correction: the week 36 success rate should have been 99.1%, not 99.7%", "success rate"),
])  # fmt: skip
def test_corrections_in_other_words(line: str, name: str) -> None:
    """The name is the figure's alone, its period goes to `about`, and no figure of this week is made of it."""
    (found,) = read(METRICS, f"- {line}").metrics
    assert (found.name, found.value in (0.42, 99.1)) == (name, True)
    assert found.about


def test_a_row_of_totals_is_no_project() -> None:
    """`合计 | 40%` below projects sums them up."""
    found = row("项目 | 进度 | 状态", "海风平台 | 40% | 联调中", "合计 | 40% | -")
    assert [name for name, _, _ in found] == ["海风平台"]


@pytest.mark.parametrize("cells", ["- | 本周无 | -", "1 | 无 | ", "/ | 无 | /"])
def test_a_row_that_says_none_in_any_cell_is_a_proof(cells: str) -> None:
    """`- | 本周无 | -` is no incident called 本周无, and the proof that there was none."""
    report = read("## 生产稳定性事件", *table("时间 | 现象 | 处置", cells))
    assert (report.incidents, report.no_incidents) == ((), (6,))


# ---- facts lost -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("line", "previous"), [
    ("成功率：99.97%（上周99.95%）", 99.95), ("成功率：99.97%，上周99.95%", 99.95),
    ("Success rate: 99.05% (last week 99.24%, -0.19 pp)", 99.24), ("p95 latency: 468 ms (last week 405 ms)", 405),
    ("Processed volume: USD 49.9 M (up from USD 47.6 M)", 47.6),
])  # fmt: skip
def test_last_weeks_value_is_the_one_before(line: str, previous: float) -> None:
    """上周 and last week before a figure say what it was (they are blanked as dates before they are looked for)."""
    ((_, _, _, before),) = figures(f"- {line}")
    assert before == previous


@pytest.mark.parametrize("cell", ["99.97%↑", "↑99.97%", "99.97%（达标）", "99.97% (+0.02pp)", "99.97%（上周99.95%）"])
def test_a_figure_in_a_cell_may_have_an_arrow_or_an_aside(cell: str) -> None:
    """What stands around the value in its cell doesn't lose it."""
    found = figures(*table("指标 | 本周", f"成功率 | {cell}"))
    assert [(name, value) for name, value, _, _ in found] == [("成功率", 99.97)]


def test_a_negative_figure_is_one() -> None:
    """-3.5% is a value, in a line and in a cell."""
    assert [m[1] for m in figures("- 净增长：-3.5%")] == [-3.5]
    assert [m[1] for m in figures(*table("指标 | 本周", "净增长 | -3.5%"))] == [-3.5]


@pytest.mark.parametrize("cell", ["85%，联调中", "85%↑", "85% ↑5%", "已完成85%", "≥85%", "85%+"])
def test_progress_in_a_cell_may_have_company(cell: str) -> None:
    """Below 进度 the percentage counts, whatever stands around it."""
    assert row("项目 | 进度 | 状态", f"海风平台 | {cell} | 联调中")[0][1] == 85


@pytest.mark.parametrize("cell", ["9.26", "9-26"])
def test_a_day_in_a_cell_of_days_may_have_any_sign(cell: str) -> None:
    """Below 上线 9.26 and 9-26 are days, as 2023.9.26 is."""
    assert row("项目 | 进度 | 上线", f"海风平台 | 40% | {cell}")[0][2] == [("上线", "2023-09-26", False)]


@pytest.mark.parametrize(("cell", "event"), [("GA Sep 26", "上线"), ("提测9/26", "提测"), ("launch 9/26", "上线")])
def test_the_cell_names_the_event_better_than_eta(cell: str, event: str) -> None:
    """Below a general word (ETA, 截止) the event that the cell itself names counts."""
    assert row("项目 | 进度 | ETA", f"海风平台 | 40% | {cell}")[0][2] == [(event, "2023-09-26", False)]


@pytest.mark.parametrize("header", ["下周计划", "Next step"])
def test_a_plan_beside_a_project_may_hold_its_day(header: str) -> None:
    """`9/20提测` in the column of next week's plan is a milestone of the row's project."""
    assert row(f"项目 | 进度 | {header}", "海风平台 | 40% | 9/20提测")[0][2] == [("提测", "2023-09-20", False)]


def test_a_table_without_a_header_loses_no_row() -> None:
    """Where the first row is no header (`Table.header` promises an empty one), it is a row like the others."""
    found = read("## 项目进展", "| 海风平台 | 40% | 联调中 |", "| 云帆平台 | 30% | 联调中 |").updates
    assert [(u.name, u.progress) for u in found] == [("海风平台", 40), ("云帆平台", 30)]


def test_a_name_in_two_lines_of_a_cell_is_one() -> None:
    """`海风平台<br>（小风项目）` is a name and its alias, without a semicolon."""
    found = row("项目 | 进度 | 状态", "海风平台<br>（小风项目） | 40% | 联调中")
    assert found[0][0].replace(" ", "") == "海风平台（小风项目）"


def test_the_text_of_an_incidents_cell_is_read_like_a_line() -> None:
    """`【P2】登录超时，影响7笔` below 事件 has its grade taken off and its impact told, as a bullet has."""
    rows = table("时间 | 事件 | 处置", "9/10 09:29 | 【P2】登录超时，影响7笔 | 重启")
    (found,) = read("## 生产稳定性事件", *rows).incidents
    assert (found.title, found.impact, found.severity) == ("登录超时", "影响7笔", "P2")


def test_an_empty_day_is_the_day_above() -> None:
    """In a table of incidents an empty first cell means the day above it."""
    report = read("## 生产稳定性事件", *table("日期 | 现象 | 处置", "9/10 | 登录超时 | 重启", " | 报表延迟 | 扩容"))
    assert [str(i.occurred_at) for i in report.incidents] == ["2023-09-10", "2023-09-10"]


@pytest.mark.parametrize("line", ["N/A", "NONE"])
def test_nothing_in_capitals_is_no_heading(line: str) -> None:
    """`N/A` alone below incidents is the proof of none, and opens no section."""
    report = read("## 生产稳定性事件", "", line)
    assert ([s.title for s in report.sections], report.no_incidents) == (["生产稳定性事件"], (5,))


@pytest.mark.parametrize("line", ["None this week", "None this week."])
def test_none_this_week_is_none(line: str) -> None:
    """`None this week` is no incident of that title."""
    report = read("## Incidents", "", f"- {line}", title=EN)
    assert (report.incidents, report.no_incidents) == ((), (5,))


def test_a_bold_sentence_is_no_heading() -> None:
    """`**本周整体平稳，无重大风险。**` is a remark with a full stop inside its emphasis."""
    assert [s.title for s in read("## 【其他】", "- 值班", "", "**本周整体平稳，无重大风险。**").sections] == ["其他"]


@pytest.mark.parametrize("lines", [
    ("```", "~~~", "- 海风平台：进度90%", "~~~", "```"), ("````", "```", "- 海风平台：进度90%", "```", "````"),
    ("```", "~~~", "- 海风平台：进度90%", "```"),
])  # fmt: skip
def test_a_fence_ends_with_its_own_sign(lines: tuple[str, ...]) -> None:
    """A fence of other signs, or of fewer, inside code ends nothing (CommonMark 4.5)."""
    assert [u.name for u in read("## 项目进展", *lines, "", "- 云帆平台：进度30%").updates] == ["云帆平台"]


def test_text_right_below_a_table_is_none_of_its_rows() -> None:
    """A plain line without pipes below the last row is a paragraph, and a promise where promises stand."""
    report = read("# 下周工作及目标", *table("序号 | 计划", "1 | 海风联调"), "另外组织一次演练")
    assert [item.line_end for item in report.items if item.mark == "|"] == [4, 6]


@pytest.mark.parametrize("text", ["pilot start Sep 26", "QA start Sep 26"])
def test_start_before_a_day_is_no_early_part_of_the_month(text: str) -> None:
    """`start Sep 26` is that day, and not the 1st to the 10th (store.words.dates)."""
    assert [day for _, day, _ in events(english(text))] == ["2023-09-26"]


@pytest.mark.parametrize("text", ["went from 60% to 75%", "from 60% to 75%"])
def test_from_to_without_an_arrow_is_progress_in_english(text: str) -> None:
    """Right behind the name `from 60% to 75%` says where the project stands, as 60% -> 75% does."""
    assert english(text).progress == 75


@pytest.mark.parametrize("opening", [
    "2023-09-10 09:29 - ", "**2023-09-10 09:29** — ", "[2023-09-10 09:29] ", "2023-09-10 09:29. ",
])  # fmt: skip
def test_a_dash_behind_the_time_is_no_part_of_the_title(opening: str) -> None:
    """Dash, full stop and brackets around the time belong to neither time nor title."""
    (found,) = read("## Incidents", "", f"- {opening}Login slow", title=EN).incidents
    assert (str(found.occurred_at), found.title) == ("2023-09-10 09:29:00", "Login slow")


@pytest.mark.parametrize(("title", "team"), [
    ("# 【风控中台】周报 2023-09-15", "风控中台"), ("# [Payments] Weekly report 2023-09-15", "Payments"),
    ("# 风控中台 · 周报 2023-09-15", "风控中台"), ("# Weekly report for Payments, 2023-09-15", "Payments"),
    ("# Weekly Status Report - Merchant Services - 15 Sep 2023", "Merchant Services"),
])  # fmt: skip
def test_teams_in_brackets_and_behind_dots(title: str, team: str) -> None:
    """A title's team may stand in brackets, before a dot, or behind `for`."""
    assert read_report(title + BODY).team == team


@pytest.mark.parametrize(("line", "hour"), [
    ("Created: September 15, 2023 12:05 AM", 0), ("创建时间：2023年9月15日 下午6:05", 18),
])  # fmt: skip
def test_midnight_and_afternoon_of_a_hand_in(line: str, hour: int) -> None:
    """12:05 AM is five past midnight, 下午6:05 is 18:05."""
    created = read_report(f"# 第36周 2023-09-08\n\n{line}" + BODY).created_at
    assert created is not None
    assert (created.hour, created.minute) == (hour, 5)


@pytest.mark.parametrize("title", ["# 周报 2023/09/11-15", "# 周报 2023年第37周（9.11-9.15）"])
def test_short_periods(title: str) -> None:
    """`2023/09/11-15` ends on the 15th, and a period takes the year that stands in the title."""
    report = read_report(title + BODY)
    assert [str(report.report_date), str(report.period_start)] == ["2023-09-15", "2023-09-11"]


def test_a_goal_of_a_table_says_its_project() -> None:
    """`goals._promise` documents that the project stands before the plan where it has a column of its own."""
    report = read("# 下周工作", *table("项目 | 计划", "海风平台 | 联调", "云帆平台 | 联调"))
    assert ["海风平台" in report.goals[0].text, "云帆平台" in report.goals[1].text] == [True, True]


@pytest.mark.parametrize(("text", "progress", "state"), [
    ("容器化改造：已完成 37/50，12/22全部迁完", 74.0, None), ("海风平台：进度100%，未上线", 100.0, None),
    ("海风平台：已上线 3/10 家门店", None, None), ("海风平台：100%开发完成，提测中", 100.0, "testing"),
    ("海风平台：等待银行回复材料的同时继续开发，进度40%", 40.0, "in_progress"),
])  # fmt: skip
def test_shares_days_and_states_of_one_line(text: str, progress: float | None, state: str | None) -> None:
    """A day behind a count is no count; and nothing is done that the line says isn't live yet."""
    (found,) = read("## 项目进展", "", f"- {text}").updates
    assert (found.progress, found.state == "done") == (progress, False)
    assert state in (None, found.state)


@pytest.mark.parametrize("text", [
    "10% of traffic moved", "100% of unit tests pass", "20% under budget", "15% faster than before",
])  # fmt: skip
def test_shares_of_something_else(text: str) -> None:
    """A share of traffic, tests, budget or speed says nothing about how far the project is."""
    assert english(text).progress is None


def test_a_change_without_a_name_is_no_figure() -> None:
    """`increased from 40% to 55%` has no figure's name, so no figure is made of it."""
    report = read("## Projects", "", "- **Harbor** — increased from 40% to 55%", title=EN)
    assert (report.metrics, report.updates[0].progress) == ((), 55.0)


def test_an_english_story_ends_its_title_at_the_colon() -> None:
    """What stands behind the colon of an English incident is its story, not its name."""
    line = "- 2023-09-10 09:29 DNS resolver outage: 340 users affected for 12 mins."
    (found,) = read("## Incidents", "", line, title=EN).incidents
    assert found.title == "DNS resolver outage"


def test_this_week_is_no_part_of_a_team() -> None:
    """`本周` before the team's name in a title belongs to the week."""
    assert read_report("# 本周风控中台周报 2023-09-15" + BODY).team == "风控中台"


@pytest.mark.parametrize("line", ["稳定分由82升至83，中心第4", "稳定分83，中心第4", "稳定分85降到81，中心第6"])
def test_a_figure_in_a_projects_section_is_no_project(line: str) -> None:
    """An item that begins with a figure and how it moved is a figure, and named by it; a share is still progress."""
    report = read_report(written("## 【O3 安全稳定】", f"- {line}", "- 海风平台由60%提升至75%"))
    assert [(update.name, update.progress) for update in report.updates] == [("海风平台", 75)]


def test_a_list_for_a_pilot_is_no_pilot() -> None:
    """灰度商户名单 by a day is the list's day, and no 灰度 of that day."""
    report = read_report(written("## 【O1 服务业务】", "- 海风平台：灰度商户名单由运营9/22前给出"))
    assert [milestone.event for update in report.updates for milestone in update.milestones] == []


# ---- what is no project, no progress, no day of its own -------------------------------------------------------------
@pytest.mark.parametrize("line", [
    "本周无生产事故", "旧主机还剩14台", "旧存储主机再下线2台，还剩16台", "4/9对账堆积：重分区4/14上线，事件关闭",
    "准点率首次过97%", "周活创新高",
])  # fmt: skip
def test_what_only_counts_or_closes_is_no_project(line: str) -> None:
    """What is left, gone or counted, a quiet week and an incident that is over are no projects."""
    assert [u.name for u in read("## 【O3 稳定性】", f"- {line}", "- 海风平台：进度40%").updates] == ["海风平台"]


def test_a_person_who_starts_is_no_project() -> None:
    """A new colleague among the highlights."""
    assert read("## Highlights", "- Backend hire Nadia starts 4 May.", title=EN).updates == ()


@pytest.mark.parametrize(("text", "progress"), [
    ("Dry run OK, 0.4% rejects being looked at", None), ("6% late parcels", None), ("12% failed logins", None),
    ("55% in tests", 55), ("40% across regions", 40), ("70% as planned", 70), ("31 of 40 screens removed", 77.5),
])  # fmt: skip
def test_a_share_of_certain_things_is_no_progress(text: str, progress: float | None) -> None:
    """A percentage right before the things that it counts tells of them."""
    assert english(text).progress == progress


def test_a_bullet_that_opens_with_a_share_is_the_projects() -> None:
    """`- 91%，12月10日上线` below a project names no part; who stands in brackets is its owner."""
    (found,) = read("## 项目", "- 云帆通2.0(林楠)", "    - 91%，9月26日上线不变").updates
    assert (found.name, found.progress, found.owner, events(found)) == (
        "云帆通2.0", 91, "林楠", [("上线", "2023-09-26", False)],
    )  # fmt: skip


def test_prose_below_a_heading_names_the_owner() -> None:
    """`Owner: Mona.` at the end of the text below a heading."""
    (found,) = read("## 3. Projects", "### 3.1 Old basket", "Planning done. Owner: Mona.", title=EN).updates
    assert found.owner == "Mona"


@pytest.mark.parametrize(("text", "expected"), [
    ("双写由9/22推迟到9/26，切读10/6不变", [("双写", "2023-09-26", False), ("切读", "2023-10-06", False)]),
    ("门店试点推迟到10/8", [("试单", "2023-10-08", False)]),
    ("还有两个问题要修，全量再推到10-19", [("切量", "2023-10-19", False)]),
    ("法务意见未回，影响10月上线", []),
])  # fmt: skip
def test_days_of_switches_and_what_endangers_a_month(text: str, expected: list[Any]) -> None:
    """Dual writes, switches of reads and pilots have days; a month that something endangers is no new day."""
    (found,) = read("## 项目进展", f"- 海风平台：{text}").updates
    assert events(found) == expected


def test_a_shadow_run_is_not_the_launch() -> None:
    """`Shadow mode live since …` leaves the project under way, with the day of its enforcement."""
    found = english("Shadow mode live since 14 Sep, one day late. Enforce 11 October.")
    assert (found.state, [e[0] for e in events(found)]) == (None, ["影子运行", "生效"])


@pytest.mark.parametrize(("line", "name"), [
    ("口径统一首批 40 个里签了 31 个", "度量口径统一"), ("云帆通剩余bug 3个", "云帆通2.0"),
    ("实名认证换新9月5日如期上线", "实名认证换新"), ("云帆通2.0 09-12开始灰度10%", "云帆通2.0"),
])  # fmt: skip
def test_a_highlight_speaks_of_the_project_whose_name_it_shortens(line: str, name: str) -> None:
    """By the end of its name, without its number, or up to a day."""
    report = read("## 重点工作", f"- {line}", "## 项目", "- 度量口径统一：40%", "- 云帆通2.0：60%")
    assert report.updates[0].name == name


def test_a_project_named_by_what_happens_to_it_is_one() -> None:
    """`Unix decommission: …` is a project with its end; `Production cutover: …` below one is its day."""
    report = read("## Projects", "- Unix decommission: 9 of 12 schemas dropped, end date 16 Oct", title=EN)
    assert [(u.name, u.progress, events(u)) for u in report.updates] == [
        ("Unix decommission", 75, [("完成", "2023-10-16", False)])
    ]
    below = ("- Harbor", "  - Status: on track", "  - Production cutover: 3 Oct")
    (harbor,) = read("## Projects", *below, title=EN).updates
    assert (harbor.name, events(harbor)) == ("Harbor", [("割接", "2023-10-03", False)])


def test_a_cell_counts_in_units() -> None:
    """`640/800条` below 进度."""
    assert row("项目 | 进度 | 说明", "天秤迁移 | 640/800条 | 按计划") == [("天秤迁移", 80, [])]


def test_a_highlight_keeps_the_day_that_a_date_moved_from() -> None:
    """The project's own line has the new day alone; what it was before stands among the highlights."""
    report = read("## 重点工作", "- 会员中心上线时间从9/22改到9/26。", "## 项目", "- 会员中心：60%，9/26上线")
    assert [u.line for u in report.updates] == [4, 6]


def test_a_heading_keeps_its_parts() -> None:
    """Prose with a progress right below a heading is the heading's own, and the list below it names its parts."""
    report = read("## 3. Projects", "### 3.1 Driver app", "Build 45%.", "- Rides: 80%", "- Maps: 55%", title=EN)
    assert [(u.name, u.parent, u.progress) for u in report.updates] == [
        ("Driver app", None, 45), ("Rides", "Driver app", 80), ("Maps", "Driver app", 55),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("商户风险等级与限额管理等资料提交完成", ()),
        ("结算风险限额，22/40", ()),
        ("客户风险分级规则上线", ()),
        ("风险等级由中升为高", ("风险等级由中升为高",)),
        ("存在风险，供应商产能不足", ("存在风险",)),
    ],
)
def test_the_grade_of_a_risk_is_a_subject_and_no_risk(text: str, told: tuple[str, ...]) -> None:
    """风险等级, 风险分级 and 风险限额 are what a team works on; that a grade is high or rises is a risk."""
    assert tuple(risk.text for risk in read_risks(text, 1)) == told
