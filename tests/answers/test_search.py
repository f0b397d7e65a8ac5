"""`/search WORDS`: the lines that hold the words, and only those."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly
from support.truth import false_quotes

from bot.answers.model import Style
from bot.answers.search import QUOTE_LENGTH, marked
from bot.render.text import render_text
from store.library import Library

LONG = "- 白鹭对账：" + "逐笔核对渠道流水与账务流水，" * 30 + "尾差归零。"
W38 = weekly("第38周", "2023-09-15", [
    "- 东湖存管，完成接口沟通，计划9/30上线",
    "- 西湖存管，研发进展80%，成功率99.997%",
    "- 海棠平台",
    "    1. 海棠a-b链路：C++网关改造",
    "       第二行写着东湖接口",
    LONG,
])  # fmt: skip
W39 = weekly("第39周", "2023-09-22", ["- 东湖存管，联调进行中", "- 海棠平台：a_b字段 100%补齐"])
TEXTS = {"w38.md": W38, "w39.md": W39}


@pytest.mark.parametrize(("words", "lines"), [
    ("存管", [("w39.md", 5), ("w38.md", 5), ("w38.md", 6)]),
    ("东湖 存管", [("w39.md", 5), ("w38.md", 5)]),
    ("存管 上线", [("w38.md", 5)]),
    ("80%", [("w38.md", 6)]),
    ("99.997%", [("w38.md", 6)]),
    ("C++", [("w38.md", 8)]),
    ("a-b", [("w38.md", 8)]),
    ("ａ－ｂ", [("w38.md", 8)]),
    ("第二行", [("w38.md", 9)]),
    ("尾差归零", [("w38.md", 10)]),
])  # fmt: skip
def test_all_lines_that_hold_the_words_are_found(reports: Library, words: str, lines: list[tuple[str, int]]) -> None:
    """Every line with all the words is found, no other is, and each citation is that very line."""
    answer = ask(reports, f"/search {words}", "2023-09-25")
    assert answer.found
    assert sorted((c.report.source, c.line) for c in answer.citations) == sorted(lines)
    assert answer.data["total"] == len(lines)
    assert not false_quotes(answer, TEXTS.__getitem__)


@pytest.mark.parametrize("words", [
    '"', "NEAR(存管 上线)", "存管'; DROP TABLE reports; --", "w:存管",
    "存管 AND 上线", "存管*", "^存管", "-存管", "(存管", "存管 NOT 上线",
])  # fmt: skip
def test_no_word_is_an_operator(reports: Library, words: str) -> None:
    """What is syntax elsewhere (FTS5, SQL) is text here: nothing breaks, and the reports are still there."""
    answer = ask(reports, f"/search {words}", "2023-09-25")
    assert answer.kind == "search"
    assert ask(reports, "/search 存管", "2023-09-25").data["total"] == 3


def test_a_date_can_be_searched_for(reports: Library) -> None:
    """`/search 9/30` finds the line that says 9/30."""
    answer = ask(reports, "/search 9/30", "2023-09-25")
    assert [(c.report.source, c.line) for c in answer.citations] == [("w38.md", 5)]


@pytest.mark.parametrize("question", ["/search 东湖存官联调", "东湖存官联调进行中"])
def test_near_lines_are_offered_where_none_has_the_words(reports: Library, question: str) -> None:
    """A slip of the pen: found is False, it is said that no line says so, and the nearest line is shown and cited."""
    answer = ask(reports, question, "2023-09-25")
    assert (answer.kind, answer.found, answer.data["total"]) == ("search", False, 0)
    assert ("w39.md", 5) in [(c.report.source, c.line) for c in answer.citations]
    assert "没有" in render_text(answer).split("\n")[0]


@pytest.mark.parametrize("words", ["区块链", "量子加密网关", "zebra"])
def test_words_of_no_report_are_not_found(reports: Library, words: str) -> None:
    """Words that stand nowhere: found is False, nothing is cited, and the words are repeated."""
    answer = ask(reports, f"/search {words}", "2023-09-25")
    assert (answer.found, answer.citations, answer.data["total"]) == (False, (), 0)
    assert words in render_text(answer)


@pytest.mark.parametrize("question", ["/search", "/search   ", "搜索", "/search ，。"])
def test_an_empty_search_asks_back(reports: Library, question: str) -> None:
    """A search for nothing asks for words and shows an example."""
    answer = ask(reports, question, "2023-09-25")
    assert (answer.kind, answer.found, answer.citations) == ("search", False, ())
    assert render_text(answer)


@pytest.mark.parametrize("question", ["/search 存管 9/11到9/17", "/search 存管 as of 9/20", "上上周哪里提到存管"])
def test_a_range_leaves_out_other_reports(reports: Library, question: str) -> None:
    """With a range, or as of a day, only the reports of that time are searched, and the count is theirs."""
    answer = ask(reports, question, "2023-09-27")
    assert {c.report.source for c in answer.citations} == {"w38.md"}
    assert answer.data["total"] == 2


def test_a_team_leaves_out_other_reports(reports: Library, put: Put) -> None:
    """With a team, only its lines are found and counted."""
    put(weekly("第38周", "2023-09-15", ["- 北湖存管，评审完成"]), team="清算中心", name="c38.md")
    answer = ask(reports, "/search 清算中心 存管", "2023-09-25")
    assert [c.report.source for c in answer.citations] == ["c38.md"]
    assert answer.data["total"] == 1


def test_a_teams_only_line_is_found_behind_those_of_others(library: Library, put: Put) -> None:
    """A team's line is found however many newer lines other teams have."""
    put(weekly("第38周", "2023-09-15", ["- 北湖存管，评审完成"]), team="清算中心", name="c38.md")
    put(weekly("第39周", "2023-09-22", [f"- 存管{n}号，存管评审" for n in range(30)]), name="w39.md")
    answer = ask(library, "/search 清算中心 存管", "2023-09-25")
    assert [c.report.source for c in answer.citations] == ["c38.md"]


def test_the_newest_of_equal_lines_comes_first(library: Library, put: Put) -> None:
    """Lines that fit alike run from the newest report to the oldest, in any order of arrival."""
    for week in (37, 39, 36, 38):
        day = f"2023-09-{(week - 36) * 7 + 1:02d}"
        put(weekly(f"第{week}周", day, ["- 东湖存管，联调进行中"]), name=f"w{week}.md")
    answer = ask(library, "/search 东湖", "2023-09-25")
    assert [c.report.source for c in answer.citations] == ["w39.md", "w38.md", "w37.md", "w36.md"]


def test_a_long_list_says_how_many_more_there_are(library: Library, put: Put) -> None:
    """Ten lines are shown of all that were counted, and the rest is said."""
    put(weekly("第38周", "2023-09-15", [f"- 存管{n}号，评审" for n in range(25)]))
    answer = ask(library, "/search 存管", "2023-09-25")
    assert (answer.data["total"], len(answer.citations)) == (25, 10)
    assert "25 处" in render_text(answer)
    assert "还有 15 条" in render_text(answer)


@pytest.mark.parametrize(("query", "text", "hits"), [
    ("存管", "东湖存管与西湖存管", ["存管", "存管"]),
    ("pos", "ＰＯＳ后端 pos", ["ＰＯＳ", "pos"]),
    ("85%", "进度８５％", ["８５％"]),
    ("①", "见①", ["①"]),
])  # fmt: skip
def test_hits_mark_the_original_text(query: str, text: str, hits: list[str]) -> None:
    """Highlights are spans of the text as written, full-width forms included, and the spans together are the text."""
    spans = marked(query, text)
    assert "".join(span.text for span in spans) == text
    assert [span.text for span in spans if span.style is Style.HIT] == hits


def test_a_long_line_is_shortened_around_its_first_hit(reports: Library) -> None:
    """Of a long line the part with the word is shown; the citation still quotes the line whole."""
    answer = ask(reports, "/search 尾差", "2023-09-25")
    text = "".join(span.text for span in marked("尾差", LONG))
    assert "尾差" in text
    assert text.startswith("…")
    assert len(text) <= QUOTE_LENGTH + 2
    assert answer.citations[0].quote == LONG


@pytest.mark.parametrize(("question", "found"), [
    ("云杉二期几号上线", False), ("云杉二期什么时候启动", True), ("撞库的IP是哪个国家的", False),
    ("Yusuf负责哪个project", False), ("部门有多少人", False), ("校招来了多少人", True),
])  # fmt: skip
def test_a_line_answers_only_what_it_tells(library: Library, put: Put, question: str, found: bool) -> None:
    """The day of the first stage is none of the second's, an address tells no country, a start no duty, and nobody's
    number is that of the whole department."""
    put("# 第16周 2025-04-18\n\n## 重点\n\n- 云杉：4/16上线完成；二期（企业版）5月启动\n- 撞库攻击，已封IP段\n"
        "- Yusuf starts 4 May\n- 校招来了3人\n")  # fmt: skip
    assert ask(library, question, "2025-04-21").found == found
