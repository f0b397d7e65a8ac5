"""Search over reports: what is found, in what order, in which range, and what comes near where nothing fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.written import written

from store.library import Library
from store.records import Hits
from store.viewer import EVERYONE
from store.words.bigrams import terms
from store.words.normalise import fold

LATER = date(2023, 12, 31)
PUT = Callable[..., None]
WEEKS = [
    ("第36周", date(2023, 9, 1)),
    ("第37周", date(2023, 9, 8)),
    ("第38周", date(2023, 9, 15)),
    ("第39周", date(2023, 9, 22)),
]


def find(library: Library, query: str, start: date | None = None, end: date = LATER, limit: int = 20) -> Hits:
    """The hits of a query over a range."""
    return library.search(EVERYONE, LATER, query, start, end, limit)


def places(hits: Hits) -> list[tuple[str, int]]:
    """Where the hits stand, best first."""
    return [(hit.report.source, hit.line) for hit in hits.hits]


@pytest.fixture
def weekly(put: PUT) -> None:
    """Four weeks that each speak of 存管 in their own line."""
    for at, (label, day) in enumerate(WEEKS):
        lines = [*["- 值班"] * at, f"- 平安存管：第{at}批门店开通"]
        put(written("## 【O1 服务业务】", *lines, title=f"# {label} {day}"), name=f"{label}.md")


def test_every_line_that_holds_the_words_is_found(library: Library, put: PUT) -> None:
    """Bullets, parts, paragraphs, headings and continuation lines are all found, each with its lines and section."""
    put(
        written(
            "## 【存管专项】",
            "- 平安存管：开户",
            "杭州那边同步。",
            "    - 存管页面",
            "",
            "存管一句话",
            "# 下周工作",
            "1. 存管联调",
        )
    )
    hits = find(library, "存管")
    assert {(h.line, h.line_end, h.section) for h in hits.hits} == {
        (3, 3, "存管专项"), (4, 5, "存管专项"), (6, 6, "存管专项"), (8, 8, "存管专项"), (10, 10, "下周工作")
    }  # fmt: skip
    assert (hits.total, hits.exact) == (5, True)
    assert places(find(library, "杭州那边")) == [("report.md", 4)]


@pytest.mark.usefixtures("weekly")
def test_hits_that_are_as_good_come_newest_first(library: Library) -> None:
    """Four reports with the same words: the newest report's line stands first."""
    assert [source for source, _ in places(find(library, "存管"))] == [f"{label}.md" for label, _ in WEEKS[::-1]]


@pytest.mark.usefixtures("weekly")
def test_a_range_holds_both_its_ends(library: Library) -> None:
    """Only reports dated in the range are searched, the first and the last day included."""
    found = find(library, "存管", date(2023, 9, 8), date(2023, 9, 15))
    assert [source for source, _ in places(found)] == ["第38周.md", "第37周.md"]
    assert find(library, "存管", date(2023, 9, 9), date(2023, 9, 14)).hits == ()


@pytest.mark.usefixtures("weekly")
def test_the_limit_cuts_the_list_and_not_the_count(library: Library) -> None:
    """With room for two, two come, and the total still says four."""
    hits = find(library, "存管", limit=2)
    assert (len(hits.hits), hits.total) == (2, 4)


def test_every_term_must_stand_in_the_same_item(library: Library, put: PUT) -> None:
    """Two words find the items that hold both, in any order, and none that holds only one."""
    put(written("## 【O1 服务业务】", "- 平安存管：9/27上线", "- 杭州存管：联调", "- 云帆平台：9/27上线"))
    assert places(find(library, "上线 存管")) == [("report.md", 4)]
    assert places(find(library, "9/27")) == [("report.md", 4), ("report.md", 6)]


def test_a_whole_word_comes_before_a_part_of_another(library: Library, put: PUT) -> None:
    """存管 as a word of its own stands above 保存管理员, though both are found."""
    put(written("## 【O1 服务业务】", "- 系统保存管理员的操作日志", "- 杭州存管上线的操作日志"))
    assert places(find(library, "存管")) == [("report.md", 5), ("report.md", 4)]


@pytest.mark.parametrize("typo", ["济南公基金对接", "济南公积金对节", "济南公积对接"])
def test_a_typo_finds_the_nearest_and_says_so(library: Library, put: PUT, typo: str) -> None:
    """Where no item holds the words, those that come near are offered, nearest first, and never as exact."""
    put(written("## 【O1 服务业务】", "- 济南公积金对接：联调", "- 南公馆改造", "- 云帆平台"))
    hits = find(library, typo)
    assert (hits.exact, places(hits)[:1]) == (False, [("report.md", 4)])
    assert 0.5 <= hits.hits[0].coverage < 1
    assert 6 not in [line for _, line in places(hits)]


@pytest.mark.parametrize("query", ["区块链", "数字人民币", "zzz", "鑫"])
def test_what_is_not_there_is_not_found(library: Library, put: PUT, query: str) -> None:
    """Words that no report comes near find nothing, near or exact."""
    put(written("## 【O1 服务业务】", "- 济南公积金对接：数据联调", "- 云帆平台"))
    assert (find(library, query).hits, find(library, query).total) == ((), 0)


@pytest.mark.parametrize(
    "query",
    ["", "  ", '"', "'", "\n", "*", "(", "AND", "NEAR(a b)", "bi:存", "--", "^存", "{x}", "%", "\x00", "存" * 500],
)
def test_no_query_breaks_the_search(library: Library, put: PUT, query: str) -> None:
    """Nothing, punctuation, FTS5's syntax and a very long word are answered, with what holds them or with nothing."""
    put(written("## 【O1 服务业务】", "- 平安存管"))
    assert find(library, query).hits == ()


def test_full_width_and_half_width_find_each_other(library: Library, put: PUT) -> None:
    """Text and query may be of either width and case."""
    put(written("## 【O1 服务业务】", "- ＰＯＳ内管：９／２７上线", "- pos后端（2期）"))
    assert places(find(library, "pos内管 9/27")) == [("report.md", 4)]
    assert places(find(library, "ＰＯＳ后端（２期）")) == [("report.md", 5)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text("平安存管9/27上线POS 　%.，", min_size=1, max_size=6))
def test_exact_hits_hold_every_term_and_none_is_missing(library: Library, put: PUT, query: str) -> None:
    """Whatever is asked, the exact hits are the items whose text holds every term, as a plain search of them says."""
    texts = ["平安存管：预计9/27上线", "POS 内管 99.7%", "上线，存管", "ＰＯＳ上线", "安平"]
    put(written("## 【其他】", *(f"- {text}" for text in texts)))
    asked = terms(query)
    expected = {at + 4 for at, text in enumerate(texts) if asked and all(term in fold(text) for term in asked)}
    hits = find(library, query)
    assert {hit.line for hit in hits.hits if hits.exact and hit.line > 3} == expected
