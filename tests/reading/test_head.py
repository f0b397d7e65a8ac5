"""The head of a report: label, team, date, period and export time, from its titles or from the file's name."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.reading import read_report

BODY = "\n\n## 【其他】\n1. 值班"
ON = date(2023, 9, 15)
DATES = [
    "# 第38周 2023-09-15", "# 第38周 2023/09/15", "# 第38周 2023.9.15", "# 第38周 2023年9月15日",
    "# 第38周 2023 年 9 月 15 日",
    "# 第38周（20230915）", "# 2023-09-15 第38周", "第38周 2023-09-15", "# 第38周\n\n日期：2023-09-15",
    "# 支付中心周报\n\n**2023-09-15**",
    "# 第38周\n\nDate: 2023-09-15", "# 第38周 2023-13-40 2023-09-15",
    "# 第38周 ２０２３-０９-１５",
]  # fmt: skip
LABELS = [
    ("# 第38周 2023-09-15", "第38周"), ("# 第 38 周 2023-09-15", "第 38 周"), ("# W38 2023-09-15", "W38"),
    ("# Week 38 (2023-09-15)", "Week 38"), ("# 周报 2023-09-15", None), ("# 支付中心第5周周报 2023-09-15", "第5周"),
    ("# power38 2023-09-15", None),
]  # fmt: skip
TEAMS = [
    ("# 第15周 2023-09-15\n\n（中秋当周未单独出周报，内容合并在本期）", None),
    ("# 支付中心周报 2023-09-15", "支付中心"), ("# 支付中心 第38周周报 2023-09-15", "支付中心"),
    ("# 支付中心 工作周报（2023-09-15）", "支付中心"),
    ("# 第38周 2023-09-15\n\n团队：支付中心", "支付中心"), ("# 第38周 2023-09-15\n\nTeam: Payments", "Payments"),
    ("# Payments Weekly Report 2023-09-15", "Payments"), ("# 第38周 2023-09-15", None), ("# 周报 2023-09-15", None),
]  # fmt: skip
PERIODS = [
    ("# 周报 2023-09-11 - 2023-09-15", "2023-09-11", "2023-09-15", "2023-09-15"),
    ("# 周报 2023/9/8~2023/9/14", "2023-09-08", "2023-09-14", "2023-09-14"),
    ("# 周报 2023-09-15", "2023-09-11", "2023-09-17", "2023-09-15"),
    ("# 周报 2023-09-17", "2023-09-11", "2023-09-17", "2023-09-17"),
    ("# 周报 2024-01-01", "2024-01-01", "2024-01-07", "2024-01-01"),
]  # fmt: skip
NAMES = [
    ("2023-09-15.md", ON), ("支付中心/20230915周报.md", ON), ("第38周 2023.9.15.txt", ON),
    ("C:\\reports\\2023-09-15.md", ON),
    ("2023-09-15/report.md", None), ("readme.md", None), ("order20230915123.md", None), ("2023-09.md", None),
]  # fmt: skip


@pytest.mark.parametrize("title", DATES)
def test_the_date_in_every_form(title: str) -> None:
    """The report's date from a title or a labelled line, however it is written; impossible days are passed over."""
    assert read_report(title + BODY).report_date == ON


@pytest.mark.parametrize(("title", "label"), LABELS)
def test_the_label_as_written(title: str, label: str | None) -> None:
    """第38周, W38 and Week 38 stay as they are written; a word that ends in such letters is no label."""
    assert read_report(title + BODY).label == label


@pytest.mark.parametrize(("title", "team"), TEAMS)
def test_the_team_that_the_report_names(title: str, team: str | None) -> None:
    """The word before 周报, or a labelled line; a label or a date alone names nobody."""
    assert read_report(title + BODY).team == team


@pytest.mark.parametrize(("title", "start", "end", "day"), PERIODS)
def test_the_period_is_the_one_written_else_the_week(title: str, start: str, end: str, day: str) -> None:
    """Two days are the period, the later one the report's date; one day means its Monday to Sunday."""
    report = read_report(title + BODY)
    assert [str(report.period_start), str(report.period_end), str(report.report_date)] == [start, end, day]


@pytest.mark.parametrize(("name", "day"), NAMES)
def test_the_files_name_dates_an_undated_report(name: str, day: date | None) -> None:
    """Without a date in its titles a report takes that of its file's name, not of a folder or a longer number."""
    assert read_report("# 周报" + BODY, name).report_date == day


def test_the_titles_win_over_the_name() -> None:
    """A title's date and label stand where the file's name says another."""
    report = read_report("# 第38周 2023-09-15" + BODY, "第40周 2023-09-29.md")
    assert (report.report_date, report.label) == (ON, "第38周")


@pytest.mark.parametrize(("line", "moment"), [
    ("Created: 2023年11月29日 20:54", datetime(2023, 11, 29, 20, 54)),
    ("created time: 2023-11-29", datetime(2023, 11, 29)),
    ("创建时间：2023/11/29 8:05", datetime(2023, 11, 29, 8, 5)), ("Created: gestern", None),
    ("Created: 2023-11-29 25:99", None),
])  # fmt: skip
def test_the_export_time_as_written(line: str, moment: datetime | None) -> None:
    """`Created:` gives the local time of the export, to the minute; what is no time is none."""
    assert read_report(f"# 第38周 2023-09-15\n\n{line}" + BODY).created_at == moment


def test_dates_in_the_body_never_date_a_report() -> None:
    """Days that sections speak of are no date of the report."""
    assert read_report("# 周报\n\n## 【其他】\n- 2023-09-15 团建\n\n## 2023-09-20 之后").report_date is None


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 20)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"])
)
def test_any_date_dates_its_report_and_lies_in_its_week(day: date, form: str) -> None:
    """Every day of the century is read as written, and lies in the Monday to Sunday of its report."""
    report = read_report(f"# 第1周 {day.strftime(form)}" + BODY)
    assert report.report_date == day
    assert report.period_start is not None
    assert report.period_end is not None
    assert (report.period_start.weekday(), (report.period_end - report.period_start).days) == (0, 6)
    assert report.period_start <= day <= report.period_end
