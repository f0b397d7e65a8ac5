"""A report's text and the fields of a form: nothing is lost, and a hint never becomes news."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from support.places import SEEDS

from bot.submission.fields import LONGEST, Field, join, split, written

LINES = st.sampled_from(
    ["# A", "## 【乙】", "### C", "- 一条：85%", "", "```", "  缩进", "x" * 2590, "字" * 4000, "a b " * 900]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
@example("字" * 12_500)
@example("## 甲\n\n" + "- 一行\n" * 3000)
def test_splitting_loses_nothing(text: str) -> None:
    """Whatever the text, its fields joined are the text (but for blank lines at its end), and none is too long."""
    fields = split(text)
    assert join(fields).rstrip("\n") == text.rstrip("\n")
    assert all(len(field.text) < LONGEST for field in fields)


def test_every_sample_report_is_split_and_joined() -> None:
    """Reports as people write them: one field for each heading, in order, and the text back as it was."""
    for file in sorted(SEEDS.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        assert join(split(text)).rstrip("\n") == text.rstrip("\n"), file
    assert [field.title for field in split("# T\n\n## 一、 项目\n- a\n\n## 指标 ##\n- b")] == ["一、 项目", "指标"]


def test_hints_are_never_written() -> None:
    """A name beside which nothing was written goes with its hint; what was written beside a hint stays without it."""
    text = (
        "- 海风：〔上周 85%〕\n- 小贝：90%〔上周 85%〕\n- 甲，12/14 20:00 值守：〔上周计划〕\n"
        "- 〔上周未关闭 12/5 乱码〕\n- 乙〔2023〕12号文"
    )
    assert written("# T", [Field("## 项目", text)]) == "# T\n\n## 项目\n\n- 小贝：90%\n- 乙〔2023〕12号文\n"


def test_a_project_keeps_its_name_above_its_parts() -> None:
    """Where only a part was written on, the project above it stays as its name, and other parts go."""
    text = "- POS：〔last week 85%〕\n  - APP：〔last week 85%〕\n  - 后端：90%\n- 丙：〔上周 1%〕\n  - 丁：〔上周 2%〕"
    assert written("", [Field("## P", text)]) == "## P\n\n- POS\n  - 后端：90%\n"


def test_headings_without_text_go() -> None:
    """An empty section isn't sent; a heading above two sections stays with the first that has a text."""
    fields = [Field("## O\n### O1", "- 甲：〔上周 1%〕"), Field("### O2", "- 乙：2%"), Field("## 其他", " \n")]
    assert written("# T", fields) == "# T\n\n## O\n### O2\n\n- 乙：2%\n"
    metrics = "成功率：\n\n- 入金：〔上周 99%〕\n\n可用性：\n\n- 年度：99.9%"
    assert written("", [Field("## 数据", metrics)]) == "## 数据\n\n可用性：\n\n- 年度：99.9%\n"


def test_a_long_section_is_one_again() -> None:
    """What took several fields is one text again, with what was added in the middle."""
    fields = list(split("## 甲\n" + "\n".join(f"- 第{n}条" for n in range(1000))))
    assert len(fields) > 2
    fields[1] = Field("", fields[1].text + "\n- 新的一条", fields[1].glue)
    text = written("", fields)
    assert text.count("- 第") == 1000
    assert "\n- 新的一条\n- 第" in text
