"""Words that are much like a name and name another thing, and names as people write them in a hurry."""

from __future__ import annotations

import pytest
from support.naming import named

from bot.question.likeness import is_another
from bot.question.linking import link
from bot.question.subject import before_doing, link_words

OTHER = [("交行直连", "招行直连"), ("农行直连", "招行直连"), ("东湖存管", "西海存管"), ("白鹭快捷支付", "苍鹭快捷支付")]
SAME = [
    ("分帐升级", "分账升级"), ("招航直连", "招行直连"), ("招行直连", "招行直连"), ("招行", "招行直连"),
    ("直连招行", "招行直连"), ("数币接入", "数字人民币接入"), ("Portl", "Portal"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), OTHER)
def test_one_character_makes_another_bank(words: str, name: str) -> None:
    """A character in the place of another of the name that sounds otherwise names another thing."""
    assert is_another(words, name) or len(set(words) - set(name)) > 1
    assert link(words, (named(1, name),)).project is None


@pytest.mark.parametrize(("words", "name", "same"), [
    ("Vietnam corridor", "Thailand corridor", False), ("越南 corridor", "Thailand corridor", False),
    ("Thai corridor", "Thailand corridor", True), ("corridor", "Thailand corridor", True),
])  # fmt: skip
def test_another_place_is_another_thing(words: str, name: str, same: bool) -> None:
    """Who names another place, in whichever language, means no project of this one."""
    assert (link_words(words, (named(1, name),), surely=True).project is not None) == same


@pytest.mark.parametrize(("words", "name"), SAME)
def test_slips_and_shortenings_are_no_other_name(words: str, name: str) -> None:
    """One sound, words left out and another order name the same."""
    assert not is_another(words, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [("加固做到几个", "加固"), ("云帆切到多少了", "云帆"), ("码牌铺了多少家", "码牌"), ("海风做到", "海风"),
     ("海风进度", ""), ("海风接了多少卖家", "")],
)  # fmt: skip
def test_what_asks_how_much_is_done_is_no_part_of_the_name(words: str, name: str) -> None:
    """The verb and the count behind a name ask; what is counted beside is looked for in the lines."""
    assert before_doing(words) == name
