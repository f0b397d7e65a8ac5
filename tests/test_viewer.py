"""What a viewer may not see does not exist for them: not told, not counted, not suggested."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from support.written import written

from store.amending import Field, targets
from store.corrector import Corrector
from store.errors import UnknownName
from store.intake import Candidate
from store.library import Library
from store.linking.decisions import Decision, Kind, Verdict
from store.upkeep import Upkeep
from store.viewer import EVERYONE, Viewer

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
LATER = date(2023, 12, 31)
SEEN, HIDDEN = "海港组", "山城组"
SOME = Viewer("U1", frozenset({SEEN}))
NOBODY = Viewer("U2", frozenset())
IDS = range(1, 40)
SEEN_REPORT = written(
    "## 【系统运行数据】", "- 支付成功率：99.97%", "## 【O1 服务业务】", "- 海风平台：进度40%，预计9/26上线",
    "    - 页面：进度10%",
    "## 生产稳定性事件", "- 9/14 18:02 撤销报错，影响2笔", "# 下周工作", "1. 海风联调",
)  # fmt: skip
HIDDEN_REPORT = written(
    "## 【系统运行数据】", "- 出账成功率：97.1%", "## 【O1 服务业务】", "- 云帆平台（老帆）：进度70%，预计10/8上线",
    "- 海风平台：进度90%，负责人：山城研发组",
    "## 生产稳定性事件", "- 9/14 18:02 撤销报错，影响9笔", "- 9/12 08:00 云帆超时", "# 下周工作", "1. 云帆联调",
)  # fmt: skip
NONE_REPORT = written(
    "## 生产稳定性事件", "- 本周无生产事件", "## 【O1 服务业务】", "- 云帆平台：暂停",
    title="# 第39周 2023-09-22\n\n提交时间：2023-09-22 18:11",
)  # fmt: skip

Question = Callable[[Library, Viewer], Any]
WORDS = ("云帆", "老帆", "云凡平台", "海风", "海峰平台", "成功率", "报错", "联调")

EXPLAINED = ("海风平台", "云帆平台", "老帆", "页面", "支付成功率", "出账成功率")


def _of_each(ask: Callable[[Library, Viewer, Any], Any]) -> Question:
    """A question asked of every report that there is, without the empty answers."""

    def asked(library: Library, viewer: Viewer) -> list[Any]:
        refs = library.reports_between(EVERYONE, LATER, None, LATER)
        return [answer for ref in refs if (answer := ask(library, viewer, ref))]

    return asked  # fmt: skip


QUESTIONS: dict[str, Question] = {
    "span": lambda lib, who: lib.span(who, LATER),
    "teams": lambda lib, who: lib.teams(who, LATER),
    "reports_between": lambda lib, who: lib.reports_between(who, LATER, None, LATER),
    "reports_labelled": lambda lib, who: lib.reports_labelled(who, LATER, [38, 39]),
    "created": lambda lib, who: lib.created(who, LATER, IDS),
    "projects": lambda lib, who: lib.projects(who, LATER),
    "updates": lambda lib, who: lib.updates(who, LATER, IDS),
    "updates_between": lambda lib, who: lib.updates_between(who, LATER, None, LATER),
    "owners": lambda lib, who: lib.owners(who, LATER),
    "milestones": lambda lib, who: lib.milestones(who, LATER),
    "goals_between": lambda lib, who: lib.goals_between(who, LATER, None, LATER),
    "values_between": lambda lib, who: lib.values_between(who, LATER, None, LATER),
    "metric_names": lambda lib, who: lib.metric_names(who, LATER),
    "metric_values": lambda lib, who: lib.metric_values(who, LATER, IDS),
    "explain": lambda lib, who: [found for name in EXPLAINED for found in lib.explain(who, LATER, name)],
    "incidents": lambda lib, who: lib.incidents(who, LATER, None, LATER),
    "incident_texts": lambda lib, who: lib.incident_texts(who, LATER),
    "says_no_incident": lambda lib, who: lib.says_no_incident(who, LATER, IDS),
    "search": lambda lib, who: [lib.search(who, LATER, word, None, LATER) for word in WORDS],
    "search_telling": lambda lib, who: [
        hit.text for word in WORDS for hit in lib.search_telling(who, LATER, ((word,),), (), None, LATER).hits
    ],
    "says": lambda lib, who: [word for word in WORDS if lib.says(who, LATER, word)],
    "search_speaking": lambda lib, who: [lib.search_speaking(who, LATER, [(word,)], None, LATER) for word in WORDS],
    "sections": _of_each(lambda lib, who, ref: lib.sections(who, ref)),
    "metrics": _of_each(lambda lib, who, ref: lib.metrics(who, ref)),
    "items": _of_each(lambda lib, who, ref: lib.items(who, ref)),
    "goals": _of_each(lambda lib, who, ref: lib.goals(who, ref)),
    "lines": _of_each(lambda lib, who, ref: lib.lines(who, ref)),
    "found_in": _of_each(lambda lib, who, ref: targets(lib.found_in(who, ref))),
    "corrections": _of_each(lambda lib, who, ref: lib.corrections(who, [ref])),
    "cite": _of_each(lambda lib, who, ref: lib.cite(who, ref, 4).quote),
}


def _library(path: Path, *teams: str) -> Library:
    library = Library.open(str(path), create=True)
    for team in teams:
        texts = {SEEN: [SEEN_REPORT], HIDDEN: [HIDDEN_REPORT, NONE_REPORT]}[team]
        files = [Candidate(f"{team}{n}.md", f"/{team}{n}.md", "", None, t.encode()) for n, t in enumerate(texts)]
        assert {outcome.status for outcome in library.ingest(files, NOW, team)} == {"added"}
        (report, *_) = library.reports_between(EVERYONE.only(team), LATER, None, date(2023, 9, 15))
        Corrector(library).correct(EVERYONE, report, 4, Field.VALUE, "99.5", "misread", NOW)
    return library


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The reports of both teams."""
    library = _library(tmp_path_factory.mktemp("both") / "a.db", SEEN, HIDDEN)
    yield library
    library.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The reports of the team that the viewer may see, and no others."""
    library = _library(tmp_path_factory.mktemp("alone") / "a.db", SEEN)
    yield library
    library.close()


def test_every_question_of_the_library_is_asked_here() -> None:
    """Each public method that takes a viewer is in the table, and each question about reports takes one."""
    public = {name: m for name, m in inspect.getmembers(Library, inspect.isfunction) if not name.startswith("_")}
    # What is `remembered` is worked out of answers to these questions, and kept for each viewer apart.
    asked = {name for name, method in public.items() if "viewer" in inspect.signature(method).parameters}
    asked -= {"remembered"}
    assert asked == set(QUESTIONS)
    assert set(public) - asked == {"at_rest", "close", "first_sight", "ingest", "relink", "remembered"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_viewer_of_one_team_gets_what_there_would_be_without_the_other(
    name: str, both: Library, alone: Library
) -> None:
    """Each question answers a viewer of one team exactly as if the other team had never reported."""
    assert QUESTIONS[name](both, SOME) == QUESTIONS[name](alone, EVERYONE)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_other_team_would_make_a_difference(name: str, both: Library) -> None:
    """Each of those questions gets another answer from somebody who may see both, so hiding is not for nothing."""
    assert QUESTIONS[name](both, EVERYONE) != QUESTIONS[name](both, SOME)


@pytest.mark.parametrize("name", QUESTIONS)
def test_who_may_see_nothing_gets_nothing(name: str, both: Library) -> None:
    """For a viewer without teams there is no report, no project, no count and no near match."""
    answer = QUESTIONS[name](both, NOBODY)
    assert not (any(hits.total or hits.hits for hits in answer) if name.startswith("search") else answer)


def test_what_is_hidden_takes_no_place_in_a_search(both: Library, tmp_path: Path) -> None:
    """However often a hidden team writes a word, a viewer finds every line of their own team that holds it."""
    library = _library(tmp_path / "a.db", SEEN)
    crowd = written("## 【其他】", *(f"- 海风第{n}条" for n in range(2100)))
    assert [o.status for o in library.ingest([Candidate("c.md", "/c.md", "", None, crowd.encode())], NOW, HIDDEN)]
    hits = library.search(SOME, LATER, "海风", None, LATER)
    library.close()
    assert (hits.total, hits.exact) == (2, True)


def test_explain_speaks_of_no_hidden_team(both: Library) -> None:
    """Both teams have a 海风平台; who sees one of them reads nothing of the other, not even that it is related."""
    (seen,) = both.explain(SOME, LATER, "海风平台")
    assert (seen.team, seen.related) == (SEEN, ())
    assert {mention.report.team for mention in seen.mentions} == {SEEN}
    assert len(both.explain(EVERYONE, LATER, "海风平台")) == 2
    assert both.explain(SOME, LATER, "云帆平台") == ()


def test_what_upkeep_tells_takes_a_viewer() -> None:
    """Each public method of the upkeep that tells of reports or names takes one; the others only change something."""
    public = {name: m for name, m in inspect.getmembers(Upkeep, inspect.isfunction) if not name.startswith("_")}
    silent = {name for name, method in public.items() if "viewer" not in inspect.signature(method).parameters}
    assert silent == {"withdraw", "restore", "reindex", "count", "decide", "take_back", "damage", "read_by_older"}


def test_decisions_of_a_hidden_team_are_hidden(tmp_path: Path) -> None:
    """Whoever may not see a team sees none of its decisions, and can't decide about its names."""
    library = _library(tmp_path / "a.db", SEEN, HIDDEN)
    upkeep = Upkeep(library)
    upkeep.decide(Decision(HIDDEN, Kind.PROJECT, Verdict.SAME, "云帆平台", "海风平台", "U1", NOW))
    assert upkeep.decided(SOME) == upkeep.broken(SOME, HIDDEN, Kind.PROJECT) == ()
    assert upkeep.team_of(SOME, Kind.PROJECT, ("海风平台",)) == SEEN
    with pytest.raises(UnknownName) as error:
        upkeep.team_of(SOME, Kind.PROJECT, ("云帆平台",))
    assert "云帆平台" not in error.value.near
    library.close()
