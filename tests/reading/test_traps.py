"""The traps that real reports hold, by the design's section 3, each with a text of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from support.written import ON, read, update, updates, written

from store.library import Library
from store.reading import read_report
from store.records import SectionKind
from store.viewer import EVERYONE

LATER = date(2023, 12, 31)
PUT = Callable[..., None]
NO_PROGRESS = [
    "新增数据保存正常 100%", "新增数据校验正常100%", "回归通过率 98%", "用例通过率9/10", "用例9/10通过",
    "覆盖率达到82%",
    "一次支付成功率：99.15%", "可用性99.998%", "成本降低30%", "转化率提升12%", "同比增长20%", "缓存命中率为95%",
    "支持24/7值守", "P0/P1规范", "磁盘使用率到90%", "占比 40%", "健康分656降低647", "3/5个机房具备条件",
]  # fmt: skip
PROGRESS = [
    ("打标进度77.04%（104/135)", 77.04), ("研发进展80%，支付侧9/26上线不变", 80), ("项目整体进度: 90%", 90),
    ("方案编写20%", 20), ("已完成12/40", 30), ("进度由60%提升至75%", 75), ("进度从60%到75%", 75),
    ("进度８５％", 85), ("进度：0%", 0), ("开发完成七成", 70), ("用例已执行30/120", 25),
    ("开发进度85%，新增数据保存正常 100%", 85),
]  # fmt: skip
NO_DATES = [
    "用例3/5，上线", "通过率9/10，评审中", "9/10通过，上线评审中", "24/7值守上线", "7x24小时保障上线",
    "P0/P1问题清零上线",
    "主机10.12.0.1迁移上线", "v2.10 上线", "单号20230915，上线", "升级到5.10，上线", "77.04%（104/135)，上线",
    "评审 2/3 通过",
    "金额：130W和3217.50，上线", "切量1/4，上线", "两周一次评审", "5个专项评审",
]  # fmt: skip
DATES = [
    ("9/15提测", date(2023, 9, 15)), ("支付侧9/26上线不变", date(2023, 9, 26)), ("9.26上线", date(2023, 9, 26)),
    ("上线：9月26日", date(2023, 9, 26)), ("9/26（周二）上线", date(2023, 9, 26)), ("９／２６上线", date(2023, 9, 26)),
]  # fmt: skip
YEARS = [
    (date(2023, 12, 29), "预计1/12上线", date(2024, 1, 12)), (date(2023, 12, 29), "12/20完成上线", date(2023, 12, 20)),
    (date(2024, 1, 5), "12/28上线完成", date(2023, 12, 28)), (date(2024, 1, 5), "预计2/20提测", date(2024, 2, 20)),
    (date(2023, 9, 15), "9/5完成上线", date(2023, 9, 5)), (date(2023, 9, 15), "计划2024年3月5日上线", date(2024, 3, 5)),
]  # fmt: skip


def test_the_label_stays_as_written_where_it_is_not_the_iso_week() -> None:
    """第38周 of 2023-09-15 keeps its label and its Monday-Sunday, and the report says that ISO week 37 disagrees."""
    report = read("## 【其他】", "1. 值班")
    assert (report.label, report.report_date) == ("第38周", ON)
    assert (report.period_start, report.period_end) == (date(2023, 9, 11), date(2023, 9, 17))
    assert [(n.line, n.code) for n in report.notices] == [(1, "label_not_iso_week")]


def test_a_label_that_is_the_iso_week_is_not_remarked() -> None:
    """第37周 of 2023-09-15 is ISO week 37, and there is nothing to say about it."""
    assert read("## 【其他】", "1. 值班", title="# 第37周 2023-09-15").notices == ()


def test_a_week_number_means_the_report_that_calls_itself_so(library: Library, put: PUT) -> None:
    """W38 is the report labelled 第38周, whose ISO week is 37; nothing answers to 37."""
    put(written("## 【其他】", "1. 值班"))
    assert [ref.label for ref in library.reports_labelled(EVERYONE, LATER, [38])] == ["第38周"]
    assert library.reports_labelled(EVERYONE, LATER, [37]) == ()


def test_created_is_when_the_page_was_exported() -> None:
    """`Created:` dates neither the report nor its week, wherever it stands among the titles."""
    text = "Created: 2023年11月29日 20:54\n\n# 第38周 2023/09/15\n\n## 【其他】\n1. 值班"
    report = read_report(text)
    assert (report.report_date, report.created_at) == (ON, datetime(2023, 11, 29, 20, 54))


def test_a_report_with_nothing_but_created_is_undated() -> None:
    """An export time is no date of a report, not even where there is no other."""
    assert read_report("# 周报\n\nCreated: 2023年11月29日 20:54\n\n## 其他\n- 值班").report_date is None


def test_the_title_may_stand_twice() -> None:
    """Two H1 with the same label are one report with one date, and neither is a section."""
    report = read("Created: 2023年11月29日 20:54", "", "# 第38周 2023/09/15", "", "## 【其他】", "1. 值班")
    assert (report.label, report.report_date) == ("第38周", ON)
    assert [(s.title, s.line) for s in report.sections] == [("其他", 7)]


@pytest.mark.parametrize("name", [
    "第38周 2023-09-15 0123456789abcdef0123456789abcdef.md", "000_d1e82023091234ab.txt",
    "a20231301b20230101c20230202d2023.md", "export 20231212202312122023121220231212.md",
])  # fmt: skip
def test_a_hash_in_the_file_name_is_no_date(name: str) -> None:
    """What the titles say stands, and the digits of a page's id or hash are never taken for a day."""
    assert read_report(written("## 【其他】", "1. 值班"), name).report_date == ON
    without = read_report("# 周报\n\n## 【其他】\n1. 值班", name).report_date
    assert without == (ON if "2023-09-15" in name else None)


def test_the_file_name_dates_a_report_without_titles() -> None:
    """Where no title holds a date, the name's date is the report's, its page id taken off."""
    name = "reports/第38周 2023-09-15 0123456789abcdef0123456789abcdef.md"
    report = read_report("## 【其他】\n1. 值班", name)
    assert (report.label, report.report_date) == ("第38周", ON)


def test_an_incident_list_may_be_a_numbered_line_in_another_section() -> None:
    """`1. 生产稳定性事件：` in the section O3, bullets at its own indent: they are incidents and no projects."""
    report = read(
        "## 【O3 安全稳定】",
        "- 海风改造，进度40%",
        "1. 生产稳定性事件：",
        "- 9/10 09:29 登录接口超时，影响7笔支付",
        "处置：重启网关",
        "- 9/11 10:12 报表任务延迟，无业务影响",
    )
    assert [(i.line, i.occurred_at) for i in report.incidents] == [
        (6, datetime(2023, 9, 10, 9, 29)),
        (8, datetime(2023, 9, 11, 10, 12)),
    ]
    assert [u.name for u in report.updates] == ["海风改造"]
    assert [s.kind for s in report.sections] == [SectionKind.PROJECTS, SectionKind.INCIDENTS]


@pytest.mark.parametrize("text", NO_PROGRESS)
def test_rates_shares_and_changes_are_no_progress(text: str) -> None:
    """A figure that says how well something works, or by how much it changed, doesn't say how far a project is."""
    assert update(f"- 海风改造：{text}").progress is None


@pytest.mark.parametrize(("text", "percent"), PROGRESS)
def test_progress_is_read_where_it_is_meant(text: str, percent: float) -> None:
    """Next to those traps, a figure with a word of progress is the project's progress."""
    assert update(f"- 海风改造：{text}").progress == percent


def test_a_score_that_fell_is_from_the_old_to_the_new_value() -> None:
    """`健康分656降低647` stands at 647 and came from 656; it didn't fall by 647."""
    (metric,) = read("## 【O3 安全稳定】", "- 健康分治理，健康分656降低647，排名第5。").metrics
    assert (metric.name, metric.previous, metric.value, metric.line) == ("健康分", 656, 647, 4)


def test_a_fall_by_an_amount_is_no_fall_to_it() -> None:
    """`缺陷数656降低47` takes 47 off, so no value of 47 is claimed."""
    assert [m.value for m in read("## 【O3 安全稳定】", "- 缺陷治理，缺陷数656降低47").metrics if m.value == 47] == []


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """Shares, severities, addresses, versions and amounts beside an event are no day of it."""
    assert update(f"- 海风改造：{text}").milestones == ()


@pytest.mark.parametrize(("text", "day"), DATES)
def test_a_date_with_evidence_is_one(text: str, day: date) -> None:
    """The same digits with a verb, a weekday or a month are a day."""
    assert [(m.start, m.end) for m in update(f"- 海风改造：{text}").milestones] == [(day, day)]


@pytest.mark.parametrize(("on", "text", "day"), YEARS)
def test_a_date_takes_the_year_nearest_to_the_report(on: date, text: str, day: date) -> None:
    """Around New Year a year-less date is the near one; a written year is kept."""
    (milestone,) = update(f"- 海风改造：{text}", title=f"# 第1周 {on}").milestones
    assert milestone.start == day


def test_a_date_planned_in_the_past_is_kept_and_flagged() -> None:
    """`预计9/5上线` in a report of 9/15 stays 9/5, is doubtful, isn't done, and the report says so with its line."""
    report = read("## 【O1 服务业务】", "- 海风改造：联调中，预计9/5上线")
    (milestone,) = report.updates[0].milestones
    assert (milestone.start, milestone.doubtful, milestone.done) == (date(2023, 9, 5), True, False)
    assert (4, "planned_in_past") in [(n.line, n.code) for n in report.notices]


@pytest.mark.parametrize("text", ["9/5完成上线", "预计9/15上线", "计划9/20上线", "预计9月中旬上线"])
def test_only_a_plan_wholly_in_the_past_is_doubtful(text: str) -> None:
    """What happened, what is due today and what is still to come is no doubtful plan."""
    assert [m.doubtful for m in update(f"- 海风改造：{text}").milestones] == [False]


def test_an_incident_told_in_two_reports_is_one(library: Library, put: PUT) -> None:
    """The same minute in two weeks' reports is one incident with two mentions, the newer telling first."""
    told = ("## 【生产稳定性事件】", "- 9/14 18:02 撤销接口报错，影响2笔")
    put(written(*told), name="a.md")
    put(written(*told, "处置：修改撤销状态", title="# 第39周 2023-09-22"), name="b.md")
    ((newer, older),) = library.incidents(EVERYONE, LATER, None, LATER)
    assert (newer.report.source, older.report.source) == ("b.md", "a.md")
    assert newer.record.handling == "修改撤销状态"


def test_contradicting_figures_are_both_kept(library: Library, put: PUT) -> None:
    """Two reports of a week that give different progress both stand, each with its own report and line."""
    put(written("## 【O1 服务业务】", "- 海风改造：进度40%"), name="a.md")
    put(written("## 【O1 服务业务】", "- 云帆平台：进度10%", "- 海风改造：进度55%"), name="b.md")
    project = next(p for p in library.projects(EVERYONE, LATER) if p.name == "海风改造")
    said = library.updates(EVERYONE, LATER, [project.subject])
    assert {(m.report.source, m.record.line, m.record.progress) for m in said} == {("a.md", 4, 40), ("b.md", 5, 55)}


def test_a_correction_of_another_week_is_no_figure_of_this_one() -> None:
    """`更正：第36周…应为…` in the metrics is a figure of that week, and none of this one."""
    found = read("## 【系统运行数据】", "- 支付成功率：99.97%", "- 更正：第36周支付成功率99.50%，应为99.60%").metrics
    assert [(m.name, m.value, m.about) for m in found] == [("支付成功率", 99.97, None), ("支付成功率", 99.6, "第36周")]


def test_an_item_without_news_is_no_project() -> None:
    """无 and 暂无 under a project section say that there is nothing, and name nothing."""
    assert updates("- 无", "- 暂无。") == ()
