"""How far a project is, and how it stands, from the words of its item."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import update, updates

from store.records import State

PROGRESS = [
    ("进度85%", 85), ("进度：85%", 85), ("进度: 85 %", 85), ("进度８５％", 85), ("进度85.5%", 85.5), ("进度约85%", 85),
    ("整体进度达到85%", 85), ("完成度 4/5", 80), ("已完成12/40", 30), ("完成八成", 80), ("progress 40%, on track", 40),
    ("40% complete", 40), ("进度由60%提升至75%", 75), ("进度60%→75%", 75), ("由60%推进至75%", 75), ("进度0%", 0),
    ("进度100%", 100),
    ("开发进度30%，整体进度60%", 60), ("整体进度60%，开发进度30%", 60), ("开发进度30%，测试进度10%", 30),
    ("成功率99%，进度85%", 85),
    ("结算限额，22/40", 55), ("结算限额，38/40，余2个", 95),
    ("已匹配1200条（57%）", 57), ("用例已执行30/120", 25), ("打标进度77.04%（104/135)", 77.04),
]  # fmt: skip
NONE = [
    "联调中",
    "进度120%",
    "进度正常",
    "完成率提升10%",
    "9/26上线",
    "9/26完成提测",
    "已完成3个接口",
    "十成把握",
    "完成135/104",
    "已完成0/0",
]
STATES = [
    ("因接口未就绪阻塞", State.BLOCKED), ("联调被卡住", State.BLOCKED), ("因需求变更暂停", State.PAUSED),
    ("上线延期至9/26", State.DELAYED), ("提测推迟一周", State.DELAYED), ("暂无进展", State.NO_UPDATE),
    ("9/14已上线", State.DONE), ("全量上线", State.DONE), ("进度100%", State.DONE), ("已提测", State.TESTING),
    ("测试进行中", State.TESTING), ("联调中", State.IN_PROGRESS), ("进度40%", State.IN_PROGRESS),
    ("启动研发", State.IN_PROGRESS),
    ("项目排期中", State.PLANNED), ("待启动", State.PLANNED), ("shipped on 9/14", State.DONE),
    ("on hold", State.PAUSED),
]  # fmt: skip
UNCLAIMED = [
    ("进展顺利，不延期", State.DELAYED), ("目前无阻塞", State.BLOCKED), ("卡点解除", State.BLOCKED),
    ("一期已上线，二期预计10/12上线", State.DONE), ("已上线，进度80%", State.DONE), ("开发100%，9/26提测", State.DONE),
    ("进度100%，9/26上线", State.DONE), ("预计9/26上线", State.DONE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "percent"), PROGRESS)
def test_progress_in_every_form(text: str, percent: float) -> None:
    """Percent signs of both widths, shares, tenths and changes: the newest value, the whole before its parts."""
    assert update(f"- 海风平台：{text}").progress == percent


@pytest.mark.parametrize("text", NONE)
def test_no_progress_is_invented(text: str) -> None:
    """Words without a figure, impossible figures, days and counts are no progress."""
    assert update(f"- 海风平台：{text}").progress is None


def test_each_part_has_its_own_progress() -> None:
    """The figures of the parts are theirs; the project above them has none unless it says so itself."""
    found = updates("- 海风平台", "    - 页面：进度10%", "    - 接口：进度30%")
    assert [(u.name, u.progress) for u in found] == [("海风平台", None), ("页面", 10), ("接口", 30)]


@pytest.mark.parametrize(("text", "state"), STATES)
def test_the_words_say_how_it_stands(text: str, state: State) -> None:
    """Each state by its words; where several stand, the graver one counts."""
    assert update(f"- 海风平台：{text}").state is state


@pytest.mark.parametrize(("text", "state"), UNCLAIMED)
def test_a_state_is_not_claimed_against_the_text(text: str, state: State) -> None:
    """A denied delay is none, and nothing is done while a later step is planned or the whole isn't there."""
    assert update(f"- 海风平台：{text}").state is not state


def test_a_name_is_no_news() -> None:
    """A project that is called by a word of a state isn't in that state for it."""
    assert update("- 延期订单治理：联调中").state is State.IN_PROGRESS
    assert update("- 测试平台上线验收：排期中").state is State.PLANNED


def test_the_graver_state_counts() -> None:
    """Blocked before delayed before in progress, when an item speaks of all of them."""
    assert update("- 海风平台：联调中，被卡住，上线延期").state is State.BLOCKED
    assert update("- 海风平台：联调中，上线延期").state is State.DELAYED


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="进度完成整体已约至由成功率通过0123456789.%％/（）()，：七八成 ab", max_size=30))
def test_progress_is_always_a_percentage(text: str) -> None:
    """Whatever figures a text holds, progress is None or between 0 and 100."""
    for found in updates(f"- 海风平台：{text}"):
        assert found.progress is None or 0 <= found.progress <= 100
