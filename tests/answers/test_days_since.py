"""The day of an event that only a newer line gives, which names the project under another head."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library

TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- TMS：开发50%，预计9/28提测，10/20上线", "- 木槿网关：开发30%"]),
    "w39.md": weekly("第39周", "2023-09-22", [
        "- 终端管理平台TMS：开发62%，提测由9/28调整至10/9", "- 木槿网关：等TMS，10/30上线",
    ], goals=["1. TMS提测"]),
}  # fmt: skip


@pytest.mark.parametrize(("question", "day"), [
    ("TMS提测定哪天", "10/9"), ("when is TMS handed to test", "10/9"), ("TMS什么时候上线", "10/20"),
])  # fmt: skip
def test_a_newer_line_of_another_head_gives_the_day(reports: Library, question: str, day: str) -> None:
    """The day of the newer line comes first; the day of another project on a line that names this one is none."""
    answer = ask(reports, question, "2023-09-25")
    first = render_text(answer).split("\n")[0]
    assert answer.found
    assert day in first
    assert "9/28" not in first
    assert "10/30" not in first


def test_a_move_by_an_arrow_is_a_slip(library: Library, put: Put) -> None:
    """`评审12/1→12/8` is a slip of 7 days though no report before has the old day."""
    put(weekly("第48周", "2023-12-01", ["- 海棠平台：方案评审12/1→12/8 10:00"]))
    answer = ask(library, "上周又有什么延期", "2023-12-06")
    assert answer.kind == Kind.SLIPS
    assert "12/1 → 12/8" in render_text(answer)
