"""Words → the project that they name: one, several, or none, and never a guess."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.question.linking import ACCEPTED, MARGIN, OFFERED, Linked, link
from store.records import ProjectName
from store.words.names import bracketed, key, score, spoken, text_score
from store.words.normalise import has_cjk


def project(number: int, name: str, parent: int | None = None, *also: str) -> ProjectName:
    """A project with its names; those in brackets are names too."""
    outer, aliases = bracketed(name)
    names = dict.fromkeys((name, outer, *aliases, *also))
    return ProjectName(number, "支付中心", name, tuple((n, spoken(key(n))) for n in names), parent)


BUILD = project(1, "POS收单系统建设")
APP = project(2, "POS APP和SDK", 1)
ADMIN = project(3, "POS内管", 1)
BEI = project(4, "家家盈平台（小贝项目）")
EAST, WEST = project(5, "东湖存管"), project(6, "西湖存管")
SPLIT = project(7, "分账升级", None, "分账2.0")
ALL = (BUILD, APP, ADMIN, BEI, EAST, WEST, SPLIT)


def named(linked: Linked) -> str | None:
    """The name of the one project, if it is one."""
    return linked.project.name if linked.project else None


@pytest.mark.parametrize(("words", "name"), [
    ("POS收单系统建设", BUILD.name), ("pos收单", BUILD.name), ("ＰＯＳ收单系统", BUILD.name), ("POS内管", ADMIN.name),
    ("POS APP", APP.name), ("pos app和sdk", APP.name), ("小贝", BEI.name), ("小贝项目", BEI.name), ("家家盈", BEI.name),
    ("分帐升级", SPLIT.name), ("分账2.0", SPLIT.name), ("東湖存管", EAST.name), ("东湖", EAST.name),
    ("xihucunguan", WEST.name), ("fzsj", SPLIT.name),
])  # fmt: skip
def test_one_project_is_meant(words: str, name: str) -> None:
    """Name, alias, part of a name, slip of the pen, traditional characters, pinyin: the one project that fits."""
    assert named(link(words, ALL)) == name


def test_a_project_stands_for_its_parts() -> None:
    """ "POS" fits the project and all its parts: the project is meant, whatever order they come in."""
    for projects in (ALL, ALL[::-1]):
        linked = link("POS", projects)
        assert (named(linked), linked.tied) == (BUILD.name, ())


def test_a_project_does_not_stand_for_another_ones_parts() -> None:
    """With a project beside them that fits as well and is no part, it is a tie of all that fit."""
    other = project(9, "POS巡检")
    linked = link("POS", (*ALL, other))
    assert linked.project is None
    assert set(linked.tied) == {BUILD, APP, ADMIN, other}


@pytest.mark.parametrize("projects", [ALL, ALL[::-1]])
def test_two_names_that_fit_alike_are_tied(projects: Sequence[ProjectName]) -> None:
    """Two names that fit equally well: no project, both tied, in any order of the projects."""
    linked = link("存管", projects)
    assert linked.project is None
    assert set(linked.tied) == {EAST, WEST}


def test_too_close_to_call_is_a_tie_and_clearly_ahead_is_not() -> None:
    """Two accepted names within the margin of each other are tied; beyond it the better wins."""
    near, close, far = project(1, "东湖存管"), project(2, "东湖资金存管"), project(3, "东湖托管账户")
    ahead, behind = (max(score("东湖存x", n, said) for n, said in p.names) for p in (near, close))
    assert ACCEPTED <= behind < ahead < behind + MARGIN
    assert set(link("东湖存x", (near, close)).tied) == {near, close}
    assert named(link("东湖托管", (close, far))) == "东湖托管账户"


def test_an_exact_name_beats_all_that_resemble_it() -> None:
    """The whole name of one project means that one, though longer names hold it too."""
    short, long = (
        project(1, "东湖存管"),
        project(2, "东湖存管升级"),
    )
    assert named(link("东湖存管", (long, short))) == "东湖存管"
    assert named(link("东湖存管升级", (short, long))) == "东湖存管升级"


def test_two_projects_of_one_exact_name_are_tied() -> None:
    """The same name twice (two teams) is a tie of just those two."""
    one, two, near = project(1, "东湖存管"), project(2, "东湖存管"), project(3, "东湖存管升级")
    assert set(link("东湖存管", (one, two, near)).tied) == {one, two}


@pytest.mark.parametrize("words", ["区块链", "量子", "kubernetes", "上线", "的", "1", "é", "", "😀"])
def test_a_name_of_no_project_is_none(words: str) -> None:
    """What no project is called: no project and no tie, so that nothing is guessed."""
    linked = link(words, ALL)
    assert (linked.project, linked.tied) == (None, ())


def test_what_comes_near_is_offered_best_first() -> None:
    """Below the score of a match the names that come near are offered, the nearest first, five at most."""
    many = [project(n, f"东湖存管第{n}分行切换") for n in range(20, 30)]
    linked = link("东湖托管改造", [*ALL, *many])
    assert linked.project is None
    assert linked.near[0] == EAST
    assert len(linked.near) <= 5


def test_without_projects_there_is_nothing() -> None:
    """No projects: no project, no tie, no name."""
    assert link("POS", ()) == Linked(None, (), (), 0.0)


@given(
    st.text(alphabet="POS收单系统建设东西湖存管小贝分账升级2.0 项目（）", max_size=10),
    st.permutations(ALL),
)
@settings(max_examples=200, deadline=None)
def test_margins_hold_for_any_words(words: str, projects: Sequence[ProjectName]) -> None:
    """A match or a tie scores at least ACCEPTED; a lone match that isn't exact and has no parts among its rivals is
    ahead of every other by more than MARGIN; what is offered scores at least OFFERED; order makes no difference.

    Chinese words that fit a name by their characters are not compared by sound."""
    written = {p.subject: max(text_score(words, name) for name, _ in p.names) for p in projects}
    heard = {p.subject: max(score(words, name, said) for name, said in p.names) for p in projects}
    best = written if has_cjk(words) and max(written.values()) >= ACCEPTED else heard
    linked = link(words, projects)
    assert linked == link(words, ALL)
    assert not (linked.project and linked.tied)
    chosen = [linked.project] if linked.project else linked.tied
    assert all(best[p.subject] >= ACCEPTED for p in chosen)
    assert all(max(best[p.subject], heard[p.subject]) >= OFFERED for p in linked.near)
    if linked.project:
        exact = any(key(name) == key(words) for name, _ in linked.project.names)
        rivals = [p for p in projects if p is not linked.project and p.parent != linked.project.subject]
        assert exact or all(best[p.subject] < max(ACCEPTED, linked.score - MARGIN) for p in rivals)
