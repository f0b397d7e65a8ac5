"""The modal with a report's own lines: within Slack's limits whatever the report holds, and nothing of it is markup."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.running import visible
from support.slack import problems

from bot.originals import Cited, Ranges, Sources
from bot.render.slack_source import render_source, windows
from store.originals import Original
from store.records import ReportRef

DAY = date(2023, 9, 15)
PING = "<!channel> <@U123> <https://x.example|click> &amp; *bold* `code` \u202etxt"


def original(lines: tuple[str, ...], cited: int = 1, withdrawn: bool = False, name: str = "a.md") -> Original:
    """A report of these lines at its first revision."""
    return Original(ReportRef(1, "支付中心", "第38周", DAY, DAY, DAY, name), cited, withdrawn, lines)


def one(ranges: Ranges, lang: str = "zh") -> Sources:
    """These lines of one report."""
    return Sources(lang, (Cited(1, 1, ranges),))


def quoted(view: dict[str, Any]) -> list[str]:
    """The lines with a bar at their left, with their numbers."""
    parts = [part for block in view["blocks"] if block["type"] == "rich_text" for part in block["elements"]]
    told = ["".join(e["text"] for e in part["elements"]) for part in parts if part["type"] == "rich_text_quote"]
    return [line for text in told for line in text.split("\n")]


def test_cited_lines_stand_out_among_those_around_them() -> None:
    """Three lines before and after are shown, the cited ones in a quote, each with its number, the gap as one."""
    lines = tuple(f"第{n}行" for n in range(1, 101))
    view = render_source(one(((10, 11), (50, 50))), [original(lines)])
    assert problems(view, "modal") == []
    assert quoted(view) == ["10 第10行", "11 第11行", "50 第50行"]
    shown = visible(view["blocks"])
    assert "10–11, 50" in shown
    assert [n for n in range(1, 101) if f"第{n}行" in shown] == [*range(7, 15), *range(47, 54)]
    assert [line.number for line in windows(lines, ((10, 11), (50, 50)))].count(0) == 1


def test_a_revised_report_says_so() -> None:
    """The lines are those that were cited, and which revision there is now is said in the answer's language."""
    report = ReportRef(1, "支付中心", "第38周", DAY, DAY, DAY, "a.md", None, 4)
    for lang, words in (("zh", "现在是第 4 版"), ("en", "at revision 4 now")):
        view = render_source(one(((1, 1),), lang), [Original(report, 2, False, ("x",))])
        assert words in visible(view["blocks"])
    same = render_source(one(((1, 1),)), [Original(report, 4, False, ("x",))])
    assert "改过" not in visible(same["blocks"])


def test_a_withdrawn_report_shows_no_line() -> None:
    """Only that it is withdrawn."""
    view = render_source(one(((1, 1),)), [original(("秘密",), withdrawn=True)])
    assert "撤回" in visible(view["blocks"])
    assert "秘密" not in visible(view["blocks"])


def test_reports_that_may_not_be_seen_are_not_named() -> None:
    """No button leads to one, and one that is pressed all the same is as if it weren't there."""
    sources = Sources("zh", tuple(Cited(n, 1, ((1, 1),)) for n in range(3)))
    view = render_source(sources, [original(("x",)), None, original(("y",), name="b.md")])
    (row,) = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    assert [button["action_id"] for button in row] == ["source_2"]
    hidden = render_source(Sources("zh", sources.cited, 1), [None, None, None])
    assert visible(hidden["blocks"]) == "找不到这份周报。"


LINES = st.lists(st.one_of(st.text(max_size=60), st.just(PING), st.just("字" * 5000), st.just("")), max_size=60)
RANGES = st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 9000)), max_size=24).map(
    lambda pairs: tuple((first, first + more) for first, more in pairs)
)


@given(LINES, RANGES, st.integers(1, 200), st.text(max_size=300), st.integers(1, 8))
@example(["", " ", "\n", "\x00\ud800"], ((1, 9000),), 200, "\u202e", 8)
@example([PING] * 9, ((1, 10**6),), 60, PING, 8)
@settings(max_examples=60, deadline=None)
def test_any_report_fits_into_the_modal(lines: list[str], ranges: Ranges, times: int, name: str, count: int) -> None:
    """Whatever a report holds and however much of it is cited, Slack takes the modal, and it pings nobody."""
    sources = Sources("en", tuple(Cited(n, 1, ranges) for n in range(count)))
    view = render_source(sources, [original(tuple(lines * times), name=name)] * count)
    assert problems(view, "modal") == []
    assert '"mrkdwn"' not in str(view)
    assert "\u202e" not in visible(view["blocks"])


def test_what_is_cut_is_said() -> None:
    """A citation of a whole endless report ends with that there is more."""
    view = render_source(one(((1, 5000),)), [original(("字" * 100,) * 5000)])
    assert "……后面的没有显示" in visible(view["blocks"])
