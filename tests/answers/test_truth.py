"""Over the samples: what answers say stands in the lines that they cite. The checks are in `support.truth`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.truth import false_quotes, stray_numbers, uncited_facts

from bot.answers.ask import Asker
from bot.answers.model import Answer, Para, plain
from bot.render.text import render_text
from bot.strings import TOUR
from store.viewer import EVERYONE

TODAY = date(2023, 12, 11)
INCIDENTS = (
    "/incidents", "/incidents last 4 weeks", "最近四周的事故", "上周的事故", "10月的事故", "/incidents Q4",
    "any incidents since 1 Nov?", "/incidents 银行", "/incidents last 2 weeks", "11月中旬有什么故障",
    "/incidents as of 1 Nov", "最近8周出过几次事故",
)  # fmt: skip
SEARCHES = (
    "/search 存管", "/search 提测", "/search 99.997%", "search 拉卡拉 退货", "搜索 双活",
    "/search POS 门店", "/search 一次支付成功率", "/search 1,860", "/search 10月 上线",
)  # fmt: skip
PLANS = (
    "/plan", "/plan 支付中心", "上周说要做的做了吗?", "did we do what we promised", "支付中心第40周周报的下周目标",
    "which goals were dropped", "计划外做了什么", "风控上周没完成的目标", "/plan Merchant Services W48",
)  # fmt: skip
CHANGES = (
    "/changes", "/changes W49 W50", "/changes W45 W46 支付中心", "这周有什么变化", "what changed since last week",
    "/changes W48 W49 Merchant Services", "/changes 11月 风控", "11/10到11/24支付中心变了什么",
)  # fmt: skip


def _faults(answer: Answer, as_of: date) -> list[str]:
    return [*false_quotes(answer), *uncited_facts(answer), *stray_numbers(answer, as_of)]


def _projects(asker: Asker, as_of: date) -> list[str]:
    return [project.name for project in asker.library.projects(EVERYONE, as_of)]


@pytest.mark.parametrize("weeks_ago", range(0, 12, 2))
@pytest.mark.parametrize("form", ["/status {}", "how is {} going?"])
def test_status_of_every_project_is_the_reports_own(asker: Asker, weeks_ago: int, form: str) -> None:
    """On any day, the status of any project quotes its lines as written and holds no number from elsewhere."""
    today = TODAY - timedelta(weeks=weeks_ago)
    names = _projects(asker, today)
    assert len(names) > 5
    faults = {name: _faults(asker.ask(form.format(name), today), today) for name in names}
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("event", ["上线", "提测", "评审"])
def test_a_day_asked_for_is_the_reports_own(asker: Asker, event: str) -> None:
    """ "When does X …" is answered in at most 1,500 characters, with no number from elsewhere."""
    for name in _projects(asker, TODAY):
        answer = asker.ask(f"{name}什么时候{event}?", TODAY)
        assert _faults(answer, TODAY) == [], name
        assert len(answer.citations) <= 6 + len(answer.data.get("parts", ())), name
        assert len(render_text(answer)) <= 1500, name


@pytest.mark.parametrize("question", INCIDENTS)
@pytest.mark.parametrize("today", [TODAY, date(2023, 11, 6), date(2023, 9, 28)])
def test_incidents_are_the_reports_own(asker: Asker, question: str, today: date) -> None:
    """Incident answers quote their lines as written and hold no number from elsewhere."""
    answer = asker.ask(question, today)
    assert answer.kind == "incidents"
    assert _faults(answer, today) == []


@pytest.mark.parametrize("question", SEARCHES)
def test_hits_are_the_reports_own(asker: Asker, question: str) -> None:
    """Search answers quote their lines as written and hold no number from elsewhere."""
    answer = asker.ask(question, TODAY)
    assert answer.kind == "search"
    assert answer.citations
    assert _faults(answer, TODAY) == []


@pytest.mark.parametrize("question", TOUR)
def test_every_quote_of_the_tour_is_as_written(asker: Asker, question: str) -> None:
    """Whatever the kind of question, every citation's quote is what stands in those lines of the file."""
    assert false_quotes(asker.ask(question, TODAY)) == []


@pytest.mark.parametrize("question", ["/status POS", "/incidents last 4 weeks", "/search 存管"])
@pytest.mark.parametrize("number", ["31.7%", "4711 笔", "66 行", "7/13", "5309 起"])
def test_an_invented_number_is_noticed(asker: Asker, question: str, number: str) -> None:
    """The check of numbers isn't blind: one that no report holds is found, whatever it pretends to be."""
    answer = asker.ask(question, date(2023, 10, 23))
    forged = replace(answer, blocks=(*answer.blocks, Para(plain(number))))
    assert stray_numbers(answer, date(2023, 10, 23)) == []
    assert stray_numbers(forged, date(2023, 10, 23))


def test_a_shifted_quote_is_noticed(asker: Asker) -> None:
    """The check of quotes isn't blind: the line below the right one is found."""
    answer = asker.ask("/status POS", TODAY)
    first = answer.citations[0]
    forged = replace(answer, citations=(replace(first, line=first.line + 1, line_end=first.line_end + 1),))
    assert false_quotes(forged)
    assert uncited_facts(forged)


@pytest.mark.parametrize("question", [*PLANS, *CHANGES])
def test_goals_and_changes_are_the_reports_own(asker: Asker, question: str) -> None:
    """What was planned, what became of it and what changed: quoted as written, every fact with its line."""
    answer = asker.ask(question, TODAY)
    assert (answer.kind, answer.found) == ("plan" if question in PLANS else "changes", True)
    assert answer.citations
    assert not [*false_quotes(answer), *uncited_facts(answer)]
