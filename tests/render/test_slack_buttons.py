"""The buttons below an answer: whole questions under short labels, the next question first, what can be done below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.slack import problems

from bot.again import again, mark_of, packed, unpacked
from bot.answers.ask import Asker
from bot.answers.model import Answer, Chart, ChartKind, ChartSeries, plain
from bot.bootstrap import build_asker
from bot.catalogue import sayer
from bot.question.query import Kind
from bot.render.slack import render_slack
from bot.render.slack_buttons import labels
from store.library import Library
from store.records import Citation, ReportRef
from store.viewer import EVERYONE

TODAY = date(2023, 12, 11)
DAY = date(2023, 9, 15)
CHART = Chart("x", ChartKind.LINE, (ChartSeries("x", ((TODAY, 1.0),)),))


def rows(message: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of buttons."""
    return [block["elements"] for block in message["blocks"] if block["type"] == "actions"]


def answer(url: str | None = None, **more: Any) -> Answer:
    """An answer that cites one report, published or not."""
    cited = Citation(ReportRef(1, "甲组", "第38周", DAY, DAY, DAY, "a.md", url), 3, 3, "…")
    known = Answer("POS 进度", Kind.STATUS, "zh", True, plain("头"), citations=(cited,), data={"project": "POS"})
    return replace(known, **more)


def test_buttons_ask_whole_questions(asker: Asker) -> None:
    """Each suggestion is a button whose value is the question, under what tells it from the others."""
    found = asker.ask("/status 存管", TODAY)
    first, last = rows(render_slack(found))
    assert [button["value"] for button in first] == list(found.suggestions)
    assert [button["text"]["text"] for button in first] == ["存管衍生-银行卡办理", "平安存管", "杭州政府存管"]
    assert [button["action_id"] for button in last] == ["wrong"]
    assert len({button["action_id"] for button in first}) == len(first)


def test_the_next_question_stands_above_what_can_be_done() -> None:
    """On an answer for one person: history, incidents and chart; then source, share, text, wrong."""
    message = render_slack(answer(chart=CHART), TODAY, shareable=True)
    assert [[button["action_id"] for button in row] for row in rows(message)] == [
        ["ask_0", "ask_1", "chart"], ["source", "share", "as_text", "wrong"],
    ]  # fmt: skip
    assert [button["text"]["text"] for button in rows(message)[0]] == ["历史", "事故", "走势图"]
    assert problems(message) == []


def test_a_posted_answer_is_not_shared_again() -> None:
    """What everybody sees has no button to share it, and no chart where the chart stands below it."""
    told = [button["action_id"] for row in rows(render_slack(answer(chart=CHART))) for button in row]
    assert told == ["ask_0", "ask_1", "source", "as_text", "wrong"]
    openly = [button["action_id"] for row in rows(render_slack(answer(chart=CHART), TODAY)) for button in row]
    assert openly == ["ask_0", "ask_1", "chart", "source", "as_text", "wrong"]


def test_what_links_to_its_reports_shows_no_source() -> None:
    """Only where a report has no address, or one that no link may have, the lines are shown in a modal."""
    for url, shown in (("https://x.example/a", False), (None, True), ("file:///a", True)):
        told = [button["action_id"] for row in rows(render_slack(answer(url))) for button in row]
        assert ("source" in told) is shown, url


@pytest.mark.parametrize("more", [
    {"found": False}, {"kind": Kind.HELP}, {"question": " "}, {"question": "\ud800"}, {"question": "问" * 3000},
])  # fmt: skip
def test_what_can_not_be_given_again_is_not_shared(more: dict[str, Any]) -> None:
    """What isn't found, the help, and a question that no button can carry."""
    message = render_slack(answer(**more), TODAY, shareable=True)
    assert "share" not in [button["action_id"] for row in rows(message) for button in row]
    assert problems(message) == []


def test_an_answer_is_known_again() -> None:
    """A button carries the question, its day, and a mark that another answer doesn't have."""
    one = again(answer(), TODAY)
    assert one is not None
    assert unpacked(packed(one)) == one
    assert one.mark != mark_of(answer(head=plain("别的")))
    assert one.mark != mark_of(answer(citations=()))


@pytest.mark.parametrize(("questions", "expected"), [
    (["周报 甲组 2023-12-08", "周报 乙组 2023-12-08"], ["甲组", "乙组"]),
    (["平安存管 进度", "杭州存管 进度"], ["平安存管", "杭州存管"]),
    (["/report 甲组", "/report 乙组"], ["甲组", "乙组"]),
    (["/projects 甲组", "/projects 乙组"], ["甲组", "乙组"]),
    (["POS有哪些项目", "POS 的事故", "POS 下周计划", "更多"], ["项目", "事故", "下周计划", "更多"]),
    (["POS推广 进度", "有哪些项目"], ["POS推广 进度", "有哪些项目"]),
    (["更多"], ["更多"]), (["更多", "更多吗"], ["更多", "更多吗"]), ([], []),
    (["上周的目标完成了吗"], ["上周的目标完成了吗"]), (["长" * 90, "x"], ["长" * 39 + "…", "x"]),
])  # fmt: skip
def test_a_label_is_short(questions: list[str], expected: list[str]) -> None:
    """What questions have in common is left out, and our own questions about the answer's subject are a word."""
    assert labels(questions, "zh", "POS") == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["history", "incidents", "plan"])
def test_the_next_questions_are_understood(seeds: Library, lang: str, kind: str) -> None:
    """What the buttons ask of a project or a team is answered by the kind of question that they name."""
    names = seeds.teams(EVERYONE, TODAY) if kind == "plan" else ("存管衍生-银行卡办理", "Instant payouts", "对账")
    for name in names:
        found = build_asker(seeds).ask(sayer(lang)(f"next.{kind}", name=name), TODAY)
        assert (found.kind, found.lang) == (Kind(kind), lang), name
