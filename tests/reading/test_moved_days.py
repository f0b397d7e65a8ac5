"""Days that moved, and several days with an event each, as a line writes them."""

from __future__ import annotations

import pytest
from support.written import update

AUTUMN = "# 第47周 2023-11-24"  # a Friday
Days = list[tuple[str, str]]

WRITTEN: list[tuple[str, Days]] = [
    ("方案评审12/1→12/8", [("评审", "12-08")]),
    ("方案评审12/1→12/8 10:00，会议室待定", [("评审", "12-08")]),
    ("整体上线12/1 -> 12/15", [("上线", "12-15")]),
    ("go-live 1 Dec => 15 Dec", [("上线", "12-15")]),
    ("提测11/28推到12/5", [("提测", "12-05")]),
    ("提测拖到12/5", [("提测", "12-05")]),
    ("提测12/1、上线12/20不变", [("提测", "12-01"), ("上线", "12-20")]),
    ("UAT 1 Dec and go-live 20 Dec", [("验收", "12-01"), ("上线", "12-20")]),
    ("内侧12/1、外侧12/5上线", [("上线", "12-01"), ("上线", "12-05")]),
    ("旧链路12/20下线", [("下线", "12-20")]),
    ("下线由12/1改到12/20", [("下线", "12-20")]),
    ("旧站下线方案编写中，12/1评审", [("评审", "12-01")]),
    ("Cutover now 12 December", [("割接", "12-12")]),
    ("the old gateway will be shut down on 12 December", [("下线", "12-12")]),
    ("12/1公测", [("灰度", "12-01")]),
]


@pytest.mark.parametrize(("text", "days"), WRITTEN)
def test_a_line_has_the_days_that_hold_each_with_its_event(text: str, days: Days) -> None:
    """Behind an arrow or a verb of moving stands the day that holds; of `A 1/2、B 3/4` each event has its own."""
    found = update(f"- 海风平台：{text}", title=AUTUMN).milestones
    assert [(m.event, f"{m.start:%m-%d}") for m in found] == days


@pytest.mark.parametrize(("text", "events"), [
    ("下线实例20个，12/5前", []), ("12/5下线9台机器", []), ("因11/20事件暂停切量", []),
    ("计划12/5全量切换", ["切量"]), ("12/5回退演练", ["演练"]), ("12/5首批切换", ["演练"]),
])  # fmt: skip
def test_what_is_taken_off_and_the_day_of_an_incident_are_no_milestones(text: str, events: list[str]) -> None:
    """下线实例20个 takes something off, 11/20 is when something broke; 全量切换 is a 全量 and no drill."""
    assert [m.event for m in update(f"- 海风平台：{text}", title=AUTUMN).milestones] == events


@pytest.mark.parametrize(("text", "owner"), [
    ("立项通过，负责人贺敏", "贺敏"), ("方案选型中，产品负责人 邵一鸣，12/5评审", "邵一鸣"),
    ("负责人待定", None), ("负责人变更，交接中", None), ("已升级到法务负责人", None),
])  # fmt: skip
def test_a_name_right_behind_the_word_for_an_owner_is_the_owner(text: str, owner: str | None) -> None:
    """负责人贺敏 names one without a colon; 负责人待定 names nobody."""
    assert update(f"- 海风平台：{text}", title=AUTUMN).owner == owner
