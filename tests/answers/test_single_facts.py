"""A day, a person or a state of one named thing: the newest line that tells it, and a choice only where it is one."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask

from bot.render.text import render_text
from store.library import Library

TODAY = "2024-06-20"
MAY = """# 青峦物流 第22周周报
日期：2024-05-31
## 项目进展
- 泊位引擎V3 | 60% | 灰度中 | 6/14 全量
- 冷库联运：35%，阻塞（等铁路合同），6/28 上线
- 热点仓位拆分：40%，6/21 上线
- 月桂（夜间配送）：研发20%，7/15上线
- 双港演练：40%，延期，待定
"""
JUNE = """# 青峦物流 第24周周报
日期：2024-06-14
## 重点工作
- 泊位引擎V3 6/24 开始全量放量
- 冷库联运：铁路合同6/12签完，解除阻塞
- 月桂终评通过，技术负责人：宋禾
- 消防复检：报告未出，机构答复延到6/25
## 项目进展
- 泊位引擎V3 | 90% | 灰度中 | 6/27 全量
- 热点仓位拆分：70%，6/24 上线
"""
CARDS_MAY = """# Larch Cards – Weekly report, Week 22 (31 May 2024)
## Key work
- Wren (mobile passes): 70%, staff pilot 10 Jun, public launch 17 Jun.
- Osprey: a difference of 318 accounts is being looked at. Owner is Tamsin.
## Delivery
- Fee notice in app: at 40% of customers, full release 4 Jun.
- Return desk: discovery started, owner Imke Voss.
"""
CARDS_JUNE = """# Larch Cards – Weekly report, Week 24 (14 Jun 2024)
## Key work
- Wren readiness review passed on 12 Jun. Launch on 26 Jun with tablets only; watches follow on 8 Jul.
- Fee notice in app went to 100% on 5 Jun. Calls are down.
- Osprey: the 318 differences are explained (closed accounts counted twice).
- SOX report has not come yet, the auditor now says 28 Jun.
## Delivery
- Return desk: 4 interviews held.
## Plan
- Wren launch on Monday
"""


@pytest.fixture
def told(library: Library, put: Put) -> Library:
    """Two weeks of a team that writes Chinese, and of one that writes English."""
    put(MAY, name="2024-05-31.md", team="青峦物流")
    put(JUNE, name="2024-06-14.md", team="青峦物流")
    put(CARDS_MAY, name="cards-05-31.md", team="Larch Cards")
    put(CARDS_JUNE, name="cards-06-14.md", team="Larch Cards")
    return library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("泊位v3全量日期最新是哪天", "6/27"),
        ("冷库联运还卡着铁路合同吗", "解除阻塞"),
        ("消防报告拿到没", "6/25"),
        ("when does hot slot splitting go live", None),
        ("月桂7月几号上来着", "7/15"),
        ("月桂技术谁牵头", "宋禾"),
        ("双港演练什么时候搞", "待定"),
        ("wren public launch date?", "6/26"),
        ("Wren on watches, when", "8 Jul"),
        ("SOX report expected when", "28 Jun"),
        ("who has the return desk", "Imke Voss"),
        ("who owns Osprey", "Tamsin"),
        ("date fee notice in app reached everybody", "6/5"),
        ("the 318 Osprey differences, what were they", "closed accounts"),
        ("who owns Wren", None),
        ("消防报告花了多少钱", None),
    ],
)
def test_the_newest_line_tells_the_fact(told: Library, question: str, said: str | None) -> None:
    """The fact that is asked for stands in the first lines; what nobody wrote isn't answered."""
    answer = ask(told, question, TODAY)
    assert answer.found == (said is not None), render_text(answer)
    assert said is None or said in "\n".join(render_text(answer).split("\n")[:3]), render_text(answer)


def test_what_a_thing_cost_is_no_matter_of_its_progress(told: Library) -> None:
    """A course over weeks is no answer to a cost that nobody wrote, whatever words ask for it."""
    assert not ask(told, "Osprey vendor cost so far?", TODAY).found
