"""Lines that are headings by their dress alone, lines that only look so, and text that is none of the report's."""

from __future__ import annotations

import pytest
from support.written import body, read

from store.reading import read_report
from store.records import SectionKind

K = SectionKind
DRESSED: list[tuple[tuple[str, ...], str, SectionKind]] = [
    (("项目进展", "===="), "项目进展", K.PROJECTS), (("项目进展", "--------"), "项目进展", K.PROJECTS),
    (("Key figures", "-----------"), "Key figures", K.METRICS), (("茶余饭后", "======"), "茶余饭后", K.OTHER),
    (("**项目进展**",), "项目进展", K.PROJECTS), (("**项目进展：**",), "项目进展", K.PROJECTS),
    (("__项目进展__",), "项目进展", K.PROJECTS), (("**茶余饭后**",), "茶余饭后", K.OTHER),
    (("**Incidents**",), "Incidents", K.INCIDENTS), (("*O1 Grow the base*",), "O1 Grow the base", K.PROJECTS),
    (("_茶余饭后_",), "茶余饭后", K.OTHER), (("<u>项目进展</u>",), "项目进展", K.PROJECTS),
    (("++生产稳定性事件++",), "生产稳定性事件", K.INCIDENTS), (("<U>茶余饭后</U>",), "茶余饭后", K.OTHER),
    (("一、项目进展",), "项目进展", K.PROJECTS), (("二、茶余饭后",), "茶余饭后", K.OTHER),
    (("（一）项目进展",), "项目进展", K.PROJECTS), (("(二)茶余饭后",), "茶余饭后", K.OTHER),
    (("十一、下周计划",), "下周计划", K.GOALS), (("PROJECTS",), "PROJECTS", K.PROJECTS),
    (("KEY METRICS:",), "KEY METRICS", K.METRICS), (("TEA AND CAKE",), "TEA AND CAKE", K.OTHER),
    (("【项目进展】",), "项目进展", K.PROJECTS), (("【茶余饭后】",), "茶余饭后", K.OTHER),
    (("【生产稳定性事件】：",), "生产稳定性事件", K.INCIDENTS), (("项目进展：",), "项目进展", K.PROJECTS),
    (("项目进展",), "项目进展", K.PROJECTS), (("Incidents this week:",), "Incidents this week", K.INCIDENTS),
    (("O1 Grow the base",), "O1 Grow the base", K.PROJECTS), (("Next week:",), "Next week", K.GOALS),
    (("1. 项目进展", ""), "项目进展", K.PROJECTS), (("3. Projects", ""), "Projects", K.PROJECTS),
    (("4) 茶余饭后", ""), "茶余饭后", K.OTHER),
]  # fmt: skip
PLAIN: list[tuple[str, ...]] = [
    ("文字", "**茶余饭后**"), ("*茶余饭后*", "", "文字"), ("茶余饭后 **很好** 大家",),
    ("一、先吃饭", "二、再喝茶"), ("一、先吃饭，再喝茶。",), ("（一）先吃饭。",), ("OK",), ("We had TEA AND CAKE",),
    ("1. 茶余", "2. 饭后"), ("1. 茶余饭后。", "", "- 喝茶"), ("【茶余饭后】", "大家聊得很好"),
    ("今天的项目进展很多：好",),
    ("- 项目进展",), ("茶余饭后",), ("茶余饭后，大家聊天。", "----"), ("- 喝茶", "---"), ("茶余饭后", "", "----"),
    ("一个",),
]  # fmt: skip
HIDDEN = [
    ("<!--", "- 海风平台：进度90%，9/26上线", "-->"), ("<!-- - 海风平台：进度90% -->",),
    ("<!-- 例：", "| 项目 | 进度 |", "|---|---|", "| 海风平台 | 90% |", "-->"),
    ("```", "- 海风平台：进度90%，9/26上线", "```"), ("~~~text", "- 海风平台：进度90%", "~~~"),
    ("```", "| 项目 | 进度 |", "|---|---|", "| 海风平台 | 90% |", "```"), ("```", "## 海风平台", "进度90%", "```"),
    ("> - 海风平台：进度90%，9/26上线",), ("> 海风平台：进度90%", "> 9/26上线"),
    ("<!-- 甲 --><!-- - 海风平台：进度90% -->",),
]  # fmt: skip
SECRETS = [
    ("## 【系统运行数据】", "- 成功率：90.00%"), ("## 生产稳定性事件", "- 9/10 09:29 登录超时，影响7笔"),
    ("# 下周工作及目标", "- 海风联调"), ("## 生产稳定性事件", "- 本周无"),
]  # fmt: skip
FRONT = "---\n{}\n---\n\n## 项目进展\n\n- 海风平台：进度40%\n"


@pytest.mark.parametrize(("lines", "title", "kind"), DRESSED)
def test_a_line_that_stands_out_is_a_heading(lines: tuple[str, ...], title: str, kind: SectionKind) -> None:
    """Underlined, bold, italic, numbered, in capitals or in brackets: a section of that title, and its line."""
    report = read("## 【其他】", "- 值班", "", *lines, "- 一条")
    assert [(s.title, s.kind, s.line) for s in report.sections][1:] == [(title, kind, 6)]
    assert [item.section for item in body(report)] == [0, 1]


@pytest.mark.parametrize("lines", PLAIN)
def test_a_line_that_only_looks_so_is_none(lines: tuple[str, ...]) -> None:
    """A sentence, a line in the midst of text, a numbered list and a rule below a blank line open no section."""
    report = read("## 【其他】", "- 值班", "", *lines)
    assert [s.title for s in report.sections] == ["其他"]


@pytest.mark.parametrize("below", [("- 甲",), ("", "- 甲"), ("", "| 甲 | 乙 |", "|---|---|", "| 1 | 2 |")])
def test_a_number_alone_above_a_list_or_table_is_a_heading(below: tuple[str, ...]) -> None:
    """`3. Projects` between blank lines heads what is as far left; right above its list it is an item of that."""
    report = read("## 【其他】", "- 值班", "", "3. 茶余饭后", *below)
    assert [s.title for s in report.sections][1:] == (["茶余饭后"] if below[0] == "" else [])


def test_where_all_headings_are_marked_a_number_is_none() -> None:
    """A report that marks its headings `##` has numbered lists, with blank lines between them or without."""
    report = read("## 【其他】", "- 甲", "## 收获与反思", "- 乙", "## 亮点", "", "1. 茶余饭后", "", "- 丙")
    assert [s.title for s in report.sections] == ["其他", "收获与反思", "亮点"]


def test_dressed_headings_nest_below_each_other() -> None:
    """An underlined section holds the bold and italic lines below it, which divide it and are of its kind."""
    lines = ("项目进展", "====", "", "**收单**", "", "- 海风平台：进度40%", "", "**出款**", "", "- 云帆平台：进度30%")
    report = read(*lines, "", "其他", "====", "", "- 值班")
    assert [(s.title, s.kind) for s in report.sections] == [
        ("项目进展", K.PROJECTS), ("收单", K.PROJECTS), ("出款", K.PROJECTS), ("其他", K.OTHER)
    ]  # fmt: skip
    assert [(u.name, u.parent, u.section) for u in report.updates] == [
        ("海风平台", None, "收单"), ("云帆平台", None, "出款")
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_or_quoted_says_nothing(hidden: tuple[str, ...]) -> None:
    """Comments, code between fences and quotations hold no project, and take none from the lines around them."""
    report = read("## 项目进展", "", "- 云帆平台：进度30%", "", *hidden, "", "- 青石平台：进度20%")
    assert [(u.name, u.progress, u.milestones) for u in report.updates] == [
        ("云帆平台", 30, ()), ("青石平台", 20, ())
    ]  # fmt: skip


@pytest.mark.parametrize(("heading", "line"), SECRETS)
@pytest.mark.parametrize("hide", [("<!--", "-->"), ("```", "```"), ("~~~", "~~~")])
def test_hidden_figures_incidents_and_goals_are_none(heading: str, line: str, hide: tuple[str, str]) -> None:
    """A template's example in a comment or a fence is no metric, no incident, no promise and no proof of none."""
    report = read(heading, "", hide[0], line, hide[1])
    assert (report.metrics, report.incidents, report.goals, report.no_incidents) == ((), (), (), ())


def test_a_comment_inside_a_line_leaves_the_rest() -> None:
    """What stands before and behind `<!-- … -->` is read, what stands inside is not."""
    (found,) = read("## 项目进展", "- 海风平台：<!-- 进度90%，-->进度40%").updates
    assert (found.name, found.progress) == ("海风平台", 40)


@pytest.mark.parametrize("opening", ["<!--", "```", "~~~"])
def test_what_is_never_closed_hides_nothing(opening: str) -> None:
    """A comment or a fence that nobody closes must not swallow the rest of the report."""
    report = read("## 项目进展", opening, "- 海风平台：进度40%")
    assert [(u.name, u.line) for u in report.updates] == [("海风平台", 5)]


@pytest.mark.parametrize(("properties", "team"), [
    ("date: 2023-09-15\nteam: Payments", "Payments"), ("团队：支付中心\n日期：2023-09-15", "支付中心"),
    ("title: 周报\ntags: [周报, 项目进展]\ndate: 2023-09-15", None),
])  # fmt: skip
def test_the_properties_of_a_page_are_its_head(properties: str, team: str | None) -> None:
    """YAML on top of a page dates the report and names its team, and its keys are neither sections nor projects."""
    report = read_report(FRONT.format(properties))
    assert (str(report.report_date), report.team) == ("2023-09-15", team)
    assert [s.title for s in report.sections] == ["项目进展"]
    assert [u.name for u in report.updates] == ["海风平台"]


def test_a_rule_on_top_of_a_page_is_no_property() -> None:
    """A page that begins with a rule and has another further down loses nothing between them."""
    lines = "\n".join(f"- 海风{number}：进度40%" for number in range(50))
    report = read_report(f"---\n\n# 第38周 2023-09-15\n\n## 项目进展\n{lines}\n---\n")
    assert len(report.updates) == 50
