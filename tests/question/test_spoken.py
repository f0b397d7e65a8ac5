"""How people speak: politeness, particles, hurried English; what is asked for is the same as without them."""

from __future__ import annotations

from datetime import date

import pytest
from support.naming import named

from bot.question.content import tells
from bot.question.figures import shortened
from bot.question.known import Known
from bot.question.query import Kind, Query
from bot.question.sought import sought
from bot.question.text import language_of, standard
from bot.question.understand import understand
from store.words.holidays import ChineseHolidays

TODAY = date(2023, 11, 15)  # a Wednesday
KNOWN = Known(
    projects=(named(1, "海棠专线"), named(2, "夜莺平台"), named(3, "Lantern upgrade", "Card Works")),
    teams=("票据中心", "Card Works"),
    metrics=(named(4, "开票成功率"), named(5, "New cards shipped", "Card Works")),
    owners=("叶知秋",),
)


def asked(question: str) -> Query:
    """The question as understood among the names above."""
    return understand(question, TODAY, KNOWN, ChineseHolidays())


@pytest.mark.parametrize(("said", "written"), [
    ("麻烦帮我看一下夜莺平台的进度，谢谢", "夜莺平台的进度"),
    ("请问一下，海棠专线什么时候上线", "海棠专线什么时候上线"),
    ("能不能帮忙查一下海棠专线什么时候上线，谢谢您！", "海棠专线什么时候上线"),
    ("你好，开票成功率多少来着", "开票成功率多少"),
    ("海棠专线究竟何时上线哈", "海棠专线何时上线"),
    ("开票成功率是98还是97", "开票成功率是多少"),
    ("票据中心下礼拜做什么", "票据中心下周做什么"),
    ("hi, can you tell me who'd broken the Lantern upgrade", "who did broken the Lantern upgrade"),
    ("quick one: how'd they fix it, thanks", "how did they fix it"),
    ("who's got the Lantern upgrade", "who owns the Lantern upgrade"),
    ("what's behind the Lantern upgrade delay", "why was Lantern upgrade delayed"),
    ("anything blocked atm", "anything blocked now"),
])  # fmt: skip
def test_what_only_speaks_is_left_out(said: str, written: str) -> None:
    """A polite or hurried question is looked for as the plain one."""
    assert standard(said).strip() == written


@pytest.mark.parametrize("question", [
    "谢谢", "thanks", "请求成功率", "到底了", "彻底解决了吗", "上线时间是3/20还是4/2", "9月还是10月上线",
])  # fmt: skip
def test_what_says_something_stays(question: str) -> None:
    """A thank-you alone, a word that begins like a polite one, and two days to choose from stay as they are."""
    assert standard(question) == question


@pytest.mark.parametrize(("question", "kind"), [
    ("哪些项目没声儿了", Kind.SILENT), ("things nobody has mentioned for ages", Kind.SILENT),
    ("哪周的周报缺了", Kind.MISSING), ("which Card Works reports are missing", Kind.MISSING),
    ("what happened on 7 November", Kind.INCIDENTS), ("票据中心现在还有没关的吗", Kind.INCIDENTS),
    ("逾期率多少", Kind.METRICS), ("开票成功率离目标还差多少", Kind.METRICS),
    ("海棠专线没上是怎么回事", Kind.SLIPS), ("夜莺平台原定哪天上线", Kind.SLIPS),
    ("票据中心下礼拜啥安排", Kind.PLAN), ("票据中心说好的下周目标有啥", Kind.PLAN),
    ("夜莺平台接了几台了", Kind.STATUS), ("海棠专线切到80%了吗", Kind.STATUS),
])  # fmt: skip
def test_the_kind_in_spoken_words(question: str, kind: Kind) -> None:
    """Colloquial words ask for the kind that plain ones ask for."""
    assert asked(question).kind is kind


def test_goals_to_come_were_not_kept_yet() -> None:
    """Goals of next week that were promised are goals, whatever the promise says of keeping."""
    assert asked("票据中心说好的下周目标有啥").aspect is None


def test_a_figure_that_nobody_gives_is_named() -> None:
    """A rate that no report has is asked for by its own name, and not all figures are given instead."""
    query = asked("逾期率多少")
    assert (query.metrics, query.words) == ((), "逾期率")


def test_a_figure_by_all_but_one_of_its_words() -> None:
    """People leave one word of an English figure out, and turn the others round."""
    assert [one.name for one in shortened("shipped cards", KNOWN.metrics)] == ["New cards shipped"]


def test_letters_of_a_name_are_no_english() -> None:
    """A Chinese question that begins with a Latin name is Chinese."""
    assert language_of("k8s升到几个集群了") == "zh"


@pytest.mark.parametrize(("question", "line", "told"), [
    ("同步延迟是多少毫秒", "演练完成，耗时38分钟", 0), ("同步延迟是多少毫秒", "同步延迟降到38ms", 2),
    ("演练用了几分钟", "演练完成，耗时38分钟", 2),
])  # fmt: skip
def test_a_number_of_another_unit_is_no_answer(question: str, line: str, told: int) -> None:
    """Who asks for milliseconds isn't answered by minutes."""
    assert tells(question, line) == told


def test_another_bank_is_no_part_of_a_word() -> None:
    """A bank that no report names isn't passed over because its end stands in the name of another one."""
    lines = "招行直连 进度85%"
    assert sought("交行直连何时上", lambda word: word in lines).unknown == ("交行",)


@pytest.mark.parametrize("question", ["海棠专线延了几天", "夜莺平台延了多久?", "海棠专线迟了多少天"])
def test_how_long_something_was_put_off_asks_for_its_slips(question: str) -> None:
    """延了几天 asks for the moves of a date, as 延期几天 does, and not for the state of the project."""
    assert asked(question).kind is Kind.SLIPS


@pytest.mark.parametrize("question", ["上周说要干的都干了吗", "上周要干的都干了没", "上周说要做的都做了吗"])
def test_whether_it_was_done_asks_for_what_became_of_the_goals(question: str) -> None:
    """干 is 做 in speech: the goals set last week and what became of them, not the newest goals."""
    query = asked(question)
    assert (query.kind, query.aspect) == (Kind.PLAN, asked("上周说要做的都做了吗").aspect)
