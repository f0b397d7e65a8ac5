"""Numbered chapters with tables and remarks: what was handed in, counted, moved, and why a figure fell."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all
from support.truth import first_line

from bot.answers.model import words_of
from bot.render.text import render_text
from store.library import Library

TODAY = "2025-09-15"
WEEK = """# 运营技术组周报（{period}）

## 一、本周重点

{highlights}

## 二、运行指标

| 指标 | 本周 | 上周 | 目标 |
| --- | --- | --- | --- |
| 支付成功率 | {rate} | {before} | 99.0% |

备注：{remark}

## 三、下周计划

{goals}
"""
TEXTS = {
    "a.md": WEEK.format(
        period="2025.09.01-2025.09.05", rate="98.9%", before="99.1%", remark="支付成功率下降主要因9月3日通道维护。",
        highlights="1. 商户进件线上化：进度70%，9月19日灰度，9月30日全量。\n"
        "2. 监管专项检查：检查组反馈3个问题；整改方案9月12日前提交。\n3. 降本：下线闲置虚机42台，月节省费用5.3万元。",
        goals="1. 提交整改方案",
    ),
    "b.md": WEEK.format(
        period="2025.09.08-2025.09.12", rate="99.2%", before="98.9%", remark="无。",
        highlights="1. 商户进件线上化：进度82%，因证照库授权晚到，灰度由9月19日调整到9月23日，全量不变。\n"
        "2. 监管专项检查：整改方案9月11日已提交；3个问题已整改1个。",
        goals="1. 完成剩余2个问题整改",
    ),
}  # fmt: skip


@pytest.fixture
def reports(library: Library, put: Put) -> Library:
    """Two weeks of one team."""
    return put_all(library, put, TEXTS)


@pytest.mark.parametrize(("question", "head"), [
    ("整改方案交了没", "整改方案9月11日已提交"),
    ("问题整改了几个", "3个问题已整改1个"),
    ("下线了多少台虚机", "下线闲置虚机42台"),
    ("进件灰度推迟了吗", "灰度 9/19 → 9/23 推迟 4 天"),
    ("上上周计划完成得怎么样", "“提交整改方案”：已完成"),
])  # fmt: skip
def test_the_first_line_has_it(reports: Library, question: str, head: str) -> None:
    """What happened stands before what was planned, in words of the report, and every quote is as written."""
    assert head in first_line(ask(reports, question, TODAY), TEXTS)


def test_within_weeks_lies_ahead_where_it_is_to_come(reports: Library) -> None:
    """三周内要灰度的 asks for days to come, 三周内灰度了哪些 for days gone by."""
    assert ask(reports, "三周内要灰度的", TODAY).data["start"] == TODAY
    assert ask(reports, "三周内灰度了哪些", TODAY).data["end"] == TODAY


def test_the_first_week_of_a_figure_is_explained_by_its_remark(reports: Library) -> None:
    """No report lies before it: its own line gives the week before, in points, and the remark tells why."""
    told = render_text(ask(reports, "支付成功率9月5号那周为什么降", TODAY))
    assert "上周值 99.1%，-0.2 个百分点" in told
    assert "支付成功率下降主要因9月3日通道维护" in told


def test_an_owner_ends_at_a_dash(library: Library, put: Put) -> None:
    """Tap-to-phone – 65% – owner: Ines Duarte – pilot until 26 Sep names a person, and no pilot."""
    line = "* Tap-to-phone – 65% – owner: Ines Duarte – pilot until 26 Sep, rollout 13 Oct"
    put(f"# Acquiring weekly 2025-09-12\n\n## Projects\n\n{line}\n", name="w.md")
    told = words_of(ask(library, "who owns Tap-to-phone", TODAY).head)
    assert told.startswith("Tap-to-phone: owner Ines Duarte, see")


@pytest.mark.parametrize(("question", "found"), [
    ("例会几点开", True), ("分享会几点开", False), ("平台有多少用户", False),
])  # fmt: skip
def test_a_time_or_a_number_is_asked_of_lines_that_give_one(
    library: Library, put: Put, question: str, found: bool
) -> None:
    """A weekday is no answer to what o'clock, and the number of an issue none to how many."""
    told = "1. 例会改到周四15:30开\n2. 分享会周五开\n3. 平台用户体验优化见 https://example.com/issues/12"
    put(f"# 运营技术组周报 2025-09-12\n\n## 其他\n\n{told}\n", name="w.md")
    assert ask(library, question, TODAY).found is found


def test_what_went_live_stands_before_a_later_stage(library: Library, put: Put) -> None:
    """Of a project with a part that is live and one that is handed to test the first line names what is live."""
    parts = "- 分期付\n    1. 额度中心：9/10已提测\n    2. 风控策略：9/8已上线\n"
    put(f"# 支付中心周报 2025-09-12\n\n## 【O1 服务业务】\n\n{parts}", name="w.md")
    head = words_of(ask(library, "9月完成了哪些项目", TODAY).head)
    assert "风控策略" in head
    assert "提测" not in head


def test_key_results_are_projects_below_their_objective(library: Library, put: Put) -> None:
    """KR1：… is numbering and the line a project; the aim in the objective is no value, and 路由 holds no 由."""
    text = (
        "# 支付研发部周报 2025-03-21\n\n**O1：提升支付成功率至99.2%（当前99.0%）**\n\n"
        "KR1：银行通道智能路由，进度 75%，4 月 3 日上线\n"
        "KR2：资金核对自动化，覆盖 17/22 条业务线\nKR3：单元测试覆盖率 69%，目标 75%\n"
    )
    former = "# 支付研发部周报 2025-03-14\n\n**O1：研发**\n\nKR1：银行通道智能路由上线，进度 60%，预计 3 月 28 日上线\n"
    put(f"{former}KR3：单元测试覆盖率由 61% 提升到 68%\n", name="v.md")
    put(text, name="w.md")
    assert words_of(ask(library, "智能路由什么时候上线", "2025-03-24").head) == "银行通道智能路由：4/3 上线"
    assert "当前99.0%" in words_of(ask(library, "支付成功率当前多少", "2025-03-24").head)
    assert words_of(ask(library, "测试覆盖率多少", "2025-03-24").head).startswith("单元测试覆盖率：69% ← 68%")
    assert "3/28 → 4/3 推迟 6 天" in words_of(ask(library, "智能路由晚了几天", "2025-03-24").head)
    assert "17/22" in words_of(ask(library, "资金核对覆盖多少条线了", "2025-03-24").head)
