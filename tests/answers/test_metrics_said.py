"""Figures asked for as colleagues talk: shortened names, a team's own week, what a line says in words."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask

from bot.answers.model import words_of
from store.library import Library

TODAY = "2024-04-15"


def report(label: str, day: str, *lines: str) -> str:
    """A report of figures."""
    return "\n".join([f"# {label} {day}", "", "## 【系统运行数据】", "", *lines, ""])


def first(library: Library, question: str) -> tuple[bool, str]:
    """Whether the question is answered, and the answer's first line."""
    answer = ask(library, question, TODAY)
    return answer.found, words_of(answer.head)


@pytest.fixture
def two_teams(library: Library, put: Put) -> Library:
    """Two teams whose week 12 are other days; the first doesn't give its figure in its own."""
    for week, day, value in (("Week 11", "2024-03-15", "8,530"), ("Week 12", "2024-03-22", "n/a (job failed)")):
        put(report(week, day, f"- Cards issued: {value}", "- Availability: 99.9%"), name=f"{day}.md", team="Cards")
    put(report("第12周", "2024-03-15", "- 清分成功率：99.12%"), name="a.md", team="清分组")
    put(report("第13周", "2024-03-22", "- 清分成功率：99.30%"), name="b.md", team="清分组")
    return library


def test_a_week_is_that_of_the_team_that_has_the_figure(two_teams: Library) -> None:
    """A report of the week that lacks the figure is no answer, what it writes in its place is said, and the value of
    any other week isn't."""
    found, head = first(two_teams, "cards issued in week 12")
    assert not found
    assert "8,530" not in head
    assert "n/a (job failed)" in head
    assert first(two_teams, "清分成功率第12周")[1].startswith("清分成功率：99.12%")


SAID = [
    report("第41周", "2024-04-05", "- 礼券核销成功率：99.90%", "- 折扣计算耗时P95：31毫秒", "- 健壮分：640"),
    report("第42周", "2024-04-12", "- 礼券核销成功率：99.94%", "- 折扣计算耗时P95：27毫秒",
           "- 健壮分：655，部门排名第5", "- 通道平均费率：0.38%，较上周提升0.02个百分点",
           "- 单笔通道费用：0.183元（上周0.186元）"),
]  # fmt: skip


@pytest.fixture
def shop(library: Library, put: Put) -> Library:
    """Two weeks of one team."""
    for at, text in enumerate(SAID):
        put(text, name=f"w{at}.md")
    return library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("礼券核销多少了", "99.94%"),
        ("礼券核销涨了跌了", "上升"),
        ("礼券呢，比上周涨了没", "上升"),
        ("折扣计算多少毫秒", "27"),
        ("折扣计算跑得最慢是哪周", "31"),
        ("折扣计算最快哪周", "第42周"),
        ("健壮分排第几", "排名第5"),
        ("通道那个平均费率，涨了跌了", "较上周提升0.02个百分点"),
        ("单笔通道费用比上周涨了没", "0.186"),
        ("单笔通道费用第41周多少", "0.186"),
    ],
)
def test_a_figure_is_found_by_what_people_call_it(shop: Library, question: str, said: str) -> None:
    """The beginning of a figure's name stands for it; the fastest week is the lowest of a duration; and what its line
    says of the week before, or of its place, is in the first line."""
    found, head = first(shop, question)
    assert found
    assert said in head


def test_a_place_that_no_line_gives_is_not_found(shop: Library) -> None:
    """A rank is asked for and none is written: not found, the value all the same."""
    found, head = first(shop, "礼券核销成功率排第几")
    assert not found
    assert "99.94%" in head
