"""What strangers' exams found misread in reports, each mistake as a small report of its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from support.written import read, update, updates

from store.linking.projects import Named, link
from store.reading.clauses import LONGEST_LINE
from store.records import SectionKind, State

SPRING = "# 第18周 2023-04-28"  # a Friday
AUTUMN = "# 第47周 2023-11-24"  # a Friday
Event = tuple[str, str, bool]  # the event, its day (or `first..last`), and whether it happened

EVENTS = [
    (SPRING, "4/26完成上线演练", [("演练", "4-26", True)]), (SPRING, "4/16完成上线评审", [("评审", "4-16", True)]),
    (SPRING, "上线材料4/23提交", []), (SPRING, "UAT环境4/3打通", []), (SPRING, "提测用例4/20写完", []),
    (SPRING, "上线材料4/23提交，5/9上线", [("上线", "5-9", False)]),
    (AUTUMN, "评审10/25通过", [("评审", "10-25", True)]), (AUTUMN, "首轮演练10/25已完成", [("演练", "10-25", True)]),
    (AUTUMN, "11/23验收未通过", []), (AUTUMN, "11/23验收通过", [("验收", "11-23", True)]),
]  # fmt: skip
MOVES = [
    (AUTUMN, "上线由11/3顺延至11月28日（下周二）", [("上线", "11-28", False)]),
    (AUTUMN, "上线由11/3顺延至12月7日（春节前）", [("上线", "12-7", False)]),
    (AUTUMN, "提测因环境问题，由11/3推迟到12/1", [("提测", "12-1", False)]),
    (SPRING, "4/25提测延期至5/9", [("提测", "5-9", False)]),
    ("# 第38周 2023-09-22", "9月底上线", [("上线", "9-21..9-30", False)]),
    ("# 第44周 2023-10-27", "11月第一周提测", [("提测", "11-1..11-7", False)]),
]  # fmt: skip
NO_PROGRESS = ["完成9/26提测", "节省约20%", "已灰度20%", "人工核对节省约20%，联调中"]


def events(title: str, text: str) -> list[Event]:
    """The dated events of one project of that text."""
    found = update(f"- 海风平台：{text}", title=title).milestones
    spans = [[f"{d.month}-{d.day}" for d in dict.fromkeys((m.start, m.end))] for m in found]
    return [(m.event, "..".join(span), m.done) for m, span in zip(found, spans, strict=True)]


@pytest.mark.parametrize(("title", "text", "expected"), EVENTS)
def test_a_day_has_the_event_that_is_meant(title: str, text: str, expected: list[Event]) -> None:
    """Of event words in a row the last counts, one that describes a thing is none, and a failure isn't done."""
    assert events(title, text) == expected


@pytest.mark.parametrize(("title", "text", "expected"), MOVES)
def test_a_move_leaves_its_new_day_alone(title: str, text: str, expected: list[Event]) -> None:
    """The old day of a move is gone, an aside and the clause before change nothing, a span ahead isn't done."""
    assert events(title, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("11/20上线前评审完成", [("评审", "11-20", True)]),
    ("11/20完成提测准备", []),
    ("11/20上线失败，已回滚", []),
    ("11/20首次演练失败", []),
    ("11/3提测，延期至12/1", [("提测", "12-1", False)]),
    ("提测由11/3推迟至11/10，再推迟至12/1", [("提测", "12-1", False)]),
])  # fmt: skip
def test_a_day_that_did_not_hold_is_no_event(text: str, expected: list[Event]) -> None:
    """What comes before an event, prepares it or failed isn't the event, and of moves the last day counts."""
    assert events(AUTUMN, text) == expected


def test_from_inside_a_name_is_no_move() -> None:
    """The 由 of 路由 and 自由 belongs to the name: the day behind it stays, and is done."""
    found = updates("- 路由引擎：4/15全量上线", "- 自由额度4/15上线", "- 路由中台4/15上线", title=SPRING)
    assert [[(m.start, m.done) for m in u.milestones] for u in found] == [[(date(2023, 4, 15), True)]] * 3


@pytest.mark.parametrize("text", NO_PROGRESS)
def test_a_date_a_saving_and_a_share_of_traffic_are_no_progress(text: str) -> None:
    """9/26 is no 34.62 %, what is saved is no progress, and neither is how much traffic has moved."""
    assert update(f"- 海风平台：{text}", title=AUTUMN).progress is None


@pytest.mark.parametrize("marks", [("a.", "b."), ("①", "②"), ("1)", "2)"), ("（1）", "（2）")])
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_list_below_a_bare_bullet_is_its_parts(marks: tuple[str, str], indent: str) -> None:
    """Lettered, circled and numbered lists below a bullet that only names a project are its parts."""
    found = updates(
        "- 海风平台", *(f"{indent}{m} {name}：进度40%" for m, name in zip(marks, ("前端", "后端"), strict=True))
    )
    assert [(u.name, u.parent, u.progress) for u in found] == [
        ("海风平台", None, None), ("前端", "海风平台", 40), ("后端", "海风平台", 40)
    ]  # fmt: skip


def test_a_word_of_state_in_a_name_does_not_count() -> None:
    """从库延期自动暂停开关 is a name: what it does says nothing of how its project stands."""
    assert update("- 从库延期自动暂停开关：联调中").state is State.IN_PROGRESS
    assert update("- 从库延期自动暂停开关：联调中，上线延期").state is State.DELAYED
    assert update("- 从库延迟自动暂停演习3次，都合预期").state is None


def test_the_end_of_the_month_is_not_reached_before_it() -> None:
    """9月底 in a report of 9/22 may still come: nothing is done yet."""
    assert update("- 海风平台：9月底上线", title="# 第38周 2023-09-22").state is not State.DONE


def test_a_line_that_is_cut_says_so() -> None:
    """Facts are drawn from the first 20,000 characters of a line: a longer one is remarked, one of just that isn't."""
    lines = ["- 海风：" + "文" * (length - 5) for length in (LONGEST_LINE, LONGEST_LINE + 1)]
    found = [n for n in read("## 【O1 服务业务】", *lines).notices if n.code == "long_line"]
    assert [(n.line, n.about) for n in found] == [(5, "20000")]


# ---- incidents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", [("1)", "2)", "3)"), ("1.", "2.", "3."), ("1、", "2、", "3、")])
@pytest.mark.parametrize("opening", ["1. 生产稳定性事件：", "1. 生产稳定性事件"])
def test_numbered_incidents_stay_incidents(marks: tuple[str, ...], opening: str) -> None:
    """Numbered incidents below a numbered opening line, as far left, are incidents to the last."""
    told = [f"{m} 11/{day} 22:40 批量代付超时" for m, day in zip(marks, (15, 16, 17), strict=True)]
    report = read("## 【O3 安全稳定】", opening, *told, title=AUTUMN)
    assert [i.occurred_at for i in report.incidents] == [datetime(2023, 11, day, 22, 40) for day in (15, 16, 17)]


def test_an_opening_line_without_a_colon_opens_and_the_next_number_closes() -> None:
    """`4. 生产稳定性事件` opens the list of incidents, and `5. 监控治理` goes on in the list around it."""
    lines = ("3. 容量评估：已完成", "4. 生产稳定性事件", "- 11/16 22:40 批量代付超时", "5. 监控治理：推进中")
    report = read("## 【O3 安全稳定】", *lines, title=AUTUMN)
    assert [(i.line, i.title) for i in report.incidents] == [(6, "批量代付超时")]
    (governed,) = [item for item in report.items if item.line == 7]
    assert governed.section is not None
    assert report.sections[governed.section].kind is not SectionKind.INCIDENTS


def test_an_incident_may_have_its_time_on_a_line_of_its_own() -> None:
    """`1、【CD级】标题` and `时间：11/16 06:12` below it: title, grade and time of one incident."""
    lines = ("1、【CD级】批量代付超时", "时间：11/16 06:12", "影响：3笔代付晚到", "处置：扩容网关")
    (incident,) = read("## 生产稳定性事件", *lines, title=AUTUMN).incidents
    assert (incident.occurred_at, incident.severity) == (datetime(2023, 11, 16, 6, 12), "CD级")
    assert "批量代付超时" in incident.title
    assert (incident.impact, incident.handling) == ("3笔代付晚到", "扩容网关")


@pytest.mark.parametrize("between", ["，", "；", "\n    "])
def test_a_label_ends_the_one_before_it(between: str) -> None:
    """等级 and 结论 behind 处置 are no part of the handling, and the grade is read."""
    text = between.join(("处置：扩容网关", "等级：CD", "结论：容量评估不足"))
    report = read(
        "## 生产稳定性事件", *f"- 11/16 22:40 批量代付超时。影响：3笔代付晚到{between}{text}".split("\n"), title=AUTUMN
    )
    (incident,) = report.incidents
    assert (incident.impact, incident.handling) == ("3笔代付晚到", "扩容网关")
    assert incident.severity == "CD"


# ---- figures -----------------------------------------------------------------------------------------------------

FIGURES = [
    ("- P99：112ms", ("P99", 112, "ms", None)), ("- 流水查询P99 44ms", ("流水查询P99", 44, "ms", None)),
    ("- 日均笔数：128.4万笔", ("日均笔数", 128.4, "万笔", None)), ("- 签约率46%→49%", ("签约率", 49, "%", 46)),
    ("| 成功率 | 99.97% | 99.95% |", ("成功率", 99.97, "%", None)),
    ("| 平均耗时（ms） | 112 | 118 |", ("平均耗时", 112, "ms", None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "figure"), FIGURES)
def test_a_figure_keeps_its_name_and_unit(line: str, figure: tuple[str, float, str | None, float | None]) -> None:
    """Digits in a name, a unit of two signs, an arrow, and rows of a table, where this week's column counts."""
    found = read("## 【系统运行数据】", line).metrics
    assert [(m.name, m.value, m.unit, m.previous) for m in found] == [figure]


@pytest.mark.parametrize(("line", "figure"), [
    ("- 签约率：46%→49%", ("签约率", 49, 46)), ("- P99：120ms→112ms", ("P99", 112, 120)),
])  # fmt: skip
def test_an_arrow_behind_a_colon_leads_to_the_new_value(line: str, figure: tuple[str, float, float]) -> None:
    """A change says where it stands now, behind a colon too."""
    found = read("## 【系统运行数据】", line).metrics
    assert [(m.name, m.value, m.previous) for m in found] == [figure]


def test_the_head_of_a_table_is_no_figure() -> None:
    """The row of column names and the rule below it give no metric."""
    rows = ("| 指标 | 本周 | 上周 |", "| --- | --- | --- |", "| 成功率 | 99.97% | 99.95% |")
    assert [m.name for m in read("## 【系统运行数据】", *rows).metrics] == ["成功率"]


# ---- which lines speak of the same project -------------------------------------------------------------------------


def mention(number: int, name: str, day: str, loose: bool = False) -> Named:
    """A mention of a project without a parent."""
    return Named(number, name, None, (day, "a.md", number), loose)


def linked(*mentions: Named) -> list[set[int]]:
    """The updates that speak of one project, for each project."""
    return [{entry.mention for entry in subject.links} for subject in link(mentions)]


def test_a_former_name_in_brackets_is_the_same_project() -> None:
    """`晴川收银（原晴川结汇）` is what was called 晴川结汇, and what is called 晴川收银 later."""
    told = [
        mention(1, "晴川结汇", "2023-09-01"),
        mention(2, "晴川收银（原晴川结汇）", "2023-09-08"),
        mention(3, "晴川收银", "2023-09-15"),
    ]
    assert linked(*told) == [{1, 2, 3}]


def test_an_abbreviation_in_a_highlight_joins_the_only_project_it_fits() -> None:
    """数币 in a highlight is 数字人民币钱包, as long as no other project can be meant."""
    wallet, short = mention(1, "数字人民币钱包", "2023-09-01"), mention(2, "数币", "2023-09-08", loose=True)
    other = mention(3, "数据外币报送", "2023-09-01")
    assert linked(wallet, short) == [{1, 2}]
    assert {2} in linked(wallet, other, short)


@pytest.mark.parametrize("said", ["本周无生产事件", "无", "本周未发生"])
def test_a_bullet_that_says_no_incidents_is_no_project(said: str) -> None:
    """`- 生产稳定性事件：本周无生产事件` among projects says there was none; what follows is a project."""
    report = read(f"{AUTUMN}\n## 【O1】\n- 海风平台：进度40%\n- 生产稳定性事件：{said}\n- 远山网关：进度60%\n")
    assert [each.name for each in report.updates] == ["海风平台", "远山网关"]
    assert report.incidents == ()


@pytest.mark.parametrize(("line", "name"), [
    ("- **星河重构**（小名“大扫除”）：进度30%", "星河重构（小名“大扫除”）"),
    ("- **星河重构**（俗称大扫除）：进度30%", "星河重构（俗称大扫除）"),
    ("- **星河重构**（招商）：进度30%", "星河重构"), ("- **星河重构**：进度30%（小名“大扫除”）", "星河重构"),
])  # fmt: skip
def test_what_a_bold_name_is_also_called_stays_with_it(line: str, name: str) -> None:
    """A bracket right behind a name in bold that says what else it is called belongs to the name, and no other does."""
    found = updates(f"{AUTUMN}\n\n## 【O1 服务业务】\n\n{line}\n")
    assert [(one.name, one.progress) for one in found] == [(name, 30.0)]
