"""Layouts of strangers: mails of paragraphs, headings divided by Completed and Next, running figures."""

from __future__ import annotations

import pytest
from support.written import events, read

from store.reading import read_report
from store.records import SectionKind

MAIL = """发件人：林楠
主题：【周报】运输调度组 2024-05-17

各位好，本周：

1. 冷链二期：车载终端联调，进度40%，上线从5月20日改到6月3日。
2. 夜配线路：等交管批复。
3. 回程拼单：5月15日上线，首批8家。

数据：准点率97.4%，空驶率 11.2%。

问题：5月16日 08:20 调度台卡死，影响 23 台车，级别P3，重启恢复，已结案。

下周：冷链联调完；夜配材料补交。

林楠
"""


def test_a_mail_of_paragraphs_has_projects_figures_incidents_and_goals() -> None:
    """A list below no heading lists projects, and a line such as `下周：A；B。` is a section of its own."""
    report = read_report(MAIL)
    first, second, third = report.updates
    assert [(u.name, u.progress) for u in report.updates] == [("冷链二期", 40), ("夜配线路", None), ("回程拼单", None)]
    assert events(first) == [("上线", "2024-06-03", False)]
    assert second.risks
    assert events(third) == [("上线", "2024-05-15", True)]
    assert [(m.name, m.value, m.line) for m in report.metrics] == [("准点率", 97.4, 10), ("空驶率", 11.2, 10)]
    assert [(i.title, i.severity, i.closed, i.line) for i in report.incidents] == [("调度台卡死", "P3", True, 12)]
    assert [(g.text, g.line) for g in report.goals] == [("冷链联调完", 14), ("夜配材料补交", 14)]


@pytest.mark.parametrize(("line", "kind"), [
    ("下周：夜配上线。", SectionKind.GOALS), ("**下周计划**：夜配上线。", SectionKind.GOALS),
    ("Next week: night line goes live.", SectionKind.GOALS), ("数据：准点率97.4%", SectionKind.METRICS),
    ("事故：5月16日 08:20 调度台卡死", SectionKind.INCIDENTS),
])  # fmt: skip
def test_a_line_may_be_a_section_with_all_it_holds(line: str, kind: SectionKind) -> None:
    """Where it stands alone below a section that we know."""
    report = read("## 项目进展", "- 冷链二期：40%", "", line)
    assert [section.kind for section in report.sections] == [SectionKind.PROJECTS, kind]


def test_a_label_below_the_heading_of_a_project_opens_no_section() -> None:
    """下周： there speaks of the project above."""
    report = read(
        "## Cold chain", "", "Terminals fitted, 40% overall.", "", "下周：补交材料", "", "## Night line", "", "20%."
    )
    assert [update.name for update in report.updates] == ["Cold chain", "Night line"]
    assert report.goals == ()


def test_lists_below_completed_and_ongoing_are_of_the_heading() -> None:
    """Such labels make a project of a heading that stands beside known sections, whatever few there are; what stands
    below Next is no progress and no state yet."""
    report = read("## Cold chain", "", "Completed", "- terminals fitted, 40% overall", "", "Next", "- reach 60%",
                  "", "## Metrics", "- on-time rate: 97.4%")  # fmt: skip
    assert [(u.name, u.progress, u.parent) for u in report.updates] == [("Cold chain", 40, None)]
    assert "Completed" not in report.updates[0].text


def test_a_heading_that_says_what_it_is_needs_no_prose() -> None:
    """`Milestone - Cold chain` above a list beside known sections; `Depot` alone is no part of it."""
    report = read("## Milestone - Cold chain", "", "- Depot", "  - achieved:", "    - [ops] 12 of 30 docks fitted",
                  "    - [ops] 45% overall",
                  "  - next:", "    - [ops] fit the rest", "  - target: go-live on Sep 29", "", "## Numbers", "",
                  "- on-time rate: 97.4%")  # fmt: skip
    assert [(u.name, u.progress) for u in report.updates] == [("Cold chain", 45)]
    assert events(report.updates[0]) == [("上线", "2023-09-29", False)]


@pytest.mark.parametrize(("below", "progress"), [
    ("已换车 30万 / 60万", 50), ("已覆盖 1.2亿/3亿", 40), ("91%，9月20日上线", 91), ("已上线9个车场", None),
])  # fmt: skip
def test_a_running_figure_below_a_project_is_no_part(below: str, progress: float | None) -> None:
    """It says how far the project above is."""
    (update,) = read("## 项目进展", "- 冷链二期", f"  - {below}").updates
    assert (update.name, update.progress) == ("冷链二期", progress)


@pytest.mark.parametrize("note", [
    "（上周因封闭开发未出周报）", "（国庆停刊一期，本期合并）", "(no weekly report last week: Easter)", "（代写周报）",
])  # fmt: skip
def test_a_note_about_missing_weeks_is_no_team(note: str) -> None:
    """Neither on a line of its own nor behind the title."""
    assert read_report(f"# 运输调度组 第20周 2024-05-17\n\n{note}\n\n- 值班").team == "运输调度组"


@pytest.mark.parametrize(("line", "day", "severity", "closed"), [
    ("9/12 P3: 调度台退单 64 笔, cause: 字符集. Open", "2023-09-12", "P3", False),
    ("9/12 08:20 调度台卡死，23台车受影响，P3。根因：缓存过期。关闭。", "2023-09-12", "P3", True),
    ("9/12 P1 计价错位: 开关已上，9/14 closed", "2023-09-12", "P1", True),
    ("9/12 08:20 调度台卡死，P2。永久扩容申请中，还没结案。", "2023-09-12", "P2", False),
])  # fmt: skip
def test_an_incident_tells_its_grade_and_how_it_stands(line: str, day: str, severity: str, closed: bool) -> None:
    """A bare day before a grade is its day, and its last word may say that it is closed."""
    (incident,) = read("## 生产事件", f"- {line}").incidents
    assert str(incident.occurred_at)[:10] == day
    assert (incident.severity, incident.closed) == (severity, closed)


def test_a_cause_may_be_told_without_a_colon() -> None:
    """原因是… is a label, too."""
    (incident,) = read("## 生产事件", "- 9/12 08:20 调度台卡死，23台车受影响。原因是换证漏了一台机器。").incidents
    assert incident.cause == "换证漏了一台机器。"


def test_each_sentence_of_english_gives_its_figure() -> None:
    """Figures told in sentences are one each, by the name before the verb; a day in one is no figure."""
    line = "Uptime was 99.9%, hurt by the fault on June 4. Approval rate 90.8%. P95 latency 402 ms."
    found = read("## Numbers", "", line, title="# Gateway 2026-06-05").metrics
    assert [(m.name, m.value, m.unit) for m in found] == [
        ("Uptime", 99.9, "%"), ("Approval rate", 90.8, "%"), ("P95 latency", 402, "ms")]  # fmt: skip


def test_a_paragraph_that_begins_on_a_day_tells_an_incident() -> None:
    """`On June 4 at 13:05 UTC the API …` is an incident of that minute, in a section of incidents without bullets."""
    told = "On June 4 at 13:05 UTC the API returned errors for 38 minutes (SEV1). Cause: a failover."
    (only,) = read("## Incidents", "", told, title="# Gateway 2026-06-05").incidents
    assert (str(only.occurred_at), only.severity, only.cause) == ("2026-06-04 13:05:00", "SEV1", "a failover.")
