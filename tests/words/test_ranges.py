"""The range that a question asks for; today is Wednesday 2023-09-20, as in section 6 of the design."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bench import questions

from store.words.dates import prepared
from store.words.holidays import ChineseHolidays
from store.words.range_rules import RANGE_RULES
from store.words.ranges import DateRange, find_as_of, find_range

TODAY = date(2023, 9, 20)

PLAIN = [
    ("last month", "08-01", "08-31"), ("上个月", "08-01", "08-31"), ("上月", "08-01", "08-31"),
    ("this month", "09-01", "09-30"), ("本月", "09-01", "09-30"), ("这个月", "09-01", "09-30"),
    ("this quarter", "07-01", "09-30"), ("Q3", "07-01", "09-30"), ("三季度", "07-01", "09-30"),
    ("本季度", "07-01", "09-30"), ("第三季度", "07-01", "09-30"), ("Q3 2023", "07-01", "09-30"),
    ("2023年三季度", "07-01", "09-30"), ("last quarter", "04-01", "06-30"), ("上个季度", "04-01", "06-30"),
    ("since 9/1", "09-01", "09-20"), ("9月以来", "09-01", "09-20"), ("9/1以来", "09-01", "09-20"),
    ("since August", "08-01", "09-20"), ("从9月1日到今天", "09-01", "09-20"), ("自8月15日起", "08-15", "09-20"),
    ("last Friday", "09-15", "09-15"), ("上周五", "09-15", "09-15"), ("周一", "09-18", "09-18"),
    ("yesterday", "09-19", "09-19"), ("昨天", "09-19", "09-19"), ("今天", "09-20", "09-20"),
    ("today", "09-20", "09-20"), ("国庆前", "09-20", "09-28"), ("国庆期间", "09-29", "10-06"),
    ("9月中旬", "09-11", "09-20"), ("mid September", "09-11", "09-20"), ("上旬", "09-01", "09-10"),
    ("本月下旬", "09-21", "09-30"), ("月底", "09-21", "09-30"), ("by end of October", "10-21", "10-31"),
    ("10月底前", "10-21", "10-31"), ("今年", "01-01", "12-31"), ("this year", "01-01", "12-31"),
    ("YTD", "01-01", "09-20"), ("今年以来", "01-01", "09-20"), ("年初至今", "01-01", "09-20"),
    ("year to date", "01-01", "09-20"), ("8月", "08-01", "08-31"), ("八月份", "08-01", "08-31"),
    ("8月结算上了什么", "08-01", "08-31"),
    ("2023年8月", "08-01", "08-31"), ("in August", "08-01", "08-31"), ("in May", "05-01", "05-31"),
    ("last August", "08-01", "08-31"), ("9月份", "09-01", "09-30"), ("9/1到9/15", "09-01", "09-15"),
    ("9月1日至15日", "09-01", "09-15"), ("between 1 Aug and 15 Sep", "08-01", "09-15"),
    ("from July to August", "07-01", "08-31"), ("从8月到9月", "08-01", "09-30"), ("8月底到9月中", "08-21", "09-20"),
    ("上周到本周", "09-11", "09-24"), ("上半年", "01-01", "06-30"), ("下半年", "07-01", "12-31"),
    ("first half of 2023", "01-01", "06-30"), ("H1 2023", "01-01", "06-30"), ("next month", "10-01", "10-31"),
    ("next 2 weeks", "09-20", "10-03"), ("未来两周", "09-20", "10-03"), ("接下来两周", "09-20", "10-03"),
    ("9/30前要上线的", "09-20", "09-30"), ("by Friday", "09-20", "09-22"), ("周五前", "09-20", "09-22"),
    ("9/10之后", "09-11", "09-20"), ("after 9/10", "09-11", "09-20"), ("3 days ago", "09-17", "09-17"),
    ("三天前", "09-17", "09-17"), ("2个月前", "07-01", "07-31"), ("上两周", "09-04", "09-17"),
    ("jul–sep", "07-01", "09-30"), ("Jul to Sep 2023", "07-01", "09-30"), ("first week of July", "07-01", "07-07"),
    ("up to the end of the month", "09-20", "09-30"), ("until end of October", "09-20", "10-31"),
    ("on the 15th", "09-15", "09-15"), ("by the 30th", "09-20", "09-30"),
    ("2023-09-15", "09-15", "09-15"), ("9/15", "09-15", "09-15"), ("15号", "09-15", "09-15"),
    ("MTD", "09-01", "09-20"), ("8月和9月对比", "08-01", "09-30"), ("this week vs last week", "09-11", "09-24"),
    ("下半月", "09-16", "09-30"), ("上半月有什么", "09-01", "09-15"), ("second half of August", "08-16", "08-31"),
    ("9/22到月底", "09-22", "09-30"),
    ("昨天和今天", "09-19", "09-20"), ("半年前", "03-01", "03-31"), ("端午后", "06-25", "09-20"),
]  # fmt: skip

OTHER_YEARS = [
    ("去年", "2022-01-01", "2022-12-31"), ("last year", "2022-01-01", "2022-12-31"),
    ("去年Q4", "2022-10-01", "2022-12-31"), ("in 2022", "2022-01-01", "2022-12-31"),
    ("since 2022", "2022-01-01", "2023-09-20"), ("10月", "2022-10-01", "2022-10-31"),
    ("December", "2022-12-01", "2022-12-31"), ("9月21日", "2022-09-21", "2022-09-21"),
    ("12/20到1/10", "2022-12-20", "2023-01-10"), ("明年一季度", "2024-01-01", "2024-03-31"),
    ("2022年", "2022-01-01", "2022-12-31"),
]  # fmt: skip

ROLLING = [
    ("incidents in the last 4 weeks", "08-24"), ("最近4周", "08-24"), ("近四周", "08-24"), ("过去４周", "08-24"),
    ("过去的四周", "08-24"), ("过去四周出过几次事故", "08-24"), ("past month", "08-21"), ("近一个月", "08-21"),
    ("最近一个月", "08-21"), ("近半年", "03-21"), ("past 6 months", "03-21"), ("past half year", "03-21"),
    ("last 30 days", "08-22"), ("最近10天", "09-11"), ("last two weeks", "09-07"), ("the last fortnight", "09-07"),
    ("最近两个季度", "03-21"), ("近半个月", "09-06"), ("最近一个半月", "08-06"), ("最近七天", "09-14"),
    ("over the past week", "09-14"), ("recent 3 weeks", "08-31"), ("十二周趋势", "06-29"), ("3个月以来", "06-21"),
    ("最近几周", "08-24"),
]  # fmt: skip

SINGLE_WEEKS = [
    ("last week", "09-11"), ("上周", "09-11"), ("this week", "09-18"), ("本周", "09-18"), ("two weeks ago", "09-04"),
    ("两周前", "09-04"), ("上上周", "09-04"), ("week before last", "09-04"), ("9/15那周", "09-11"),
    ("9月15日那一周", "09-11"), ("week of 9/15", "09-11"), ("the 26 April report", "04-24"),
    ("April 26 report", "04-24"), ("26 April's report", "04-24"), ("9月15日的周报", "09-11"), ("9.15的周报", "09-11"),
    ("report of Sep 15", "09-11"), ("weekly report 2023-09-15", "09-11"), ("周报 9/15", "09-11"),
    ("next week", "09-25"), ("下周", "09-25"),
    ("the week after 15 September", "09-18"), ("week before 9/15", "09-04"), ("9/15之后那周", "09-18"),
    ("9月15日的下一周", "09-18"), ("9/15前一周", "09-04"), ("week following the 8 Sep report", "09-11"),
]  # fmt: skip

LABELS = [
    ("W38", 38, 38, 2023, "2023-09-18", "2023-09-24"), ("week 38", 38, 38, 2023, "2023-09-18", "2023-09-24"),
    ("第38周", 38, 38, 2023, "2023-09-18", "2023-09-24"), ("第三十八周", 38, 38, 2023, "2023-09-18", "2023-09-24"),
    ("38周的周报", 38, 38, 2023, "2023-09-18", "2023-09-24"), ("Ｗ３６", 36, 36, 2023, "2023-09-04", "2023-09-10"),
    ("W36-W38", 36, 38, 2023, "2023-09-04", "2023-09-24"), ("第36到38周", 36, 38, 2023, "2023-09-04", "2023-09-24"),
    ("第36周到第38周", 36, 38, 2023, "2023-09-04", "2023-09-24"),
    ("weeks 36 to 38", 36, 38, 2023, "2023-09-04", "2023-09-24"),
    ("36-38周", 36, 38, 2023, "2023-09-04", "2023-09-24"), ("2023-W38", 38, 38, 2023, "2023-09-18", "2023-09-24"),
    ("2022年第50周", 50, 50, 2022, "2022-12-12", "2022-12-18"), ("W50", 50, 50, 2022, "2022-12-12", "2022-12-18"),
    ("since W36", 36, 53, 2023, "2023-09-04", "2023-09-20"), ("第36周以来", 36, 53, 2023, "2023-09-04", "2023-09-20"),
    ("预计W38上线", 38, 38, 2023, "2023-09-18", "2023-09-24"),
]  # fmt: skip

NO_RANGES = [
    "P0", "POS 85%", "24/7", "近期", "最近", "P0/P1", "3个项目", "第3期", "一次支付成功率是涨是跌", "POS 现在到哪了?",
    "project 2024X", "may I see POS", "ISO9001 怎样", "10.12.0.1", "一期", "双十一大促", "近100笔", "近三次",
    "最近一次事故", "ES 7.10", "v2.10", "v3", "38", "which projects slipped?", "status POS", "通过率9/10", "小贝",
    "W3C", "the sun", "the 13th connector", "on the 2nd attempt", "两联合规改造三期", "5分钟跟进率", "TLS 1.2", "",
]  # fmt: skip

AS_OF = [
    ("status of POS as of 1 Sep", "2023-09-01", "as of 1 Sep"), ("截至9月1日 POS 进展", "2023-09-01", "截至9月1日"),
    ("截止9/1", "2023-09-01", "截止9/1"), ("as of last Friday", "2023-09-15", "as of last Friday"),
    ("截至上周五的进度", "2023-09-15", "截至上周五"), ("截至8月底", "2023-08-31", "截至8月底"),
    ("截至目前", "2023-09-20", "截至目前"), ("as of today", "2023-09-20", "as of today"),
    ("截至9月", "2023-09-20", "截至9月"), ("as of W36", "2023-09-10", "as of W36"),
]  # fmt: skip


GLUE = [
    ("最近四周的事故", "最近四周的"), ("POS over the last 4 weeks?", "over the last 4 weeks"),
    ("现在9月的项目", "9月的"), ("what slipped since 9/1 in POS", "since 9/1"), ("本月里程碑有哪些", "本月"),
    ("上个月内管上线了吗", "上个月"), ("last week's incidents", "last week's"), ("10月底前上线的", "10月底前"),
    ("in week 36, POS", "in week 36"), ("the report of Sep 15", "of Sep 15"), ("周报 9/15", "9/15"),
]  # fmt: skip

PIECES = [
    "最近", "四", "4", "周", "前", "以来", "第", "W", "36", "-", "到", "last", "since", "week", "weeks", "ago", "9/1",
    "月", "年", "内", "的", "下", "as", "of", "截至", "next", "and", "between", "by", "国庆", "Q3", "上", "半", "去年",
    "2023", "三", "个", "th", "53", "999", "the", "report", "和", "那",
]  # fmt: skip
WORDS = st.lists(st.sampled_from([*PIECES, " ", "as of "]), max_size=14)
QUESTIONS = st.one_of(st.text(max_size=60), WORDS.map("".join), WORDS.map(" ".join))


def _ask(question: str) -> DateRange:
    found = find_range(question, TODAY, ChineseHolidays())
    assert found is not None
    return found


@pytest.mark.parametrize(("question", "first", "last"), PLAIN)
def test_words_mean_their_dates(question: str, first: str, last: str) -> None:
    """Calendar words and dates mean what the table of the design says, in both languages."""
    found = _ask(question)
    assert (found.start, found.end) == (date.fromisoformat(f"2023-{first}"), date.fromisoformat(f"2023-{last}"))
    assert (found.relative, found.weeks, found.single_week) == (False, None, False)


@pytest.mark.parametrize(("question", "first", "last"), OTHER_YEARS)
def test_without_a_year_a_question_means_the_past(question: str, first: str, last: str) -> None:
    """A date or month that has not begun this year is last year's, unless the words name a year."""
    found = _ask(question)
    assert (found.start, found.end) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("question", "first"), ROLLING)
def test_rolling_ranges_end_today(question: str, first: str) -> None:
    """Last 4 weeks are exactly 28 days that end today, whatever the words for it, and are marked relative."""
    found = _ask(question)
    assert (found.start, found.end, found.relative) == (date.fromisoformat(f"2023-{first}"), TODAY, True)


@pytest.mark.parametrize(("question", "monday"), SINGLE_WEEKS)
def test_a_single_week_is_monday_to_sunday(question: str, monday: str) -> None:
    """Last week, the week of a day and the report of a day are that Monday to Sunday, marked as one week."""
    found, first = _ask(question), date.fromisoformat(f"2023-{monday}")
    assert (found.start, found.end, found.single_week) == (first, first + timedelta(days=6), True)


@pytest.mark.parametrize(("question", "first", "last", "year", "start", "end"), LABELS)
def test_week_numbers_are_labels(question: str, first: int, last: int, year: int, start: str, end: str) -> None:
    """Week numbers come as labels with their year, the dates of the ISO weeks beside them."""
    found = _ask(question)
    assert (found.weeks, found.year) == ((first, last), year)
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("question", NO_RANGES)
def test_other_figures_and_words_are_no_range(question: str) -> None:
    """Severities, percentages, versions, counts and vague words name no range."""
    assert find_range(question, TODAY, ChineseHolidays()) is None


@pytest.mark.parametrize(("question", "day", "words"), AS_OF)
def test_as_of_puts_a_day_in_place_of_today(question: str, day: str, words: str) -> None:
    """As of names one day, its words can be cut out, and they are not taken for a range."""
    found = find_as_of(question, TODAY)
    assert found is not None
    assert (found[0].isoformat(), question[slice(*found[1])]) == (day, words)
    assert find_range(question, TODAY) is None


@pytest.mark.parametrize("question", [
    "POS 上周进展", "as of", "截止时间是什么", "as of the POS project", "has offered",
])  # fmt: skip
def test_no_as_of_without_a_day(question: str) -> None:
    """Words that only begin like an as-of name no day."""
    assert find_as_of(question, TODAY) is None


@pytest.mark.parametrize(("question", "words"), GLUE)
def test_the_span_holds_the_glue_words(question: str, words: str) -> None:
    """The words that belong to a range can be cut out with it; words of the next noun stay."""
    assert _ask(question).text == words


def test_ever_has_no_start() -> None:
    """All time and before a past day have no first day."""
    assert _ask("有史以来").start is None
    assert (_ask("before September").start, _ask("before September").end) == (None, date(2023, 8, 31))


def test_the_same_words_slide_with_today() -> None:
    """Leap days, turns of the year and long months don't break rolling ranges."""
    found = find_range("past month", date(2024, 3, 31))
    assert found is not None
    assert (found.start, found.end) == (date(2024, 3, 1), date(2024, 3, 31))


@given(QUESTIONS, st.dates())
def test_any_question_gives_a_sound_range(question: str, today: date) -> None:
    """No question and no day raises; the span quotes the question, start is not after end, twice is the same."""
    found = find_range(question, today, ChineseHolidays())
    assert found == find_range(question, today, ChineseHolidays())
    if found is not None:
        assert 0 <= found.span[0] < found.span[1] <= len(question)
        assert found.text == question[slice(*found.span)]
        assert found.start is None or found.start <= found.end
    as_of = find_as_of(question, today)
    assert as_of is None or 0 <= as_of[1][0] < as_of[1][1] <= len(question)


MORE_WORDS = [
    "有史以来", "历史上", "一直以来", "of all time", "ever", "since the beginning", "a 4 week trend", "within 2 weeks",
    "over the last month", "in the next month",
]  # fmt: skip


def test_a_rule_matches_only_where_one_of_its_words_stands() -> None:
    """The quick look at a rule's words passes by no question that the rule would match."""
    asked = [prepared(question) for question in (*questions(), *MORE_WORDS)]
    asked += [prepared(question) for question, *_ in (*PLAIN, *OTHER_YEARS, *ROLLING, *SINGLE_WEEKS, *LABELS)]
    matched = [(rule, text) for rule in RANGE_RULES for text in asked if rule.pattern.search(text)]
    assert {rule.source for rule, _ in matched} == {rule.source for rule in RANGE_RULES}
    assert [(rule.source, text) for rule, text in matched if not rule.may_match(text.lower())] == []
