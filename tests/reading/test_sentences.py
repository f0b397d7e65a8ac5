"""Bullets that tell of a project in sentences: where its name ends, and what each sentence says of it."""

from __future__ import annotations

import pytest
from support.written import events, read

TITLE = "# Warehousing weekly report, Week 41 (10 Oct 2025)"
NAMES = [
    ("Otter is at 70%. Depot pilot still 20 Oct.", "Otter"), ("Otter at 78%, launch 20 Oct", "Otter"),
    ("Otter 85%, staff pilot 22 Oct, 200 drivers signed up.", "Otter"),
    ("Otter staff pilot started on 2 Oct: 18 of 20 drivers took part.", "Otter"),
    ("Otter readiness review passed on 6 Oct. Launch on 20 Oct.", "Otter"),
    ("Otter wave 1 (north, 48 depots) was migrated on 4 Oct in 5 h.", "Otter"),
    ("Otter dress rehearsal for wave 1 took 7 h. Launch moves from 20 Oct to 4 Nov.", "Otter"),
    ("Label printing went to 100% on 9 Oct.", "Label printing"),
    ("Scanner rollout starts 13 Oct with 20 depots.", "Scanner rollout"),
    ("The supplier has told us on 3 Oct that launch is late.", None),
    ("Design review passed on 6 Oct.", None),
    ("Success rate went to 94% on 3 Oct.", None), ("Legal review passed on 6 Oct.", None),
    ("We launched the survey on 3 Oct.", None),
    ("Hiring: one engineer signed, starts 1 Dec.", None),
]  # fmt: skip
TABLE = [
    "| 项目 | 负责人 | 进度 |", "| --- | --- | --- |", "| 运单引擎V2 | 田雨 | 75% |",
    "| 双仓演练 | 周牧 | 40% |", "| 司机证书轮换 | 罗川 | 55% |",
]  # fmt: skip
LISTED = [
    ("运单引擎V2 10/2 开始灰度5%，全量目标10/20", "运单引擎V2"),
    ("双仓演练定在10/16，方案10/8评审通过", "双仓演练"),
    ("运单V2 压测完成，达标", "运单引擎V2"), ("证书轮换进度60%", "司机证书轮换"),
    ("运单V2：微信适配完成", "运单引擎V2"),
    ("10/4 主库CPU打满，B级故障，本周都在这上面", None),
    ("10/3 运单误发故障，已收回权限", None),
]  # fmt: skip
DAYS = [
    ("Otter: launch on 20 Oct in the north only; the south follows on 3 Nov",
     [("上线", "2025-10-20", False), ("上线", "2025-11-03", False)]),
    ("Otter: wave 1 was migrated on 4 Oct. Wave 2 is planned for 25 Oct.",
     [("迁移", "2025-10-04", True), ("迁移", "2025-10-25", False)]),
    ("Otter: requirements signed off. Build starts on Monday.", [("启动", "2025-10-13", False)]),
    ("Otter: certification slot booked for 16 Oct", [("获批", "2025-10-16", False)]),
    ("Otter: audit report expected 17 Oct", [("完成", "2025-10-17", False)]),
]  # fmt: skip
OWNERS = [
    ("Otter: discovery started, owner Mina Salo.", "Mina Salo"), ("Otter: 40%. Owner is Tom.", "Tom"),
    ("Otter: 40%, led by Kim Park", "Kim Park"), ("Otter: kicked off, Mina is project lead", "Mina"),
    ("Otter: 40%, the owner of the data agreed", None), ("运单引擎V2：立项通过，罗川负责，10/15上线", "罗川"),
    ("运单引擎V2：立项通过，研发负责，10/15上线", None),
    ("Otter: 40%. Owner: Mina Salo.", "Mina Salo"),
]  # fmt: skip
COUNTS = [
    ("Otter: 6 of 14 on test.", 42.86), ("Otter: 3 of 14 depots migrated on test", 21.43),
    ("Otter: code complete. Overall 60%. Launch 6 Nov", 60),
]  # fmt: skip


@pytest.mark.parametrize(("line", "name"), NAMES)
def test_a_name_in_a_highlight_ends_before_the_verb(line: str, name: str | None) -> None:
    """The event, its place and its number are no part of the name; a sentence about nothing dated names no project."""
    found = read("## Highlights", "", f"- {line}", title=TITLE).updates
    assert [update.name for update in found] == ([name] if name else [])


@pytest.mark.parametrize(("line", "name"), LISTED)
def test_a_highlight_speaks_of_what_a_table_lists(line: str, name: str | None) -> None:
    """A line that opens with a listed name, perhaps shortened, is about it; one of an incident is no project."""
    lines = ("## 重点进展", "", f"- {line}", "", "## 项目跟踪", "", *TABLE)
    found = read(*lines, title="# 仓储周报 W41（2025年10月10日）").updates
    assert [update.name for update in found if update.line < 6] == ([name] if name else [])


@pytest.mark.parametrize(("line", "days"), DAYS)
def test_each_sentence_gives_its_day(line: str, days: list[tuple[str, str, bool]]) -> None:
    """A day without an event of its own has that of the sentence before; a weekday behind `starts` is to come."""
    (update,) = read("## Projects", "", f"- {line}", title=TITLE).updates
    assert events(update) == days


@pytest.mark.parametrize(("line", "owner"), OWNERS)
def test_owners_stand_in_sentences(line: str, owner: str | None) -> None:
    """A capitalised name behind `owner`, before `is project lead`, or with a surname before 负责 is the owner."""
    (update,) = read("## Projects", "", f"- {line}", title=TITLE).updates
    assert update.owner == owner


@pytest.mark.parametrize(("line", "progress"), COUNTS)
def test_counts_of_all_are_progress(line: str, progress: float) -> None:
    """`6 of 14` right behind the name is how far it is."""
    (update,) = read("## Projects", "", f"- {line}", title=TITLE).updates
    assert update.progress == progress


@pytest.mark.parametrize("grade", ["Sev 1", "Sev1", "SEV-1", "P1", "Severity 1"])
def test_the_grade_may_close_an_incident(grade: str) -> None:
    """`… Rule rolled back. Sev 1.` is of that grade; `11:05 onwards` is a time and no title."""
    line = f"- 7 Oct, 18:40 onwards: 226 parcels misrouted. Rule rolled back. {grade}."
    (incident,) = read("## Incidents", "", line, title=TITLE).incidents
    assert (incident.title, incident.severity) == ("226 parcels misrouted", grade)
