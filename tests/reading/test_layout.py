"""Lines → sections and items: what divides a report, what nests in what, and that no line is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import body, read

from store.reading import read_report
from store.reading.marks import marked, split_lines
from store.records import SectionKind

K = SectionKind
HEADINGS = [
    ("## 【重点工作】", "重点工作", K.HIGHLIGHTS), ("## 重点工作", "重点工作", K.HIGHLIGHTS),
    ("## 一、重点工作", "重点工作", K.HIGHLIGHTS), ("## 1. 重点工作", "重点工作", K.HIGHLIGHTS),
    ("### **本周重点工作**：", "本周重点工作", K.HIGHLIGHTS), ("#重点工作", "重点工作", K.HIGHLIGHTS),
    ("一、【重点工作】：", "重点工作", K.HIGHLIGHTS), ("**重点工作**", "重点工作", K.HIGHLIGHTS),
    ("## 【系统运行数据】", "系统运行数据", K.METRICS), ("## [运行指标]", "运行指标", K.METRICS),
    ("## Metrics", "Metrics", K.METRICS), ("## 【O1 服务业务】", "O1 服务业务", K.PROJECTS),
    ("## 【O2系统升级】", "O2系统升级", K.PROJECTS), ("## Ｏ３ 安全", "Ｏ３ 安全", K.PROJECTS),
    ("## KR2 稳定性", "KR2 稳定性", K.PROJECTS), ("## 二、重点项目进展", "重点项目进展", K.PROJECTS),
    ("## 生产稳定性事件", "生产稳定性事件", K.INCIDENTS), ("## 本周线上故障", "本周线上故障", K.INCIDENTS),
    ("1. 生产稳定性事件：", "生产稳定性事件", K.INCIDENTS), ("- 【生产稳定性事件】", "生产稳定性事件", K.INCIDENTS),
    ("## Production incidents", "Production incidents", K.INCIDENTS), ("## 【其他】", "其他", K.OTHER),
    ("## 收获与反思", "收获与反思", K.REFLECTIONS), ("# 下周工作及目标", "下周工作及目标", K.GOALS),
    ("## 下周重点工作", "下周重点工作", K.GOALS), ("## Plans for next week", "Plans for next week", K.GOALS),
    ("# 日报合集", "日报合集", K.DAILY), ("## 饭后杂谈", "饭后杂谈", K.OTHER),
]  # fmt: skip
NO_HEADINGS = [
    "- 其他",
    "1. 收获",
    "- 重点工作推进顺利：三项完成",
    "1. 生产稳定性事件复盘：",
    "今天的重点工作很多",
    "其他团队支持",
]
MARKS = [
    ("- 海风", 0, "-", "海风"), ("* 海风", 0, "-", "海风"), ("+ 海风", 0, "-", "海风"), ("• 海风", 0, "-", "海风"),
    ("•海风", 0, "-", "海风"), ("1. 海风", 0, "1.", "海风"), ("1.海风", 0, "1.", "海风"), ("2、海风", 0, "2.", "海风"),
    ("3) 海风", 0, "3)", "海风"), ("（4）海风", 0, "(4)", "海风"), ("(5) 海风", 0, "(5)", "海风"),
    ("12. 海风", 0, "12.", "海风"), ("  - 海风", 2, "-", "海风"), ("\t- 海风", 4, "-", "海风"),
    ("　- 海风", 2, "-", "海风"),
    ("- [ ] 海风", 0, "-", "海风"), ("- [x] 海风", 0, "-", "海风"), ("| 海风 | 40% |", 0, "|", "海风 | 40%"),
    ("# 海风", 0, "#", "海风"), ("### 海风 ###", 0, "###", "海风"), ("1.5亿", 0, "", "1.5亿"),
    ("9.15上线", 0, "", "9.15上线"),
    ("-5度", 0, "", "-5度"), ("**海风**", 0, "", "**海风**"), ("2023. 海风", 0, "", "2023. 海风"),
    ("---", 0, "", ""), ("* * *", 0, "", ""), ("|---|:-:|", 0, "", ""), ("　", 2, "", ""), ("-", 0, "", ""),
]  # fmt: skip
PIECES = st.sampled_from([
    "", " ", "  ", "    ", "\t", "　", "- ", "* ", "1. ", "2、", "（3）", "① ", "# ", "## ", "| ", "---", "**",
    "[x] ", "【", "】",
    "：", ":", "，", "海风平台", "生产稳定性事件", "下周工作", "重点工作", "O1 服务", "处置", "影响", "进度85%",
    "9/15 09:29", "上线",
    "第38周", "2023-09-15", "无", "Created", "a", "\u2028", "\x0c", "ﬁ", "①", "\x00", "’",
])  # fmt: skip
SHAPED = st.tuples(
    st.sampled_from(["", "", "  ", "    ", "\t", "　"]),
    st.sampled_from(["", "- ", "- ", "1. ", "2. ", "## "]),
    st.sampled_from(["海风", "云帆：9/26上线", "处置：重启", "生产稳定性事件：", ""]),
).map("".join)
LINES = (
    SHAPED
    | st.lists(PIECES, max_size=6).map("".join)
    | st.text(max_size=12).map(lambda text: re.sub(r"[\r\n]", "", text))
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])), max_size=14).map(
    lambda rows: "".join(line + end for line, end in rows)
)


def letters(text: str) -> str:
    """The letters of a text, without those of a checkbox."""
    bare = re.sub(r"\[[ xX✓]\]", "", text)
    return "".join(c for c in bare if unicodedata.category(c)[0] == "L")


@pytest.mark.parametrize(("heading", "title", "kind"), HEADINGS)
def test_headings_in_every_dress(heading: str, title: str, kind: SectionKind) -> None:
    """A heading is known by its words, whatever its level, number, brackets and emphasis, and its title is bare."""
    (section,) = read(heading, "- 一条").sections
    assert (section.title, section.kind, section.line) == (title, kind, 3)


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_lines_that_only_mention_a_section_open_none(line: str) -> None:
    """A bullet or sentence that holds a section's word among others stays an item of the section it is in."""
    report = read("## 【其他】", line)
    assert [s.line for s in report.sections] == [3]
    assert [(i.line, i.section) for i in body(report)] == [(4, 0)]


def test_a_heading_below_a_section_is_of_its_kind() -> None:
    """A ### that no word names divides the section above it; a ## that none names is its own, of no known kind."""
    report = read("## 【O1 服务业务】", "### 账户", "- 海风，进度40%", "## 饭后杂谈", "- 天气")
    assert [(s.title, s.kind) for s in report.sections] == [
        ("O1 服务业务", K.PROJECTS), ("账户", K.PROJECTS), ("饭后杂谈", K.OTHER)
    ]  # fmt: skip
    assert [u.name for u in report.updates] == ["海风"]


@pytest.mark.parametrize(("line", "indent", "mark", "text"), MARKS)
def test_marks_are_told_from_text(line: str, indent: int, mark: str, text: str) -> None:
    """Bullets, numbers, headings and rows lose their mark; figures, dates and emphasis keep every character."""
    found = marked(1, line)
    assert (found.mark, found.text) == (mark, text)
    assert found.blank or found.indent == indent


@pytest.mark.parametrize("lines", [
    ("- 甲", "  - 乙", "    - 丙", "  - 丁", "- 戊"), ("- 甲", "\t- 乙", "\t\t- 丙", "\t- 丁", "- 戊"),
    ("1. 甲", "   1) 乙", "      - 丙", "   2) 丁", "2. 戊"),
    ("- 甲", "    1、乙", "        - 丙", "    2、丁", "- 戊"),
    ("- 甲", "　　- 乙", "　　　　- 丙", "　　- 丁", "- 戊"),
    ("- 甲", "", "  - 乙", "", "    - 丙", "", "  - 丁", "", "- 戊"),
    ("- 甲", "\t- 乙", "      - 丙", "    - 丁", "- 戊"), ("- 甲", "   - 乙", "       - 丙", "  - 丁", "- 戊"),
])  # fmt: skip
def test_lists_nest_as_the_writer_indented_them(lines: tuple[str, ...]) -> None:
    """Deeper is below, back is back, with blanks, tabs, ideographic spaces, loose blank lines and sloppy steps."""
    items = body(read("## 【其他】", *lines))
    named = {i.text: (i.depth, None if i.parent is None else items[i.parent - 2].text) for i in items}
    assert named == {"甲": (0, None), "乙": (1, "甲"), "丙": (2, "乙"), "丁": (1, "甲"), "戊": (0, None)}


def test_unmarked_lines_go_on_with_the_item_above() -> None:
    """Unindented text right below a bullet, and indented text after a blank line, belong to the bullet."""
    first, second = body(read("## 【其他】", "- 【海风】", "一期完成。", "", "    二期启动。", "- 云帆"))
    assert (first.line, first.line_end, first.text) == (4, 7, "【海风】\n一期完成。\n\n二期启动。")
    assert (second.line, second.text) == (8, "云帆")


def test_text_after_an_inner_list_goes_on_with_its_last_item() -> None:
    """Text indented for the outer bullet, below the inner list, keeps to the order of the lines."""
    found = [
        (i.line, i.line_end, i.text) for i in body(read("## 【其他】", "- 海风", "    - 页面", "", "  全部联调中"))
    ]
    assert found == [(4, 4, "海风"), (5, 7, "页面\n\n全部联调中")]


def test_unindented_text_after_a_blank_line_is_a_paragraph_of_its_own() -> None:
    """A blank line ends an item, unless indent or a label says that it goes on."""
    assert [(i.line, i.mark, i.text) for i in body(read("## 【其他】", "- 海风", "", "另外一段"))] == [
        (4, "-", "海风"), (6, "", "另外一段")
    ]  # fmt: skip


@pytest.mark.parametrize("handling", [
    "处置：重启", "    处置：重启", "影响：3笔",
    "**处置：**重启", "**处置**：重启",
])  # fmt: skip
def test_handling_after_a_blank_line_belongs_to_its_incident(handling: str) -> None:
    """处置 and 影响 follow their incident over a blank line, indented or not, and cover the line they stand in."""
    report = read("## 生产稳定性事件", "- 9/10 09:29 登录超时", "", handling, "- 9/11 10:12 报表延迟")
    assert [(i.line, i.line_end) for i in report.incidents] == [(4, 6), (7, 7)]


def test_text_after_a_heading_is_never_glued_to_the_section_before() -> None:
    """A paragraph right below a heading is an item of the new section, not more of the old section's last bullet."""
    report = read("## 【其他】", "- 值班", "## 收获与反思", "慢就是快")
    assert [(i.text, i.section) for i in body(report)] == [("值班", 0), ("慢就是快", 1)]


def test_a_plain_line_with_a_colon_names_the_list_below_it() -> None:
    """`支付成功率：` stands over its bullets until the next such line, and not over the next section's."""
    items = body(
        read(
            "## 【系统运行数据】",
            "成功率：",
            "",
            "- 甲：1%",
            "- 乙：2%",
            "",
            "可用性：",
            "- 丙：3%",
            "## 【其他】",
            "- 丁",
        )
    )
    assert [(i.text, i.group) for i in items if i.mark] == [
        ("甲：1%", "成功率"), ("乙：2%", "成功率"), ("丙：3%", "可用性"), ("丁", None)
    ]  # fmt: skip


def test_a_numbered_line_opens_the_incident_list_and_the_next_number_closes_it() -> None:
    """`1. 生产稳定性事件：` inside a section holds its bullets until `2.`, which goes on in the outer section."""
    report = read(
        "## 【O3 安全】",
        "- 海风",
        "1. 生产稳定性事件：",
        "- 9/10 09:29 超时",
        "- 9/11 10:12 延迟",
        "2. 云帆，进度40%",
        "- 青石",
    )
    kinds = [(i.text, report.sections[i.section or 0].kind) for i in body(report)]
    assert [text for text, kind in kinds if kind is K.INCIDENTS] == ["9/10 09:29 超时", "9/11 10:12 延迟"]
    assert [text for text, kind in kinds if kind is K.PROJECTS] == ["海风", "云帆，进度40%", "青石"]


def test_numbers_inside_an_incident_do_not_close_the_list() -> None:
    """Steps 1. and 2. that stand deeper than the opening line are text of the incident."""
    report = read(
        "## 【O3 安全】", "1. 生产稳定性事件：", "- 9/10 09:29 超时", "    1. 重启", "    2. 扩容", "- 9/11 10:12 延迟"
    )
    assert [(i.line, i.line_end) for i in report.incidents] == [(5, 7), (8, 8)]
    assert report.updates == ()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_line_with_text_is_in_exactly_one_item(text: str) -> None:
    """Items run in the order of the lines, overlap nowhere, and together hold every line that has a letter."""
    report = read_report("# 第38周 2023-09-15\n" + text)
    covered = [number for item in report.items for number in range(item.line, item.line_end + 1)]
    assert covered == sorted(set(covered))
    lettered = {number for number, line in enumerate(report.lines, 1) if letters(line)}
    assert lettered <= set(covered) <= set(range(1, len(report.lines) + 1))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_nth_line_of_an_item_is_the_nth_line_of_the_source(text: str) -> None:
    """Line n of an item's text is source line `line + n` without indent and mark; no letter of it is lost."""
    report = read_report("# 第38周 2023-09-15\n" + text)
    for item in report.items:
        pieces = item.text.split("\n")
        assert len(pieces) == item.line_end - item.line + 1
        for source, piece in zip(report.lines[item.line - 1 : item.line_end], pieces, strict=True):
            read = marked(1, source)
            assert piece == read.text
            # `A)` is a mark like `1)`, and its letter is no text.
            assert letters(read.mark) + letters(piece) == letters(source)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_items_and_records_point_inside_the_report(text: str) -> None:
    """Parents stand before their children in the same section, and every fact's lines exist; read twice is the same."""
    report = read_report("# 第38周 2023-09-15\n" + text)
    for at, item in enumerate(report.items):
        if item.parent is not None:
            assert item.parent < at
            assert report.items[item.parent].section == item.section
            assert item.depth == report.items[item.parent].depth + 1
    facts = [*report.updates, *report.incidents, *report.metrics, *report.goals, *report.notices, *report.sections]
    assert all(1 <= fact.line <= len(report.lines) for fact in facts)
    assert report == read_report("# 第38周 2023-09-15\n" + text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | TEXTS)
def test_no_text_raises(text: str) -> None:
    """Whatever a file holds, it is read, and its lines are the file's lines."""
    assert list(read_report(text, text[:5]).lines) == split_lines(text)
