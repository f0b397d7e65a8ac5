"""Bigrams in a real index: a search finds exactly the texts that hold every term, whatever characters those hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database.connection import Connections
from store.database.rows import Database
from store.words.bigrams import bigrams, coverage, highlights, match_all, match_any, terms
from store.words.normalise import fold

TEXTS = [
    "平安存管，计划9/27上线", "入金有效成功率：99.997%", "C++服务升级", "a-b链路改造", "他说\"存管\"要'延期'",
    "存 管两个字分开", "ＰＯＳ内管（２期）",
    "NEAR(甲 乙) AND bi:丙*", "NOT OR AND", "^首 列:x {y}", "udf.sql脚本", "path\\to_file", "管", "x", "emoji😀完成",
    "𠀀字", "10.12.0.1主机",
    "存管系统存管", "制表\t符", "50%~60%", "ﬁnal 版", "ＡＢＣ", "straße", "--;drop table items", "@某人 #标签 $金额",
]  # fmt: skip
QUERIES = [
    ("存管", {0, 4, 17}), ("存 管", {0, 4, 5, 17}), ("9/27", {0}), ("99.997%", {1}), ("99.99", {1}),
    ("C++", {2}), ("c+", {2}), ("a-b", {3}), ("-b", {3}), ('"存管"', {0, 4, 17}), ("说\"存", {4}), ("pos", {6}),
    ("(2期)", {6}), ("２期", {6}),
    ("NEAR(", {7}), ("near", {7}), ("bi:", {7}), ("丙*", {7}), ("*", {7}), ("and", {7, 8}), ("OR", {8}), ("^", {9}),
    ("{y}", {9}),
    ("udf.sql", {10}), ("\\to_", {11}), ("管", {0, 4, 5, 6, 12, 17}), ("x", {9, 13}), ("😀", {14}), ("😀完", {14}),
    ("𠀀", {15}),
    ("0.1", {16}), ("10.12.0.1", {16}), ("管存", set()), ("存管存", set()), ("统存管", {17}), ("制表", {18}),
    ("表符", set()),
    ("50%~", {19}), ("fi", {11, 20}), ("in", {20}), ("abc", {21}), ("strasse", {22}), ("straße", {22}), ("--;", {23}),
    ("drop table", {23}),
    ("@某人", {24}), ("#标签 $", {24}), ("区块链", set()), ("存管 上线", {0}), ("上线 存管 9/27", {0}),
    ("存管 存管", {0, 4, 17}),
]  # fmt: skip
NOTHING = ["", "   ", '"', "''", "\t\n", "\x00", "\u3000"]
TRICKY = st.text("存管系统上线aAb1９/%.-+*\"'():^{} \t，。\\&|~ＣﬁßS😀𠀀\x00\u2028", max_size=14)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database as the schema builds it, with one report to hang items on."""
    connections = Connections(str(tmp_path_factory.mktemp("index") / "a.db"), create=True)
    with connections.writing() as db:
        db.execute(
            """INSERT INTO reports (id, origin, source, report_date, period_start, period_end, revision)
               VALUES (1, 'a.md', 'a.md', '2023-09-15', '2023-09-11', '2023-09-17', 1)"""
        )
    yield connections.db
    connections.close()


def found(db: Database, texts: list[str], query: str, match: str | None = None) -> set[int]:
    """Which of the texts the index finds for a query."""
    db.execute("DELETE FROM items")
    db.connection.executemany(
        "INSERT INTO items (id, report_id, line, line_end, depth, text) VALUES (?, 1, 1, 1, 0, ?)", enumerate(texts)
    )
    expression = match or match_all(query)
    if expression is None:
        return set()
    return {row["rowid"] for row in db.query("SELECT rowid FROM item_index WHERE item_index MATCH ?", [expression])}


def expected(texts: list[str], query: str) -> set[int]:
    """Which of the texts hold every word of the query, compared character by character."""
    words = [word for word in re.split(r"[\s\x00-\x1f\x7f\"']+", fold(query)) if word]
    return {at for at, text in enumerate(texts) if words and all(word in fold(text) for word in words)}


@pytest.mark.parametrize(("query", "hits"), QUERIES)
def test_a_query_finds_exactly_what_holds_it(index: Database, query: str, hits: set[int]) -> None:
    """Figures, code, quotes, FTS5's own syntax, one character, any width: found where it stands and nowhere else."""
    assert found(index, TEXTS, query) == hits


@pytest.mark.parametrize("query", NOTHING)
def test_a_query_of_nothing_is_none(query: str) -> None:
    """Blanks and quotes hold no term, so there is nothing to match."""
    assert (match_all(query), match_any(query), terms(query)) == (None, None, ())


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TRICKY, min_size=1, max_size=5), query=TRICKY)
def test_recall_and_precision_are_those_of_a_substring_search(index: Database, texts: list[str], query: str) -> None:
    """For any texts and any query the index finds the texts that hold every term, and no other."""
    assert found(index, texts, query) == expected(texts, query)


@settings(max_examples=150, deadline=None)
@given(text=TRICKY.filter(lambda t: bool(fold(t).strip())), data=st.data())
def test_any_stretch_of_a_text_finds_it(index: Database, text: str, data: st.DataObject) -> None:
    """Whatever stretch of a text is asked for, the text is found, unless the stretch holds no term at all."""
    start = data.draw(st.integers(0, len(text) - 1))
    query = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert found(index, [text], query) == ({0} if terms(query) else set())


def test_a_deleted_text_is_found_no_more(index: Database) -> None:
    """The index follows the items out: it never finds a text that isn't there."""
    assert found(index, ["平安存管"], "存管") == {0}
    assert found(index, ["云帆平台"], "存管") == set()


def test_the_net_for_typos_catches_near_texts(index: Database) -> None:
    """Any shared pair is enough for a near match, and coverage ranks the nearer text higher."""
    texts = ["济南公积金对接", "渠道对接方案", "平安存管"]
    assert found(index, texts, "", match_any("济南公基金对接")) == {0, 1}
    assert (
        coverage("济南公基金对接", texts[0])
        > coverage("济南公基金对接", texts[1])
        > coverage("济南公基金对接", texts[2])
        == 0
    )


def test_a_whole_word_ranks_above_a_part_of_another(index: Database) -> None:
    """Where 存管 is a word of its own the text ranks before one that merely holds the two characters."""
    found(index, ["系统保存管理员的操作日志", "杭州存管上线的操作日志"], "存管")
    sql = "SELECT rowid FROM item_index WHERE item_index MATCH ? ORDER BY bm25(item_index, 1.0, 2.0)"
    assert [row["rowid"] for row in index.query(sql, [match_all("存管")])] == [1, 0]


@pytest.mark.parametrize(("query", "text", "marked"), [
    ("pos", "新ＰＯＳ内管", ["ＰＯＳ"]), ("存管 9/27", "平安存管，９／２７上线", ["存管", "９／２７"]),
    ("fi", "ﬁnal", ["ﬁ"]),
    ("存管", "存管存管", ["存管存管"]), ("区块链", "平安存管", []), ("strasse", "die Straße", ["Straße"]),
    ('"存管"', "说\"存管\"", ["存管"]),
])  # fmt: skip
def test_highlights_point_at_the_original(query: str, text: str, marked: list[str]) -> None:
    """Spans cut out of the text as written what the query means, in any width."""
    assert [text[start:end] for start, end in highlights(query, text)] == marked


@settings(max_examples=200, deadline=None)
@given(TRICKY, TRICKY)
def test_highlights_are_sound_for_any_text(query: str, text: str) -> None:
    """Spans are in order, apart, inside the text, each holds a term, and there is one exactly where a term stands."""
    spans = highlights(query, text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(any(term in fold(text[start:end]) for term in terms(query)) for start, end in spans)
    assert bool(spans) == any(term in fold(text) for term in terms(query))
    assert bigrams(text) == bigrams(fold(text))
