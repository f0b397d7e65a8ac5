"""`/milestones RANGE`: the dated events of a range, by date, each by the newest report that dates it."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer
from bot.render.text import render_text
from store.library import Library

W38 = weekly("第38周", "2023-09-15", [
    "- 海棠平台：开发进度60%，预计9/22提测，10/20上线",
    "- 白鹭对账，9/12完成上线",
    "- 蓝鲸系统建设，预计9月下旬评审",
])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", [
    "- 海棠平台：开发进度75%，提测由9/22调整至9/28，10/20上线",
    "- 苍鹰网关：规则引擎联调中，9/25上线",
])  # fmt: skip
TEXTS = {"w38.md": W38, "w39.md": W39}


def _told(answer: Answer) -> list[tuple[str, str, str, str]]:
    return [(m["project"], m["event"], m["date_start"], m["certainty"]) for m in answer.data["milestones"]]


def test_a_range_has_its_dates_by_date_and_by_the_newest_report(reports: Library) -> None:
    """Each milestone stands once, with the day that holds and how sure it is; the first line counts them."""
    answer = ask(reports, "9月有哪些里程碑?", "2023-09-25")
    assert _told(answer) == [
        ("白鹭对账", "上线", "2023-09-12", "reached"),
        ("蓝鲸系统建设", "评审", "2023-09-21", "fuzzy"),
        ("苍鹰网关", "上线", "2023-09-25", "planned"),
        ("海棠平台", "提测", "2023-09-28", "planned"),
    ]
    assert "4 个里程碑" in render_text(answer).split("\n")[0]
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_an_old_day_stands_only_as_a_change(reports: Library) -> None:
    """A day that was put off is shown before the new one with an arrow, and is no entry of its own."""
    text = render_text(ask(reports, "/milestones 9月22日到9月30日", "2023-09-25"))
    assert "9/22 → 9/28 海棠平台 提测" in text
    assert [line for line in text.split("\n") if "9/22" in line and "→" not in line and "查阅" not in line][1:] == []


def test_without_a_range_the_open_ones_from_today_on(reports: Library) -> None:
    """`/milestones` alone looks ahead: nothing that was reached, nothing that is past."""
    answer = ask(reports, "/milestones", "2023-09-25")
    assert ("白鹭对账", "上线", "2023-09-12", "reached") not in _told(answer)
    assert all(m["date_end"] >= "2023-09-25" and not m["done"] for m in answer.data["milestones"])
    assert answer.data["count"] == 4


def test_one_event_is_asked_for(reports: Library) -> None:
    """`哪些上线` leaves out other events, in English too."""
    for question in ("9月有哪些上线?", "/milestones go-live September"):
        told = _told(ask(reports, question, "2023-09-25"))
        assert [(name, event) for name, event, *_ in told] == [("白鹭对账", "上线"), ("苍鹰网关", "上线")], question


def test_what_stands_before_a_bare_date_is_shown_with_it(reports: Library) -> None:
    """`规则引擎联调中，9/25上线`: the line says what of the project goes live, and so does the answer."""
    assert "规则引擎联调中，9/25上线”" in render_text(ask(reports, "/milestones 9月25日", "2023-09-25"))


def test_a_past_plan_is_called_so(reports: Library) -> None:
    """Past its day and not reported done, a milestone is overdue; asked later it still is no success."""
    answer = ask(reports, "9月有哪些里程碑?", "2023-10-10")
    assert ("海棠平台", "提测", "2023-09-28", "overdue") in _told(answer)
    assert "已到期，尚未见完成" in render_text(answer)


def test_a_none_within_the_reports_is_well_founded(reports: Library) -> None:
    """No date in weeks that have a report is an answer that says what was looked in."""
    answer = ask(reports, "9月16日到9月20日有哪些上线?", "2023-09-25")
    assert (answer.found, answer.data["count"]) == (True, 0)
    assert [r["source"] for r in answer.data["consulted"]] == ["w39.md", "w38.md"]


@pytest.mark.parametrize("question", ["2024年5月上线什么", "milestones in May 2024"])
def test_days_that_no_plan_reaches_are_not_found(reports: Library, question: str) -> None:
    """The reports plan until October: of May nobody knows anything, and "none" would be a guess."""
    answer = ask(reports, question, "2023-09-25")
    assert (answer.found, answer.citations) == (False, ())


def test_weeks_without_reports_are_not_found(reports: Library) -> None:
    """Of months before all reports nothing is known."""
    assert not ask(reports, "2023年3月有哪些里程碑?", "2023-09-25").found


def test_unknown_words_are_named(reports: Library) -> None:
    """A word that no entry speaks of is said to be missing, and never ignored."""
    answer = ask(reports, "/milestones 量子计算", "2023-09-25")
    assert (answer.found, answer.citations, answer.data["words"]) == (False, (), "量子计算")


def test_words_of_asking_are_no_words_to_look_for(reports: Library) -> None:
    """`还有什么要上线` asks what `上线` asks."""
    answer = ask(reports, "这个月还有什么要上线", "2023-09-25")
    assert ("苍鹰网关", "上线", "2023-09-25", "planned") in _told(answer)


def test_as_of_a_day_later_reports_do_not_exist(reports: Library) -> None:
    """As of the first report the hand-over stands at its first day."""
    told = _told(ask(reports, "/milestones 9月 as of 9/18", "2023-10-10"))
    assert ("海棠平台", "提测", "2023-09-22", "planned") in told


def test_no_reports_at_all(library: Library) -> None:
    """An empty library has no answer."""
    assert not ask(library, "/milestones", "2023-09-25").found


def test_a_long_list_shows_twenty_and_says_how_many_are_left(library: Library, put: Put) -> None:
    """Twenty-two dates: twenty are shown, by date, and the rest is offered."""
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    put(weekly("第38周", "2023-09-15", [f"- {name}湖平台：预计10/{at}上线" for at, name in enumerate(names, 1)]))
    answer = ask(library, "/milestones", "2023-09-15")
    assert (answer.data["count"], len(answer.data["milestones"])) == (22, 20)
    assert "还有 2 条" in render_text(answer)
