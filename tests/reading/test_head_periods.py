"""The head of reports of other makes: periods in titles, English dates, teams, hand-in times, page properties."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.reading import read_report
from store.records import Report

BODY = "\n\n## 【其他】\n1. 值班"
WEEK = ("2023-09-11", "2023-09-15", "2023-09-15")  # first day, last day, the report's date
PERIODS = [
    "# Weekly Report, Week 37 (Sep 11 – Sep 15, 2023)", "# Weekly Report (Sep 11 - 15, 2023)",
    "# Weekly Report (11–15 Sep 2023)", "# Weekly Report 11 Sep - 15 Sep 2023",
    "# Week 37: September 11 to September 15, 2023",
    "# 周报（2023-09-11 ~ 2023-09-15）", "# 周报 2023.09.11-2023.09.15", "# 周报 2023.9.11-9.15",
    "# 周报 2023/9/11-9/15",
    "# 周报 2023年9月11日—9月15日", "# 周报（2023年9月11日至15日）", "# 第37周周报\n\n周期：2023-09-11 ~ 2023-09-15",
    "# 第37周周报\n\n统计周期：2023/9/11—2023/9/15", "# Weekly report\n\nPeriod: 11-15 Sep 2023",
    "# Weekly report\n\n**Reporting period:** 2023-09-11 to 2023-09-15", "# 第37周 2023-09-15\n\n周期：9/11-9/15",
    "# 第37周 2023-09-15\n\n周期：2023-09-11至2023-09-15",
]  # fmt: skip
ACROSS = [
    ("# 周报（2023-12-25 ~ 2023-12-29）", ("2023-12-25", "2023-12-29", "2023-12-29")),
    ("# 周报 2023-12-29至2024-01-04", ("2023-12-29", "2024-01-04", "2024-01-04")),
    ("# Weekly Report (Dec 29, 2023 – Jan 4, 2024)", ("2023-12-29", "2024-01-04", "2024-01-04")),
    ("# 双周报 2023-09-04 ~ 2023-09-15", ("2023-09-04", "2023-09-15", "2023-09-15")),
    ("# 月报 2023-09-01 ~ 2023-09-30", ("2023-09-01", "2023-09-30", "2023-09-30")),
]  # fmt: skip
DAYS = [
    "# Weekly report, September 15, 2023", "# Weekly report, Sep 15, 2023", "# Weekly report, 15 Sep 2023",
    "# Weekly report, 15 September 2023", "# Weekly report (Fri, 15 Sep 2023)",
    "# Weekly report\n\nDate: September 15, 2023",
    "# Weekly report\n\n**Report date:** 15 Sep 2023", "# Weekly report\n\n*Written by: the lead, 15 Sep 2023*",
    "# 周报\n\n汇报日期：2023年9月15日", "# Weekly Update: Sept 15th, 2023", "Weekly report 15 Sep 2023\n=====",
    "# 周报 2023-09-15（周五）", "# 2023年第37周 2023年09月15日",
]  # fmt: skip
UNDATED = [
    "# Weekly report",
    "# Weekly report, September 15",
    "# 周报 9/15",
    "# Q3 2023",
    "# 2023年9月",
    "# Week 37 of 2023",
]
TEAMS = [
    ("# Merchant Services Weekly Report, Week 37 (Sep 11 – Sep 15, 2023)", "Merchant Services"),
    ("# Weekly report: Merchant Services, 2023-09-15", "Merchant Services"),
    ("# Weekly Report - Payments 2023-09-15", "Payments"),
    ("# 风控中台周报（第37周）2023-09-15", "风控中台"),
    ("# 2023-09-15 风控中台周报", "风控中台"), ("# 第37周 2023-09-15\n\n部门：支付中心", "支付中心"),
    ("# 第37周 2023-09-15\n\n**团队**：支付中心", "支付中心"),
    ("# Week 37 2023-09-15\n\nDepartment: Risk & Fraud", "Risk & Fraud"),
    ("# 第37周 2023-09-15 · 团队：支付中心 · 负责人：甲", "支付中心"), ("# 第37周 2023-09-15\n\n支付中心", "支付中心"),
    ("# Week 37 2023-09-15\n\nAuthor: Payments weekly report team", None),
    ("# Week 37 2023-09-15\n\n作者：支付中心", None),
    ("# Week 37 (Sep 11 - Sep 15, 2023)", None), ("# 2023-09-15", None), ("# 第37周周报 2023-09-15", None),
]  # fmt: skip
CREATED = [
    ("Submitted: 2023-09-15 18:05", datetime(2023, 9, 15, 18, 5)),
    ("Submitted at: 15 Sep 2023 18:05", datetime(2023, 9, 15, 18, 5)),
    ("提交时间：2023-09-15 18:05", datetime(2023, 9, 15, 18, 5)),
    ("创建时间：2023年9月15日 18:05", datetime(2023, 9, 15, 18, 5)),
    ("Created: September 15, 2023 6:05 PM", datetime(2023, 9, 15, 18, 5)),
    ("Created: Sep 15, 2023 6:05 AM", datetime(2023, 9, 15, 6, 5)),
    ("Created: @November 29, 2023 8:54 PM", datetime(2023, 11, 29, 20, 54)),
    ("Created: September 15, 2023 12:05 PM", datetime(2023, 9, 15, 12, 5)),
    ("**Created:** 2023-09-15 18:05", datetime(2023, 9, 15, 18, 5)), ("Submitted: on Friday", None),
    ("提交时间：周五", None),
]  # fmt: skip


def dates(report: Report) -> tuple[str, str, str]:
    """First and last day of the period and the report's date."""
    return str(report.period_start), str(report.period_end), str(report.report_date)


@pytest.mark.parametrize("title", PERIODS)
def test_a_period_is_read_in_every_form(title: str) -> None:
    """With the year once or twice, in both languages, in the title or on a line of its own: its last day dates it."""
    assert dates(read_report(title + BODY)) == WEEK


@pytest.mark.parametrize(("title", "days"), ACROSS)
def test_a_period_may_cross_the_year_and_be_longer_than_a_week(title: str, days: tuple[str, str, str]) -> None:
    """Up to a month is a period, and each end takes the year that it writes."""
    assert dates(read_report(title + BODY)) == days


@pytest.mark.parametrize("title", DAYS)
def test_one_day_dates_a_report_in_every_form(title: str) -> None:
    """English days with their year, in titles and on lines below them; the week around the day is the period."""
    assert dates(read_report(title + BODY)) == ("2023-09-11", "2023-09-17", "2023-09-15")


@pytest.mark.parametrize("title", UNDATED)
def test_a_day_needs_its_year(title: str) -> None:
    """A day without a year, a month and a quarter date no report."""
    assert read_report(title + BODY).report_date is None


@pytest.mark.parametrize(("title", "team"), TEAMS)
def test_the_team_in_titles_of_every_make(title: str, team: str | None) -> None:
    """Before or behind the words for a report, or on a line of its own; who wrote it is no team."""
    assert read_report(title + BODY).team == team


@pytest.mark.parametrize(("line", "moment"), CREATED)
def test_when_it_was_handed_in_is_no_date_of_the_report(line: str, moment: datetime | None) -> None:
    """Submitted, 提交时间 and Created give the time to the minute, and date neither report nor period."""
    report = read_report(f"# 第36周 2023-09-08\n\n{line}" + BODY)
    assert (report.created_at, str(report.report_date)) == (moment, "2023-09-08")
    assert read_report(f"# 周报\n\n{line}" + BODY).report_date is None


@settings(max_examples=80, deadline=None)
@given(st.dates(min_value=datetime(2010, 1, 1).date(), max_value=datetime(2039, 12, 1).date()), st.integers(1, 13))
def test_any_period_is_read_as_written(start: object, length: int) -> None:
    """Whatever two days of a fortnight a title gives, they are the period, and the later dates the report."""
    first = datetime.fromisoformat(str(start)).date()
    last = first.fromordinal(first.toordinal() + length)
    assert dates(read_report(f"# 周报（{first} ~ {last}）" + BODY)) == (str(first), str(last), str(last))
