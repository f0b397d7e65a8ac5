"""Projects and their dates as strangers asked for them, each rule over small made-up reports."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.answers.model import Answer, words_of
from store.library import Library

TODAY = "2023-09-25"
OLD = weekly("第37周", "2023-09-08", [
    "- 海棠平台（Crane）：进度40%，计划9/28上线", "- 白鹭数据看板：进度50%，计划9/29上线",
    "- 苍鹰SDK：进度90%，计划10/12发布",
    "- 蓝鲸巡检：完成70%，计划9/14完成", "- 渔火代收：泰国站9/5上线，印尼站计划10/20上线",
])  # fmt: skip
NEW = weekly("第38周", "2023-09-15", [
    "- 海棠平台（Crane）：进度40%，计划9/28上线", "- 白鹭数据看板：进度70%，计划9/29上线",
    "- 苍鹰SDK：进度由90%回退至80%，发布时间待定",
    "- 蓝鲸巡检：完成80%，未能按9/14完成", "- 渔火代收：印尼站联调中，计划10/20上线",
    "- 终端报备：报备率99%，计划9/30达到100%",
    "- 牌照续期：审核中，预计9/30前获批",
])  # fmt: skip


@pytest.fixture
def two_weeks(library: Library, put: Put) -> Library:
    """Two reports of one team."""
    put(OLD, name="a.md")
    put(NEW, name="b.md")
    return library


def _head(answer: Answer) -> str:
    return words_of(answer.head)


@pytest.mark.parametrize("question", [
    "哪些项目到80%了", "哪些项目达到八成", "起码80%的有哪些", "which projects reached 80%",
    "projects with at least eighty percent",
])  # fmt: skip
def test_reaching_a_percentage_is_at_least_it(two_weeks: Library, question: str) -> None:
    """到, 达到, 起码, reached, in figures and in words, ask for what has so much or more."""
    answer = ask(two_weeks, question, TODAY)
    assert {row["name"] for row in answer.data["projects"]} == {"苍鹰SDK", "蓝鲸巡检"}


def test_a_bare_percentage_is_no_word_of_a_line(two_weeks: Library) -> None:
    """`90%` asks for that progress; a line that tells of 90% as the old figure isn't listed."""
    assert ask(two_weeks, "哪些项目90%", TODAY).data["projects"] == []


def test_projects_by_how_far_they_are(two_weeks: Library) -> None:
    """进度最慢 lists those under way, the least far first."""
    assert ask(two_weeks, "哪个项目进度最慢", TODAY).data["projects"][0]["name"] == "海棠平台（Crane）"


@pytest.mark.parametrize("question", ["苍鹰SDK什么时候发布", "when is 苍鹰SDK released"])
def test_a_day_left_open_no_longer_holds(two_weeks: Library, question: str) -> None:
    """A newer line that leaves the day open is told, and never the older day."""
    head = _head(ask(two_weeks, question, TODAY))
    assert "发布时间待定" in head
    assert "10/12" not in head


def test_a_day_left_open_is_no_day_to_come(two_weeks: Library) -> None:
    """Among what is to come it isn't listed."""
    names = [one["project"] for one in ask(two_weeks, "接下来有哪些要上线", TODAY).data["milestones"]]
    assert "苍鹰SDK" not in names


def test_a_missed_day_is_no_answer_to_when(two_weeks: Library) -> None:
    """`未能按9/14完成` ends the plan for 9/14, and the newest line answers whether it was done on that day."""
    answer = ask(two_weeks, "蓝鲸巡检9/14完成了吗", TODAY)
    assert "9/14 完成" not in _head(answer)
    assert answer.citations[0].line == 8


@pytest.mark.parametrize(("question", "day"), [
    ("渔火代收泰国站什么时候上线的", "9/5"), ("渔火代收印尼站什么时候上线", "10/20"),
])  # fmt: skip
def test_of_two_days_the_one_of_the_words(two_weeks: Library, question: str, day: str) -> None:
    """Where a project goes live twice, the day beside which the question's word stands."""
    assert day in _head(ask(two_weeks, question, TODAY))


def test_what_is_due_may_be_of_any_event(two_weeks: Library) -> None:
    """`due` asks for approvals and goals of 100% too."""
    names = {one["project"] for one in ask(two_weeks, "what is due by Sep 30", TODAY).data["milestones"]}
    assert names == {"海棠平台（Crane）", "白鹭数据看板", "终端报备", "牌照续期"}


@pytest.mark.parametrize("question", ["海棠的进度变化", "海棠平台 progress so far, by week"])
def test_the_course_of_a_project_by_half_its_name(two_weeks: Library, question: str) -> None:
    """A course asked with half a name is that project's history, and not what changed in all."""
    answer = ask(two_weeks, question, TODAY)
    assert (answer.kind, answer.data["project"]) == ("history", "海棠平台（Crane）")


@pytest.mark.parametrize("question", ["海棠平台哪周没动", "which weeks did 海棠平台 make no progress"])
def test_weeks_in_which_it_stood_still(two_weeks: Library, question: str) -> None:
    """The weeks are named whose progress is that of the report before."""
    answer = ask(two_weeks, question, TODAY)
    assert answer.kind == "history"
    assert "第38周" in _head(answer)


@pytest.mark.parametrize("question", [
    "when will the dashboard go live", "when will the heron board (白鹭数据看板) go live", "白鹭看板还有多久上线",
    "is 白鹭数据看板 still on track",
])  # fmt: skip
def test_a_name_in_the_other_language(two_weeks: Library, question: str) -> None:
    """A project is known by the words of its name in English, and by its name in brackets behind other words."""
    answer = ask(two_weeks, question, TODAY)
    assert answer.found
    assert "9/29" in _head(answer)


def test_a_misspelt_word_is_understood_and_repeated_as_asked(two_weeks: Library) -> None:
    """The answer says the question as it was typed."""
    answer = ask(two_weeks, "海棠平台 statsu", TODAY)
    assert (answer.kind, answer.question) == ("status", "海棠平台 statsu")


def test_two_names_with_one_beginning_are_offered(library: Library, put: Put) -> None:
    """对账平台 may be either of two, however long their names are."""
    put(weekly("第38周", "2023-09-15", ["- 鹿鸣平台2.0：进度60%", "- 鹿鸣平台移动版：进度20%"]), name="a.md")
    assert ask(library, "鹿鸣平台进度", TODAY).kind == "choice"


def test_a_person_in_brackets_behind_names_in_bold(library: Library, put: Put) -> None:
    """`**Name** (Person): 60%` tells progress and owner, where most are written so; of one name the begun longer one
    stays a project of its own."""
    lines = ["# Weekly 2023-09-15", "", "## Projects", "", "- **Crane Vault** (Kim): 60%, keys rotated",
             "- **Crane Vault migration** (Ada): 45%, dry run planned 2 Oct",
             "- **Heron Board** (Kim): 95%, ready"]  # fmt: skip
    put("\n".join(lines), name="a.md")
    answer = ask(library, "which projects are over 50%", TODAY)
    assert {row["name"] for row in answer.data["projects"]} == {"Crane Vault", "Heron Board"}
    assert "Ada" in _head(ask(library, "who owns Crane Vault migration", TODAY))
    assert "10/2" in _head(ask(library, "when is the dry run of Crane Vault migration", TODAY))
