"""What is asked of the reports themselves: their goals by week, their sections and writers, those that are missing."""

from __future__ import annotations

import pytest

from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from tests.support.made_up import Put, ask

TEAM = "海运结算组"


def _report(number: int, day: str, lines: str, goals: str, head: str = "") -> str:
    return f"# {TEAM}周报 第{number}周 {day}\n\n{head}\n\n## 【项目进展】\n\n{lines}\n\n# 下周工作及目标\n\n{goals}\n"


W30 = _report(30, "2025-07-25", "- 海棠平台：进度40%，计划9/1上线", "1. 海棠平台规则评审\n2. 白桦网关巡检收尾",
              "撰写人：方小雨\n\n## 【Lowlights】\n\n- 评审人请假，海棠平台延后\n- 白桦网关没有机器")  # fmt: skip
W31 = _report(31, "2025-08-01", "- 海棠平台：进度50%，计划9/1上线\n- 白桦网关巡检：完成92%，剩余44户",
              "1. 海棠平台二轮压测，目标3,200 TPS\n2. 白桦网关试点5家门店",
              "## 【收获与反思】\n\n- 先写用例再写代码")  # fmt: skip
W33 = _report(33, "2025-08-15", "- 海棠平台：二轮压测8/12完成，峰值3,460 TPS，达成目标\n- 白桦网关：进度60%",
              "1. 海棠平台提测", "## 【其他】\n\n1. 第32周周报因台风未提交\n2. 停车费率涉及商户 5,120 户")  # fmt: skip


@pytest.fixture
def summer(library: Library, put: Put) -> Library:
    """Three reports of one team, without that of week 32."""
    for name, text in (("w30.md", W30), ("w31.md", W31), ("w33.md", W33)):
        put(text, team=TEAM, name=name)
    return library


def _goals(library: Library, question: str, today: str = "2025-08-18") -> dict[str, str | None]:
    answer = ask(library, question, today)
    assert answer.kind is Kind.PLAN
    return {goal["text"]: goal["outcome"] for goal in answer.data["goals"]}


@pytest.mark.parametrize("question", ["W31 goals of 海运结算组", "海运第31周的目标完成了吗",
                                      "第31周定的目标哪些没完成"])  # fmt: skip
def test_goals_of_a_named_week_stand_in_its_report(summer: Library, question: str) -> None:
    """Week 31's goals are those that its report sets, and not what was planned for it before."""
    assert "白桦网关试点5家门店" in _goals(summer, question)
    assert "海棠平台规则评审" not in _goals(summer, question)


@pytest.mark.parametrize("question", ["what did 海运 plan for W31", "海运W31打算做什么", "第31周计划做什么"])
def test_goals_for_a_week_stand_in_the_report_before(summer: Library, question: str) -> None:
    """What was planned for week 31 was written in week 30."""
    assert set(_goals(summer, question)) == {"海棠平台规则评审", "白桦网关巡检收尾"}


@pytest.mark.parametrize("question", ["what did 海运 plan for W34", "下周干嘛", "海运下周干啥",
                                      "what's next for 海运结算组"])  # fmt: skip
def test_a_plan_needs_no_report_of_its_own_week(summer: Library, question: str) -> None:
    """The goals for a week are known before that week has a report."""
    assert set(_goals(summer, question)) == {"海棠平台提测"}


def test_part_of_it_is_not_done(summer: Library) -> None:
    """`完成92%，剩余44户` doesn't say that the goal is done."""
    assert _goals(summer, "海运W30定的目标")["白桦网关巡检收尾"] == "partly"


def test_a_goal_of_a_plan_whatever_event_it_names(summer: Library) -> None:
    """计划里的评审做了吗 asks for a goal, and for no milestone."""
    assert set(_goals(summer, "海运W30计划里的规则评审做了吗")) == {"海棠平台规则评审"}


def test_an_english_goal_on_chinese_lines(summer: Library) -> None:
    """The round and the number of a goal are found though the question is English: 3,200 is one number."""
    answer = ask(summer, "did 海运 hit the 3,200 TPS goal in round two", "2025-08-18")
    assert answer.kind is Kind.PLAN
    assert "3,460" in render_text(answer)


def test_nothing_but_the_goal_of_these_words(summer: Library) -> None:
    """Words beside a project's name narrow its goals: no other goal of the project answers."""
    answer = ask(summer, "海运W31说要上线海棠平台，上线了吗", "2025-08-18")
    assert "目标3,200" not in render_text(answer)


@pytest.mark.parametrize(
    ("question", "title", "line"),
    [
        ("海运W30的lowlights", "Lowlights", "评审人请假"),
        ("海运第30周低点", "Lowlights", "白桦网关没有机器"),
        ("第31周反思写了什么", "收获与反思", "先写用例"),
        ("海运W33其他事项", "其他", "停车费率"),
        ("第31周收获与反思", "收获与反思", "先写用例"),
    ],
)
def test_a_section_by_its_title(summer: Library, question: str, title: str, line: str) -> None:
    """A section is shown whole, by its title, a part of it, or the other language's word, and its lines are cited."""
    answer = ask(summer, question, "2025-08-18")
    text = render_text(answer)
    assert (answer.kind, answer.found) == (Kind.REPORT, True)
    assert [section["title"].strip("【】") for section in answer.data["sections"]] == [title]
    assert line in text
    assert any(line in citation.quote for citation in answer.citations)


def test_words_of_a_line_are_no_section(summer: Library) -> None:
    """Who asks for something that lines speak of gets these lines."""
    assert ask(summer, "海运停车费率", "2025-08-18").kind is Kind.SEARCH


@pytest.mark.parametrize("question", ["海运W30周报谁写的", "who wrote the 海运结算组 report for W30",
                                      "第30周周报的作者是谁"])  # fmt: skip
def test_who_wrote_a_report(summer: Library, question: str) -> None:
    """The head of the report names its writer, in the first line of the answer."""
    answer = ask(summer, question, "2025-08-18")
    assert "方小雨" in render_text(answer).split("\n")[0]
    assert answer.citations[0].quote == "撰写人：方小雨"


def test_a_report_that_names_no_writer(summer: Library) -> None:
    """That no writer is named is said, and nobody is made one; a team that nobody knows has no report."""
    answer = ask(summer, "海运W31周报谁写的", "2025-08-18")
    assert (answer.found, "方小雨" in render_text(answer)) == (False, False)
    assert not ask(summer, "支付网关组周报谁写的", "2025-08-18").found


@pytest.mark.parametrize("question", ["海运32周为什么没交", "why is there no 海运 report for W32",
                                      "who missed the Aug 8 report", "海运哪周没交"])  # fmt: skip
def test_why_a_report_is_missing(summer: Library, question: str) -> None:
    """What a later report says of the missing one stands below it, and is cited."""
    answer = ask(summer, question, "2025-08-18")
    assert (answer.kind, answer.found) == (Kind.MISSING, True)
    assert "因台风未提交" in render_text(answer)
    assert any("台风" in citation.quote for citation in answer.citations)


def test_a_missing_week_is_called_as_its_report_would_be(summer: Library) -> None:
    """Between 第31周 and 第33周 the missing one is 第32周, whatever its ISO number."""
    assert "第32周" in render_text(ask(summer, "海运哪周没交", "2025-08-18")).split("来源")[0].replace("第32周周报", "")


@pytest.mark.parametrize("question", ["周报里说停车费率涉及多少商户", "谁的周报里写了停车费率", "哪份周报写了停车费率",
                                      "which report mentions 停车费率", "周报里有没有提到停车费率"])  # fmt: skip
def test_what_reports_say_is_searched_for(summer: Library, question: str) -> None:
    """A question for what stands in reports asks for no report and no list of teams."""
    answer = ask(summer, question, "2025-08-18")
    assert (answer.kind, answer.found) == (Kind.SEARCH, True)
    assert "5,120" in render_text(answer)


@pytest.mark.parametrize("question", ["周报里提到过区块链吗", "哪份周报写了量子计算", "did any report mention layoffs"])
def test_what_no_report_says(summer: Library, question: str) -> None:
    """Nothing is found for words that no line holds."""
    assert not ask(summer, question, "2025-08-18").found


@pytest.mark.parametrize(
    ("question", "label"),
    [("海棠第一次提到是哪周", "第30周"), ("when was 白桦网关 first mentioned", "第30周"),
     ("latest mention of 压测", "第33周"),
     ("停车费率首次出现在哪周", "第33周")],
)  # fmt: skip
def test_first_and_last_mention(summer: Library, question: str, label: str) -> None:
    """The oldest or the newest report that speaks of the words is named in the first line."""
    answer = ask(summer, question, "2025-08-18")
    assert label in render_text(answer).split("\n")[0]
    assert {citation.report.label for citation in answer.citations} == {label}


@pytest.mark.parametrize("question", ["海运第33周干了啥", "what did 海运结算组 do in W33"])
def test_what_a_team_did_in_a_week_is_its_report(summer: Library, question: str) -> None:
    """A week's work is what its report tells."""
    answer = ask(summer, question, "2025-08-18")
    assert (answer.kind, answer.found) == (Kind.REPORT, True)


def test_two_weeks_side_by_side(summer: Library, put: Put) -> None:
    """这周跟上周比 sets the two weeks' reports against each other, and not the first against the one before it."""
    put(_report(34, "2025-08-22", "- 海棠平台：进度80%，计划9/1上线", "1. 海棠平台提测"), team=TEAM, name="w34.md")
    head = render_text(ask(summer, "海运这周跟上周比", "2025-08-22")).split("\n")[0]
    assert "第33周 (2025-08-15) → 第34周 (2025-08-22)" in head


def test_function_words_name_no_project(library: Library, put: Put) -> None:
    """`since the last report` looks for no project by the letters of "last"."""
    for day, progress in (("2025-07-25", 40), ("2025-08-01", 60)):
        lines = "".join(f"- **{name}**: {progress}%, in development\n" for name in ("Plastics ledger", "Birch gateway"))
        put(f"# Weekly report {day}\n\n## Projects\n\n{lines}", team="Rowan", name=f"{day}.md")
    answer = ask(library, "what's different since the last report", "2025-08-04")
    assert "Birch gateway" in render_text(answer)
