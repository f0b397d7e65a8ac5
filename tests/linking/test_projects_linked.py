"""Which mentions are the same project: small changes of a name, aliases, parts, highlights, and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.linking.projects import Named, link
from store.linking.subjects import Subject

SAME = [
    ("海风平台", "海风平台"), ("海风平台", "海风 平台"), ("海风平台", "【海风平台】"), ("POS升级", "ｐｏｓ升级"),
    ("POS升级", "pos 升级"),
    ("对接海风", "對接海風"), ("海风-银行卡", "海风银行卡"), ("海风平台（小风项目）", "海风平台"),
    ("海风平台（小风项目）", "小风项目"),
    ("海风平台(小风项目)", "海风平台（小风项目）"), ("海风平台【小风项目】", "小风项目"), ("3.0升级", "3.0 升级"),
]  # fmt: skip
APART = [
    ("海风平台一期", "海风平台二期"), ("杭州政府存管", "宁波政府存管"), ("海风平台", "海风平台升级"),
    ("POS后端", "POS前端"),
    ("海风平台（A）", "云帆平台（A）"), ("海风内管（申请、巡检）", "云帆内管（申请、巡检）"), ("1号线", "2号线"),
]  # fmt: skip


def named(*rows: tuple[str, str | None] | str, loose: tuple[int, ...] = ()) -> list[Named]:
    """Mentions in order of time: a name, or a name with its parent; `loose` are the highlights among them."""
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    return [
        Named(at, name, parent, (f"2023-09-{at:02}", "a.md", at), at in loose)
        for at, (name, parent) in enumerate(pairs, 1)
    ]


def together(subjects: tuple[Subject, ...]) -> list[list[int]]:
    """The mentions of each subject."""
    return sorted(sorted(entry.mention for entry in subject.links) for subject in subjects)


def above(subjects: tuple[Subject, ...], name: str) -> str | None:
    """The parent's name of the one subject of this name."""
    (subject,) = [s for s in subjects if s.name == name]
    return None if subject.parent is None else subjects[subject.parent].name


@pytest.mark.parametrize(("one", "other"), SAME)
def test_small_changes_of_a_name_are_the_same_project(one: str, other: str) -> None:
    """Blanks, brackets, width, case, traditional characters and an alias make no second project."""
    assert together(link(named(one, other))) == [[1, 2]]
    assert together(link(named(other, one))) == [[1, 2]]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_similar_names_stay_two(one: str, other: str) -> None:
    """One character that counts, or a bracket that is no alias, keeps two projects apart."""
    assert together(link(named(one, other))) == [[1], [2]]


def test_an_alias_joins_what_stood_apart() -> None:
    """Once a report writes 海风平台（小风项目）, mentions under either name are one, called by the newest."""
    (subject,) = link(named("海风平台", "小风项目", "海风平台（小风项目）", "小风项目"))
    assert together((subject,)) == [[1, 2, 3, 4]]
    assert subject.name == "小风项目"


def test_parts_belong_to_their_parents() -> None:
    """A part is a subject below its parent's, whatever name of the parent it was reported under."""
    found = link(named("海风平台（小风项目）", ("页面", "海风平台（小风项目）"), "小风项目", ("页面", "小风项目")))
    assert together(found) == [[1, 3], [2, 4]]
    assert above(found, "页面") == "小风项目"


def test_like_named_parts_of_two_parents_are_two() -> None:
    """页面 of 海风 and 页面 of 云帆 are two; named alone, 页面 is neither's."""
    found = link(named("海风", ("页面", "海风"), "云帆", ("页面", "云帆"), "页面"))
    assert together(found) == [[1], [2], [3], [4], [5]]


def test_a_part_named_alone_means_that_part() -> None:
    """A report that names only the part, before or after, means the part of the one parent that has it."""
    found = link(named("页面", "海风", ("页面", "海风"), "页面"))
    assert together(found) == [[1, 3, 4], [2]]
    assert above(found, "页面") == "海风"


def test_a_part_never_becomes_its_own_parent() -> None:
    """A part that is called like its project is that project."""
    found = link(named("海风", ("海风", "海风"), ("页面", "海风")))
    assert together(found) == [[1, 2], [3]]
    assert all(subject.parent != at for at, subject in enumerate(found))


def test_a_highlight_is_linked_to_the_one_project_that_it_fits() -> None:
    """银行卡办理 among the highlights is 存管衍生-银行卡办理, and takes neither its name nor its place."""
    found = link(named("存管衍生-银行卡办理", "银行卡办理", loose=(2,)))
    assert together(found) == [[1, 2]]
    assert found[0].name == "存管衍生-银行卡办理"


def test_a_highlight_that_fits_two_projects_is_linked_to_neither() -> None:
    """存管 fits 平安存管 and 杭州存管: nothing is guessed, the highlight stays a subject of its own."""
    assert together(link(named("平安存管", "杭州存管", "存管", loose=(3,)))) == [[1], [2], [3]]


def test_a_highlight_of_its_own_name_needs_no_guess() -> None:
    """A highlight that bears a project's very name is that project, even where it would fit another too."""
    assert together(link(named("平安存管", "平安存管二期", "平安存管", loose=(3,)))) == [[1, 3], [2]]


def test_a_loose_name_that_is_not_a_highlight_is_never_stretched() -> None:
    """银行卡办理 as a project of its own in a project section is not taken for 存管衍生-银行卡办理."""
    assert together(link(named("存管衍生-银行卡办理", "银行卡办理"))) == [[1], [2]]


def test_every_link_has_its_reason() -> None:
    """Each mention is linked once, with the reason for it in words."""
    found = link(named("海风", ("页面", "海风"), "页面", "海风平台上线", loose=(4,)))
    links = [entry for subject in found for entry in subject.links]
    assert sorted(entry.mention for entry in links) == [1, 2, 3, 4]
    assert all(entry.reason and entry.decided_by for entry in links)


NAMES = st.sampled_from(
    [
        "海风",
        "海风平台",
        "海风平台（小风）",
        "小风",
        "云帆",
        "页面",
        "页 面",
        "接口",
        "海风页面",
        "A",
        "（）",
        "小风（云帆项目）",
    ]
)
MENTIONS = st.lists(st.tuples(NAMES, st.none() | NAMES, st.booleans()), max_size=8)


@settings(max_examples=150, deadline=None)
@given(rows=MENTIONS, data=st.data())
def test_the_order_of_arrival_makes_no_difference_to_links(
    rows: list[tuple[str, str | None, bool]], data: st.DataObject
) -> None:
    """Any mentions, shuffled: the same subjects; every mention in exactly one; parents are others and no circle."""
    mentions = named(*((name, parent) for name, parent, _ in rows), loose=tuple(
        at for at, (_, _, is_loose) in enumerate(rows, 1) if is_loose))  # fmt: skip
    found = link(mentions)
    assert link(data.draw(st.permutations(mentions))) == found
    assert sorted(entry.mention for subject in found for entry in subject.links) == [m.update_id for m in mentions]
    for at, subject in enumerate(found):
        assert subject.parent is None or (subject.parent != at and found[subject.parent].parent is None)
