"""A project that goes on under a shorter or longer name, by its place in the reports; and when it is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.linking.projects import Named, link
from store.linking.reasons import Reason

SECTION = "O1 海风业务"
# What stands in one report each, a week after another; each is one project by another name.
GOES_ON = [
    ("终端云管平台XTM", "XTM", "终端云管平台XTM"), ("渠道调度2.0", "调度2.0", "渠道调度2.0"),
    ("数字存折接入", "数折接入", "数字存折接入"), ("数字存折接入", "数折", "数折"),
    ("白鹭快捷下线", "白鹭银行快捷下线"),
    ("云帆网关升级", "云帆网关"),
    ("东湖便利店接入", "东湖便利店", "东湖便利店接入"), ("报文加固改造", "加固改造", "报文加固改造"),
    ("Partner self service", "PSS", "Partner self service"), ("Merchant help desk", "MHD"),
    ("Refund queue of pending orders", "Refund queue"), ("Ledger archive", "Ledger archive clean-up"),
    ("Document scanner", "Scanner", "Scanner"), ("Fraud screening migration to NorthWall", "Fraud screening"),
]  # fmt: skip
# Each of these may be another project.
ANOTHER = [
    ("海风网关一期", "海风网关二期"), ("海风网关", "海风网关二期"), ("白鹭直连", "苍鹭直连"), ("海风对账", "白鹭对账"),
    ("海风站", "海风站签名问题修复"), ("海风平台", "海风压测"), ("Portal 2.0", "Portal 3.0"),
    ("Scoring", "Scoring phase 2"), ("Loyalty cards", "Loyalty points"), ("Payment help desk", "PSS"),
]  # fmt: skip


def told(*weeks: str | list[str] | tuple[str, float], section: str = SECTION) -> list[Named]:
    """A report a week, each one name, several, or a name with its progress."""
    found = []
    for at, week in enumerate(weeks, 1):
        day = (date(2024, 1, 5) + timedelta(weeks=at)).isoformat()
        for line, name in enumerate(week if isinstance(week, list) else [week]):
            text, progress = name if isinstance(name, tuple) else (name, None)
            place = (day, f"{at}.md", line)
            found.append(Named(at * 100 + line, text, None, place, section=section, progress=progress))
    return found


def projects(mentions: list[Named]) -> int:
    """How many projects these mentions are."""
    return len(link(mentions))


@pytest.mark.parametrize("names", GOES_ON)
def test_a_name_goes_on_where_another_leaves_off(names: tuple[str, ...]) -> None:
    """In one section, never in one report, each after the other: one project, and the link says why."""
    (subject,) = link(told(*names))
    assert {link.reason for link in subject.links} >= {Reason.SHORTENED}
    (again,) = link(list(reversed(told(*names))))
    assert again.names == subject.names


@pytest.mark.parametrize("names", ANOTHER)
def test_what_tells_projects_apart_is_never_left_out(names: tuple[str, ...]) -> None:
    """A phase, a place, another word, or most of the name: two projects."""
    assert projects(told(*names)) == len(set(names))


@pytest.mark.parametrize(
    "names", [("云帆网关升级", "云帆网关"), ("Partner self service", "PSS"), ("数字存折接入", "数折接入")]
)
def test_names_side_by_side_are_two(names: tuple[str, str]) -> None:
    """One report that lists both names keeps them apart in all of them."""
    assert projects(told(*names, list(names))) == 2


def test_a_name_that_two_fit_is_neither_ones() -> None:
    """公积金对接 may go on 东湖's or 西湖's."""
    assert projects(told(["东湖卡公积金对接", "西湖卡公积金对接"], "公积金对接")) == 3


def test_another_section_or_a_long_silence_is_another_project() -> None:
    """The place must speak for it: the same section, and no more than some weeks between the two."""
    first, second = told("渠道调度2.0", "调度2.0")
    assert projects([first, second]) == 1
    assert projects([first, *told("海风", "调度2.0", section="O2 白鹭业务")[1:]]) == 2
    assert projects([first, *told(*["海风"] * 9, "调度2.0")[-1:]]) == 2


def test_a_figure_that_falls_speaks_against_it() -> None:
    """What stood at 90% and begins anew at 5% is something new."""
    assert projects(told(("渠道调度2.0", 90.0), ("调度2.0", 5.0))) == 2
    assert projects(told(("渠道调度2.0", 38.0), ("调度2.0", 42.0))) == 1


def owned(*weeks: tuple[str, float, str]) -> list[Named]:
    """A report a week, each with one project, its progress and its owner."""
    mentions = told(*((name, progress) for name, progress, _ in weeks))
    return [replace(mention, owner=owner) for mention, (_, _, owner) in zip(mentions, weeks, strict=True)]


def test_one_owner_holds_two_names_of_one_ending_together() -> None:
    """反欺诈样本库重建 goes on as AFD样本库重建 in the hands that had it; another owner's, a figure that begins anew,
    or other directions are other projects."""
    before = ("反欺诈样本库重建", 30, "凌川")
    assert projects(owned(before, ("AFD样本库重建", 35, "凌川"), ("AFD样本库重建", 40, "凌川"))) == 1
    assert projects(owned(before, ("AFD样本库重建", 35, "苗青"))) == 2
    assert projects(owned(before, ("AFD样本库重建", 5, "凌川"))) == 2
    assert projects(owned(("东仓样本库重建", 30, "凌川"), ("西仓样本库重建", 35, "凌川"))) == 2
