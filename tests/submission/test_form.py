"""The form of a new report, and what is said of a draft beside the reports before it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.submission.before import Before, reports_before
from bot.submission.check import Count, Findings, check
from bot.submission.fields import Field, join, split, written
from bot.submission.template import template, title
from store.library import Library
from store.reading.document import Document
from store.viewer import EVERYONE

FRIDAY = date(2023, 12, 15)
TEAM = "支付中心"


@pytest.fixture
def before(seeds: Library) -> Before:
    """What the sample team reported before the week of the 15th."""
    return reports_before(seeds, EVERYONE, TEAM, FRIDAY)


def checked(text: str, before: Before) -> Findings:
    """The findings on a text."""
    return check(Document.of_markdown(text), "", FRIDAY, FRIDAY, before)


def codes(found: Findings) -> set[str]:
    """The codes of all notes."""
    return {note.code for note in found.notes}


def test_the_form_has_last_weeks_structure(before: Before) -> None:
    """Its sections in order; projects and figures with their last state, and the goals to be ticked, as hints."""
    fields = template(before, "zh")
    assert [field.title for field in fields] == [
        "【重点工作】", "【系统运行数据】", "【O1 服务业务】", "【O2系统升级】", "【O3 安全稳定、降本提效】",
        "生产稳定性事件", "【其他】", "收获与反思", "下周工作及目标",
    ]  # fmt: skip
    text = join(fields)
    for line in ("- 小贝二期12/14需求评审：〔上周计划〕", "- 济宁公积金对接：〔上周 12/20 上线〕",
                 "  - 产品与账户：〔上周 85%〕", "- 出金有效成功率：〔上周 99.971%〕"):  # fmt: skip
        assert line in text.split("\n")
    assert title(before, TEAM, FRIDAY, "zh") == "# 第51周 2023-12-15"


def test_the_form_speaks_the_teams_language(seeds: Library) -> None:
    """An English team's form has English hints, whoever opens it."""
    before = reports_before(seeds, EVERYONE, "Merchant Services", FRIDAY)
    assert "- Chargeback automation: 〔last week 85%, 12/15 go-live〕" in join(template(before, "zh"))
    assert title(before, "Merchant Services", FRIDAY, "zh") == "# Week 51 2023-12-15"


@pytest.mark.parametrize(("lang", "first", "head"), [
    ("zh", "重点工作", "# 新组周报 2023-12-15"), ("en", "Highlights", "# 新组 weekly report 2023-12-15"),
])  # fmt: skip
def test_a_new_team_has_the_standard_sections(library: Library, lang: str, first: str, head: str) -> None:
    """Without an earlier report the form has the usual sections, empty, in the user's language."""
    before = reports_before(library, EVERYONE, "新组", FRIDAY)
    fields = template(before, lang)
    assert (fields[0].title, {field.text for field in fields}) == (first, {""})
    assert title(before, "新组", FRIDAY, lang) == head


def test_an_untouched_form_says_nothing(before: Before) -> None:
    """Sent as it was opened, the form is an empty report: no hint counts as a fact."""
    text = written(title(before, TEAM, FRIDAY, "zh"), template(before, "zh"))
    found = checked(text, before)
    assert not found.understood
    assert "nothing" in codes(found)


def test_last_weeks_text_is_noticed(before: Before) -> None:
    """Last week's report under a new date: the share of unchanged lines is said, with the first one."""
    text = "\n".join(before.lines).replace("第50周", "第51周").replace("12-08", "12-15").replace("12/08", "12/15")
    (note,) = [note for note in checked(text, before).notes if note.code == "unchanged"]
    assert (note.now, note.line) == ("100%", 3)


DRAFT = """# 第51周 2023-12-15

## 【重点工作】
- 年终决算：12/14全流程演练完成。
- 小贝二期：12/14需求评审通过。

## 【系统运行数据】
- 出金有效成功率：9.971%

## 【O1 服务业务】
- 济宁公积金对接，12/27上线。

## 【O2系统升级】
- 商户系统升级：整体进度60%，12/22提测

## 【其他】

# 下周工作及目标
1. 济宁上线
"""


def test_contradictions_are_named_with_their_lines(before: Before) -> None:
    """A progress that fell, a day that moved without a word, a figure far off, missing and empty sections, goals."""
    found = checked(DRAFT, before)
    told = {(note.code, note.line, note.was, note.now) for note in found.notes}
    assert ("progress_fell", 14, "66%", "60%") in told
    assert ("date_moved", 11, "2023-12-20", "2023-12-27") in told
    assert ("metric_off", 8, "9.971%") in {(code, line, now) for code, line, _, now in told}
    assert [note.about for note in found.notes if note.code == "missing_section"] == [
        "O3 安全稳定、降本提效",
        "生产稳定性事件",
        "收获与反思",
    ]
    assert [note.about for note in found.notes if note.code == "empty_section"] == ["其他"]
    assert "通道费率第二轮谈判，12/13" in {note.about for note in found.notes if note.code == "goal_unmentioned"}
    assert "小贝二期12/14需求评审" not in {note.about for note in found.notes if note.code == "goal_unmentioned"}
    assert found.counts[Count.GOALS] == 1


def test_a_day_that_moved_with_a_word_is_no_contradiction(before: Before) -> None:
    """Who says that the day moved needs no warning."""
    assert "date_moved" not in codes(checked(DRAFT.replace("12/27上线", "延期到12/27上线"), before))


def test_the_last_real_report_is_not_warned_of_much(seeds: Library) -> None:
    """The sample reports themselves, as drafts of their weeks: of no week is more than a handful of things said."""
    for team, files in (("支付中心", 12), ("风控中台", 6)):
        reports = [r for r in seeds.reports_between(EVERYONE, FRIDAY, None, FRIDAY) if r.team == team]
        assert len(reports) == files
        for report in reports[:-1]:
            before = reports_before(seeds, EVERYONE, team, report.report_date)
            text = "\n".join(seeds.lines(EVERYONE, report))
            notes = check(Document.of_markdown(text), "", report.report_date, report.report_date, before).notes
            told = [note for note in notes if note.code != "goal_unmentioned"]
            assert len(told) <= 4, (report.source, told)


@pytest.mark.parametrize("text", ["", "你好", "# 没有日期\n- 甲：50%"])
def test_what_is_no_report_is_said(text: str, before: Before) -> None:
    """Without a date nothing can be understood, and that is what is said."""
    assert codes(checked(text, before)) == {"undated"}


def test_fields_of_a_report_as_sent_are_corrected(before: Before) -> None:
    """A report as it was sent, split for a correction and joined, is the same report."""
    assert [type(field) for field in split(DRAFT)] == [Field] * len(split(DRAFT))
    assert checked(join(split(DRAFT)), before) == checked(DRAFT, before)
