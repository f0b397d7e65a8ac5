"""What holds for any report put together from tables, headings, fences, comments, properties and lists."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from store.reading import read_report
from store.reading.document import Document
from store.reading.marks import plain
from store.reading.outline import outline
from store.records import Report, Update

TITLES = ["# 第38周 2023-09-15", "# Payments weekly report (Sep 11 - Sep 15, 2023)", "# 周报", "2023-09-15\n====", ""]
HEADINGS = [
    "## 项目进展", "## 【O1 服务业务】", "**项目进展**", "## 【系统运行数据】", "Metrics\n-------", "## 生产稳定性事件",
    "1. 生产稳定性事件：", "## Incidents", "# 下周工作及目标", "## 重点工作", "### 海风平台", "## 看板",
    "一、项目进展", "【其他】",
    "*O1 Grow*", "PROJECTS", "## Timeline", "## Summary", "<u>其他</u>", "3. Projects",
]  # fmt: skip
LINES = [
    "- 海风平台：进度40%，预计9/26上线", "- **Harbor** — 65% (was 50%), go-live moved from Sep 20 to Sep 26",
    "  - Owner: Web team", "    - 前端：进度由10%提升至30%，9/14已提测", "① 后端", "- 成功率：99.97%（上期99.95%）",
    "成功率：",
    "- 更正：第36周误杀率应为0.42%，原写0.24%", "- 健康分656降低647", "- 9/10 09:29 【P2】登录超时，影响7笔",
    "    处置：重启网关",
    "Time: 2023-09-10 09:29", "Impact: 7 payments failed", "- 本周无", "1. 海风联调", "Project: Harbor",
    "Status: blocked",
    "文字，9月底上线。", "> 进度90%", "---", "", "", "", "\t- 云帆", "等待渠道证书", "- 2023-09-10 09:08 First errors",
]  # fmt: skip
ROWS = [
    "| 项目 | 子任务 | 进度 | 计划上线 |", "|---|---|---|---|", "| 海风平台 | 前端 | 40% | 9/26（原9/20） |",
    "|  | 后端 | 7/14 | 10月中 |",
    "| **云帆** | | | |", "| 指标（%） | 本周 | 上周 |", "| 成功率 | 99.97 | 99.95 |", "| 时间 | 现象 | 影响 | 处置 |",
    "| 9/10 09:29 | 登录超时 | 7笔 | 重启 |", "项目 | 进度 | 状态", "---|:-:|---", " | 40% | 联调中",
    "海风 | 40% | 9/14完成评审", "| 无 | |",
    "|", "||||", "| a\\|b | <br> |", "| 序号 | 计划 |",
]  # fmt: skip
FENCES = ["```", "~~~", "<!--", "-->", "<!-- 例 -->", "---", "title: 周报", "date: 2023-09-15", "***", "\x00", "\u2028"]
BODY = st.lists(st.one_of(*map(st.sampled_from, (HEADINGS, LINES, LINES, ROWS, ROWS, FENCES))), max_size=24)
REPORTS = st.tuples(st.sampled_from(TITLES), BODY).map(lambda parts: "\n".join([parts[0], "", *parts[1]]))
TABLES = st.tuples(st.sampled_from(HEADINGS),
 st.lists(st.sampled_from([*ROWS, "", "- 海风：进度40%"]), max_size=16)).map(
    lambda parts: "\n".join([TITLES[0], "", parts[0], "", *parts[1]])
)  # fmt: skip


def quoted(report: Report, first: int, last: int) -> str:
    """The lines of a report without inline marks, as the words of a record quote them."""
    return "\n".join(plain(line.expandtabs(4)) for line in report.lines[first - 1 : last])


def rows_of(report: Report) -> set[int]:
    """The lines of the report that are rows of its tables."""
    return {item.line for item in report.items if item.mark == "|"}


@settings(max_examples=250, deadline=None)
@given(REPORTS)
def test_every_report_is_read_and_read_the_same_again(text: str) -> None:
    """Whatever its pieces, a report is read without a fault, and once more it says the same."""
    assert read_report(text, "第38周.md") == read_report(text, "第38周.md")


@settings(max_examples=250, deadline=None)
@given(REPORTS)
def test_every_record_stands_on_lines_of_the_report(text: str) -> None:
    """No line is before the first or behind the last, and no record ends before it begins."""
    report = read_report(text)
    last = len(report.lines)
    spans = [(r.line, r.line_end) for r in (*report.items, *report.updates, *report.incidents)]
    spans += [(r.line, r.line) for r in (*report.sections, *report.metrics, *report.goals)]
    spans += [(m.line, m.line) for u in report.updates for m in (*u.milestones, *u.risks)]
    assert all(1 <= first <= end <= last for first, end in spans)
    assert all(1 <= line <= max(last, 1) for line in (*report.no_incidents, *(n.line for n in report.notices)))


@settings(max_examples=250, deadline=None)
@given(REPORTS)
def test_sections_items_and_records_run_in_the_order_of_the_lines(text: str) -> None:
    """Sections and items come one behind the other, and so do records of each kind; nothing overlaps."""
    report = read_report(text)
    assert all(before.line < after.line for before, after in pairwise(report.sections))
    assert all(before.line_end < after.line for before, after in pairwise(report.items))
    for records in (report.updates, report.metrics, report.incidents, report.goals):
        assert [record.line for record in records] == sorted(record.line for record in records)


@settings(max_examples=250, deadline=None)
@given(TABLES)
def test_each_row_is_in_exactly_one_item_and_one_table(text: str) -> None:
    """Every row of a table that is found begins an item of its own, and is in no other."""
    report = read_report(text)
    tables = outline(Document.of_markdown(text).texts).tables.values()
    lines = [row.line for table in tables for row in (table.header, *table.rows) if row.text.strip("|: -")]
    assert len(lines) == len(set(lines))
    assert set(lines) <= rows_of(report)
    inside = [line for item in report.items for line in range(item.line, item.line_end + 1)]
    assert all(inside.count(line) == 1 for line in lines)


@settings(max_examples=250, deadline=None)
@given(TABLES)
def test_what_a_table_tells_stands_on_its_rows(text: str) -> None:
    """A project, a figure or an incident of a table has a line on which its own cells stand."""
    report = read_report(text)
    for metric in (m for m in report.metrics if m.line in rows_of(report)):
        assert metric.name in quoted(report, metric.line, metric.line)
        assert f"{metric.value:g}" in report.lines[metric.line - 1]
    for incident in (i for i in report.incidents if i.line in rows_of(report)):
        assert incident.title in quoted(report, incident.line, incident.line_end)
    for update in (u for u in report.updates if u.line in rows_of(report)):
        assert all(m.line in rows_of(report) for m in update.milestones)


def _lists(report: Report) -> list[Update]:
    """The updates that lists and headings tell, whose milestones quote their clause."""
    return [update for update in report.updates if update.line not in rows_of(report)]


@settings(max_examples=250, deadline=None)
@given(REPORTS)
def test_what_is_quoted_is_what_is_written(text: str) -> None:
    """A milestone's clause, a risk, a figure's name and an incident's title stand on the lines that they cite."""
    report = read_report(text)
    for update in _lists(report):
        for said in (*update.milestones, *update.risks):
            assert said.text in quoted(report, said.line, said.line)
    for metric in report.metrics:
        assert metric.name in quoted(report, metric.line, metric.line)
    for incident in report.incidents:
        title = " ".join(incident.title.split())
        assert title in " ".join(quoted(report, incident.line, incident.line_end).split())


@settings(max_examples=150, deadline=None)
@given(REPORTS)
def test_figures_stay_within_their_bounds(text: str) -> None:
    """Progress is a percentage, a period runs forward, a day of an event does, and a parent is a project of its own."""
    report = read_report(text)
    for update in report.updates:
        assert update.progress is None or 0 <= update.progress <= 100
        assert all(milestone.start <= milestone.end for milestone in update.milestones)
        assert update.parent != update.name
    if report.period_start and report.period_end:
        assert report.period_start <= report.period_end


@settings(max_examples=150, deadline=None)
@given(REPORTS)
def test_what_is_hidden_changes_nothing(text: str) -> None:
    """A comment behind the last line, which nobody reads on the page, adds no record and takes none away."""
    hidden = "\n\n<!--\n- 海风平台：进度90%\n| 项目 | 进度 |\n-->\n"
    assume("<!--" not in text and "-->" not in text)
    plainly, commented = read_report(text + "\n"), read_report(text + hidden)
    for kind in ("sections", "items", "updates", "metrics", "incidents", "goals"):
        assert getattr(plainly, kind) == getattr(commented, kind)
