"""Lines that say how a project stands, the people behind its name, and the highlights that tell of it."""

from __future__ import annotations

import pytest
from support.written import read

from store.reading.signing import signed_names
from store.reading.statements import is_statement
from store.records import Report

WEEK = "# 第47周 2023-11-24"  # a Friday
STATEMENTS = [
    "整体上线11/9→11/16", "整体11/9上线不变", "11/20 15:00上线评审,11/21 22:00上线", "灰度50%,12/22全量", "切量95%",
    "联调受阻:对方环境未就绪", "因人手不足,整体上线11/16→11/21", "预计11/28提测,12/8灰度上线", "下一步12/19扩到30%",
    "测试进度90%,发现精度问题", "UAT on 4 December", "Go-live moved to 9 December",
]  # fmt: skip
PARTS = ["H5页面:测试", "大表治理:归档50%", "演练脚本", "灰度分流", "门店铺设:30家", "正式演练", "POS后端"]
PEOPLE = [
    (["海雀(林楠):40%", "灯塔（郭畅）：60%"], {"海雀": "林楠", "灯塔": "郭畅"}),
    (["海雀(林楠,陆晓彤):40%", "灯塔（郭畅）：60%"], {"海雀": "林楠、陆晓彤", "灯塔": "郭畅"}),
    (["Ledger hub (LH, Iris): 40%", "Payouts (new, Tom): kick-off"], {"Ledger hub (LH)": "Iris", "Payouts": "Tom"}),
    (["海雀(林楠):40%", "灯塔：60%"], {"海雀": "林楠"}),
    (["海雀(金雕):40%", "灯塔：60%"], {}),
    (["Fares engine (Daniel): 40%", "Payouts: 60%"], {"Fares engine": "Daniel"}),
    (["Fares engine (Orion): 40%", "Payouts: 60%"], {}),
    (["海雀(小周):40%", "灯塔(老钱)：60%", "渔火(大勇)：10%"], {"海雀": "小周", "灯塔": "老钱", "渔火": "大勇"}),
    (["收款（江苏）：40%", "清分（安徽）：60%"], {}),
    (["Onboarding (Kepler): 40%", "Onboarding (Tycho): 60%"], {}),
    (["Onboarding (Germany): 40%", "Payouts (Beta): 60%"], {}),
]  # fmt: skip
TOLD = [
    ("Puffin Revamp: UAT signed off on 20 November", "Puffin Revamp"),
    ("Bulk import tool released on 21 November", "Bulk import tool"),
    ("Expiry alert is live since 22 November", "Expiry alert"),
    ("New: archive clean-up, to finish by 15 December", None),
    ("Hiring: the offer goes live tomorrow", None),
    ("Puffin is ahead: go-live on 28 November", None),
    ("Bulk import tool is live on the day we named in October", None),
]


def of_week(text: str) -> Report:
    """The report of that Friday with that text."""
    return read(text, title=WEEK)


@pytest.mark.parametrize("line", STATEMENTS)
def test_events_days_and_shares_name_nothing(line: str) -> None:
    """A line of nothing but these below a project is its own."""
    assert is_statement(line)


@pytest.mark.parametrize("line", PARTS)
def test_a_part_has_a_name(line: str) -> None:
    """A word beside the events makes a name."""
    assert not is_statement(line)


def test_a_statement_is_the_projects() -> None:
    """What such a line tells is told of the project above, with the new day of a move and never the old one."""
    report = of_week("## 【O1】\n- 海雀：\n    1. 页面：80%\n    2. 整体上线11/29→12/6\n    3. 切量40%\n")
    found = {update.name: update for update in report.updates}
    assert set(found) == {"海雀", "页面"}
    assert [(m.event, m.start.day) for m in found["海雀"].milestones] == [("上线", 6)]
    assert found["海雀"].progress == 40
    assert report.metrics == ()


@pytest.mark.parametrize(("heads", "expected"), PEOPLE)
def test_people_in_brackets(heads: list[str], expected: dict[str, str]) -> None:
    """Two projects of a report with a person each are signed; one alone that may be anything, places and states are
    not, nor are brackets that tell two projects of one name apart."""
    assert {each.name: each.people for each in signed_names(heads).values()} == expected


def test_a_signed_project_keeps_its_progress() -> None:
    """`Ledger hub (LH, Iris): 40%` is at 40 %, and Iris has it."""
    report = of_week("## Projects\n- Ledger hub (LH, Iris): 40%\n- Payouts (Tom): in testing\n")
    assert [(u.name, u.progress, u.owner) for u in report.updates] == [
        ("Ledger hub (LH)", 40, "Iris"), ("Payouts", None, "Tom"),
    ]  # fmt: skip


@pytest.mark.parametrize(("line", "name"), TOLD)
def test_english_highlights_that_tell_of_a_project(line: str, name: str | None) -> None:
    """A short name with an event behind its colon or its verb is a project; a label, a sentence or a story is none."""
    found = [update.name for update in of_week(f"## Highlights\n- {line}\n").updates]
    assert found == ([name] if name else [])


@pytest.mark.parametrize("line", ["新起：对象存储替换，方案选型中", "对象存储替换：方案选型中"])
def test_a_word_that_brings_a_project_in_is_no_name(line: str) -> None:
    """`新起：…` names what follows."""
    assert [update.name for update in of_week(f"## 【O1】\n- {line}\n").updates] == ["对象存储替换"]


@pytest.mark.parametrize(("line", "day"), [
    ("Go-live moves from 30 November to 14 December", (12, 14)),
    ("Go-live shifts two days, from 14 to 16 December, because of the freeze", (12, 16)),
    ("Release 4 December instead of 27 November", (12, 4)),
])  # fmt: skip
def test_the_new_day_of_an_english_move(line: str, day: tuple[int, int]) -> None:
    """Of a move from one day to another only the new one is a plan, and no span of both."""
    [update] = of_week(f"## Projects\n- Puffin: 40%. {line}\n").updates
    assert [((m.start.month, m.start.day), (m.end.month, m.end.day)) for m in update.milestones] == [(day, day)]


def test_a_day_in_a_label_is_no_milestone() -> None:
    """`11/11限流改进项：3个全部完成` names the items by a day; they weren't done on it."""
    [update] = of_week("## 【O1】\n- 11/11限流事故改进项：3个全部完成\n").updates
    assert update.milestones == ()
