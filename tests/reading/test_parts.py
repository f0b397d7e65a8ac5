"""A file with several weeks → a report for each; and files that hold one, however many dates stand in them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.places import REAL, SEEDS

from store.reading import read_reports
from store.reading.document import Document
from store.reading.formats import to_document
from store.reading.parts import parts


def days(text: str, name: str = "a.md") -> list[tuple[str | None, str]]:
    """Label and date of each report, oldest first."""
    return [(r.label, str(r.report_date)) for r in read_reports(Document.of_markdown(text), name)]


def weeks(*titles: str, between: str = "\n## O1 服务业务\n- 海风平台：进度{}0%\n") -> str:
    """A file with these titles; the nth week's project stands at n × 10 %."""
    return "\n".join(title + between.format(number) for number, title in enumerate(titles, 1))


SEVERAL = [
    ("# 第39周 2023-09-22", "# 第38周 2023-09-15"), ("# 第38周 2023-09-15", "# 第39周 2023-09-22"),
    ("## Week 45 (2023-11-10)", "## Week 44 (2023-11-03)", "## Week 43 (2023-10-27)"),
    ("# 支付中心周报 2023-09-22", "# 支付中心周报 2023-09-15"), ("# 2023-09-22", "# 2023/09/15"),
    ("## 2023年9月18日-2023年9月22日", "## 2023年9月11日-2023年9月15日"),
    ("# 第39周（2023-09-18 ~ 2023-09-22）国庆特刊", "# 第38周（2023-09-11 ~ 2023-09-15）"),
    ("第39周 2023-09-22\n====", "第38周 2023-09-15\n===="), ("**第39周 2023-09-22**", "**第38周 2023-09-15**"),
    ("# Payments W39 2023-09-22", "# Payments W38 2023-09-15"), ("# 第1周 2024-01-05", "# 第1周 2023-01-06"),
    ("# 周报合集 2023-09-22 更新\n## 第39周 2023-09-22", "## 第38周 2023-09-15"),
]  # fmt: skip


@pytest.mark.parametrize("titles", SEVERAL)
def test_each_title_of_another_week_begins_a_part(titles: tuple[str, ...]) -> None:
    """Newest or oldest first, by label, date, period or all; oldest first come out, each with its own progress."""
    text = weeks(*titles)
    reports = read_reports(Document.of_markdown(text), "a.md")
    assert len(reports) == len(titles)
    assert [r.report_date for r in reports] == sorted(r.report_date for r in reports if r.report_date)
    lines = text.split("\n")
    for report in reports:
        (update,) = report.updates
        assert f"{update.progress:g}%" in lines[update.line - 1]
        assert report.span is not None
        assert report.span[0] <= update.line <= report.span[1]
    assert sorted(r.updates[0].progress or 0 for r in reports) == [10 * n for n in range(1, len(titles) + 1)]


SINGLE = [
    "# 第38周 2023-09-15\n\nCreated: 2023年11月29日\n\n# 第38周 2023/09/15\n\n## O1\n- 甲\n\n# 日报合集\n",
    "# 第38周 2023-09-15\n# 日报合集\n# 2023-09-11\n- 甲\n# 2023-09-12\n- 乙\n# 2023-09-18\n- 丙",
    "# 第38周 2023-09-15\n## 日报合集\n### 2023-09-04\n- 甲\n### 2023-09-12\n- 乙",
    "# 第38周 2023-09-15\n## 第37周回顾\n- 甲\n# 第39周计划\n- 乙\n# 下周工作及目标（第39周）\n- 丙",
    "# 第38周 2023-09-15\n- 第37周 2023-09-08 完成评审\n2023-09-01 上线\n第36周 的事",
    "# 第38周 2023-09-15\n## 2023-09-08 数据库故障\n- 甲\n## 2023-09-01 网络故障\n- 乙",
    "# 周报 2023-09-15\n# 2023-09-11\n- 甲\n# 2023-09-12\n- 乙",
]  # fmt: skip


@pytest.mark.parametrize("text", SINGLE)
def test_one_week_is_one_report(text: str) -> None:
    """Repeated titles, days of the daily collection, other weeks in text or sections begin no part."""
    document = Document.of_markdown(text)
    assert parts(document) == (document,)
    assert [day for _, day in days(text)] == ["2023-09-15"]


def test_the_samples_hold_one_week_each() -> None:
    """No sample report and not the real one is taken apart."""
    files = [*sorted(SEEDS.rglob("*.md")), *([REAL] if REAL.is_file() else [])]
    assert len(files) >= 12
    for file in files:
        document = to_document(Path(file).read_bytes(), file.name)
        assert parts(document) == (document,), file


def test_what_stands_above_holds_for_all() -> None:
    """A team named above the first week is every week's; a date there is no week's."""
    text = "# 清算中心周报\n\n团队：清算中心\n更新于 2023-12-01\n\n" + weeks(
        "## 第39周 2023-09-22", "## 第38周 2023-09-15"
    )
    reports = read_reports(Document.of_markdown(text), "b.md")
    assert [(r.team, str(r.report_date)) for r in reports] == [("清算中心", "2023-09-15"), ("清算中心", "2023-09-22")]


def test_a_files_name_dates_none_of_several() -> None:
    """A week without a date stays without: the file's name can't mean each of them."""
    assert days(weeks("# 第39周 2023-09-22", "# 第38周"), "2023-09-22.md") == [
        ("第38周", "None"), ("第39周", "2023-09-22")
    ]  # fmt: skip


def test_parts_of_html_keep_the_files_lines() -> None:
    """Weeks in one HTML file are told apart by its headings, with its source lines."""
    page = "".join(
        f"<h1>第{week}周 2023-09-{day}</h1>\n<h2>O1 服务业务</h2>\n<ul><li>海风平台：进度{week}%</li></ul>\n"
        for week, day in ((39, 22), (38, 15))
    )
    reports = read_reports(to_document(page.encode(), "a.html"), "a.html")
    assert [(r.label, [(u.progress, u.line) for u in r.updates]) for r in reports] == [
        ("第38周", [(38, 6)]), ("第39周", [(39, 3)])
    ]  # fmt: skip


LINES = st.sampled_from([
    "# 第38周 2023-09-15", "# 第39周 2023-09-22", "## Week 45", "## Week 44 2023-11-03", "# 2023-09-01", "",
    "- 海风：进度80%",
    "## O1 服务", "# 日报合集", "团队：甲", "  续行", "1. 生产稳定性事件：", "- 9/10 09:29 超时", "| a | b |",
    "第40周 2023-09-29",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_parts_share_the_lines_among_them(lines: list[str]) -> None:
    """Whatever stands in a file: its parts' spans don't overlap, and each record lies in the span of its part."""
    document = Document.of_markdown("\n".join(lines))
    reports = read_reports(document)
    spans = sorted(r.span for r in reports if r.span)
    assert len(spans) in (0, len(reports))
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    for report in reports:
        first, last = report.span or (1, len(document.lines))
        records = [*report.updates, *report.incidents, *report.metrics, *report.goals, *report.notices]
        assert all(first <= record.line <= last for record in records if record.line > 1)
