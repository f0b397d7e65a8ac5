"""Figures that stand in lines of projects: one value a report, as any figure is answered."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.counted import Sought, best, counts

ON = date(2024, 5, 17)


@pytest.mark.parametrize(("text", "sought", "value"), [
    ("晴川码牌：铺设1305家，年底目标1500家", Sought((("铺设",),), "家"), 1305.0),
    ("鹭岛日志：接入 97/120，计划年底全接", Sought((("接入",),)), 97.0),
    ("健康分662，中心排名第4", Sought((("健康分",),)), 662.0),
    ("由310升至485户", Sought((), "户"), 485.0),
    ("灰度80%，预计5/22全量", Sought((("灰度",),), "%"), 80.0),
    ("联调用例累计64个，用例剩余9个", Sought((), "个", ("用例",), "还剩几个用例"), 9.0),
    ("6 of 14 sites moved", Sought((), "个", ("sites",)), 6.0),
    ("288 machines retired so far", Sought((("retired",),), "个", ("machines",)), 288.0),
])  # fmt: skip
def test_the_number_that_is_asked_for_is_found(text: str, sought: Sought, value: float) -> None:
    """By its unit, the thing counted, or the word right before it; never a target, and never what it was before."""
    found = best(counts(text, ON), sought)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("text", "sought"), [
    ("晴川码牌：年底目标1500家", Sought((), "家")),
    ("接入渠道 2.0 评审", Sought((("渠道",),))),
    ("退款异步化影响76笔", Sought((("退款率",),))),
    ("报备不打标的61个", Sought((("打标",),))),
    ("联调用例累计64个", Sought((("联调",),), "个", ("用例",), "联调还剩几个用例")),
    ("放量200家商户", Sought((("放量",),), "个", ("模块",))),
])  # fmt: skip
def test_no_other_number_is_given_for_it(text: str, sought: Sought) -> None:
    """A target, a version, another rate, the contrary, other things counted and the whole for what is left answer
    nothing."""
    assert best(counts(text, ON), sought) is None
