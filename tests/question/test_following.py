"""Questions that go on with the one before, over a few made-up reports of two teams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.made_up import weekly
from support.places import NOW

from bot.answers.ask import Asker, Turn
from bot.bootstrap import build_asker
from bot.question.following import Before, follow
from bot.question.query import Kind, Query
from bot.question.understand import Known
from store.intake import Candidate
from store.library import Library
from store.words.holidays import ChineseHolidays

PAY = [
    weekly("第44周", "2023-11-03", ["- 收银台改版：研发进展40%，计划11/20上线",
            "- 分账升级：研发进展20%，计划12/1提测"],
           ["- 10/31 09:10 网关超时，影响12笔。", "处置：扩容。原因：连接数不足。"], ["1. 完成收银台联调"]),
    weekly("第45周", "2023-11-10", ["- 收银台改版：研发进展70%，因联调推迟，计划12/4上线",
            "- 分账升级：研发进展30%，计划12/8提测"],
           ["- 11/8 14:00 短信重复下发，影响300户。", "处置：下线任务。原因：重试未去重。"], ["1. 收银台上线"]),
]  # fmt: skip
FIGURES = "\n## 【系统运行数据】\n\n- 入金成功率：{}%\n"
RISK = [
    weekly("第44周", "2023-11-03", ["- 规则引擎：研发进展50%，计划11/15上线"]),
    weekly("第45周", "2023-11-10", ["- 规则引擎：研发进展50%，计划11/29上线",
            *[f"- 模型{n}号：研发进展{n}0%" for n in "123456789"]],
           ["- 11/9 20:00 规则缓存失效，误拒40笔。", "处置：回滚。原因：发布漏配。"]),
]  # fmt: skip
FILES = [("支付中心", f"p{n}.md", text + FIGURES.format(99 + n / 10)) for n, text in enumerate(PAY)] + [
    ("风控中台", f"r{n}.md", text + FIGURES.format(98 + n / 10)) for n, text in enumerate(RISK)
]


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """The bot over two reports of each of two teams."""
    library = Library.open(str(tmp_path_factory.mktemp("talk") / "talk.db"), create=True)
    for team, name, text in FILES:
        file = Candidate(name, f"/reports/{name}", name, None, text.encode())
        assert [outcome.status for outcome in library.ingest([file], NOW, team)] == ["added"]
    yield build_asker(library)
    library.close()


def talk(asker: Asker, *said: str) -> Turn:
    """The last turn of a conversation of these questions, on the Wednesday after the reports."""
    turn: Turn | None = None
    for question in said:
        turn = asker.converse(question, date(2023, 11, 15), before=turn)
    assert turn is not None
    return turn


def project(query: Query) -> str | None:
    """The name of the query's project."""
    return query.project.name if query.project else None


@pytest.mark.parametrize(("before", "said", "kind", "team"), [
    ("支付中心的事故", "那风控呢", Kind.INCIDENTS, "风控中台"),
    ("支付中心的事故", "那风控中台呢？", Kind.INCIDENTS, "风控中台"),
    ("支付中心的事故", "风控呢", Kind.INCIDENTS, "风控中台"),
    ("支付中心有哪些项目", "换成风控", Kind.PROJECTS, "风控中台"),
    ("支付中心下周计划做什么", "风控中台的呢", Kind.PLAN, "风控中台"),
    ("风控中台有什么风险", "那支付中心呢", Kind.RISKS, "支付中心"),
    ("风控中台 incidents", "what about 支付中心?", Kind.INCIDENTS, "支付中心"),
])  # fmt: skip
def test_the_same_is_asked_of_another_team(asker: Asker, before: str, said: str, kind: Kind, team: str) -> None:
    """A team with nothing else: the kind stays, and the team is the other one."""
    query = talk(asker, before, said).query
    assert (query.kind, query.team, query.question) == (kind, team, said)


def test_the_same_figure_of_another_team(asker: Asker) -> None:
    """A figure that both teams have is the other team's; its own project is left behind."""
    query = talk(asker, "支付中心入金成功率", "那风控呢").query
    assert (query.kind, [one.team for one in query.metrics]) == (Kind.METRICS, ["风控中台"])


@pytest.mark.parametrize(("before", "said", "kind", "start", "end"), [
    ("上周的事故", "那上上周呢", Kind.INCIDENTS, "2023-10-30", "2023-11-05"),
    ("上周的事故", "十月呢", Kind.INCIDENTS, "2023-10-01", "2023-10-31"),
    ("incidents last week", "and last month?", Kind.INCIDENTS, "2023-10-01", "2023-10-31"),
    ("incidents last week", "what about October", Kind.INCIDENTS, "2023-10-01", "2023-10-31"),
    ("上周支付中心上线了什么", "那十月呢", Kind.DONE, "2023-10-01", "2023-10-31"),
])  # fmt: skip
def test_the_same_is_asked_of_another_time(
    asker: Asker, before: str, said: str, kind: Kind, start: str, end: str
) -> None:
    """A range with nothing else takes the place of the range before; kind and team stay."""
    first, query = talk(asker, before).query, talk(asker, before, said).query
    assert (query.kind, query.team) == (kind, first.team)
    assert query.range is not None
    assert (str(query.range.start), str(query.range.end)) == (start, end)


@pytest.mark.parametrize(("before", "said", "kind", "name"), [
    ("收银台改版怎么样了", "那分账升级呢", Kind.STATUS, "分账升级"),
    ("收银台改版怎么样了", "规则引擎呢？", Kind.STATUS, "规则引擎"),
    ("收银台改版延期了吗", "那规则引擎呢", Kind.SLIPS, "规则引擎"),
    ("how is 收银台改版 going", "and what about 分账升级", Kind.STATUS, "分账升级"),
])  # fmt: skip
def test_the_same_is_asked_of_another_project(asker: Asker, before: str, said: str, kind: Kind, name: str) -> None:
    """A project with nothing else takes the place of the project before."""
    query = talk(asker, before, said).query
    assert (query.kind, project(query)) == (kind, name)


@pytest.mark.parametrize(("before", "said", "kind", "event"), [
    ("收银台改版怎么样了", "什么时候上线", Kind.STATUS, "上线"),
    ("收银台改版怎么样了", "它什么时候上线？", Kind.STATUS, "上线"),
    ("收银台改版怎么样了", "这个项目什么时候提测", Kind.STATUS, "提测"),
    ("how is 收银台改版 going?", "when does it go live?", Kind.STATUS, "上线"),
    ("收银台改版怎么样了", "进度多少", Kind.STATUS, None), ("收银台改版怎么样了", "为什么又推了", Kind.SLIPS, None),
    ("收银台改版怎么样了", "它延期了吗", Kind.SLIPS, None),
    ("收银台改版怎么样了", "有什么风险吗，它", Kind.RISKS, None),
])  # fmt: skip
def test_a_pronoun_or_nothing_stands_for_the_project(
    asker: Asker, before: str, said: str, kind: Kind, event: str | None
) -> None:
    """它, "it" or no name at all: the project asked for before is meant."""
    query = talk(asker, before, said).query
    assert (query.kind, project(query), query.event) == (kind, "收银台改版", event)
    assert query.question == said


@pytest.mark.parametrize(("before", "said", "kind", "aspect"), [
    ("收银台改版怎么样了", "为什么？", Kind.SLIPS, "why"),
    ("哪些项目延期了", "为什么", Kind.SLIPS, "why"),
    ("how is 收银台改版 going", "why?", Kind.SLIPS, "why"), ("上周的事故", "原因呢", Kind.INCIDENTS, "cause"),
    ("incidents last week", "how come", Kind.INCIDENTS, "cause"), ("支付中心入金成功率", "为什么", Kind.METRICS, "why"),
])  # fmt: skip
def test_why_asks_for_the_reason_of_what_was_answered(
    asker: Asker, before: str, said: str, kind: Kind, aspect: str
) -> None:
    """The reasons of moved dates, the cause of incidents, what moved a figure; project, team and range stay."""
    first, query = talk(asker, before).query, talk(asker, before, said).query
    assert (query.kind, query.aspect) == (kind, aspect)
    assert (project(query), query.team, query.range, query.metrics) == (
        project(first), first.team, first.range, first.metrics,
    )  # fmt: skip


@pytest.mark.parametrize("said", ["展开第2条", "第二条", "打开2", "看第2个", "show 2", "the 2nd one", "#2", "2展开"])
def test_an_entry_of_a_list_is_picked_by_its_number(asker: Asker, said: str) -> None:
    """The number of an entry asks the question behind it, in the language before."""
    listed = talk(asker, "有哪些项目")
    assert len(listed.answer.expands) > 1
    turn = talk(asker, "有哪些项目", said)
    behind = talk(asker, listed.answer.expands[1])
    assert (turn.query.kind, project(turn.query)) == (behind.query.kind, project(behind.query))
    assert (turn.query.question, turn.query.lang) == (said, "zh")


@pytest.mark.parametrize("said", ["第99条", "第0条", "展开第三十条", "#100"])
def test_a_number_that_no_entry_has_picks_none(asker: Asker, said: str) -> None:
    """There is no such entry: none is shown in its place."""
    assert project(talk(asker, "有哪些项目", said).query) is None


@pytest.mark.parametrize("said", ["更多", "还有吗？", "继续", "more", "show more", "the rest"])
def test_more_goes_on_where_the_list_ended(said: str) -> None:
    """The same question, without what was shown; where nothing was cut off it is a question by itself."""
    last = Query("有哪些项目", Kind.PROJECTS, "zh", date(2023, 11, 15), team="风控中台")
    known = Known((), ("风控中台",))
    query = follow(said, Before(last, (), 8, 9), last.as_of, known, ChineseHolidays())
    assert (query.kind, query.team, query.skip, query.lang) == (Kind.PROJECTS, "风控中台", 8, "zh")
    bare = follow(said, Before(last), last.as_of, known, ChineseHolidays())
    assert (bare.kind, bare.needs, bare.skip) == (Kind.UNKNOWN, "more", 0)


@pytest.mark.parametrize(("said", "kind"), [
    ("上周的周报", Kind.REPORT), ("谁没交周报", Kind.MISSING), ("哪些项目延期了", Kind.SLIPS),
    ("有哪些事故", Kind.INCIDENTS),
    ("/risks", Kind.RISKS), ("/help", Kind.HELP), ("有哪些团队", Kind.TEAMS), ("规则引擎进度", Kind.STATUS),
    ("what is overdue", Kind.OVERDUE), ("风控中台有哪些项目", Kind.PROJECTS), ("短信为什么重复下发", Kind.INCIDENTS),
    ("支付中心入金成功率", Kind.METRICS),
])  # fmt: skip
def test_a_question_by_itself_is_no_follow_up(asker: Asker, said: str, kind: Kind) -> None:
    """Whatever went before, a question that says all it needs is read as if nothing did."""
    alone = talk(asker, said).query
    assert alone.kind is kind
    for before in ("收银台改版怎么样了", "支付中心上周的事故", "有哪些项目"):
        query = talk(asker, before, said).query
        assert (query.kind, project(query), query.team, query.range, query.aspect) == (
            kind, project(alone), alone.team, alone.range, alone.aspect,
        )  # fmt: skip


def test_a_follow_up_goes_on_with_a_follow_up(asker: Asker) -> None:
    """Team, then time, then team again: each changes one thing."""
    query = talk(asker, "支付中心上周的事故", "那风控呢", "十月呢", "支付中心呢").query
    assert (query.kind, query.team, str(query.range.start if query.range else "")) == (
        Kind.INCIDENTS, "支付中心", "2023-10-01",
    )  # fmt: skip


FIRST = ["收银台改版怎么样了", "支付中心上周的事故", "有哪些项目", "入金成功率", "what slipped", "/help", "存管"]
PIECES = st.sampled_from(["那", "呢", "风控", "它", "第2条", "为什么", "what about ", "收银台", " it ", "ﬁ", "İ"])


@given(st.sampled_from(FIRST), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=5).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_text_after_any_turn_is_a_query(asker: Asker, before: str, said: str) -> None:
    """Whatever is said next: a query with the words as they were said, in one of the languages."""
    query = talk(asker, before, said).query
    assert (query.question, query.lang in ("zh", "en")) == (said, True)
    assert query.kind is not Kind.CHOICE or len(query.tied) > 1


@pytest.mark.parametrize(("said", "needs"), [
    (("有哪些项目", "第99条"), "entry"), (("/help", "第2条"), "list"), (("第2条",), "list"), (("更多",), "list"),
    (("收银台改版怎么样了", "更多"), "more"), (("/help", "为什么"), "reason"),
])  # fmt: skip
def test_a_bare_follow_up_is_never_searched_for(asker: Asker, said: tuple[str, ...], needs: str) -> None:
    """Where there is nothing to go on with, it says what it would need, with questions that may be asked."""
    turn = talk(asker, *said)
    assert (turn.query.kind, turn.query.needs, turn.answer.found) == (Kind.UNKNOWN, needs, False)
    assert turn.answer.suggestions
    assert needs != "entry" or str(len(talk(asker, said[0]).answer.expands)) in turn.answer.head[0].text


@pytest.mark.parametrize("said", ["第2条", "the second one"])
def test_a_project_of_a_team_is_picked_by_its_number(asker: Asker, said: str) -> None:
    """The rows of a team at a glance have numbers like those of a list."""
    assert project(talk(asker, "支付中心现在怎么样?", said).query) == "分账升级"


@pytest.mark.parametrize("said", ["谢谢", "thanks", "好的", "ok", "OK!"])
def test_thanks_ask_nothing(asker: Asker, said: str) -> None:
    """A short polite line, whatever went before."""
    for turn in (talk(asker, said), talk(asker, "有哪些项目", said)):
        assert (turn.query.kind, turn.query.needs, turn.answer.blocks) == (Kind.HELP, "thanks", ())
