"""The line that answers where a question's kind finds nothing, and what no line answers."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask

from bot.answers.model import words_of
from bot.render.text import render_text
from store.library import Library

TODAY = "2024-06-20"
JUNE = """# 海桐开源进展·第31期·2024年06月14日

给MANGROVE伙伴的提示：

## 卷首语

海桐SDK V0.7版本今日发布。此版本添加了对 Kiwi D1、Mango RV 两款开发板的支持。
海桐SDK V0.8版本的发布将稍作延迟，调整为7月27日。
从 0.7.0 开始，Fedora 38.04 不再受到支持。

## 本期亮点

目前已经有了10人左右的初步团队，其中有2人是全职加入。

## 板卡

> 触摸板控制存在问题，临时解决，彻底的办法还需继续探讨

texmill 2021 相关的工作已经完成，目前等待上游。

对 lumo 进行测试并发现缺陷29个，周期两周。

目前夜间打包的成果：

- 优化了走一遍流程的时间，从 2 小时缩短到 1 小时。
- 可添加外部脚本。

本周在矩阵中新增了更多开发板：

- Heron Mars: BuildRoot
- Heron Duo: Zephyr

夜莺补丁耗时三个月后合入。

刷脸收银已灰度。退费业务受理 76 笔，收款成功率 99.1%。

大促小组 6/8 拉起来了，封网时间听通知。
"""
CODA = """---
title: 2024-06-17 Coda weekly
---
# Coda Update June

> The team is working towards a beta testnet by the end of the year.

## Research

- Whitepaper review (90% done)
- Kickoff executor binary: the first step is having a running executor.

## Trie

- Trie concrete PR in review
- 94 pending pods were seen, the cluster is full

## misc

- Coda team will be at the offsite next week.
"""


@pytest.fixture
def told(library: Library, put: Put) -> Library:
    """A Chinese and an English report that no template made."""
    put(JUNE, name="2024-06-14.md")
    put(CODA, name="2024-06-17.md")
    return library


@pytest.mark.parametrize(("question", "said"), [
    ("触摸板那个毛病好了吗", "临时解决"), ("texmill2021 弄完没", "已经完成"), ("lumo 测出来多少缺陷", "29个"),
    ("fedora3804 还能用新版么", "不再受到支持"), ("0.8 延到几号", "7月27日"), ("0.7 新支持哪几块板", "Kiwi D1"),
    ("夜间打包跑一轮现在多久", "1 小时"),
    ("mangrove 团队几个人 全职几个", "2人是全职"), ("夜莺补丁磨了多久才进", "三个月"),
    ("coda whitepaper review how far", "90% done"), ("trie PR merged yet?", "PR in review"),
    ("coda beta testnet when?", "end of the year"), ("how many pods were pending when the cluster filled up", "94"),
    ("coda team around next week?", "offsite"),
])  # fmt: skip
def test_the_line_that_says_all_that_a_question_is_about_answers_it(told: Library, question: str, said: str) -> None:
    """In the answer's first line, with its citation."""
    answer = ask(told, question, TODAY)
    assert answer.found
    assert said in words_of(answer.head)
    assert answer.citations


@pytest.mark.parametrize("question", [
    "刷脸付进展", "退费率现在多少", "退费成功率最近怎样", "who owns the executor binary", "lumo 花了多少钱",
    "触摸板谁负责", "帮我订个会议室", "coda mainnet when?", "触摸板预算多少", "研发效能组最近怎么样",
    "why did the whitepaper review stop?",
])  # fmt: skip
def test_no_line_answers_what_nobody_wrote(told: Library, question: str) -> None:
    """A fact of a known thing that no report tells, an unknown name, and what is no question, aren't found."""
    assert not ask(told, question, TODAY).found


def test_a_line_that_announces_a_list_answers_with_it(told: Library) -> None:
    """The list below the line is the answer, each of its lines cited."""
    answer = ask(told, "矩阵这次加了哪些开发板", TODAY)
    assert answer.found
    assert "Heron Mars" in render_text(answer)
    assert "Heron Duo" in render_text(answer)
    lines = {citation.line for citation in answer.citations}
    assert len(lines) >= 3
