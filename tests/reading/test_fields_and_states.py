"""Owners, states, dependencies and fields of a project, from its words; and the words by which all is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from support.written import events, read, update, updates

from store.reading.events import event_in
from store.reading.fields import field_of
from store.reading.vocabulary import vocabulary, words
from store.records import SectionKind, State
from store.words.normalise import fold

FIELDS = [
    ("Owner: Checkout team", ("owner", "Checkout team")), ("owner : Checkout team", ("owner", "Checkout team")),
    ("**Owner:** Checkout team", ("owner", "Checkout team")), ("负责人：平台组", ("owner", "平台组")),
    ("Status: on track", ("state", "on track")), ("状态：进行中", ("state", "进行中")),
    ("RAG: green", ("state", "green")),
    ("Progress: 40%", ("progress", "40%")), ("进度：40%", ("progress", "40%")),
    ("ETA: mid-October", ("date", "mid-October")),
    ("Blocked by: the bank", ("risk", "the bank")), ("风险：渠道未就绪", ("risk", "渠道未就绪")),
    ("Next: tests", ("ahead", "tests")),
    ("achieved:", ("text", "")), ("Project: Harbor", ("name", "Harbor")), ("项目：海风平台", ("name", "海风平台")),
    ("GA: mid-October", ("date", "GA: mid-October")), ("QA handover: Sep 26", ("date", "QA handover: Sep 26")),
]  # fmt: skip
NO_FIELDS = ["Payouts page: 55%", "海风平台：进度40%", "on track", "", "：", "09:29 login slow", "Owner Checkout team",
             "Good news from the launch: all fine"]  # fmt: skip
OWNERS = [
    ("联调中（负责人：平台组）", "平台组"), ("联调中，负责人：平台组，进度40%", "平台组"),
    ("负责团队：平台组；联调中", "平台组"),
    ("联调中（owner: Web team）", "Web team"), ("联调中", None), ("负责人待定", None),
]  # fmt: skip
RISKS = [
    ("联调中，等待渠道证书", ["等待渠道证书"]), ("依赖账户侧接口，联调中", ["依赖账户侧接口"]),
    ("受国庆封网影响，上线延后", ["受国庆封网影响"]),
    ("待法务确认，其余完成", ["待法务确认"]), ("有风险：渠道未就绪", ["有风险：渠道未就绪"]),
    ("被证书阻塞", ["被证书阻塞"]),
    ("等待渠道证书；依赖账户侧接口", ["等待渠道证书", "依赖账户侧接口"]),
    ("still waiting for the bank, 40%", ["still waiting for the bank"]),
    ("blocked by the acquirer", ["blocked by the acquirer"]),
    ("depends on the fee engine", ["depends on the fee engine"]),
]  # fmt: skip
NO_RISKS = [
    "联调中",
    "无阻塞",
    "风险可控",
    "风控规则上线",
    "卡点已解除阻塞解除",
    "no blockers",
    "待上线",
    "风险评级模型开发中",
    "依赖解除",
]
KINDS = [(kind, word) for kind in SectionKind for word in vocabulary()["sections"][kind]]
EVENT_WORDS = [(event, word) for event, entries in vocabulary()["events"].items() for word in entries]


@pytest.mark.parametrize(("line", "field"), FIELDS)
def test_a_line_may_say_one_thing_of_a_project(line: str, field: tuple[str, str]) -> None:
    """By its label in either language, with emphasis and blanks; the name of an event is a label, too."""
    assert field_of(line) == field


@pytest.mark.parametrize("line", NO_FIELDS)
def test_other_lines_are_no_fields(line: str) -> None:
    """A name with its news, a time and a sentence with a colon label nothing."""
    assert field_of(line) is None


@pytest.mark.parametrize(("text", "owner"), OWNERS)
def test_an_owner_is_named_inside_a_line_too(text: str, owner: str | None) -> None:
    """负责人 and owner with a colon name a team or role, up to the next comma or bracket."""
    assert update(f"- 海风平台：{text}").owner == owner


def test_an_owner_below_wins_over_none_and_stays_with_its_project() -> None:
    """The line `负责人：平台组` below a project is its owner, and the next project has none."""
    found = updates("- 海风平台：联调中", "负责人：平台组", "- 云帆平台：联调中")
    assert [(u.name, u.owner) for u in found] == [("海风平台", "平台组"), ("云帆平台", None)]


@pytest.mark.parametrize(("text", "risks"), RISKS)
def test_what_a_project_waits_for_is_quoted(text: str, risks: list[str]) -> None:
    """等待…, 依赖…, 受…影响, blocked by: the clause as written, on its line."""
    found = update(f"- 海风平台：进度40%，{text}").risks
    assert [(risk.text, risk.line) for risk in found] == [(clause, 4) for clause in risks]


@pytest.mark.parametrize("text", NO_RISKS)
def test_what_is_no_risk_is_none(text: str) -> None:
    """A denied or lifted blocker, 风控 and a step that is merely ahead endanger nothing."""
    assert update(f"- 海风平台：{text}").risks == ()


def test_a_risk_below_a_project_has_its_own_line() -> None:
    """A dependency on the second line of an item, or in a bullet of its text, is cited there."""
    (found,) = updates("- 海风平台：联调中", "等待渠道证书。")
    assert [(risk.text, risk.line) for risk in found.risks] == [("等待渠道证书", 5)]


@pytest.mark.parametrize(("lines", "state"), [
    (("9/14已上线",), State.DONE), (("9/14已提测",), State.TESTING), (("9/26启动",), State.PLANNED),
    (("9/12提测，9/14上线",), State.DONE), (("9/14已上线，二期9/26上线",), None), (("9/14完成评审",), None),
])  # fmt: skip
def test_dates_alone_say_how_it_stands(lines: tuple[str, ...], state: State | None) -> None:
    """Live when the last day is past and live, in test after 提测, planned with a start ahead; else nothing."""
    assert update(f"- 海风平台：{lines[0]}").state is state


@pytest.mark.parametrize(("kind", "word"), KINDS)
def test_every_word_for_a_section_opens_one_of_its_kind(kind: SectionKind, word: str) -> None:
    """As a heading, a word of the vocabulary means its own kind and no other's."""
    (section,) = read(f"## {word}", "- 一条").sections
    assert (section.kind, section.named) == (kind, True)


@pytest.mark.parametrize(("event", "word"), EVENT_WORDS)
def test_every_word_for_an_event_is_of_that_event(event: str, word: str) -> None:
    """No word of one event is taken for another's, nor hidden by it."""
    assert event_in(fold(word)) == event


def test_a_milestone_is_found_by_words_that_only_differ_in_a_hyphen() -> None:
    """`go live` and `go-live` are one event."""
    found = [events(update(f"- 海风平台：{word} on Sep 26")) for word in ("go live", "go-live", "Go-Live")]
    assert found == [[("上线", "2023-09-26", False)]] * 3


def _lists(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{path}{name}.")
        else:
            yield path + name, value


@pytest.mark.parametrize(("group", "but", "shared"), [
    ("columns", ("above", "whole", "done", "yes", "empty"), ["this week"]), ("fields", (), []), ("events", (), []),
])  # fmt: skip
def test_no_word_means_two_things(group: str, but: tuple[str, ...], shared: list[str]) -> None:
    """A header, a label and a word of an event stand in one list only, but for `this week`: a text beside a project's
    name, and a value beside a metric's."""
    entries = [
        fold(word) for name, said in vocabulary()[group].items() if name not in but for word in dict.fromkeys(said)
    ]
    assert [word for word, count in Counter(entries).items() if count > 1] == shared


def test_every_list_is_of_words_or_of_patterns_that_compile() -> None:
    """A slip in the data file is found here, and not by the report that first meets it."""
    for path, entries in _lists(dict(vocabulary())):
        assert entries, path
        assert all(isinstance(entry, str) for entry in entries), path
        assert all(re.compile(entry) for entry in entries if re.search(r"\\\w|[\^$]|\(\?|\.\*", entry)), path


def test_longer_words_stand_before_shorter_ones() -> None:
    """At one place the longest word is meant, whatever the order in the file."""
    sizes = [len(word) for word in words("sections", "goals")]
    assert sizes == sorted(sizes, reverse=True)
