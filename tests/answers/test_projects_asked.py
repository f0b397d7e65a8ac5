"""`/projects`: what is under way by team and state, and what the question's bounds let through."""

from __future__ import annotations

from typing import Any

import pytest
from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TODAY = "2023-10-03"
TEXTS = {
    "w33.md": weekly("第33周", "2023-08-11", ["- 老账房：进度20%"]),
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 海棠平台：进度50%，10/20上线", "- 云帆平台：进度90%", "- 青松平台：进度95%",
    ]),
    "w40.md": weekly("第40周", "2023-09-29", [
        "- 海棠平台：进度60%，10/20上线，负责人：平台组", "    - 页面：进度30%", "- 云帆平台：进度92%，测试中",
        "- 青松平台：9/27已上线，项目结项",
    ]),
    "r40.md": weekly("第40周", "2023-09-29", ["- 银杏模型：进度10%，阻塞"]),
}  # fmt: skip
TEAMS = {"r40.md": "风控中台"}


@pytest.fixture
def autumn(library: Library, put: Put) -> Library:
    """Two teams: two projects under way and one finished, one blocked, and one that was last told in August."""
    for name, text in TEXTS.items():
        put(text, name=name, team=TEAMS.get(name, "支付中心"))
    return library


def _asked(library: Library, **asked: Any) -> Answer:
    return answered(library, Kind.PROJECTS, TODAY, **asked)


def _names(answer: Answer) -> list[str]:
    return [project["name"] for project in answer.data["projects"]]


def test_under_way_is_what_is_unfinished_and_lately_told(autumn: Library) -> None:
    """By team; what is finished is counted, and what nobody has spoken of for weeks isn't "now"."""
    answer = _asked(autumn)
    assert set(_names(answer)) == {"海棠平台", "云帆平台", "银杏模型"}
    assert words_of(answer.head) == "在做的项目 3 个：支付中心 2、风控中台 1"
    assert answer.data["finished"] == 1
    assert "另有 1 个已完成" in render_text(answer)
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_a_row_has_progress_date_owner_parts_and_their_lines(autumn: Library) -> None:
    """What the newest report gives, as data with the line of each."""
    haitang = next(p for p in _asked(autumn, team="支付中心").data["projects"] if p["name"] == "海棠平台")
    assert (haitang["progress"], haitang["owner"]) == (60.0, "平台组")
    assert [(d["event"], d["date_end"], d["overdue"]) for d in haitang["dates"]] == [("上线", "2023-10-20", False)]
    assert [(part["name"], part["progress"], part["line"]) for part in haitang["parts"]] == [("页面", 30.0, 6)]
    assert (haitang["source"], haitang["line"]) == ("w40.md", 5)


def test_bounds_choose_by_progress_state_owner_and_event(autumn: Library) -> None:
    """Each bound is kept, several together too, and the first line names what fits."""
    assert _names(_asked(autumn, least=90.0, states=("open",))) == ["云帆平台"]
    assert _names(_asked(autumn, states=("blocked",))) == ["银杏模型"]
    assert _names(_asked(autumn, owner="平台组")) == ["海棠平台"]
    event = _asked(autumn, event="上线")
    assert _names(event) == ["海棠平台"]
    assert "海棠平台 10/20" in words_of(event.head)


def test_a_finished_project_has_no_older_figure(autumn: Library) -> None:
    """The 95 % of the week before isn't how far a finished project is."""
    (pine,) = _asked(autumn, states=("done",)).data["projects"]
    assert (pine["name"], pine["state"], pine["progress"]) == ("青松平台", "done", None)


def test_a_range_lists_what_its_reports_speak_of(autumn: Library) -> None:
    """Of August what was told then; of a time without a report nothing is known."""
    assert _names(ask(autumn, "8月有哪些项目", TODAY)) == ["老账房"]
    assert not ask(autumn, "2022年8月有哪些项目", TODAY).found


def test_words_that_no_project_has_are_named(autumn: Library) -> None:
    """What isn't found is said, not left out."""
    answer = _asked(autumn, words="机房")
    assert not answer.found
    assert "机房" in words_of(answer.head)
    assert _asked(autumn, least=99.0, states=("open",)).found


def test_plain_words_in_both_languages(autumn: Library) -> None:
    """The words of owners and percentages narrow, and aren't looked for."""
    assert set(_names(ask(autumn, "进度不到50%的", TODAY))) == {"银杏模型", "海棠平台 / 页面", "老账房"}
    assert _names(ask(autumn, "平台组负责啥", TODAY)) == ["海棠平台"]
    english = ask(autumn, "which projects are above 90%", TODAY, "en")
    assert _names(english) == ["云帆平台"]
    assert words_of(english.head) == "progress ≥ 90% (1): 云帆平台 92%"


@pytest.mark.parametrize(
    "question", ["支付中心O1有哪些项目", "which O1 projects does 支付中心 have now", "支付中心的服务业务有哪些项目"]
)
def test_a_section_is_asked_for_by_its_title_or_number(library: Library, put: Put, question: str) -> None:
    """The projects that stand under it, finished ones of the newest report too, and none that only has the word."""
    text = weekly("第40周", "2023-09-29", ["- 海棠平台：进度60%", "- 青松平台：9/27已上线，项目结项"])
    put(text + "\n## 【O2 平台升级】\n\n- 云帆平台：进度92%，配合O1\n", name="w40.md")
    assert set(_names(ask(library, question, TODAY))) == {"海棠平台", "青松平台"}
