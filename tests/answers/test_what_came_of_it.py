"""What came of a project, what it saves, a cause told beside the handling, and figures that stayed as they were."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import first_line

from bot.answers.model import words_of
from store.library import Library

TODAY = "2023-09-25"
FIGURES = "\n## 【系统运行数据】\n\n- 入金成功率：{}%\n- 核对及时率：{}%\n"
TEXTS = {
    "w38.md": weekly(
        "第38周", "2023-09-15",
        ["- 海棠平台：进度40%", "- 冷数据归档：已归档20TB，月省3.1万元，进度50%",
         "- 青鸟引擎：9/13渗透测试发现高危3个。"],
        ["- 9/12 14:20 账务库主备切换失败，停42分钟，影响30笔，定级AB。",
         "处置：1.手工拉起；2.复盘确定为仲裁节点磁盘写满。"],
    ) + FIGURES.format("99.10", "98.0"),
    "w39.md": weekly(
        "第39周", "2023-09-22",
        ["- 海棠平台：9/20上线，人均日处理由61件升到74件。", "- 冷数据归档：已归档31TB，月省6.0万元，进度60%",
         "- 青鸟引擎：高危3个已修复，进度70%"],
        ["- 本周无生产稳定性事件。"],
    ) + FIGURES.format("99.10", "98.6"),
}  # fmt: skip


@pytest.fixture
def reports(library: Library, put: Put) -> Library:
    """Two weeks of one team."""
    for name, text in TEXTS.items():
        put(text, name=name)
    return library


@pytest.mark.parametrize(("question", "head"), [
    ("海棠平台效果怎么样", "海棠平台：人均日处理由61件升到74件 · 第39周 (2023-09-22)"),
    ("冷数据归档一个月省多少钱", "月省6.0万元"),
    ("青鸟引擎高危漏洞修了吗", "青鸟引擎：高危3个已修复"),
    ("账务库那次什么原因", "复盘确定为仲裁节点磁盘写满"),
    ("入金成功率有没有照抄的", "入金成功率：2 期里有 1 期与前一期相同：第39周 9/22 99.10% → 99.10%"),
    ("核对及时率有没有照抄的", "核对及时率：2 期里没有一期与前一期相同"),
    ("哪些指标跟上周一模一样", "与上一期相同的指标：2 项里有 1 项"),
    ("which metrics are the same as last week", "figures that are the same as in the report before: 1 of 2"),
])  # fmt: skip
def test_it_is_told_by_the_words_of_the_report(reports: Library, question: str, head: str) -> None:
    """The first line has what the reports tell of it in words of their own, and each quote stands in its report."""
    assert head in first_line(ask(reports, question, TODAY), TEXTS)


@pytest.mark.parametrize("question", ["青鸟引擎省了多少钱", "海棠平台高危漏洞修了吗"])
def test_what_no_line_tells_stays_unsaid(reports: Library, question: str) -> None:
    """No line tells what came of it, what is saved, or of such a finding: none of another project stands in."""
    answer = ask(reports, question, TODAY)
    assert not answer.found


def test_a_move_in_the_words_beside_a_date_cell_counts(library: Library, put: Put) -> None:
    """The first report tells the old day only in its remark: both moves are added, each with its line."""
    row = (
        "# 物流平台周报 {}\n\n| 项目 | 进度 | 状态 | 里程碑 | 说明 |\n|---|---|---|---|---|\n"
        "| 海棠小程序 | {} | 延期 | {}上线 | {} |\n"
    )
    put(row.format("2023-09-08", "55%", "9/30", "权限适配，上线从9/20延至9/30"), name="w37.md")
    put(row.format("2023-09-15", "60%", "10/7", "审核被拒一次，上线延至10/7"), name="w38.md")
    answer = ask(library, "海棠小程序延了多少天", "2023-09-18")
    assert "9/20 → 9/30 → 10/7 推迟 2 次，共 17 天（10 + 7）" in words_of(answer.head)


def test_the_first_line_names_the_newest_or_the_only_incident(reports: Library) -> None:
    """What happened last, or the one thing that did, stands where a person looks first."""
    for question in ("最近一次事故是什么", "9月有哪些AB级事故"):
        assert "9/12 14:20 账务库主备切换失败" in words_of(ask(reports, question, TODAY).head)
