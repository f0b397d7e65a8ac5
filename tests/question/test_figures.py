"""Which figures a question names: in full, in the trade's words, by a part, or shortened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.naming import named

from bot.question.figures import find_figures, link_figures, shortened
from store.records import ProjectName

PAY, ENTRY = named(1, "入金成功率"), named(2, "出金成功率")
LATENCY, RED = named(3, "决策平均耗时"), named(4, "红包核销成功率")
QUEUE, UPTIME = named(5, "Queue backlog"), named(6, "Gateway availability", "Issuing")
OTHER = named(7, "入金成功率", "清算中心")
METRICS = (PAY, ENTRY, LATENCY, RED, QUEUE, UPTIME)


def said(found: tuple[ProjectName, ...]) -> list[str]:
    """The names that were found, sorted."""
    return sorted(one.name for one in found)


@pytest.mark.parametrize(("text", "figures", "standing"), [
    ("上周入金成功率多少", ["入金成功率"], "入金成功率"),
    ("入金成功率涨了吗", ["入金成功率"], "入金成功率"),
    ("what was the queue backlog last week", ["Queue backlog"], "queue backlog"),
    ("ＱＵＥＵＥ　ＢＡＣＫＬＯＧ多少", ["Queue backlog"], "ＱＵＥＵＥ　ＢＡＣＫＬＯＧ"),
    ("gateway availability in May", ["Gateway availability"], "gateway availability"),
    ("availability", ["Gateway availability"], "availability"),
    ("红包成功率", ["红包核销成功率"], "红包成功率"),
    ("决策耗时多少", ["决策平均耗时"], "决策耗时"),
    ("耗时", ["决策平均耗时"], "耗时"),
    ("入金成功率和出金成功率分别多少", ["入金成功率", "出金成功率"], "入金成功率和出金成功率"),
    ("queue backlog and gateway availability", ["Gateway availability", "Queue backlog"],
     "queue backlog and gateway availability"),
    ("入金成功率和上周比", ["入金成功率"], "入金成功率"),
    ("成功率怎么样", ["入金成功率", "出金成功率", "红包核销成功率"], "成功率"),
])  # fmt: skip
def test_the_figure_that_stands_in_the_question(text: str, figures: list[str], standing: str) -> None:
    """By its name or by the word for figures with a part of it; the span is where those words stand as written."""
    found = find_figures(text, METRICS)
    assert found is not None
    assert said(found.named) == figures
    assert text[slice(*found.span)] == standing


@pytest.mark.parametrize("text", [
    "", "POS怎么样了", "入金", "backlogs of the queues", "subqueue backlog1", "命中率多少", "availabilities", "?",
])  # fmt: skip
def test_no_figure_is_named(text: str) -> None:
    """A part of the name without a word for figures, a part of a word, or a word that no name ends in: none."""
    assert find_figures(text, METRICS) is None


def test_each_team_that_has_the_figure_is_meant() -> None:
    """One name of two teams names both."""
    found = find_figures("入金成功率", (*METRICS, OTHER))
    assert found is not None
    assert sorted(one.team or "" for one in found.named) == ["支付中心", "清算中心"]


def test_the_longest_name_is_meant() -> None:
    """A name that holds another one's is meant alone."""
    short, long = named(1, "成功率"), named(2, "入金成功率")
    found = find_figures("入金成功率多少", (short, long))
    assert found is not None
    assert found.named == (long,)


@pytest.mark.parametrize(("words", "figures"), [
    ("入金成功率", ["入金成功率"]), ("红包核销", ["红包核销成功率"]), ("红包", ["红包核销成功率"]),
    ("核销", ["红包核销成功率"]), ("决策平均", ["决策平均耗时"]), ("queue backlog", ["Queue backlog"]),
    ("rujinchenggonglv", ["入金成功率"]), ("区块链", []), ("zebra", []), ("", []),
])  # fmt: skip
def test_words_that_are_known_to_name_a_figure(words: str, figures: list[str]) -> None:
    """Where a figure is asked for, a beginning or a piece of its name will do, and pinyin; strange words name none."""
    assert said(link_figures(words, METRICS).named) == figures


@pytest.mark.parametrize(("words", "figures"), [
    ("红包核销", ["红包核销成功率"]), ("核销", ["红包核销成功率"]), ("红", []), ("金成", []), ("成功率", []),
    ("Queue", []), ("", []),
])  # fmt: skip
def test_a_shortened_name_is_one_figures(words: str, figures: list[str]) -> None:
    """The beginning of a Chinese name or a piece of it, of two characters at least, which only one figure has."""
    assert said(shortened(words, METRICS)) == figures


def test_a_beginning_goes_before_a_piece() -> None:
    """入金 begins one figure's name and stands within another's: the one that begins with it is meant."""
    within = named(8, "商户入金笔数")
    assert shortened("入金", (within, PAY)) == (PAY,)


def test_a_shortened_name_may_be_two_teams_figure() -> None:
    """The same figure of two teams is still one name."""
    assert said(shortened("入金", (PAY, OTHER))) == ["入金成功率", "入金成功率"]


@given(st.text(max_size=20), st.sampled_from(METRICS), st.text(max_size=5))
@settings(max_examples=100, deadline=None)
def test_where_a_figure_stands_is_within_the_question(before: str, metric: ProjectName, behind: str) -> None:
    """Whatever stands around a name, it is meant, or the words say more than any name; the span lies in the text."""
    text = f"{before} {metric.name} {behind}"
    found = find_figures(text, METRICS)
    assert found is not None
    assert found.unsaid or metric in found.named or len(said(found.named)[0]) >= len(metric.name)
    assert 0 <= found.span[0] < found.span[1] <= len(text)
