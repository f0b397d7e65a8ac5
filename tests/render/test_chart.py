"""Charts: PNGs of a sane size, with a glyph for every character, and nothing drawn that isn't known."""

from __future__ import annotations

import struct
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.command import complaint, run

from bot.answers.ask import Asker
from bot.answers.model import Chart, ChartKind, ChartSeries
from bot.render.chart import DPI, HEIGHT, UNKNOWN, WIDTH, day_label, drawable, render_chart, short_title, spread
from store.words.normalise import has_cjk

TODAY = date(2023, 12, 11)
DAY = ("--today", "2023-12-11")
CHARTED = ("/history 小贝项目", "/metrics 一次支付成功率 last 6 weeks", "/metrics 误杀率", "最近8周的事故")
FIRST = date(2023, 9, 1)


def size(png: bytes) -> tuple[int, int]:
    """Width and height by the PNG's header."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def points(*values: float | None) -> tuple[tuple[date, float | None], ...]:
    """A value a week."""
    return tuple((FIRST + timedelta(weeks=at), value) for at, value in enumerate(values))


@pytest.mark.parametrize("question", CHARTED)
def test_an_answer_is_drawn_with_a_glyph_for_every_character(asker: Asker, question: str) -> None:
    """A PNG of the promised size; title, labels and notes lose no character to the font."""
    chart = asker.ask(question, TODAY).chart
    assert chart is not None
    texts = [chart.title, chart.unit, *(s.label for s in chart.series), *(text for _, text in chart.notes)]
    assert any(map(has_cjk, texts))
    assert [drawable(text) for text in texts] == texts
    assert size(render_chart(chart)) == (WIDTH * DPI, HEIGHT * DPI)


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("values", [(1.0,), (None, 3.0), (5.0, 5.0, 5.0), (0.0, None, 99.99, 1e9), (None, *range(60))])
def test_whatever_the_values_are_there_is_a_picture(kind: ChartKind, values: tuple[float | None, ...]) -> None:
    """One value, all the same, gaps at the edge, far apart, many: drawn without a complaint."""
    chart = Chart("标题", kind, (ChartSeries("值", points(*values)),), "笔", ((FIRST, "更正"),))
    assert size(render_chart(chart)) == (WIDTH * DPI, HEIGHT * DPI)


def test_what_a_report_says_is_no_markup() -> None:
    """A `$` begins no formula, and what no font has is a box, in titles, names and notes."""
    wild = "$x_1$ \\frac 😀 \x07 标题"
    series = (ChartSeries(wild, points(1, 2)), ChartSeries(f"_{wild}", points(2, None, 3)))
    assert size(render_chart(Chart(wild, ChartKind.LINE, series, wild, ((FIRST, wild),))))
    assert drawable("进度😀") == f"进度{UNKNOWN}"


def test_traditional_and_latin_names_have_glyphs() -> None:
    """Names come in both scripts."""
    for text in ("備付金盤點 風控", "Tidewater 收单 → 全量", "①㈱㎡ ￥€£‰±–—“”…"):
        assert drawable(text) == text


def test_the_gaps_of_incidents_are_weeks_without_a_report(asker: Asker) -> None:
    """A week with a report and no incident counts 0; the bars add up to the incidents that are told."""
    answer = asker.ask("/incidents", TODAY)
    assert answer.chart is not None
    values = [value for _, value in answer.chart.series[0].points]
    assert sum(value or 0 for value in values) == answer.data["count"]
    assert 0 in values


def test_labels_keep_apart() -> None:
    """Labels of near values move up in their order, or down below the top."""
    assert spread([10, 50, 11], 5, 100) == [10, 50, 15]
    assert spread([98, 100, 99], 5, 100) == [90, 100, 95]


def test_days_have_a_year_where_it_begins() -> None:
    """Only a chart of several years names them, below the first day of each."""
    assert day_label(date(2023, 12, 8), None, {2023}) == "12/8"
    assert day_label(date(2023, 12, 8), None, {2023, 2024}) == "12/8\n2023"
    assert day_label(date(2024, 1, 5), date(2023, 12, 29), {2023, 2024}) == "1/5\n2024"


def test_ask_writes_the_chart(seeds_database: Path, tmp_path: Path) -> None:
    """`--chart` writes the PNG and prints the answer as ever."""
    file = tmp_path / "图.png"
    ran = run("ask", CHARTED[0], "--db", seeds_database, *DAY, "--chart", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run("ask", CHARTED[0], "--db", seeds_database, *DAY).out
    assert size(file.read_bytes())[0] == WIDTH * DPI


def test_ask_says_why_there_is_no_chart(seeds_database: Path, tmp_path: Path) -> None:
    """An answer without values over time exits with 1 and one line; so does a file that can't be written."""
    file = tmp_path / "no.png"
    assert "has no chart" in complaint(run("ask", "/status POS", "--db", seeds_database, *DAY, "--chart", file))
    assert not file.exists()
    away = tmp_path / "nowhere" / "chart.png"
    assert "can't be written" in complaint(run("ask", CHARTED[0], "--db", seeds_database, *DAY, "--chart", away))


def test_ask_in_other_forms(seeds_database: Path) -> None:
    """`--format md`, `csv` and `json`; a stream of questions has JSON alone."""
    asked = ("ask", "/history 小贝项目", "--db", seeds_database, *DAY)
    assert run(*asked, "--format", "md").out.startswith("### 小贝项目")
    assert run(*asked, "--format", "csv").out.startswith("label,report_date,source,line")
    assert run(*asked, "--format", "json").json == run(*asked, "--json").json
    refused = run("ask", "-", "--db", seeds_database, "--format", "md", stdin="x\n")
    assert refused.code == 2
    assert "JSON lines" in refused.err


def test_a_title_is_cut_only_where_it_has_no_room() -> None:
    """An English title of a usual length stands whole; one that would reach beyond the chart ends in an ellipsis."""
    usual = "Production incidents week by week, 2023-11-14 to 2023-12-11"
    assert short_title(usual) == usual
    assert short_title("生产事件" * 9) == "生产事件" * 9
    assert [short_title(char * 90)[-1] for char in "a事"] == ["…", "…"]
