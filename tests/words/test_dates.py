"""Dates in report text: what is one, what only looks like one."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.words.dates import find_dates
from store.words.holidays import ChineseHolidays

ON = date(2023, 9, 15)  # a Friday

EXACT = [
    ("2023-09-15", "09-15"), ("2023/9/15", "09-15"), ("2023.09.15", "09-15"), ("2023年9月15日", "09-15"),
    ("2023 年 9 月 15 日", "09-15"), ("9月15日", "09-15"), ("9月15号", "09-15"),
    ("下个版本计划在 11 月 25 发布", "11-25"), ("九月十五日", "09-15"), ("９月１５日", "09-15"),
    ("预计9/15提测", "09-15"), ("09/15 上线", "09-15"), ("业务侧10/12上线", "10-12"), ("9/5完成上线", "09-05"),
    ("5/9完成上线", "05-09"), ("预计9/10完成；", "09-10"), ("计划9/30系统上线", "09-30"),
    ("支付侧9/26上线不变", "09-26"), ("上线时间：9/15", "09-15"), ("计划完成 9/15", "09-15"), ("by 9/26", "09-26"),
    ("9/15: POS fix shipped", "09-15"), ("release on 9/15", "09-15"), ("9/15前", "09-15"), ("提测 9/15", "09-15"),
    ("上线（9/26）", "09-26"), ("- 9/12 财务对账差异3笔", "09-12"), ("预计9.15上线", "09-15"), ("9.15上线", "09-15"),
    ("(9.14 英文月会)", "09-14"), ("09-15 上线", "09-15"), ("预计9-15上线", "09-15"), ("20230915", "09-15"),
    ("20号提测", "09-20"), ("Sep 15", "09-15"), ("September 15th", "09-15"), ("15 Sep 2023", "09-15"),
    ("Sept. 15", "09-15"), ("15th of September", "09-15"), ("On 17. November, KIAM was upgraded", "11-17"),
    ("Feb/17/2023", "02-17"), ("09/15/2023", "09-15"), ("May 5", "05-05"), ("支付优化9/15POS上线", "09-15"),
    ("9/15（周五）上线", "09-15"), ("数据迁移：9/13二次评审通过", "09-13"),
]  # fmt: skip

TIMED = [
    ("9/10 09:29 监控发现", "09-10", time(9, 29)), ("9/11 10:12监控发现", "09-11", time(10, 12)),
    ("9/10 9:29", "09-10", time(9, 29)), ("9/14 18：02 2笔金融订单", "09-14", time(18, 2)),
    ("9月14日18点02分", "09-14", time(18, 2)), ("9月14日下午3点", "09-14", time(15)),
    ("9月14日 晚上8点半", "09-14", time(20, 30)), ("2023-09-15T10:00", "09-15", time(10)),
    ("2023-09-13 18:05:56+08:00", "09-13", time(18, 5)), ("9/15 3pm", "09-15", time(15)),
    ("Sep 15 10:12:33", "09-15", time(10, 12)), ("09-15 18:02 报警", "09-15", time(18, 2)),
    ("明天下午3点", "09-16", time(15)), ("9/15（周五）12:30", "09-15", time(12, 30)),
]  # fmt: skip

PARTNERS = [
    ("9/18-9/22", "2023-09-18", "2023-09-22"), ("9/18–9/24 评审", "2023-09-18", "2023-09-24"),
    ("9月18日至22日", "2023-09-18", "2023-09-22"), ("9月18日-10月2日", "2023-09-18", "2023-10-02"),
    ("10/1~10/7", "2023-10-01", "2023-10-07"), ("Oct 1–7", "2023-10-01", "2023-10-07"),
    ("1-7 Oct", "2023-10-01", "2023-10-07"), ("Oct 24th - Nov 3rd", "2023-10-24", "2023-11-03"),
    ("9.18-9.22上线", "2023-09-18", "2023-09-22"), ("Oct 24 - Nov 3, 2022", "2022-10-24", "2022-11-03"),
    ("12月28日-1月3日", "2023-12-28", "2024-01-03"), ("9/18到9/22", "2023-09-18", "2023-09-22"),
    ("2023-09-18 至 2023-09-22", "2023-09-18", "2023-09-22"), ("2023-09-18~09-22", "2023-09-18", "2023-09-22"),
    ("2.24-3.9 10:00", "2024-02-24", "2024-03-09"),
]  # fmt: skip

# F fuzzy, R relative.
WORDS = [
    ("10月中", "2023-10-11", "2023-10-20", "F"), ("10月中旬", "2023-10-11", "2023-10-20", "F"),
    ("10月初", "2023-10-01", "2023-10-10", "F"), ("10月底", "2023-10-21", "2023-10-31", "F"),
    ("10月末", "2023-10-21", "2023-10-31", "F"), ("9月下旬", "2023-09-21", "2023-09-30", "F"),
    ("十一月", "2023-11-01", "2023-11-30", "F"), ("9月底到10月初", "2023-09-21", "2023-10-10", "F"),
    ("9-10月", "2023-09-01", "2023-10-31", "F"), ("月底上线", "2023-09-21", "2023-09-30", "FR"),
    ("本月底", "2023-09-21", "2023-09-30", "FR"), ("下月初", "2023-10-01", "2023-10-10", "FR"),
    ("下月中", "2023-10-11", "2023-10-20", "FR"), ("下月底", "2023-10-21", "2023-10-31", "FR"),
    ("年底", "2023-12-01", "2023-12-31", "FR"), ("年中完成", "2023-06-01", "2023-06-30", "FR"),
    ("2023年底", "2023-12-01", "2023-12-31", "F"), ("本周", "2023-09-11", "2023-09-17", "FR"),
    ("下周技术方案评审", "2023-09-18", "2023-09-24", "FR"), ("下下周", "2023-09-25", "2023-10-01", "FR"),
    ("本周五", "2023-09-15", "2023-09-15", "R"), ("下周三", "2023-09-20", "2023-09-20", "R"),
    ("上周五", "2023-09-08", "2023-09-08", "R"), ("下周二期上线", "2023-09-18", "2023-09-24", "FR"),
    ("周五前完成", "2023-09-15", "2023-09-15", "R"), ("周三上线", "2023-09-13", "2023-09-13", "R"),
    ("预计周三上线", "2023-09-20", "2023-09-20", "R"), ("今天", "2023-09-15", "2023-09-15", "R"),
    ("明天", "2023-09-16", "2023-09-16", "R"), ("昨日", "2023-09-14", "2023-09-14", "R"),
    ("本月", "2023-09-01", "2023-09-30", "FR"), ("下个月", "2023-10-01", "2023-10-31", "FR"),
    ("上月", "2023-08-01", "2023-08-31", "FR"), ("预计Q4启动", "2023-10-01", "2023-12-31", "F"),
    ("四季度", "2023-10-01", "2023-12-31", "F"), ("2024年一季度", "2024-01-01", "2024-03-31", "F"),
    ("2023Q4", "2023-10-01", "2023-12-31", "F"), ("下季度", "2023-10-01", "2023-12-31", "FR"),
    ("2024年3月", "2024-03-01", "2024-03-31", "F"), ("明年3月", "2024-03-01", "2024-03-31", "F"),
    ("去年12月", "2022-12-01", "2022-12-31", "F"), ("下半年", "2023-07-01", "2023-12-31", "F"),
    ("国庆前", "2023-09-15", "2023-09-28", "F"), ("国庆后", "2023-10-07", "2023-10-13", "F"),
    ("春节前", "2023-09-15", "2024-02-09", "F"), ("十一假期值班安排", "2023-09-29", "2023-10-06", "F"),
    ("mid-October", "2023-10-11", "2023-10-20", "F"), ("early Oct", "2023-10-01", "2023-10-10", "F"),
    ("late Oct", "2023-10-21", "2023-10-31", "F"), ("end of October", "2023-10-21", "2023-10-31", "F"),
    ("in March", "2023-03-01", "2023-03-31", "F"), ("by end of month", "2023-09-21", "2023-09-30", "FR"),
    ("EOM", "2023-09-21", "2023-09-30", "FR"), ("next week", "2023-09-18", "2023-09-24", "FR"),
    ("mid next month", "2023-10-11", "2023-10-20", "FR"), ("next Wednesday", "2023-09-20", "2023-09-20", "R"),
    ("this Friday", "2023-09-15", "2023-09-15", "R"), ("Q4 2023", "2023-10-01", "2023-12-31", "F"),
    ("tomorrow", "2023-09-16", "2023-09-16", "R"), ("end of Q1", "2024-03-21", "2024-03-31", "F"),
    ("until the end of the year", "2023-12-01", "2023-12-31", "FR"), ("下月15日", "2023-10-15", "2023-10-15", "R"),
]  # fmt: skip

TRAPS = [
    "3/5", "9/10", "77.04%（104/135)", "24/7", "7x24", "7*24", "7/24小时", "P0/P1", "10.12.0.1", "10.128.0.7",
    "1.9.15", "v2.10", "ES 7.10", "13812345678", "3217.50", "15/16 项", "7/14 项", "1/3", "TLS 1.2", "完成9/10",
    "已完成 7/14", "通过率9/10", "通过率：9/10", "9/10通过", "A-09-15", "P0-09-15", "1.9.15 发布", "v2.10 上线",
    "ES 7.10 升级完成", "订单20230915", "流水号：20230915", "用例 9/10 通过", "3/5 项完成", "完成1/3的工作",
    "9/10个接口", "过去3个月", "5个专项", "5分钟", "https://a.b/2022/03/10/x.md", "2019-02-20-no-logs.md",
    "版本 2.10 发布", "周报", "本周期", "每周五", "每周日晚上发布", "2/30上线", "13/5上线", "I may 15", "march on",
    "the pass rate is 9/10", "9/10 tests passed", "3/5 nodes healthy", "99.997%", "下降9.15", "JDK 1.8 升级",
    "9.15万元", "3号线", "一次支付", "分账2.0切量", "两个月", "9/10 passed", "5/9 done", "比例1/2", "T+1日", "30日均",
    "1/2 上下游", "| 9/10 |", "| 3/5 | 4/5 |", "单测覆盖 9/10，评审中", "测试 5/7", "回归通过 9/10，上线评审中",
    "step 3/5", "Page 3/10", "Python 3.12", "2.10 release", "健康分656降低647", "LMUL 从1/8到8的测试",
    "支持 GCC 10/13", "spec版本更新为20191213", "4.11版本是新的", "升级到5.10", "tier1-4 regression", "15/15", "+4/0",
    "金额：130W和3217.50", "5-10 leads", "两周一次", "第3季", "双十一", "http://x/2023-09-15", "1/4 存量切换",
    "存量切换1/4", "切流 1/2 上线", "rated 9/10", "评审 2/3 通过", "1-2 人", "5.28 to 5.34", "POS 2.3 上线",
    "四季酒店",
]  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


@pytest.mark.parametrize(("text", "day"), EXACT)
def test_an_exact_day_is_found(text: str, day: str) -> None:
    """Every way to write a day, with the evidence it needs, is one exact mention in the year nearest to the report."""
    (found,) = find_dates(text, ON)
    assert (found.start, found.end, found.fuzzy, found.relative) == (_day(day), _day(day), False, False)


@pytest.mark.parametrize(("text", "day", "clock"), TIMED)
def test_a_time_belongs_to_its_date(text: str, day: str, clock: time) -> None:
    """The time after a date is read, in figures and in words, and is evidence for the date."""
    (found,) = find_dates(text, ON)
    assert (found.start, found.end, found.time) == (_day(day), _day(day), clock)


@pytest.mark.parametrize(("text", "first", "last"), PARTNERS)
def test_a_range_partner_makes_one_mention(text: str, first: str, last: str) -> None:
    """From a day to a day is one exact mention, over the turn of a year too."""
    (found,) = find_dates(text, ON)
    assert (found.start.isoformat(), found.end.isoformat(), found.fuzzy) == (first, last, False)


@pytest.mark.parametrize(("text", "first", "last", "flags"), WORDS)
def test_words_give_a_window(text: str, first: str, last: str, flags: str) -> None:
    """Parts of months, quarters, weeks and holidays are windows; fuzzy and relative are marked."""
    (found,) = find_dates(text, ON, ChineseHolidays())
    marks = "F" * found.fuzzy + "R" * found.relative
    assert (found.start.isoformat(), found.end.isoformat(), marks) == (first, last, flags)


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """Pass rates, ratios, versions, addresses, amounts, codes and numbers are no dates."""
    assert find_dates(text, ON, ChineseHolidays()) == ()


def test_dates_of_one_line_come_in_order() -> None:
    """Several dates of a line come in the order of the text, each with its own words."""
    text = "预计9/27提测，10月中上线；3/5 通过，9/15、9/22上线"
    assert [m.text for m in find_dates(text, ON)] == ["9/27", "10月中", "9/15", "9/22"]


def test_a_moved_date_is_no_range() -> None:
    """Moved from 9/18 to 9/22 names two dates; from 9/18 to 9/22 is a range."""
    assert len(find_dates("go-live moved from 9/18 to 9/22", ON)) == 2
    assert len(find_dates("上线推迟：9/18到9/22", ON)) == 2
    assert len(find_dates("上线由9/18调整为9/22", ON)) == 2
    assert len(find_dates("freeze from 9/18 to 9/22", ON)) == 1


def test_a_year_is_the_nearest_one() -> None:
    """A date without a year in a January report can be of the December before, and the other way round."""
    assert find_dates("12月28日", date(2024, 1, 5))[0].start == date(2023, 12, 28)
    assert find_dates("1月3日", date(2023, 12, 29))[0].start == date(2024, 1, 3)
    assert find_dates("2月29日", date(2023, 9, 15))[0].start == date(2024, 2, 29)


def test_a_place_for_dates_needs_no_evidence() -> None:
    """In a cell that a heading calls a date, a bare 9/15 is one; a count stays a count."""
    assert find_dates("9/15", ON, likely=True)[0].start == ON
    assert find_dates("9/15 项", ON, likely=True) == ()


def test_holidays_need_a_calendar() -> None:
    """Without a calendar a holiday is no date, rather than a guess."""
    assert find_dates("国庆前上线", ON) == ()


PIECES = [
    "9", "15", "/", "-", ".", "月", "日", "号", "周", "下", "本", "五", "年", "Q4", "：", "上线", "预计", "通过",
    "Sep", "next", "week", "2023", "99", "３", "to", "至", "底", "前", "18:02", "T", "国庆", "end", "of", "th", "|",
    "%", "十", "个", "İ", "从", "推迟",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from([
    *PIECES, " ", "\n", "\u2028",
]), max_size=16).map("".join))  # fmt: skip


@given(TEXTS, st.dates())
def test_any_text_gives_mentions_in_order(text: str, on: date) -> None:
    """No text and no day raises; spans lie in the text in order, mentions quote it and start before they end."""
    found = find_dates(text, on, ChineseHolidays())
    edges = [edge for m in found for edge in m.span]
    assert edges == sorted(edges)
    assert all(0 <= m.span[0] < m.span[1] <= len(text) for m in found)
    assert all(m.start <= m.end and m.text == text[slice(*m.span)] for m in found)
    assert found == find_dates(text, on, ChineseHolidays())
