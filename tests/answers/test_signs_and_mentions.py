"""Reports with signs in their headings, owners as mentions, and figures among the incidents."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all
from support.truth import first_line

from bot.answers.model import words_of
from store.library import Library
from store.reading.reader import read_report

TODAY = "2025-06-16"
WEEK = """# 账户与钱包组 周报 {day}

## ✅ 已完成

- 零钱提现免密 @苏沐：6/3 全量上线

## 🚧 进行中

- 数字钱包二期 @苏沐
  - 进度：{progress}
  - 里程碑：{dates}
- 账户实名升级 @Ann Lee
  - 进度：10%（{counted}）

## 📊 数据

- 开户成功率 {rate}

## 🔥 稳定性

- 可用率 99.995%，P99 延迟 88ms
- 6/4 22:10 ~ 22:47 余额查询超时（S2），影响约 5.2 万次查询；原因：缓存集群主从切换

## 📅 下周

- [ ] 数字钱包二期联调完成
"""
TEXTS = {
    "a.md": WEEK.format(
        day="2025-06-06", progress="65%", dates="6/20 提测", rate="96.8%", counted="存量 420 万户，已升级 126 万户"
    ),
    "b.md": WEEK.format(
        day="2025-06-13", progress="75%", dates="6/27 提测（原 6/20）", rate="97.1%", counted="已升级 151 万户"
    ),
}


@pytest.fixture
def reports(library: Library, put: Put) -> Library:
    """Two weeks of one team."""
    return put_all(library, put, TEXTS)


def test_a_sign_before_a_heading_hides_nothing() -> None:
    """🚧 进行中 holds projects, 📊 数据 figures, 🔥 稳定性 incidents, 📅 下周 goals; a mention is an owner, no name."""
    report = read_report(TEXTS["b.md"])
    assert [(u.name, u.owner) for u in report.updates] == [
        ("零钱提现免密", "苏沐"), ("数字钱包二期", "苏沐"), ("账户实名升级", "Ann Lee"),
    ]  # fmt: skip
    assert [(m.name, m.value) for m in report.metrics] == [("开户成功率", 97.1), ("可用率", 99.995), ("P99 延迟", 88.0)]
    assert [i.title for i in report.incidents] == ["余额查询超时（S2）"]
    assert [g.text for g in report.goals] == ["数字钱包二期联调完成"]


@pytest.mark.parametrize("text", ["接口联调 @all", "邮件发 a@example.com", "发布 @9/15"])
def test_no_person_is_made_of_another_sign(text: str) -> None:
    """Everybody, an address and a day are nobody's name."""
    assert [u.owner for u in read_report(f"# 周报 2025-06-13\n\n## 项目进展\n\n- {text}，进度50%\n").updates] == [None]


@pytest.mark.parametrize(("question", "head"), [
    ("数字钱包二期谁在做", "负责人 苏沐"), ("数字钱包二期提测晚了几天", "6/20 → 6/27 推迟 7 天"),
    ("开户成功率", "97.1% ← 96.8%"), ("余额查询超时多久", "22:10–22:47，相差 37 分钟"),
    ("实名升级多少户了", "已升级 151 万户"), ("有几起事故", "1 起生产事件"),
])  # fmt: skip
def test_they_are_answered_as_of_any_other_layout(reports: Library, question: str, head: str) -> None:
    """What such a report says is found as well as in any other, and all there are (420) is no earlier count of 151."""
    assert head in first_line(ask(reports, question, TODAY), TEXTS)


def test_all_that_there_are_is_no_earlier_count(reports: Library) -> None:
    """存量 420 万户 and 已升级 151 万户 make no fall."""
    assert "420" not in words_of(ask(reports, "实名升级多少户了", TODAY).head)


def test_a_name_that_others_only_go_on_from_is_meant(library: Library, put: Put) -> None:
    """钱包二期 is 数字钱包二期, and not its 接口联调, which begins with the whole name: no choice is offered."""
    lines = "- 数字钱包二期：进度75%\n- 数字钱包二期接口联调：6/13完成\n"
    put(f"# 钱包组周报 2025-06-13\n\n## 项目进展\n\n{lines}", name="w.md")
    assert words_of(ask(library, "钱包二期进度", TODAY).head).startswith("数字钱包二期 75%")
