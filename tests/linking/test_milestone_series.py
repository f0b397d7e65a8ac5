"""The same milestone over the weeks: which tellings are one, how its date moved, and what is no move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.written import read

from store.linking.milestones import Series, milestone_series
from store.records import Mention, ReportRef, Update

Moves = list[tuple[str, int]]


def told(*weeks: str) -> list[Mention[Update]]:
    """What weekly reports from 2023-09-15 on say about one project, a text a week."""
    found = []
    for at, text in enumerate(weeks):
        day = date(2023, 9, 15) + timedelta(weeks=at)
        ref = ReportRef(at + 1, "支付中心", None, day, day, day, f"{day}.md")
        report = read("## 【O1 服务业务】", f"- 海风平台：{text}", title=f"# 周报 {day}")
        found += [Mention(update, ref, 7) for update in report.updates]
    return found


def series(*weeks: str) -> dict[tuple[str, str], Moves]:
    """Each milestone's event and mark, with its moves; an AssertionError where two of them share both."""
    found = milestone_series(told(*weeks))
    named = {(one.event, one.mark): [(str(move.direction), move.days) for move in one.moves] for one in found}
    assert len(named) == len(found), found
    return named


@pytest.mark.parametrize(("weeks", "moves"), [
    (("9/26上线", "9/26上线"), []), (("9/26上线", "10/10上线"), [("slip", 14)]),
    (("9/26上线", "10/10上线", "10/24上线"), [("slip", 14), ("slip", 14)]),
    (("10/10上线", "9/26上线"), [("forward", 14)]),
    (("10月中上线", "10/14上线"), []), (("10/14上线", "10月中上线"), []), (("10月中上线", "10/24上线"), [("slip", 4)]),
    (("10月中上线", "10/8上线"), [("forward", 3)]), (("10月中上线", "10月底上线"), [("slip", 11)]),
    (("10/14上线", "10月中上线", "10/16上线"), [("slip", 2)]), (("9/26上线", "9/22已上线"), [("forward", 4)]),
    (("9/26上线", "上线由9/26延期至10/10"), [("slip", 14)]), (("9/18上线", "9/18已上线", "9/18已上线"), []),
])  # fmt: skip
def test_a_date_that_moves_is_a_move_of_so_many_days(weeks: tuple[str, ...], moves: Moves) -> None:
    """Later is a slip, earlier is brought forward; a window that closes in on a day, or opens up, is neither."""
    assert series(*weeks) == {("上线", ""): moves}


def test_two_of_one_event_go_their_own_ways() -> None:
    """支付侧 and 业务侧 of one 上线 are two milestones: the one's slip is not the other's."""
    weeks = ("支付侧9/26、业务侧10/12上线", "支付侧9/26上线，业务侧10/12上线不变", "业务侧10/19上线")
    assert series(*weeks) == {("上线", "支付侧"): [], ("上线", "业务侧"): [("slip", 7)]}
    stages = series("一期9/26上线，二期10/26上线", "二期11/2上线")
    assert stages == {("上线", "一期"): [], ("上线", "二期"): [("slip", 7)]}


def test_an_event_is_no_other_event() -> None:
    """提测 and 上线 of one project each have their own dates."""
    assert series("9/19提测，9/26上线", "9/22提测，9/26上线") == {("提测", ""): [("slip", 3)], ("上线", ""): []}


def test_what_has_happened_begins_anew() -> None:
    """After a 上线 that happened, a later one is the next, and no slip of it."""
    found = milestone_series(told("9/14已上线", "10/20上线"))
    assert [len(one.tellings) for one in found] == [1, 1]
    assert [one.moves for one in found] == [(), ()]


def test_a_general_event_needs_the_same_words() -> None:
    """Two things that are 完成 on their days aren't one that slipped."""
    found = milestone_series(told("接口文档9/20完成", "压力测试9/28完成"))
    assert [one.moves for one in found] == [(), ()]


def test_every_telling_is_kept_with_its_old_date() -> None:
    """A move holds both tellings with report and date as written."""
    (one,) = milestone_series(told("9/26上线", "10/10上线"))
    (move,) = one.moves
    assert (move.old.milestone.start, move.new.milestone.start) == (date(2023, 9, 26), date(2023, 10, 10))
    assert [telling.mention.report.source for telling in one.tellings] == ["2023-09-15.md", "2023-09-22.md"]


def test_parts_have_their_own_milestones() -> None:
    """The same event of two subjects is two milestones."""
    one, other = told("9/26上线", "10/10上线")
    apart = [one, Mention(other.record, other.report, 8)]
    assert [found.moves for found in milestone_series(apart)] == [(), ()]


WEEKS = ("9/26上线", "9/19提测，10月中上线", "支付侧9/26、业务侧10/12上线", "10/14上线", "已上线", "接口9/20完成")


@given(weeks=st.lists(st.sampled_from(WEEKS), max_size=6), data=st.data())
def test_the_order_of_mentions_makes_no_difference(weeks: list[str], data: st.DataObject) -> None:
    """Shuffled mentions give the same series, and every dated mention stands in exactly one."""
    mentions = told(*weeks)
    found: tuple[Series, ...] = milestone_series(mentions)
    assert milestone_series(data.draw(st.permutations(mentions))) == found
    dated = sum(len(mention.record.milestones) for mention in mentions)
    assert sum(len(one.tellings) for one in found) == dated
