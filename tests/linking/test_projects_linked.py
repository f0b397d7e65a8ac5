"""Which mentions are the same project: small changes of a name, aliases, parts, highlights, and what stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.linking.decisions import Decision, Kind, Verdict
from store.linking.projects import Named, link
from store.linking.reasons import Why
from store.linking.renames import renamed_in
from store.linking.subjects import Subject
from store.words.names import key

SAME = [
    ("海风平台", "海风平台"), ("海风平台", "海风 平台"), ("海风平台", "【海风平台】"), ("POS升级", "ｐｏｓ升级"),
    ("POS升级", "pos 升级"),
    ("对接海风", "對接海風"), ("海风-银行卡", "海风银行卡"), ("海风平台（小风项目）", "海风平台"),
    ("海风平台（小风项目）", "小风项目"),
    ("分帐升级", "分账升级"), ("海风收单", "海风收单系统建设"), ("小风", "小风项目"),
    ("Merchant portal", "merchant-portals"),
    ("Mechant portal", "Merchant portal"), ("云帆平台（原海风平台）", "海风平台"),
    ("云帆（原名：海风平台）", "海风平台"),
    ("New Onboarding (formerly Old Signup)", "Old Signup"),
    ("New Onboarding (formerly Old Signup)", "New Onboarding"),
    ("海风平台更名为云帆平台", "海风平台"), ("海风平台更名为云帆平台", "云帆平台"),
    ("海风平台（已更名为云帆平台）", "云帆平台"),
    ("云帆平台（海风平台更名）", "海风平台"), ("Signup renamed to Onboarding", "Signup"),
    ("Onboarding (was: Signup)", "Signup"),
    ("海风平台(小风项目)", "海风平台（小风项目）"), ("海风平台【小风项目】", "小风项目"), ("3.0升级", "3.0 升级"),
]  # fmt: skip
APART = [
    ("海风平台一期", "海风平台二期"), ("杭州政府存管", "宁波政府存管"), ("海风平台", "海风平台升级"),
    ("POS后端", "POS前端"),
    ("海风平台（一期）", "海风平台（二期）"), ("海风平台（一期）", "云帆平台（一期）"),
    ("海风（张三）", "云帆（张三）"),
    ("平安存管", "杭州政府存管"), ("济南公积金对接", "济宁公积金对接"), ("Merchant portal", "Merchant payouts portal"),
    ("海风平台（A）", "云帆平台（A）"), ("海风内管（申请、巡检）", "云帆内管（申请、巡检）"), ("1号线", "2号线"),
]  # fmt: skip


def named(*rows: tuple[str, str | None] | str, loose: tuple[int, ...] = ()) -> list[Named]:
    """Mentions in order of time: a name, or a name with its parent; `loose` are the highlights among them."""
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    return [
        Named(at, name, parent, (f"2023-09-{at:02}", "a.md", at), at in loose)
        for at, (name, parent) in enumerate(pairs, 1)
    ]


def listed(week: int, *rows: tuple[str, str | None] | str) -> list[Named]:
    """Mentions of one report: those of week 2 are 201, 202 …"""
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    return [
        Named(week * 100 + at, name, parent, (f"2023-10-{week:02}", "a.md", at))
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


@pytest.mark.parametrize(("one", "other"), [
    ("分帐升级", "分账升级"), ("海风收单", "海风收单系统"), ("Merchant portal", "Merchant portals"),
    ("海风平台（杭州）", "海风平台（宁波）"), ("海风", "海风（杭州）"),
])  # fmt: skip
def test_what_one_report_lists_side_by_side_is_two(one: str, other: str) -> None:
    """However alike, two names in one report are two projects, and both keep their own in later weeks."""
    mentions = [*listed(1, one, other), *listed(2, one), *listed(3, other)]
    assert together(link(mentions)) == [[101, 201], [102, 301]]


def test_a_name_may_state_its_alias_beside_it() -> None:
    """海风平台（小风项目） beside 小风项目 in one report is one project all the same: the name says so."""
    assert together(link(listed(1, "海风平台（小风项目）", "小风项目"))) == [[101, 102]]
    both = [*listed(1, "海风平台（小风项目）", "海风平台"), *listed(2, "小风项目")]
    assert together(link(both)) == [[101, 102, 201]]


def test_a_name_that_fits_two_is_neithers() -> None:
    """家家盈 fits 家家盈平台 and 家家盈项目, which one report lists side by side: nothing is guessed."""
    found = link([*listed(1, "家家盈"), *listed(2, "家家盈平台", "家家盈项目")])
    assert together(found) == [[101], [201], [202]]
    assert {apart.why for apart in found[0].apart} == {Why.UNCLEAR}


def test_a_short_core_must_stand_in_no_other_name() -> None:
    """存管 isn't 存管系统 where 平安存管 is a project too: too many projects of the team are called so."""
    assert together(link(named("存管", "存管系统", "平安存管"))) == [[1], [2], [3]]
    assert together(link(named("存管", "存管系统", "海风"))) == [[1, 2], [3]]


def test_a_part_is_never_stretched_into_a_project() -> None:
    """对账 of 海风 isn't the project 对账平台, though a suffix is all that tells them apart."""
    assert together(link(named("海风", ("对账", "海风"), "对账平台"))) == [[1], [2], [3]]


def test_parts_of_one_parent_may_be_misspelt() -> None:
    """A part under two spellings of one parent is one; two that another parent lists side by side stay two."""
    mentions = [*listed(1, ("分账页面", "海风收单平台")), *listed(2, ("分帐页面", "海风收单")), *listed(3, "海风收单")]
    assert together(link(mentions)) == [[101, 201], [301]]
    beside = [*listed(1, ("分账页面", "云帆"), ("分帐页面", "云帆")), *listed(2, ("分账页面", "海风"))]
    assert len(link(beside)) == 3


def test_the_newest_name_is_shown_without_the_old_one() -> None:
    """After 云帆平台（原海风平台） the project is 云帆平台, though a later report falls back to the old name."""
    (subject,) = link(named("海风平台", "云帆平台（原海风平台）", "海风平台"))
    assert subject.name == "云帆平台"
    assert [name for name, _ in subject.names] == ["海风平台", "云帆平台（原海风平台）"]


@pytest.mark.parametrize(("text", "new"), [
    ("海风平台：本周更名为云帆平台，进度40%", "云帆平台"), ("海风平台：进度40%，已更名为“云帆平台”", "云帆平台"),
    ("Signup: renamed to Onboarding, 40%", "Onboarding"), ("海风平台：菜单更名为云帆，进度40%", None),
    ("海风平台：原更名方案取消", None), ("海风平台：项目现更名为云帆", "云帆"), ("海风平台：待更名为云帆平台", None),
])  # fmt: skip
def test_a_text_may_say_the_new_name(text: str, new: str | None) -> None:
    """What the project itself has become counts; what one of its menus is called now, or may be once, doesn't."""
    assert renamed_in(text) == new


def test_a_rename_told_in_the_text_joins_both_names() -> None:
    """海风平台 whose text says 更名为云帆平台 is the 云帆平台 of later reports, and is called so from then on."""
    first, second = named("海风平台", "海风平台")
    told = [first, replace(second, renamed="云帆平台")]
    (subject,) = link(told)
    assert subject.name == "云帆平台"
    (subject,) = link([*told, *listed(1, "云帆平台"), *listed(2, "海风平台")])
    assert subject.name == "云帆平台"
    assert {name for name, _ in subject.names} == {"海风平台", "云帆平台"}


def test_a_misspelling_is_never_what_a_project_is_called() -> None:
    """分帐升级 in the newest report doesn't rename 分账升级, which two reports write."""
    (subject,) = link(named("分账升级", "分账升级", "分帐升级"))
    assert subject.name == "分账升级"


# ---- what people decide ------------------------------------------------------------------------------------------


def decided(verdict: Verdict, one: str, other: str, day: int = 1) -> Decision:
    """What U1 decided."""
    return Decision("甲组", Kind.PROJECT, verdict, one, other, "U1", datetime(2023, 12, day, tzinfo=UTC))


def test_a_person_joins_and_parts() -> None:
    """SAME joins what nothing alike joins, APART parts what every rule joins, and the link names the person."""
    joined = link(named("海风", "云帆"), [decided(Verdict.SAME, "海风", "云帆")])
    assert together(joined) == [[1, 2]]
    assert {entry.decided_by for entry in joined[0].links} == {"reader", "U1"}
    rows = ("分帐升级", "分账升级")
    assert together(link(named(*rows), [decided(Verdict.APART, *rows)])) == [[1], [2]]
    stated = ("海风平台（小风项目）", "小风项目")
    parted = link(named(*stated), [decided(Verdict.APART, *stated)])
    assert together(parted) == [[1], [2]]
    assert [(apart.why, apart.decided_by) for apart in parted[0].apart] == [(Why.DECIDED, "U1")]


def test_apart_holds_against_every_way_round() -> None:
    """What a person keeps apart no chain of other names draws together."""
    rows = ("海风平台", "小风项目", "海风平台（小风项目）", "海风", "小风")
    for names in permutations(rows[:3]):
        found = link(named(*names, *rows[3:]), [decided(Verdict.APART, "海风平台", "小风项目")])
        homes = {name: at for at, subject in enumerate(found) for name, _ in subject.names}
        assert homes["海风平台"] != homes["小风项目"]


def test_side_by_side_is_no_match_for_a_person() -> None:
    """A person may join two that reports list side by side."""
    found = link(listed(1, "海风", "云帆"), [decided(Verdict.SAME, "海风", "云帆")])
    assert together(found) == [[101, 102]]


def test_a_rename_holds_against_newer_reports() -> None:
    """RENAMED shows the new name though no report uses it; the newest rename counts; the old names stay names."""
    renames = [decided(Verdict.RENAMED, "海风", "云帆", 1), decided(Verdict.RENAMED, "云帆", "星辰", 2)]
    for decisions in permutations(renames):
        (subject,) = link(named("海风", "海风"), decisions)
        assert subject.name == "星辰"
        assert {name for name, _ in (*subject.names, *subject.aliases)} == {"海风", "云帆", "星辰"}


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
        "海风平台（一期）",
        "云帆（原海风）",
        "分账升级",
        "分帐升级",
        "海风账户数据迁移",
        "海风账户迁移",
        "海风数据迁移",
    ]
)
MENTIONS = st.lists(st.tuples(NAMES, st.none() | NAMES, st.booleans()), max_size=8)
DECISIONS = st.lists(
    st.builds(decided, st.sampled_from(Verdict), NAMES, NAMES, st.integers(1, 9)),
    max_size=3, unique_by=(lambda d: d.pair, lambda d: d.decided_at),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=MENTIONS, decisions=DECISIONS, data=st.data())
def test_the_order_of_arrival_makes_no_difference_to_links(
    rows: list[tuple[str, str | None, bool]], decisions: list[Decision], data: st.DataObject
) -> None:
    """Any mentions and decisions, shuffled: the same subjects; every mention in exactly one; parents are others and
    no circle; what is decided apart is apart."""
    mentions = named(*((name, parent) for name, parent, _ in rows), loose=tuple(
        at for at, (_, _, is_loose) in enumerate(rows, 1) if is_loose))  # fmt: skip
    # Two or three to a report, so that some names stand side by side.
    mentions = [replace(m, order=(f"2023-09-{m.update_id // 3 + 1:02}", *m.order[1:])) for m in mentions]
    found = link(mentions, decisions)
    assert link(data.draw(st.permutations(mentions)), data.draw(st.permutations(decisions))) == found
    assert sorted(entry.mention for subject in found for entry in subject.links) == [m.update_id for m in mentions]
    for at, subject in enumerate(found):
        assert subject.parent is None or (subject.parent != at and found[subject.parent].parent is None)
        keys = {key(name) for name, _ in subject.names}
        assert not any(d.verdict is Verdict.APART and d.pair[0] != d.pair[1] and keys.issuperset(d.pair)
                       for d in decisions)  # fmt: skip
