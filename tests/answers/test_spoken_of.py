"""Lists asked of a thing that no project was read from: the lines that tell what the list is of, and no others."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all

from bot.render.json import render_json
from bot.render.text import render_text
from store.library import Library

OLD = """# 海棠组 第10周 2024-03-08

各位好，

灯塔门禁二期接口联调了一轮，等物业给闸机图纸，钥匙改版顺利。
"""
NEW = """# 海棠组 第11周 2024-03-15

各位好，

灯塔门禁二期测试发现闸机固件不对，试点从3月22日改到3月29日。
合同 3/13 签署，钥匙改版3月20日上线。
"""


@pytest.fixture
def prose(library: Library, put: Put) -> Library:
    """Two letters without sections."""
    return put_all(library, put, {"海棠组/10.md": OLD, "海棠组/11.md": NEW})


@pytest.mark.parametrize(
    ("question", "words", "cited"),
    [
        ("灯塔门禁二期为啥改期", "闸机固件不对", ("11.md", 5)),
        ("灯塔门禁在等谁", "等物业给闸机图纸", ("10.md", 5)),
    ],
)
def test_a_line_tells_what_the_list_is_of(prose: Library, question: str, words: str, cited: tuple[str, int]) -> None:
    """Where no project is known, the line that tells of the move or of what is waited for answers."""
    answer = ask(prose, question, "2024-03-18")
    lines = {(c["source"].rsplit("/", 1)[-1], c["line_start"]) for c in render_json(answer)["citations"]}
    assert answer.found
    assert words in render_text(answer)
    assert cited in lines


def test_what_is_planned_in_a_letter_is_named_by_its_day(prose: Library) -> None:
    """A day to come that a letter without sections names stands in the list of the week."""
    assert "3月20日上线" in render_text(ask(prose, "这周有哪些要上线的", "2024-03-18"))


def test_a_day_that_is_asked_for_is_no_move(prose: Library) -> None:
    """A line of a move that holds words of a question for a date doesn't answer it."""
    answer = ask(prose, "灯塔固件哪天上线", "2024-03-18")
    assert "in_lines" not in answer.data
