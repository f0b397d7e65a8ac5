"""`/history`: a project over the weeks, its dates as they moved, its parts, and the weeks that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from support.made_up import Put, answered, ask, weekly
from support.truth import false_quotes

from bot.answers.ask import Asker
from bot.answers.model import Answer, words_of
from bot.question.query import Kind
from bot.render.text import render_text
from store.library import Library
from store.records import ProjectName
from store.viewer import EVERYONE
from store.words.ranges import find_range

TODAY = "2023-10-23"
TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- 云帆：进度40%，9/28上线", "- 月港"]),
    "w39.md": weekly("第39周", "2023-09-22", ["- 云帆：进度55%，上线由9/28调整至10/18", "- 月港：进度20%"]),
    "w40.md": weekly("第40周", "2023-09-28", ["- 月港：进度20%"]),
    "w42.md": weekly("第42周", "2023-10-13", ["- 云帆：进度50%，压测发现问题，10/18上线", "- 月港：进度60%"]),
    "w43.md": weekly("第43周", "2023-10-20", ["- 云帆：10/18已上线，进度100%"]),
}


def _named(library: Library, name: str) -> ProjectName:
    return next(p for p in library.projects(EVERYONE, date.max) if p.name == name)


def history(library: Library, name: str = "云帆", today: str = TODAY, within: str = "", **asked: Any) -> Answer:
    """The history of that project, in the range that `within` says in words."""
    found = find_range(within, date.fromisoformat(today)) if within else None
    return answered(library, Kind.HISTORY, today, project=_named(library, name), range=found, **asked)


def progress(answer: Answer) -> list[float | None]:
    """The progress of each step."""
    return [step["progress"] for step in answer.data["steps"]]


def uncited(steps: Sequence[Any], answer: Answer) -> list[Any]:
    """The steps whose line no citation holds."""
    lines = {(c.report.source, line) for c in answer.citations for line in range(c.line, c.line_end + 1)}
    return [step for step in steps if (step["source"], step["line"]) not in lines]


def test_the_first_line_tells_from_where_to_where(reports: Library) -> None:
    """First and last progress with their reports, the computed change, and the state."""
    head = words_of(history(reports).head)
    assert head == "云帆：40% → 100%，+60 个百分点（第38周 (2023-09-15) → 第43周 (2023-10-20)）；已完成"


def test_every_report_is_a_row_oldest_first_and_is_cited(reports: Library) -> None:
    """Each step has its progress and change, and each line that is shown stands among the citations."""
    answer = history(reports)
    assert progress(answer) == [40, 55, 50, 100]
    assert [step["change"] for step in answer.data["steps"]] == [None, 15, -5, 50]
    assert uncited(answer.data["steps"], answer) == []
    assert not false_quotes(answer, TEXTS.__getitem__)


def test_a_date_that_moved_stands_in_the_report_that_moved_it(reports: Library) -> None:
    """The old and the new day, by how many days, in that report's row; its line and the old one's are cited."""
    answer = history(reports)
    assert "上线 9/28 → 10/18（+20 天）" in render_text(answer)
    (move,) = answer.data["steps"][1]["moves"]
    assert (move["direction"], move["days"], move["to_end"]) == ("slip", 20, "2023-10-18")
    assert {"w38.md", "w39.md"} <= {c.report.source for c in answer.citations}


def test_weeks_that_say_nothing_are_gaps(reports: Library) -> None:
    """A report without the project and a week without a report are told apart, and drawn as gaps."""
    answer = history(reports)
    text = render_text(answer)
    assert "第40周 9/28" in text
    assert "周报没提到" in text
    assert "10/2" in text
    assert "没有周报" in text
    assert [gap["report_date"] for gap in answer.data["gaps"]] == ["2023-09-28", None]
    assert answer.chart is not None
    assert [value for _, value in answer.chart.series[0].points] == [40, 55, None, None, 50, 100]


def test_a_range_narrows_the_steps(reports: Library) -> None:
    """Only the reports of the range count, for the first line too."""
    answer = history(reports, within="10月")
    assert progress(answer) == [50, 100]
    assert words_of(answer.head).startswith("云帆：50% → 100%")


def test_as_of_an_earlier_day_nothing_later_is_known(reports: Library) -> None:
    """On that day the date hadn't moved yet."""
    answer = history(reports, today="2023-09-18")
    assert words_of(answer.head) == "云帆：40%，第38周 (2023-09-15)"
    assert "10/18" not in render_text(answer)
    assert answer.chart is None


def test_a_project_that_stands_still_says_so(reports: Library) -> None:
    """The same progress as before is 持平; news that is old is called old."""
    text = render_text(history(reports, "月港", today="2023-11-20"))
    assert "持平" in text
    assert "38 天" in text


def test_a_range_without_the_project_is_not_found(reports: Library) -> None:
    """The honest answer names the project and the range."""
    answer = history(reports, "月港", within="10月16日到10月22日")
    assert not answer.found
    assert "月港" in words_of(answer.head)


def test_words_that_no_report_says_are_not_found(reports: Library) -> None:
    """What the question has left is never ignored."""
    answer = history(reports, words="国密")
    assert not answer.found
    assert "国密" in words_of(answer.head)


def test_english_questions_get_english_answers(reports: Library) -> None:
    """The sentences are English; names and labels stay as written."""
    text = render_text(history(reports, lang="en"))
    assert text.startswith("云帆: 40% → 100%, +60 pp (第38周 (2023-09-15) → 第43周 (2023-10-20)); done")
    assert "not mentioned" in text
    assert "(+20 days)" in text


def test_parts_have_a_line_each(library: Library, put: Put) -> None:
    """What the parts report stands below the whole, each value with its line cited."""
    for week, day, first, second in ((38, "2023-09-15", 20, 5), (39, "2023-09-22", 35, 5), (40, "2023-09-28", 50, 90)):
        put(
            weekly(f"第{week}周", day, ["- 海风平台", f"  - 同步链路：进度{first}%", f"  - 单元路由：进度{second}%"]),
            name=f"{week}.md",
        )
    answer = history(library, "海风平台", today="2023-10-01")
    assert "20% (9/15) → 35% → 50% (9/28)" in render_text(answer)
    assert [part["name"] for part in answer.data["parts"]] == ["同步链路", "单元路由"]
    assert uncited([s for part in answer.data["parts"] for s in part["steps"]], answer) == []
    assert answer.chart is not None
    assert [series.label for series in answer.chart.series] == ["同步链路", "单元路由"]


def test_a_long_history_pages(library: Library, put: Put) -> None:
    """Of more weeks than a person reads the newest come first, and `more` goes back in time."""
    for week in range(1, 21):
        day = str(date.fromisocalendar(2023, week, 5))
        put(weekly(f"第{week}周", day, [f"- 云帆：进度{week * 3}%"]), name=f"{week}.md")
    answer = history(library, today="2023-05-22")
    assert answer.suggestions == ("更多",)
    text = render_text(answer, 20_000)
    assert "第20周" in text
    assert "第7周" not in text
    assert "第7周" in render_text(history(library, today="2023-05-22", skip=answer.shown))


def test_unknown_and_missing_names(reports: Library) -> None:
    """Without a name the bot asks for one; a name that nobody has is said to be unknown."""
    assert not answered(reports, Kind.HISTORY, TODAY).found
    unknown = answered(reports, Kind.HISTORY, TODAY, words="黑洞")
    assert not unknown.found
    assert "黑洞" in words_of(unknown.head)


def test_words_lead_to_it(reports: Library) -> None:
    """The slash form and plain words in both languages mean the same."""
    for question in ("/history 云帆", "云帆每周进度", "云帆 week by week"):
        answer = ask(reports, question, TODAY)
        assert (answer.kind, progress(answer)) == (Kind.HISTORY, [40, 55, 50, 100])


def test_every_step_of_the_samples_is_cited(asker: Asker) -> None:
    """Histories over the sample reports quote what stands there, and cite every step that they show."""
    for question in ("/history 银行卡办理", "机房双活一路进度", "/history instant payouts", "小贝项目从头到尾"):
        answer = asker.ask(question, date(2023, 12, 11))
        assert answer.found
        assert not false_quotes(answer)
        assert uncited(answer.data["steps"], answer) == []
